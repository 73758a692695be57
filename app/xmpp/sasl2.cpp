// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/sasl2.h"

#include "xml/values.h"
#include "xmpp/ns.h"

namespace xmpp {
namespace {

constexpr qsizetype longestToken = 4096;

Error notProven()
{
    return {
        Error::Kind::Auth, QStringLiteral("server-not-proven"),
        QStringLiteral("The server let us in without proving that it knows this account. The sign-in was stopped.")};
}

Result<QByteArray> dataOf(const xml::Element &element)
{
    const auto data = xml::Value<QByteArray>::parse(element.text().trimmed());
    if (!data)
        return fail(Error::Kind::Auth, QStringLiteral("malformed-challenge"),
                    QStringLiteral("The server's SASL data is not base64."));
    return *data;
}

xml::Element wrapped(const char *name, const QByteArray &data)
{
    return xml::Builder(name, ns::sasl2).text(QString::fromLatin1(data.toBase64())).build();
}

QStringList childTexts(const xml::Element &parent, std::string_view name, std::string_view ns)
{
    QStringList result;
    for (const xml::Element &child : parent.children()) {
        if (child.is(name, ns) && result.size() < 64)
            result.append(child.text().trimmed());
    }
    return result;
}

/// A job for the worker: PBKDF2 for XEP-0480.
struct Salt {
    Scram::Hash hash;
    std::shared_ptr<const SecretBytes> password;
    QByteArray salt;
    int iterations;
    SecretBytes operator()() const { return Scram::salted(hash, password->view(), salt, iterations); }
};

} // namespace

// XEP-0388 2.4, XEP-0386 4.1.
xml::Element Sasl2::request(const SignIn &signIn, const QString &mechanism, const QByteArray &initial)
{
    xml::Builder builder("authenticate", ns::sasl2);
    builder.attribute("mechanism", mechanism).child(wrapped("initial-response", initial));
    if (!signIn.device.isEmpty()) {
        xml::Builder agent("user-agent", ns::sasl2);
        agent.attribute("id", signIn.device).textChild("software", QStringLiteral("Balcony"));
        builder.child(agent.build());
    }
    const bool canResume = m_management && m_management->canResume();
    m_asksToResume = canResume && m_asked.resumes;
    if (m_asksToResume)
        builder.child(m_management->resume());
    m_asksToManage = false;
    // Beside <resume/> it counts only where that fails (XEP-0198 9.2); where resuming comes later, binding does too.
    if (m_asked.bind && !signIn.endsToken && (!canResume || m_asksToResume)) {
        xml::Builder bind("bind", ns::bind2);
        bind.textChild("tag", QStringLiteral("Balcony"));
        if (m_asked.carbons && signIn.carbons)
            bind.child(xml::Builder("enable", ns::carbons).build());
        if (m_asked.clientState && signIn.inactive)
            bind.child(xml::Builder("inactive", ns::clientState).build());
        m_asksToManage = m_management && m_asked.manages;
        if (m_asksToManage)
            bind.child(StreamManagement::enableRequest());
        builder.child(bind.build());
    }
    if (!m_upgrade.isNull())
        builder.child(xml::Builder("upgrade", ns::saslUpgrade).text(m_upgrade).build());
    if (!m_tokenMechanism.isNull())
        builder.child(xml::Builder("request-token", ns::fast).attribute("mechanism", m_tokenMechanism).build());
    return builder.build();
}

xml::Element Sasl2::early(const SignIn &signIn)
{
    const net::Transport &transport = m_stream.transport();
    if (!signIn.token || signIn.device.isEmpty() || !signIn.token->fits(transport, signIn.pin, m_clock.now()))
        return {};
    m_tokenBinding = *transport.channelBinding(signIn.token->binding());
    dropSessionWhereBound(m_stream.transport(), signIn.token->binding());
    m_asked = signIn.token->offer;
    const QByteArray initial = signIn.token->initial(signIn.account.local(), m_tokenBinding);
    const xml::Element plain = request(signIn, signIn.token->mechanism, initial);
    xml::Builder builder("authenticate", ns::sasl2);
    builder.attribute("mechanism", signIn.token->mechanism);
    for (const xml::Element &child : plain.children())
        builder.child(child);
    // XEP-0484 3.3. Without a count: nothing of ours ever goes into TLS's early data.
    xml::Builder fast("fast", ns::fast);
    if (signIn.endsToken)
        fast.attribute("invalidate", QStringLiteral("true"));
    return builder.child(fast.build()).build();
}

Task<Result<>> Sasl2::finishEarly(SignIn signIn, xml::Element features, SignedIn *result)
{
    m_offered = InlineOffer::of(features.child("authentication", ns::sasl2));
    auto answer = co_await m_stream.next(Step::Sasl2);
    if (!answer)
        co_return fail(answer.error());
    if (answer->name() == "failure") {
        const Error error = saslFailure(*answer);
        result->tokenRefused = error.condition != u"temporary-auth-failure";
        co_return fail(error);
    }
    if (answer->name() != "success")
        co_return fail(notProven());
    const auto proof = dataOf(answer->child("additional-data", ns::sasl2));
    if (!proof || !signIn.token->isProven(*proof, m_tokenBinding))
        co_return fail(notProven());
    result->mechanism = signIn.token->mechanism;
    result->binding = signIn.token->binding();
    result->keys = signIn.keys;
    auto succeeding = succeed(signIn, *answer, result);
    co_return co_await std::move(succeeding);
}

Task<Result<>> Sasl2::run(SignIn signIn, xml::Element features, Offer offer, Mechanism mechanism, SignedIn *result)
{
    const xml::Element authentication = features.child("authentication", ns::sasl2);
    m_mechanism = mechanism;
    m_offered = InlineOffer::of(authentication);
    m_asked = m_offered;
    const Pin used{mechanism.name, mechanism.binding};
    const xml::Element fast = authentication.child("inline", ns::sasl2).child("fast", ns::fast);
    if (signIn.wantsToken && !signIn.device.isEmpty())
        m_tokenMechanism =
            FastToken::choose(childTexts(fast, "mechanism", ns::fast), m_stream.transport(), used, signIn.pin);
    if (mechanism.kind == Mechanism::Kind::Scram) {
        // XEP-0480 4: a better hash, and only where nobody in the middle can read it.
        const QStringList tasks = childTexts(authentication, "upgrade", ns::saslUpgrade);
        if (mechanism.binding != net::ChannelBinding::None) {
            const QString sha512 = QStringLiteral("UPGR-SCRAM-SHA-512");
            const QString sha256 = QStringLiteral("UPGR-SCRAM-SHA-256");
            if (mechanism.hash < Scram::Hash::Sha512 && tasks.contains(sha512))
                m_upgrade = sha512;
            else if (mechanism.hash < Scram::Hash::Sha256 && tasks.contains(sha256))
                m_upgrade = sha256;
        }
        auto signing = scram(signIn, offer, result);
        co_return co_await std::move(signing);
    }
    QByteArray message = signIn.initial();
    m_stream.send(request(signIn, mechanism.name, message));
    message.fill('\0');
    auto answer = co_await next();
    if (!answer)
        co_return fail(meaningOf(answer.error(), mechanism));
    auto succeeding = succeed(signIn, *answer, result);
    co_return co_await std::move(succeeding);
}

// Nothing on the stream changes by a refusal (XEP-0388 2.6.2).
Task<Result<>> Sasl2::scram(SignIn signIn, Offer offer, SignedIn *result)
{
    ScramExchange say = [this, signIn, offer, result](ScramLogin *login) {
        return exchange(signIn, offer, login, result);
    };
    auto signing = signInByScram(m_mechanism, signIn, std::move(say), &m_random, &m_worker, result);
    co_return co_await std::move(signing);
}

Task<Result<>> Sasl2::exchange(SignIn signIn, Offer offer, ScramLogin *login, SignedIn *result)
{
    m_stream.send(request(signIn, m_mechanism.name, login->first()));
    auto first = co_await m_stream.next(Step::Sasl2);
    if (!first)
        co_return fail(first.error());
    if (first->name() == "failure")
        co_return fail(firstRefusal(*first, m_mechanism));
    if (first->name() != "challenge") // it skipped its proof
        co_return fail(notProven());
    const auto data = dataOf(*first);
    if (!data)
        co_return fail(data.error());
    auto answering = login->answer(*data, offer, result->tls.version);
    auto answer = co_await std::move(answering);
    if (!answer)
        co_return fail(answer.error());
    m_stream.send(wrapped("response", *answer));
    auto last = co_await m_stream.next(Step::Sasl2);
    if (!last)
        co_return fail(last.error());
    if (last->name() == "failure")
        co_return fail(saslFailure(*last));
    const auto proof = dataOf(last->child("additional-data", ns::sasl2));
    if (!proof)
        co_return fail(proof.error());
    // RELIABILITY 1.34: before anything else, and before a task gets what is worth the password.
    if (auto proven = login->finish(*proof); !proven)
        co_return fail(proven.error());
    if (last->name() == "continue") {
        auto upgrading = upgrade(signIn, *last);
        last = co_await std::move(upgrading);
        if (!last)
            co_return fail(last.error());
    }
    if (last->name() != "success")
        co_return fail(notProven());
    auto succeeding = succeed(signIn, *last, result);
    co_return co_await std::move(succeeding);
}

/// The answer to a request that has no second step: success, else an error.
Task<Result<xml::Element>> Sasl2::next()
{
    auto answer = co_await m_stream.next(Step::Sasl2);
    if (!answer)
        co_return fail(answer.error());
    if (answer->name() == "success")
        co_return *answer;
    if (answer->name() == "failure")
        co_return fail(saslFailure(*answer));
    co_return fail(Error::Kind::Auth, QStringLiteral("task-unknown"),
                   QStringLiteral("The server wants something beside the password that is not supported."));
}

// XEP-0480 2.2 and 3
Task<Result<xml::Element>> Sasl2::upgrade(SignIn signIn, xml::Element proceed)
{
    const QStringList tasks = childTexts(proceed.child("tasks", ns::sasl2), "task", ns::sasl2);
    if (m_upgrade.isNull() || tasks != QStringList{m_upgrade})
        co_return fail(Error::Kind::Auth, QStringLiteral("task-unknown"),
                       QStringLiteral("The server wants something beside the password that is not supported: %1.")
                           .arg(tasks.join(u' ')));
    m_stream.send(xml::Builder("next", ns::sasl2).attribute("task", m_upgrade).build());
    auto asked = co_await m_stream.next(Step::Sasl2);
    if (!asked)
        co_return fail(asked.error());
    if (asked->name() == "failure")
        co_return fail(saslFailure(*asked));
    const xml::Element element = asked->child("salt", ns::scramUpgrade);
    const auto salt = dataOf(element);
    const int iterations = element.attribute("iterations").toInt();
    if (!salt || salt->isEmpty() || salt->size() > 1024 || iterations < Scram::minimumIterations
        || iterations > Scram::maximumIterations)
        co_return fail(Error::Kind::Auth, QStringLiteral("malformed-challenge"),
                       QStringLiteral("The server's request for a better hash of the password is malformed."));
    auto prepared = preparePassword(*signIn.password);
    if (!prepared)
        co_return fail(prepared.error());
    const auto hash = m_upgrade.endsWith(u"512") ? Scram::Hash::Sha512 : Scram::Hash::Sha256;
    Salt job{hash, std::make_shared<const SecretBytes>(std::move(*prepared)), *salt, iterations};
    auto working = m_worker.run(std::move(job));
    const SecretBytes salted = co_await std::move(working);
    const QByteArray bytes = QByteArray::fromRawData(salted.data(), qsizetype(salted.size()));
    xml::Builder data("task-data", ns::sasl2);
    data.child(xml::Builder("hash", ns::scramUpgrade).text(QString::fromLatin1(bytes.toBase64())).build());
    m_stream.send(data.build());
    auto answering = next();
    co_return co_await std::move(answering);
}

// XEP-0388 2.6.1, XEP-0386 5, XEP-0484 3.2
Task<Result<>> Sasl2::succeed(SignIn signIn, xml::Element success, SignedIn *result)
{
    const Jid jid = Jid::fromWire(success.child("authorization-identifier", ns::sasl2).text().trimmed());
    if (!signIn.isUs(jid))
        co_return fail(Error::Kind::Auth, QStringLiteral("wrong-identity"),
                       QStringLiteral("The server signed us in as %1 and not as %2.")
                           .arg(jid.toString(), signIn.account.toString()));
    m_stream.trust();
    result->sasl2 = true;
    const xml::Element bound = success.child("bound", ns::bind2);
    if (bound && jid.isFull()) {
        result->jid = jid;
        result->bound = bound;
        result->carbons = m_asked.carbons && signIn.carbons;
    }
    const xml::Element given = success.child("token", ns::fast);
    const QString token = given.attribute("token");
    const QString mechanism = m_tokenMechanism.isNull() && signIn.token ? signIn.token->mechanism : m_tokenMechanism;
    if (!token.isEmpty() && token.size() <= longestToken && !mechanism.isNull() && signIn.wantsToken) {
        auto fresh = std::make_shared<FastToken>();
        fresh->mechanism = mechanism;
        fresh->offer = m_offered;
        QByteArray bytes = token.toUtf8();
        fresh->token = SecretBytes::take(bytes);
        fresh->expiry = QDateTime::fromString(given.attribute("expiry"), Qt::ISODateWithMs);
        result->newToken = fresh;
    }
    if (m_asksToResume) {
        const xml::Element resumed = success.child("resumed", ns::streamManagement);
        result->resumption = resumed ? resumed : success.child("failed", ns::streamManagement);
        if (resumed) // XEP-0198 9.2: no features follow
            co_return Result<>{};
    }
    auto features = co_await m_stream.next(Step::BindFeatures);
    if (!features)
        co_return fail(features.error());
    result->features = *features;
    co_return Result<>{};
}

} // namespace xmpp
