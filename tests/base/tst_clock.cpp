// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include "base/error.h"
#include "base/random.h"
#include "base/result.h"
#include "support/fixedrandom.h"
#include "support/manualclock.h"
#include "support/testmain.h"

#include <QSet>

#include <memory>

using namespace std::chrono_literals;

/// Both clocks: the real one, and the one that tests turn.
class TestClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realTime()
    {
        const base::SystemClock clock;
        QCOMPARE(clock.now().timeSpec(), Qt::UTC);
        const auto before = clock.monotonic();
        QVERIFY(clock.monotonic() >= before);
    }

    void realTimersFire()
    {
        base::SystemClock clock;
        int once = 0;
        int often = 0;
        const Timer a = clock.after(1ms, [&once] { ++once; });
        const Timer b = clock.every(1ms, [&often] { ++often; });
        QTRY_VERIFY_WITH_TIMEOUT(once == 1 && often >= 3, 30000);
        QCOMPARE(once, 1);
    }

    void stoppedTimersDoNot()
    {
        base::SystemClock clock;
        bool fired = false;
        bool later = false;
        {
            const Timer dropped = clock.after(0ms, [&fired] { fired = true; });
        }
        Timer stopped = clock.after(0ms, [&fired] { fired = true; });
        QVERIFY(stopped.isActive());
        stopped.stop();
        QVERIFY(!stopped.isActive() && !Timer().isActive());
        const Timer end = clock.after(5ms, [&later] { later = true; });
        QTRY_VERIFY_WITH_TIMEOUT(later, 30000);
        QVERIFY(!fired);
    }

    void timersMayDropThemselves()
    {
        base::SystemClock clock;
        int fired = 0;
        auto timer = std::make_unique<Timer>();
        const auto witness = std::make_shared<int>(5); // lives in the closure that is dropped
        *timer = clock.every(1ms, [&fired, &timer, witness] {
            timer.reset();
            fired += *witness;
        });
        QTRY_COMPARE_WITH_TIMEOUT(fired, 5, 30000);
        bool later = false;
        const Timer end = clock.after(20ms, [&later] { later = true; });
        QTRY_VERIFY_WITH_TIMEOUT(later, 30000);
        QCOMPARE(fired, 5);
    }

    void manualTime()
    {
        tests::ManualClock clock;
        QStringList log;
        const Timer a = clock.after(2s, [&log] { log << QStringLiteral("a"); });
        const Timer b = clock.after(1s, [&log] { log << QStringLiteral("b"); });
        const Timer c = clock.every(1s, [&log] { log << QStringLiteral("c"); });
        clock.advance(2s);
        QCOMPARE(log.join(u' '), QStringLiteral("b c a c"));
        QCOMPARE(clock.monotonic(), std::chrono::milliseconds(2s));
        const auto wall = clock.now();
        clock.setNow(wall.addDays(-1)); // the wall clock jumps, the deadlines do not
        QCOMPARE(clock.now(), wall.addDays(-1));
        QCOMPARE(clock.monotonic(), std::chrono::milliseconds(2s));
    }

    void randomIds()
    {
        base::SystemRandom random;
        QSet<QString> ids;
        for (int i = 0; i < 1000; ++i) {
            const QString id = random.id();
            QCOMPARE(id.size(), 22);
            for (const QChar c : id)
                QVERIFY(c.unicode() < 128 && (c.isLetterOrNumber() || c == u'-' || c == u'_'));
            ids.insert(id);
        }
        QCOMPARE(ids.size(), 1000);
    }

    void randomBytes()
    {
        base::SystemRandom random;
        for (const int size : {0, 1, 3, 4, 5, 33})
            QCOMPARE(random.bytes(size).size(), size);
        QVERIFY(random.bytes(32) != random.bytes(32));
        // Each value of a byte comes up: 2^16 bytes leave one out once in 10^109 runs.
        QSet<char> seen;
        for (const char c : random.bytes(65536))
            seen.insert(c);
        QCOMPARE(seen.size(), 256);
    }

    void randomNumbers()
    {
        base::SystemRandom random;
        QSet<quint32> seen;
        for (int i = 0; i < 2000; ++i)
            seen.insert(random.below(6));
        QCOMPARE(seen, (QSet<quint32>{0, 1, 2, 3, 4, 5}));
        QCOMPARE(random.below(1), 0u);
        tests::FixedRandom one;
        tests::FixedRandom other;
        QCOMPARE(one.id(), other.id());
        QVERIFY(one.id() != one.id());
    }

    void results()
    {
        const Result<int> good = 5;
        QVERIFY(good);
        QCOMPARE(*good, 5);
        const Error error{Error::Kind::Storage, QStringLiteral("disk-full"), QStringLiteral("The disk is full.")};
        const Result<int> bad = fail(error);
        QVERIFY(!bad);
        QCOMPARE(bad.error(), error);
        const Result<> nothing = fail(Error::Kind::Tls, QStringLiteral("expired"), QString());
        QCOMPARE(nothing.error().condition, QStringLiteral("expired"));
        QVERIFY(Result<>());
    }

    void eachKindHasItsWord()
    {
        QSet<QString> words;
        for (int kind = 0; kind <= int(Error::Kind::Unsupported); ++kind) {
            const QString word = base::word(Error::Kind(kind));
            QCOMPARE(word, word.toLower());
            QVERIFY(!word.isEmpty());
            words.insert(word);
        }
        QCOMPARE(words.size(), int(Error::Kind::Unsupported) + 1);
    }
};

BALCONY_TEST(TestClock)
#include "tst_clock.moc"
