// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "store/storage.h"
#include "support/faketransport.h"
#include "support/serverscript.h"

namespace tests {

constexpr int patience = 20'000;

/// A profile with romeo@montague.lit in it, and a server's script on the other end of its connections.
class Signing
{
public:
    explicit Signing(const QString &folder) : profile(folder)
    {
        if (!wait(profile.open()))
            QTest::qFail("the profile does not open", __FILE__, __LINE__);
        profile.services().makeTransport = [this] { return make(); };
        if (!profile.accounts().find(jid("romeo@montague.lit"))) {
            chat::AccountSettings settings;
            settings.jid = jid("romeo@montague.lit");
            settings.passwordStore = chat::AccountSettings::PasswordStore::File;
            QByteArray password("secret");
            if (!wait(profile.accounts().add(settings, SecretBytes::take(password))))
                QTest::qFail("the account is not added", __FILE__, __LINE__);
        }
    }
    ~Signing()
    {
        if (transport) // else it is waited for a server that says goodbye
            transport->lose();
        wait(done(profile.close()));
    }

    chat::Account &account() { return *profile.accounts().all().front(); }
    /// The server's side up to its features of a new connection.
    void offers(const QByteArray &mechanisms, const QByteArray &listed = {})
    {
        waitsForAttempt();
        server.bindingData = mechanisms.endsWith("-PLUS") ? "exporter" : "";
        server.opens(ServerScript::saslFeatures(mechanisms, listed));
    }
    void waitsForAttempt()
    {
        if (!QTest::qWaitFor([&] { return transports > m_played && transport; }, patience))
            QTest::qFail("there is no new attempt", __FILE__, __LINE__);
        m_played = transports;
    }
    /// Those that needed no server.
    void skipsAttempts(int count) { m_played += count; }
    /// A whole sign-in by `mechanism`.
    void signsIn(const QByteArray &mechanism, const QByteArray &listed = {})
    {
        offers(mechanism, listed);
        if (!server.authenticates(mechanism))
            QTest::qFail("the password was not proven", __FILE__, __LINE__);
        server.binds();
        comesTo(chat::Account::State::Online);
    }
    /// The server offers `mechanism`, and a challenge without a proof that nothing was taken away.
    void refuses(const QByteArray &mechanism)
    {
        offers(mechanism);
        ScramServer scram(QCryptographicHash::Sha1, "secret");
        server.send(ServerScript::sasl("challenge", scram.challenge(server.takesSasl("auth"))));
        comesTo(chat::Account::State::NeedsDecision);
    }
    void comesTo(chat::Account::State state)
    {
        if (!QTest::qWaitFor([&] { return account().state() == state; }, patience))
            QTest::qFail("the account does not get there", __FILE__, __LINE__);
    }

    chat::Profile profile;
    QPointer<FakeTransport> transport;
    int transports = 0;
    std::function<void(FakeTransport &)> prepare; ///< Each new transport, before it is used.
    QByteArray key;                               ///< Of the server, hexadecimal, for the next connections.
    ServerScript server{[this] { return transport ? transport->takeWritten() : QByteArray(); },
                        [this](const QByteArray &bytes) { transport->receive(bytes); }};

private:
    std::unique_ptr<net::Transport> make()
    {
        auto result = std::make_unique<FakeTransport>();
        result->direct = true;
        result->key = key;
        result->bindings[net::ChannelBinding::TlsExporter] = "exporter";
        if (prepare)
            prepare(*result);
        transport = result.get();
        ++transports;
        return result;
    }
    int m_played = 0;
};

} // namespace tests
