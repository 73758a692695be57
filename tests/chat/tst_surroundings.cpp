// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/signing.h"
#include "chat/surroundings.h"
#include "support/manualclock.h"
#include "support/testmain.h"

using namespace std::chrono_literals;
using namespace tests;
using chat::Surroundings;
using State = chat::Account::State;

namespace {

class FakeReachability : public net::Reachability
{
public:
    net::NetworkState state() const override { return now; }
    void change(const net::NetworkState &to)
    {
        now = to;
        Q_EMIT changed();
    }
    net::NetworkState now;
};

class FakeSleep : public chat::Sleep
{
public:
    void allow() override { ++allowed; }
    int allowed = 0;
};

/// Romeo's profile with a network and a sleep in the test's hand, and a clock for their own pauses.
struct Rig {
    explicit Rig(const QString &folder) : s(folder)
    {
        services.emplace(chat::Services{clock,
                                        s.profile.services().random,
                                        s.profile.services().worker,
                                        s.profile.services().store,
                                        s.profile.services().keychain,
                                        s.profile.services().files,
                                        {}});
        surroundings.emplace(s.profile.accounts(), *services, network, sleep);
    }
    /// Online on a stream that is not managed.
    void goesOnline()
    {
        s.account().goOnline();
        s.signsIn("SCRAM-SHA-1");
    }
    /// The pings so far; what the server is asked besides is not answered.
    qsizetype pings()
    {
        QCoreApplication::processEvents();
        return s.transport ? s.transport->all.count("urn:xmpp:ping") : -1;
    }

    ManualClock clock;
    FakeReachability network;
    FakeSleep sleep;
    Signing s;
    std::optional<chat::Services> services;
    std::optional<Surroundings> surroundings;
};

} // namespace

/// Changes of the network and the computer's sleep reach every account, once (RELIABILITY 2.6).
class TestSurroundings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    /// One change comes in several steps, and a flapping network is looked into every two seconds only.
    void looksOnceForAll()
    {
        Rig rig(folder());
        rig.goesOnline();
        for (int step = 0; step < 5; ++step)
            rig.network.change({});
        QCOMPARE(rig.pings(), 0);
        rig.clock.advance(Surroundings::settling);
        QCOMPARE(rig.pings(), 1);
        rig.network.change({});
        rig.clock.advance(Surroundings::spacing - 1ms);
        QCOMPARE(rig.pings(), 1);
        rig.clock.advance(1ms);
        QCOMPARE(rig.pings(), 2);
    }

    /// An account that waits tries at once when the network is back; what it says meanwhile names the reason.
    void waitsForTheNetwork()
    {
        Rig rig(folder());
        rig.s.prepare = [](FakeTransport &transport) {
            transport.openError = Error{Error::Kind::Network, QStringLiteral("network-unreachable"), {}};
        };
        rig.network.change({true, false});
        rig.clock.advance(Surroundings::settling);
        rig.s.account().goOnline();
        rig.s.comesTo(State::Waiting);
        QCOMPARE(rig.s.account().error()->condition, QStringLiteral("no-network"));
        QVERIFY(rig.s.account().untilNextTry() > 4min);
        rig.s.prepare = {};
        rig.s.skipsAttempts(1);
        rig.network.change({});
        rig.clock.advance(Surroundings::spacing);
        rig.s.signsIn("SCRAM-SHA-1");
        QVERIFY(!rig.s.account().error());
    }

    /// An account that is added later knows, too.
    void newAccounts()
    {
        Rig rig(folder());
        rig.network.now = {true, false};
        rig.s.prepare = [](FakeTransport &transport) {
            transport.openError = Error{Error::Kind::Network, QStringLiteral("dns-failed"), {}};
        };
        chat::AccountSettings settings;
        settings.jid = Jid::fromWire(QStringLiteral("benvolio@montague.lit"));
        settings.passwordStore = chat::AccountSettings::PasswordStore::None;
        QByteArray password("secret");
        const auto added = wait(rig.s.profile.accounts().add(settings, std::nullopt));
        QVERIFY(added.has_value());
        (*added)->goOnline(SecretBytes::take(password));
        QTRY_VERIFY_WITH_TIMEOUT((*added)->state() == State::Waiting, patience);
        QCOMPARE((*added)->error()->condition, QStringLiteral("no-network"));
    }

    /// The computer waits until all is on the disk and with the system, and not for ever.
    void sleepIsPutOff()
    {
        Rig rig(folder());
        rig.goesOnline();
        Q_EMIT rig.sleep.nears();
        QTRY_VERIFY_WITH_TIMEOUT((rig.clock.advance(20ms), rig.sleep.allowed == 1), patience);
        QVERIFY(rig.clock.monotonic() <= Surroundings::sayingLimit);
        rig.s.transport->pendingBytes = 1000; // a link that takes nothing
        Q_EMIT rig.sleep.nears();
        rig.clock.advance(Surroundings::sayingLimit - 40ms);
        QCoreApplication::processEvents();
        QCOMPARE(rig.sleep.allowed, 1);
        QTRY_VERIFY_WITH_TIMEOUT((rig.clock.advance(20ms), rig.sleep.allowed == 2), patience);
        rig.s.transport->pendingBytes = 0;
        QCOMPARE(rig.s.account().state(), State::Online); // no end of the stream: the session is to go on
    }

    /// Awake again nothing is waited for.
    void looksWhenAwake()
    {
        Rig rig(folder());
        rig.goesOnline();
        rig.s.transport->pendingBytes = 1000;
        Q_EMIT rig.sleep.nears();
        Q_EMIT rig.sleep.woke();
        QCOMPARE(rig.pings(), 1);
        rig.clock.advance(10s);
        QCoreApplication::processEvents();
        QCOMPARE(rig.sleep.allowed, 0); // that sleep is over
        rig.s.transport->pendingBytes = 0;
    }

private:
    QString folder() const { return m_dir->filePath(QStringLiteral("profile")); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

BALCONY_TEST(TestSurroundings)
#include "tst_surroundings.moc"
