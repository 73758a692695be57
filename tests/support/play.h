// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/faketransport.h"
#include "support/fixedrandom.h"
#include "support/manualclock.h"
#include "support/serverscript.h"
#include "xmpp/connection.h"
#include "xmpp/ns.h"

#include <QSignalSpy>
#include <QTest>

namespace tests {

/// A whole Connection of romeo@montague.lit (password `secret`), a server's script on the other end of transports without
/// a network, and a clock turned by hand.
class Play
{
public:
    Play()
    {
        client.setAccount(Jid::fromWire(QStringLiteral("romeo@montague.lit")));
        connection.setSignIn(signIn());
    }

    static xmpp::SignIn signIn(const char *password = "secret")
    {
        xmpp::SignIn result;
        result.account = Jid::fromWire(QStringLiteral("romeo@montague.lit"));
        result.destination.domain = QStringLiteral("montague.lit");
        result.resource = QStringLiteral("orchard");
        QByteArray bytes = password;
        result.password = std::make_shared<const SecretBytes>(SecretBytes::take(bytes));
        return result;
    }
    /// The transport of the newest attempt.
    FakeTransport &transport() { return *transports.back(); }
    int attempts() const { return int(transports.size()); }
    /// From the start to the running session, by STARTTLS.
    void goesOnline()
    {
        connection.start();
        signsIn();
    }
    void signsIn()
    {
        if (!QTest::qWaitFor([&] { return attempts() > m_played; }, 20'000))
            QTest::qFail("there is no new attempt", __FILE__, __LINE__);
        m_played = attempts();
        server.offersTls();
        server.signsIn();
        waitsFor(xmpp::Connection::State::Online);
    }
    void waitsFor(xmpp::Connection::State state)
    {
        if (!QTest::qWaitFor([&] { return connection.state() == state; }, 20'000))
            QTest::qFail("the connection does not get there", __FILE__, __LINE__);
    }

    ManualClock clock;
    FixedRandom random;
    Worker worker{QStringLiteral("test")};
    std::function<void(FakeTransport &)> prepare; ///< Each new transport, before it is used.
    std::vector<QPointer<FakeTransport>> transports;
    xmpp::Client client{clock, random};
    xmpp::Connection connection{client, [this] { return make(); }, clock, random, worker};
    ServerScript server{[this] { return take(); }, [this](const QByteArray &bytes) { transport().receive(bytes); }};

private:
    int m_played = 0; ///< The attempts whose words have been taken.
    std::unique_ptr<net::Transport> make()
    {
        auto result = std::make_unique<FakeTransport>();
        if (prepare)
            prepare(*result);
        transports.emplace_back(result.get());
        return result;
    }
    QByteArray take()
    {
        return transports.empty() || !transports.back() ? QByteArray() : transports.back()->takeWritten();
    }
};

} // namespace tests
