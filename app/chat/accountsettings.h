// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "net/transport.h"
#include "xmpp/presence.h"
#include "xmpp/sasl.h"

#include <QJsonObject>

namespace chat {

/// What a person set for an account, and what is remembered of it. No secret is in it.
struct AccountSettings {
    enum class PasswordStore { Keychain, File, None };

    Jid jid; ///< Bare: the account's name everywhere.
    bool enabled = true;
    QString host;     ///< Overrides DNS; the certificate is still judged by the JID's domain.
    quint16 port = 0; ///< 0: by DNS or the default.
    net::TlsMode tls = net::TlsMode::Automatic;
    net::Proxy proxy; ///< Its password is with the account's own: see proxyKey().
    QString resource; ///< Made by chance when the account is added.
    bool allowPlain = false;
    PasswordStore passwordStore = PasswordStore::Keychain;
    // The presence that was last chosen.
    xmpp::Presence::Show show = xmpp::Presence::Show::Online;
    QString status;
    int priority = 0;
    xmpp::Pin pin;        ///< The best sign-in so far, or what the person accepted since (RELIABILITY 1.31).
    QString device;       ///< This installation's id for the account's server (XEP-0388), a UUID made by chance.
    QString passwordFile; ///< Read at each sign-in where not empty, never copied.

    /// Under which name the proxy's password is kept, in the place where the account's is.
    QString proxyKey() const { return QStringLiteral("proxy/") + jid.toString(); }
    /// True where `other` reaches the server in another way.
    bool isOtherWay(const AccountSettings &other) const;
    QJsonObject toJson() const;
    /// Missing and odd fields get their defaults.
    static AccountSettings fromJson(const Jid &jid, bool enabled, const QJsonObject &json);
};

} // namespace chat
