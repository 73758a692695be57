// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "net/transport.h"
#include "xmpp/presence.h"
#include "xmpp/signin.h"

#include <QJsonObject>

namespace chat {

/// What a person set for an account. No secret is in it, and nothing that was learned: that is SignInMemory's.
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
    bool displayedMarkers = true; ///< Contacts are told what was read (XEP-0333); our own devices are in any case.
    /// Bytes up to which pictures, sounds and films of contacts are fetched without a question; 0: none is.
    qint64 automaticFiles = 10LL * 1024 * 1024;
    PasswordStore passwordStore = PasswordStore::Keychain;
    // The presence that was last chosen.
    xmpp::Presence::Show show = xmpp::Presence::Show::Online;
    QString status;
    int priority = 0;
    QString passwordFile; ///< Read at each sign-in where not empty, never copied.
    /// Where not empty, the certificate in it signs in, and no password (XEP-0178). Read at each sign-in, never copied; its
    /// passphrase is kept where a password would be.
    QString certificateFile;

    /// A guest's account is named by the server alone (XEP-0175). It lives as long as the program runs.
    bool isGuest() const { return jid.local().isEmpty(); }
    xmpp::SignIn::Proof proof() const;

    /// Under which name the proxy's password is kept, in the place where the account's is.
    QString proxyKey() const { return QStringLiteral("proxy/") + jid.toString(); }
    /// True where `other` reaches the server in another way, or signs in by something else.
    bool isOtherWay(const AccountSettings &other) const;
    /// The presence is chosen elsewhere: a copy of the settings that is changed must not set it back.
    void takePresence(const AccountSettings &other);
    QJsonObject toJson() const;
    /// Missing and odd fields get their defaults.
    static AccountSettings fromJson(const Jid &jid, bool enabled, const QJsonObject &json);
};

} // namespace chat
