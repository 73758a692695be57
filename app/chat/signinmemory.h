// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/accountsettings.h"
#include "chat/services.h"

namespace chat {

/// What an account remembers of its sign-ins for the next ones: the best way that it signed in, where, and what saves
/// work. No part of what a person sets, so that no change of settings can set it back.
class SignInMemory : public QObject
{
    Q_OBJECT
public:
    SignInMemory(Services &services, const Jid &account);
    ~SignInMemory() override;

    /// Before the first sign-in: what earlier starts left. `config` is the account's row, in which older versions kept a
    /// part of it. Error: Storage.
    Task<Result<>> load(QJsonObject config);
    /// Writes all that it knows for a sign-in that `settings` describe.
    void fill(xmpp::SignIn *signIn, const AccountSettings &settings);

    /// The best sign-in so far, or what the person accepted since (RELIABILITY 1.31).
    const xmpp::Pin &pin() const { return m_pin; }
    /// Kept over the program's end.
    void setPin(const xmpp::Pin &pin);
    /// This installation's id for the account's server (XEP-0388), a UUID; null before the first sign-in.
    const QString &device() const { return m_device; }

    /// The password is read from `place`, and with it what came of it; null: it is typed, and nothing of it is kept.
    Task<void> usePlace(Secrets *place);
    /// Takes in a sign-in that was good; `endpoint` is where it led.
    void learn(const xmpp::SignedIn &facts, const std::optional<net::Endpoint> &endpoint,
               const AccountSettings &settings);
    /// The server takes the token no more.
    void dropToken();
    /// The password that is in use is no more the stored one. Nothing of it is kept from now on.
    void dropPlace();
    /// The server is reached in another way from now on.
    void dropWay();

Q_SIGNALS:
    /// Safe in its place, so it may be used (RELIABILITY 1.37).
    void tokenKept(const std::shared_ptr<const xmpp::FastToken> &token);

private:
    void keep();
    Task<void> write(QString key, QByteArray value);
    Task<void> keepKeys(std::shared_ptr<const xmpp::KnownKeys> keys);
    Task<void> keepToken(std::shared_ptr<const xmpp::FastToken> token);
    Task<void> forgetToken();

    Services &m_services;
    Jid m_account;
    xmpp::Pin m_pin;
    QString m_device;
    QByteArray m_storedEndpoint;
    std::optional<net::Endpoint> m_endpoint; ///< Where we got online last.
    net::SessionPlace m_session;             ///< For this way to the server only.
    Secrets *m_place = nullptr;
    std::shared_ptr<const xmpp::KnownKeys> m_keys;  ///< As stored.
    std::shared_ptr<const xmpp::FastToken> m_token; ///< As stored.
    Scope m_keeping;                                ///< What is on its way to the keychain.
    Scope m_writing;                                ///< What is stored whatever the connection does.
};

} // namespace chat
