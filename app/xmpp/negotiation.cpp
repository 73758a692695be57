// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/negotiation.h"

#include "xml/values.h"
#include "xmpp/ns.h"
#include "xmpp/stanzaerror.h"

namespace xmpp {
namespace {

constexpr size_t mostEarly = 1000; // stanzas before the answer to <enable/>

Error protocol(const QString &detail)
{
    return Error{Error::Kind::Protocol, QStringLiteral("bad-format"), detail};
}

xml::Element saslElement(const char *name, const QByteArray &data)
{
    // RFC 6120 6.4.2: an empty message is written as `=`.
    return xml::Builder(name, ns::sasl)
        .text(data.isEmpty() ? QStringLiteral("=") : QString::fromLatin1(data.toBase64()))
        .build();
}

Result<QByteArray> saslData(const xml::Element &element)
{
    const QString text = element.text().trimmed();
    if (text == u"=")
        return QByteArray();
    const auto data = xml::Value<QByteArray>::parse(text);
    if (!data)
        return fail(Error::Kind::Auth, QStringLiteral("malformed-challenge"),
                    QStringLiteral("The server's SASL data is not base64."));
    return *data;
}

} // namespace

Task<Result<SignedIn>> Negotiation::run(SignIn signIn)
{
    auto secure = co_await m_stream.open(signIn.destination);
    if (!secure)
        co_return fail(secure.error());
    if (!*secure) {
        auto encrypted = co_await startTls(signIn);
        if (!encrypted)
            co_return fail(encrypted.error());
    }
    m_result.tls = m_stream.transport().tls();

    auto signing = signOn(signIn);
    auto signedOn = co_await std::move(signing);
    if (!signedOn)
        co_return fail(signedOn.error());
    if (signIn.endsToken)
        co_return m_result;
    const bool isResumed = m_result.resumption && m_result.resumption.name() == "resumed";
    if (!m_result.features && !isResumed) { // SASL as in RFC 6120: a new stream begins
        auto after = co_await features(signIn, Step::BindFeatures);
        if (!after)
            co_return fail(after.error());
        m_result.features = *after;
    }
    auto resumed = co_await resume();
    if (!resumed)
        co_return fail(resumed.error());
    if (*resumed)
        co_return m_result;
    if (!m_result.jid.isFull()) {
        auto bound = co_await bind(signIn);
        if (!bound)
            co_return fail(bound.error());
    }
    auto enabled = co_await enable();
    if (!enabled)
        co_return fail(enabled.error());
    co_return m_result;
}

/// From TLS to the proof of who we are: by a token in one round trip, else by the password.
Task<Result<>> Negotiation::signOn(SignIn signIn)
{
    const xml::Element early = m_sasl2.early(signIn);
    auto offered = co_await features(signIn, Step::SecureFeatures, early);
    if (!offered) {
        // A server that knows no tokens any more may end the stream; the password is for the next attempt.
        m_result.tokenRefused = early && offered.error().kind == Error::Kind::Stream;
        co_return fail(offered.error());
    }
    if (!early && signIn.endsToken)
        co_return fail(Error::Kind::Unsupported, QStringLiteral("token-unfit"),
                       QStringLiteral("The token cannot be used on this connection."));
    if (early) {
        const xml::Element features = *offered;
        auto finishing = m_sasl2.finishEarly(signIn, features, &m_result);
        auto done = co_await std::move(finishing);
        if (done || !m_result.tokenRefused || signIn.endsToken)
            co_return done;
        signIn.token.reset();
    }
    co_return co_await authenticate(signIn, *offered);
}

Task<Result<xml::Element>> Negotiation::features(SignIn signIn, Step step, xml::Element first)
{
    xml::Writer::StreamHeader header;
    header.to = signIn.account.domain();
    // RFC 6120 4.7.1 and RELIABILITY 1.26: who we are is nobody's business before TLS.
    if (step != Step::PlainFeatures && signIn.proof != SignIn::Proof::Guest)
        header.from = signIn.account.bare().toString();
    header.language = signIn.language;
    const xml::Limits limits = step == Step::BindFeatures ? xml::Limits{} : xml::Limits::beforeLogin();
    auto opened = co_await m_stream.openXml(header, limits, first);
    if (!opened)
        co_return fail(opened.error());
    co_return co_await m_stream.next(step);
}

// RFC 6120 5.4
Task<Result<>> Negotiation::startTls(SignIn signIn)
{
    auto offered = co_await features(signIn, Step::PlainFeatures);
    if (!offered)
        co_return fail(offered.error());
    if (!offered->hasChild("starttls", ns::tls))
        co_return fail(Error::Kind::Tls, QStringLiteral("tls-not-offered"),
                       QStringLiteral("The server offers no encryption. Balcony never signs in without it."));
    m_stream.send(xml::Builder("starttls", ns::tls).build());
    auto answer = co_await m_stream.next(Step::StartTls);
    if (!answer)
        co_return fail(answer.error());
    if (answer->name() != "proceed")
        co_return fail(Error::Kind::Tls, QStringLiteral("tls-refused"),
                       QStringLiteral("The server offered encryption and then refused it."));
    co_return co_await m_stream.startTls();
}

// RFC 6120 6.4
Task<Result<>> Negotiation::authenticate(SignIn signIn, xml::Element features)
{
    if (auto ready = signIn.isReady(); !ready)
        co_return fail(ready.error());
    const xml::Element authentication = features.child("authentication", ns::sasl2);
    m_offer = Offer::of(authentication ? authentication : features.child("mechanisms", ns::sasl), features);
    auto chosen = choose(signIn);
    if (!chosen)
        co_return fail(chosen.error());
    if (signIn.proof == SignIn::Proof::Password && !m_offer.isWhole(*chosen, bool(authentication)))
        co_return fail(offerIncomplete());
    m_offered = Pin{chosen->name, chosen->binding};
    dropSessionWhereBound(m_stream.transport(), chosen->binding);
    if (auto kept = signIn.pin.check(*chosen); !kept) {
        if (chosen->kind == Mechanism::Kind::Plain)
            co_return fail(kept.error());
        // RELIABILITY 1.31: unless the server's own hash of what it offered shows that nobody took anything away.
        chosen->unlessProven = kept.error();
    }
    m_mechanism = std::move(*chosen);
    m_result.mechanism = m_mechanism.name;
    m_result.binding = m_mechanism.binding;
    if (authentication) {
        auto signing = m_sasl2.run(signIn, features, m_offer, m_mechanism, &m_result);
        co_return co_await std::move(signing);
    }
    if (m_mechanism.kind == Mechanism::Kind::Scram)
        co_return co_await scram(signIn);
    auto answered = co_await oneStep(signIn);
    if (!answered)
        answered = fail(meaningOf(answered.error(), m_mechanism));
    co_return answered;
}

namespace {

xml::Element authElement(const QString &mechanism, const QByteArray &initial)
{
    return xml::Builder("auth", ns::sasl)
        .attribute("mechanism", mechanism)
        .text(initial.isEmpty() ? QStringLiteral("=") : QString::fromLatin1(initial.toBase64()))
        .build();
}

xml::Element bindElement(const QString &resource)
{
    xml::Builder builder("bind", ns::bind);
    if (!resource.isEmpty())
        builder.textChild("resource", resource);
    return builder.build();
}

} // namespace

Task<Result<>> Negotiation::scram(SignIn signIn)
{
    ScramExchange say = [this](ScramLogin *login) { return exchange(login); };
    auto signing = signInByScram(m_mechanism, signIn, std::move(say), &m_random, &m_worker, &m_result);
    co_return co_await std::move(signing);
}

Task<Result<>> Negotiation::exchange(ScramLogin *login)
{
    m_stream.send(authElement(m_mechanism.name, login->first()));
    auto first = co_await m_stream.next(Step::Sasl);
    if (!first)
        co_return fail(first.error());
    if (first->name() == "failure")
        co_return fail(firstRefusal(*first, m_mechanism));
    if (first->name() == "success") // it skipped its proof
        co_return fail(
            Error::Kind::Auth, QStringLiteral("server-not-proven"),
            QStringLiteral(
                "The server let us in without proving that it knows this account. The sign-in was stopped."));
    auto firstData = saslData(*first);
    if (!firstData)
        co_return fail(firstData.error());
    auto answering = login->answer(*firstData, m_offer, m_result.tls.version);
    auto answer = co_await std::move(answering);
    if (!answer)
        co_return fail(answer.error());
    m_stream.send(saslElement("response", *answer));

    auto last = co_await m_stream.next(Step::Sasl);
    if (!last)
        co_return fail(last.error());
    if (last->name() == "failure")
        co_return fail(saslFailure(*last));
    auto proof = saslData(*last);
    if (!proof)
        co_return fail(proof.error());
    auto proven = login->finish(*proof);
    if (!proven || last->name() == "success")
        co_return proven;
    // RFC 6120 6.4.3: some servers send the proof as a challenge and success after an empty response.
    m_stream.send(xml::Builder("response", ns::sasl).build());
    auto success = co_await m_stream.next(Step::Sasl);
    if (!success)
        co_return fail(success.error());
    if (success->name() != "success")
        co_return fail(saslFailure(*success));
    co_return Result<>{};
}

Result<Mechanism> Negotiation::choose(const SignIn &signIn) const
{
    const net::Transport &transport = m_stream.transport();
    switch (signIn.proof) {
    case SignIn::Proof::Certificate: return Mechanism::external(m_offer.mechanisms, transport);
    case SignIn::Proof::Guest: return Mechanism::anonymous(m_offer.mechanisms);
    case SignIn::Proof::Password: break;
    }
    return Mechanism::choose(m_offer.mechanisms, m_offer.bindings, transport, signIn.allowPlain);
}

/// PLAIN, which is only inside TLS and only where the person allowed it for this account; EXTERNAL, ANONYMOUS.
Task<Result<>> Negotiation::oneStep(SignIn signIn)
{
    QByteArray message = signIn.initial();
    m_stream.send(authElement(m_mechanism.name, message));
    message.fill('\0');
    auto answer = co_await m_stream.next(Step::Sasl);
    if (!answer)
        co_return fail(answer.error());
    if (answer->name() == "challenge") { // RFC 6120 6.4.3: some ask for what the first message said already
        message = signIn.initial();
        m_stream.send(saslElement("response", message));
        message.fill('\0');
        answer = co_await m_stream.next(Step::Sasl);
        if (!answer)
            co_return fail(answer.error());
    }
    if (answer->name() != "success")
        co_return fail(saslFailure(*answer));
    co_return Result<>{};
}

Task<Result<xml::Element>> Negotiation::request(xml::Element payload)
{
    const QString id = m_random.id();
    m_stream.send(xml::Builder("iq", ns::client)
                      .attribute("type", QStringLiteral("set"))
                      .attribute("id", id)
                      .child(payload)
                      .build());
    auto answer = co_await m_stream.next(Step::Bind);
    if (!answer)
        co_return fail(answer.error());
    if (answer->attribute("id") != id)
        co_return fail(protocol(QStringLiteral("The server answered another request than ours.")));
    if (answer->attributeView("type") != "result")
        co_return fail(StanzaError::of(*answer).toError());
    co_return *answer;
}

// RFC 6120 7
Task<Result<>> Negotiation::bind(SignIn signIn)
{
    if (!m_result.features.hasChild("bind", ns::bind))
        co_return fail(protocol(QStringLiteral("The server offers no resource binding after sign-in.")));
    auto answer = co_await request(bindElement(signIn.resource));
    // RFC 6120 7.7.2: the resource is taken or not liked; the server's own choice always works.
    const bool isRefused = !answer && answer.error().kind == Error::Kind::Stanza
        && (answer.error().condition == u"conflict" || answer.error().condition == u"bad-request");
    if (isRefused && !signIn.resource.isEmpty())
        answer = co_await request(bindElement({}));
    if (!answer)
        co_return fail(answer.error());
    const Jid jid = Jid::fromWire(answer->child("bind", ns::bind).child("jid", ns::bind).text().trimmed());
    if (!jid.isFull() || !signIn.isUs(jid))
        co_return fail(Error::Kind::Auth, QStringLiteral("wrong-identity"),
                       QStringLiteral("The server signed us in as %1 and not as %2.")
                           .arg(jid.toString(), signIn.account.toString()));
    m_result.jid = jid;
    co_return co_await session();
}

// XEP-0198 5. False where there is nothing to resume, or no more; then a resource is bound on this same stream.
Task<Result<bool>> Negotiation::resume()
{
    if (!m_management || !m_management->canResume())
        co_return false;
    const Jid jid = m_management->session()->jid;
    xml::Element said = m_result.resumption;
    if (!said) {
        // A full address is another session's.
        if (m_result.jid.isFull() || !StreamManagement::isOffered(m_result.features)) {
            m_management->forget();
            co_return false;
        }
        m_stream.send(m_management->resume());
        auto answer = co_await m_stream.next(Step::Resume);
        if (!answer)
            co_return fail(answer.error());
        said = *answer;
    }
    if (said.name() == "failed") {
        (void)m_management->takeFailed(said);
        co_return false;
    }
    auto acknowledged = m_management->takeResumed(said);
    if (!acknowledged) { // whoever tells such things keeps no session of ours
        m_complaint = m_management->complaint();
        m_management->forget();
        co_return fail(acknowledged.error());
    }
    m_result.jid = jid;
    m_result.resumed = true;
    m_result.acknowledged = std::move(*acknowledged);
    co_return true;
}

// XEP-0198 3. Refused, the stream is as good as one without it.
Task<Result<>> Negotiation::enable()
{
    if (!m_management)
        co_return Result<>{};
    if (m_sasl2.asksToManage()) { // inside of Bind 2
        if (m_result.bound.hasChild("failed", ns::streamManagement))
            co_return Result<>{};
        if (const xml::Element enabled = m_result.bound.child("enabled", ns::streamManagement)) {
            (void)m_management->enable();
            co_return m_management->takeEnabled(enabled, m_result.jid);
        }
    }
    if (!StreamManagement::isOffered(m_result.features))
        co_return Result<>{};
    m_stream.send(m_management->enable());
    for (;;) {
        auto answer = co_await m_stream.next(Step::Enable);
        if (!answer)
            co_return fail(answer.error());
        if (answer->name() == "enabled")
            co_return m_management->takeEnabled(*answer, m_result.jid);
        if (answer->name() == "failed") {
            m_management->takeRefused();
            co_return Result<>{};
        }
        if (m_result.early.size() >= mostEarly)
            co_return fail(protocol(QStringLiteral("The server does not answer the request for stream management.")));
        m_result.early.push_back(*answer);
    }
}

// RFC 3921 3: only old servers ask for it.
Task<Result<>> Negotiation::session()
{
    const xml::Element offered = m_result.features.child("session", ns::session);
    if (!offered || offered.hasChild("optional", ns::session))
        co_return Result<>{};
    auto answer = co_await request(xml::Builder("session", ns::session).build());
    if (!answer)
        co_return fail(answer.error());
    co_return Result<>{};
}

} // namespace xmpp
