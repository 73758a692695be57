// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/play.h"
#include "support/testmain.h"

#include <set>

using namespace std::chrono_literals;
using tests::Play;
using xmpp::Connection;
using xmpp::Reconnect;

namespace {

const Error lost{Error::Kind::Network, QStringLiteral("connection-lost"), {}};

Error streamError(const char *condition)
{
    return {Error::Kind::Stream, QString::fromLatin1(condition), {}};
}

} // namespace

/// When to try again: growing pauses by chance (RELIABILITY 2.6).
class TestReconnect : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void boundsDouble()
    {
        tests::FixedRandom random;
        // Many in step: each pause of each is under the bound of its turn, and they spread over it.
        for (int turn = 0; turn < 12; ++turn) {
            const auto bound = std::min<std::chrono::milliseconds>(1000ms * (1 << turn), Reconnect::most);
            std::chrono::milliseconds sum{0};
            std::chrono::milliseconds least = bound;
            std::chrono::milliseconds most{0};
            for (int i = 0; i < 200; ++i) {
                Reconnect reconnect(random);
                for (int before = 0; before < turn; ++before)
                    reconnect.next(lost);
                const auto pause = reconnect.next(lost);
                QVERIFY(pause >= Reconnect::least);
                QVERIFY(pause <= bound);
                sum += pause;
                least = std::min(least, pause);
                most = std::max(most, pause);
            }
            QVERIFY(least < Reconnect::least + bound / 10);
            QVERIFY(most > bound * 9 / 10);
            const auto mean = sum / 200;
            QVERIFY(mean > bound * 4 / 10 && mean < bound * 7 / 10);
        }
    }

    void sameChanceSamePauses()
    {
        tests::FixedRandom one;
        tests::FixedRandom other;
        Reconnect a(one);
        Reconnect b(other);
        std::set<std::chrono::milliseconds> pauses;
        for (int i = 0; i < 20; ++i) {
            const auto pause = a.next(lost);
            QCOMPARE(pause.count(), b.next(lost).count());
            pauses.insert(pause);
        }
        QVERIFY(pauses.size() > 15);
    }

    void startsShortAgain()
    {
        tests::FixedRandom random;
        Reconnect reconnect(random);
        for (int i = 0; i < 20; ++i)
            reconnect.next(lost);
        reconnect.reset();
        QVERIFY(reconnect.next(lost) <= Reconnect::first);
    }

    void whatTheServerAsksFor()
    {
        tests::FixedRandom random;
        for (int i = 0; i < 100; ++i) {
            for (const char *condition : {"policy-violation", "resource-constraint"}) {
                Reconnect reconnect(random);
                const auto pause = reconnect.next(streamError(condition));
                QVERIFY(pause >= 30s && pause <= 60s);
            }
            Reconnect reconnect(random);
            QVERIFY(reconnect.next(streamError("system-shutdown")) <= 10s);
        }
        // What only people can mend, and what the server expects (RFC 6120 4.9.3).
        for (const char *condition :
             {"host-gone", "host-unknown", "unsupported-version", "unsupported-feature", "unsupported-encoding"}) {
            Reconnect slow(random);
            const auto pause = slow.next(streamError(condition));
            QVERIFY2(pause >= 60s && pause <= 120s, condition);
        }
        for (const char *condition : {"reset", "connection-timeout"}) {
            Reconnect soon(random);
            QVERIFY2(soon.next(streamError(condition)) <= 250ms, condition);
        }
        for (const char *condition : {"certificate-expired", "certificate-name-mismatch", "tls-not-offered"}) {
            Reconnect slow(random);
            QVERIFY2(slow.next({Error::Kind::Tls, QString::fromLatin1(condition), {}}) >= 60s, condition);
        }
        // The same words from elsewhere, and other words, ask for nothing.
        Reconnect reconnect(random);
        QVERIFY(reconnect.next({Error::Kind::Protocol, QStringLiteral("policy-violation"), {}}) <= 1s);
    }

    void triesUntilItWorks()
    {
        Play play;
        play.prepare = [](tests::FakeTransport &transport) {
            transport.openError = Error{Error::Kind::Network, QStringLiteral("connection-refused"), {}};
        };
        play.connection.start();
        std::chrono::milliseconds longest{0};
        for (int attempt = 1; attempt <= 15; ++attempt) {
            QTRY_COMPARE(play.attempts(), attempt);
            play.waitsFor(Connection::State::Waiting);
            const auto pause = play.connection.untilNextTry();
            QVERIFY(pause >= Reconnect::least && pause <= Reconnect::most);
            longest = std::max(longest, pause);
            play.clock.advance(pause - 1ms);
            QCoreApplication::processEvents();
            QCOMPARE(play.attempts(), attempt); // not before its time
            QCOMPARE(play.connection.untilNextTry().count(), 1);
            play.clock.advance(1ms);
        }
        QVERIFY(longest > 30s);
        QTRY_COMPARE(play.attempts(), 16);
        play.waitsFor(Connection::State::Waiting);
        // The person does not wait, and the pauses are short again.
        play.connection.retryNow();
        QTRY_COMPARE(play.attempts(), 17);
        play.waitsFor(Connection::State::Waiting);
        QVERIFY(play.connection.untilNextTry() <= Reconnect::first);
        play.prepare = nullptr;
        play.connection.start(); // the same as retryNow()
        play.signsIn();
        QCOMPARE(play.connection.untilNextTry().count(), 0);
    }

    /// A server that lets us in and drops us at once is not visited each second; a good session ends the caution.
    void shortSessionsCount()
    {
        Play play;
        play.connection.start();
        std::chrono::milliseconds longest{0};
        for (int i = 0; i < 10; ++i) {
            play.signsIn();
            play.clock.advance(1s);
            play.transport().lose();
            play.waitsFor(Connection::State::Waiting);
            longest = std::max(longest, play.connection.untilNextTry());
            play.clock.advance(play.connection.untilNextTry());
        }
        QVERIFY(longest > 30s);
        play.signsIn();
        play.clock.advance(Reconnect::stable);
        play.transport().lose();
        QVERIFY(play.connection.untilNextTry() <= Reconnect::first);
    }

    /// RELIABILITY N20: accounts on one dead server spread out.
    void accountsSpread()
    {
        tests::FixedRandom random;
        std::set<qint64> slots_;
        for (int account = 0; account < 50; ++account) {
            Reconnect reconnect(random);
            for (int i = 0; i < 5; ++i)
                reconnect.next(lost);
            slots_.insert(reconnect.next(lost) / 1s);
        }
        QVERIFY(slots_.size() > 15);
    }
};

BALCONY_TEST(TestReconnect)
#include "tst_reconnect.moc"
