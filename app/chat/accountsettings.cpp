// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/accountsettings.h"

namespace chat {
namespace {

struct Word {
    AccountSettings::PasswordStore value;
    const char *text;
};
constexpr Word stores[] = {
    {AccountSettings::PasswordStore::Keychain, "keychain"},
    {AccountSettings::PasswordStore::File, "file"},
    {AccountSettings::PasswordStore::None, "none"},
};

QString tlsWord(net::TlsMode mode)
{
    switch (mode) {
    case net::TlsMode::Automatic: return {};
    case net::TlsMode::StartTls: return QStringLiteral("starttls");
    case net::TlsMode::Direct: return QStringLiteral("direct");
    }
    Q_UNREACHABLE();
}

} // namespace

bool AccountSettings::isOtherWay(const AccountSettings &other) const
{
    return certificateFile != other.certificateFile || host != other.host || port != other.port || tls != other.tls
        || !proxy.isLike(other.proxy);
}

xmpp::SignIn::Proof AccountSettings::proof() const
{
    using Proof = xmpp::SignIn::Proof;
    return isGuest() ? Proof::Guest : certificateFile.isEmpty() ? Proof::Password : Proof::Certificate;
}

void AccountSettings::takePresence(const AccountSettings &other)
{
    show = other.show;
    status = other.status;
    priority = other.priority;
}

QJsonObject AccountSettings::toJson() const
{
    QJsonObject json;
    const auto put = [&json](const QString &key, const QString &value) {
        if (!value.isEmpty())
            json[key] = value;
    };
    put(QStringLiteral("host"), host);
    if (port)
        json[QStringLiteral("port")] = port;
    put(QStringLiteral("tls"), tlsWord(tls));
    if (!proxy.isNone())
        put(QStringLiteral("proxy"), proxy.toText());
    put(QStringLiteral("resource"), resource);
    if (allowPlain)
        json[QStringLiteral("allowPlain")] = true;
    if (!displayedMarkers)
        json[QStringLiteral("displayedMarkers")] = false;
    if (automaticFiles != AccountSettings().automaticFiles)
        json[QStringLiteral("automaticFiles")] = automaticFiles;
    for (const Word &word : stores) {
        if (word.value == passwordStore)
            put(QStringLiteral("passwordStore"), QString::fromLatin1(word.text));
    }
    put(QStringLiteral("passwordFile"), passwordFile);
    put(QStringLiteral("certificateFile"), certificateFile);
    const auto word = xml::word(show);
    put(QStringLiteral("show"), QString::fromLatin1(word.data(), qsizetype(word.size())));
    put(QStringLiteral("status"), status);
    if (priority)
        json[QStringLiteral("priority")] = priority;
    return json;
}

AccountSettings AccountSettings::fromJson(const Jid &jid, bool enabled, const QJsonObject &json)
{
    AccountSettings result;
    result.jid = jid;
    result.enabled = enabled;
    result.host = json[QStringLiteral("host")].toString();
    const int port = json[QStringLiteral("port")].toInt();
    result.port = port > 0 && port < 65536 ? quint16(port) : quint16(0);
    const QString tls = json[QStringLiteral("tls")].toString();
    result.tls = tls == u"starttls" ? net::TlsMode::StartTls
        : tls == u"direct"          ? net::TlsMode::Direct
                                    : net::TlsMode::Automatic;
    // One that cannot be read is none we know: nothing may go around it, so it is kept as a proxy that is nowhere.
    const auto proxy = net::Proxy::fromText(json[QStringLiteral("proxy")].toString());
    result.proxy = proxy ? *proxy : net::Proxy{net::Proxy::Kind::Socks5, QStringLiteral("invalid."), 1};
    result.resource = json[QStringLiteral("resource")].toString();
    result.allowPlain = json[QStringLiteral("allowPlain")].toBool();
    result.displayedMarkers = json[QStringLiteral("displayedMarkers")].toBool(true);
    result.automaticFiles =
        std::max<qint64>(0, json[QStringLiteral("automaticFiles")].toInteger(result.automaticFiles));
    for (const Word &word : stores) {
        if (json[QStringLiteral("passwordStore")].toString() == QLatin1String(word.text))
            result.passwordStore = word.value;
    }
    result.passwordFile = json[QStringLiteral("passwordFile")].toString();
    result.certificateFile = json[QStringLiteral("certificateFile")].toString();
    result.show = xml::fromWord<xmpp::Presence::Show>(json[QStringLiteral("show")].toString().toStdString())
                      .value_or(xmpp::Presence::Show::Online);
    result.status = json[QStringLiteral("status")].toString();
    result.priority = qBound(-128, json[QStringLiteral("priority")].toInt(), 127);
    return result;
}

} // namespace chat
