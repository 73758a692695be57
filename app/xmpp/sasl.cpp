// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/sasl.h"

#include "xmpp/ns.h"

#include <QCryptographicHash>

#include <algorithm>

namespace xmpp {
namespace {

constexpr std::pair<Scram::Hash, const char *> scrams[] = {
    {Scram::Hash::Sha512, "SCRAM-SHA-512"},
    {Scram::Hash::Sha256, "SCRAM-SHA-256"},
    {Scram::Hash::Sha1, "SCRAM-SHA-1"},
};

/// From weak to strong; 0 for nothing.
int rank(const QString &mechanism)
{
    static const QStringList ranks{QStringLiteral("PLAIN"), QStringLiteral("SCRAM-SHA-1"),
                                   QStringLiteral("SCRAM-SHA-256"), QStringLiteral("SCRAM-SHA-512")};
    return int(ranks.indexOf(mechanism.endsWith(u"-PLUS") ? mechanism.chopped(5) : mechanism)) + 1;
}

/// tls-unique is as good as tls-exporter, where TLS 1.2 has it; the end point alone is less (RFC 5929 4, RFC 9266 1).
int rank(net::ChannelBinding binding)
{
    switch (binding) {
    case net::ChannelBinding::None: return 0;
    case net::ChannelBinding::TlsServerEndPoint: return 1;
    case net::ChannelBinding::TlsUnique:
    case net::ChannelBinding::TlsExporter: return 2;
    }
    Q_UNREACHABLE();
}

/// RFC 6120 6.5.
constexpr std::string_view failures[] = {
    "aborted",
    "account-disabled",
    "credentials-expired",
    "encryption-required",
    "incorrect-encoding",
    "invalid-authzid",
    "invalid-mechanism",
    "malformed-request",
    "mechanism-too-weak",
    "not-authorized",
    "temporary-auth-failure",
};

/// The best binding that both sides have: tls-exporter, then tls-server-end-point (XEP-0440 3). A server that lists none
/// knows the default of its TLS version alone: tls-exporter under 1.3 (RFC 9266 3), tls-unique before (RFC 5802 6.1).
std::pair<net::ChannelBinding, QByteArray> bestBinding(const QStringList &listed, const net::Transport &transport)
{
    using net::ChannelBinding;
    const bool isNew = transport.tls().version == u"TLSv1.3";
    const QStringList accepted = listed.isEmpty()
        ? QStringList{net::word(isNew ? ChannelBinding::TlsExporter : ChannelBinding::TlsUnique)}
        : listed;
    for (const ChannelBinding type :
         {ChannelBinding::TlsExporter, ChannelBinding::TlsServerEndPoint, ChannelBinding::TlsUnique}) {
        if (!accepted.contains(net::word(type)))
            continue;
        if (auto data = transport.channelBinding(type))
            return {type, *data};
    }
    return {ChannelBinding::None, {}};
}

} // namespace

Offer Offer::of(const xml::Element &mechanisms, const xml::Element &features)
{
    constexpr qsizetype most = 64;
    Offer offer;
    for (const xml::Element &child : mechanisms.children()) {
        if (child.is("mechanism", mechanisms.ns()) && offer.mechanisms.size() < most)
            offer.mechanisms.append(child.text().trimmed());
    }
    const xml::Element listed = features.child("sasl-channel-binding", ns::saslChannelBinding);
    offer.listsBindings = bool(listed);
    for (const xml::Element &type : listed.children()) {
        if (type.is("channel-binding", ns::saslChannelBinding) && offer.bindings.size() < most)
            offer.bindings.append(type.attribute("type"));
    }
    return offer;
}

bool Offer::isWhole(const Mechanism &chosen, bool isSasl2) const
{
    const bool anyPlus =
        std::any_of(mechanisms.begin(), mechanisms.end(), [](const QString &name) { return name.endsWith(u"-PLUS"); });
    if (isSasl2 && anyPlus && !listsBindings)
        return false;
    // A server that has the passwords from elsewhere lists bindings and has nothing but PLAIN to offer: Prosody and
    // ejabberd with LDAP. PLAIN is what the person allowed for this account, or what it never had better.
    if (chosen.kind != Mechanism::Kind::Scram || chosen.binding != net::ChannelBinding::None || !listsBindings)
        return true;
    return anyPlus && bindings.contains(net::word(net::ChannelBinding::TlsServerEndPoint));
}

QByteArray Offer::hash(Scram::Hash hash) const
{
    const auto joined = [](const QStringList &list) {
        QByteArrayList sorted;
        for (const QString &item : list)
            sorted.append(item.toUtf8());
        std::sort(sorted.begin(), sorted.end()); // i;octet
        return sorted.join('\x1E');
    };
    QByteArray text = joined(mechanisms);
    if (listsBindings)
        text += '\x1F' + joined(bindings);
    const auto algorithm = hash == Scram::Hash::Sha512 ? QCryptographicHash::Sha512
        : hash == Scram::Hash::Sha256                  ? QCryptographicHash::Sha256
                                                       : QCryptographicHash::Sha1;
    return QCryptographicHash::hash(text, algorithm);
}

Result<Mechanism> Mechanism::choose(const QStringList &offered, const QStringList &bindings,
                                    const net::Transport &transport, bool allowPlain)
{
    const auto [binding, data] = bestBinding(bindings, transport);
    // ejabberd before 23.04 offers -PLUS without a list and knows tls-unique alone, under TLS 1.3 too, where nobody else
    // has it (RFC 9266 1): bound by a guess, the sign-in would fail with the right password.
    const bool isGuess = bindings.isEmpty() && binding == net::ChannelBinding::TlsExporter;
    if (binding != net::ChannelBinding::None && !isGuess) {
        for (const auto &[hash, name] : scrams) {
            const QString plus = QString::fromLatin1(name) + QStringLiteral("-PLUS");
            if (offered.contains(plus))
                return Mechanism{plus, Kind::Scram, hash, binding, data, "p=" + net::word(binding).toLatin1() + ",,",
                                 {}};
        }
    }
    const bool anyPlus =
        std::any_of(offered.begin(), offered.end(), [](const QString &m) { return m.endsWith(u"-PLUS"); });
    for (const auto &[hash, name] : scrams) {
        if (!offered.contains(QString::fromLatin1(name)))
            continue;
        // RFC 5802 6: `y` says "I could bind, you offered nothing": a stripped -PLUS is then found out by the server.
        const bool saysY = binding != net::ChannelBinding::None && !anyPlus;
        return Mechanism{QString::fromLatin1(name), Kind::Scram, hash, net::ChannelBinding::None, {},
                         saysY ? "y,," : "n,,",     {}};
    }
    if (offered.contains(QStringLiteral("PLAIN"))) {
        if (allowPlain)
            return Mechanism{QStringLiteral("PLAIN"), Kind::Plain, {}, net::ChannelBinding::None, {}, {}, {}};
        return fail(
            Error::Kind::Auth, QStringLiteral("plain-not-allowed"),
            QStringLiteral(
                "The server takes the password only in readable form (PLAIN), which this account does not allow."));
    }
    return fail(Error::Kind::Auth, QStringLiteral("no-mechanism"),
                QStringLiteral("The server offers no sign-in mechanism that is supported; it offers: %1.")
                    .arg(offered.join(u' ')));
}

Result<Mechanism> Mechanism::external(const QStringList &offered, const net::Transport &transport)
{
    if (offered.contains(QStringLiteral("EXTERNAL")))
        return Mechanism{QStringLiteral("EXTERNAL"), Kind::External, {}, net::ChannelBinding::None, {}, {}, {}};
    return fail(Error::Kind::Auth, QStringLiteral("certificate-not-taken"),
                transport.tls().askedForOurs
                    ? QStringLiteral("The server has seen the account's certificate and does not let it sign in.")
                    : QStringLiteral("The server does not ask for certificates."));
}

Result<Mechanism> Mechanism::anonymous(const QStringList &offered)
{
    if (offered.contains(QStringLiteral("ANONYMOUS")))
        return Mechanism{QStringLiteral("ANONYMOUS"), Kind::Anonymous, {}, net::ChannelBinding::None, {}, {}, {}};
    return fail(Error::Kind::Auth, QStringLiteral("no-guests"), QStringLiteral("The server takes no guests."));
}

Result<> Pin::check(const Mechanism &chosen) const
{
    // A certificate or a guest is the person's own choice, and gives nothing away that somebody could use elsewhere.
    if (chosen.kind == Mechanism::Kind::External || chosen.kind == Mechanism::Kind::Anonymous)
        return {};
    if (rank(chosen.name) >= rank(mechanism) && rank(chosen.binding) >= rank(binding))
        return {};
    const auto words = [](const QString &name, net::ChannelBinding type) {
        return type == net::ChannelBinding::None ? name : QStringLiteral("%1 with %2").arg(name, net::word(type));
    };
    return fail(Error::Kind::Auth, QStringLiteral("sign-in-weaker"),
                QStringLiteral(
                    "The server offers only %1; this account has signed in by %2 before. Somebody may be in between.")
                    .arg(words(chosen.name, chosen.binding), words(mechanism, binding)));
}

Pin Pin::raised(const Pin &used) const
{
    return {rank(used.mechanism) > rank(mechanism) ? used.mechanism : mechanism,
            rank(used.binding) > rank(binding) ? used.binding : binding};
}

Error meaningOf(const Error &error, const Mechanism &mechanism)
{
    const bool isRefusal = error.kind == Error::Kind::Auth
        && (error.condition == u"not-authorized" || error.condition == u"invalid-authzid"
            || error.condition == u"credentials-expired");
    if (isRefusal && mechanism.kind == Mechanism::Kind::External)
        return {error.kind, QStringLiteral("own-certificate-refused"), error.detail};
    if (isRefusal && mechanism.kind == Mechanism::Kind::Anonymous)
        return {error.kind, QStringLiteral("no-guests"), error.detail};
    return error;
}

void dropSessionWhereBound(net::Transport &transport, net::ChannelBinding binding)
{
    if (binding == net::ChannelBinding::TlsUnique)
        transport.dropSession();
}

Error offerIncomplete()
{
    return {
        Error::Kind::Auth, QStringLiteral("offer-incomplete"),
        QStringLiteral("The server can bind a sign-in to the connection, and does not offer it. It is set up wrongly, "
                       "or somebody in between took that away.")};
}

Error firstRefusal(const xml::Element &failure, const Mechanism &mechanism)
{
    const Error error = saslFailure(failure);
    // RFC 5802 7, server-does-support-channel-binding, in the words of SASL: `y` says that it offered none.
    return mechanism.gs2Header.startsWith('y') && error.condition == u"malformed-request" ? offerIncomplete() : error;
}

Error saslFailure(const xml::Element &failure)
{
    QString condition = QStringLiteral("not-authorized");
    QString said;
    for (const xml::Element &child : failure.children()) {
        if (child.ns() != ns::sasl && child.ns() != failure.ns())
            continue;
        if (child.name() == "text")
            said = QStringLiteral(" It says: \"%1\".").arg(child.text().trimmed());
        else if (std::find(std::begin(failures), std::end(failures), child.name()) != std::end(failures))
            condition = QString::fromUtf8(child.name().data(), qsizetype(child.name().size()));
    }
    return Error{Error::Kind::Auth, condition,
                 QStringLiteral("The server refused the sign-in (%1).%2").arg(condition, said)};
}

} // namespace xmpp
