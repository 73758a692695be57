// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/await.h"

#include "base/live.h"
#include "support/manualclock.h"
#include "support/testmain.h"

#include <memory>

using namespace std::chrono_literals;
using tests::Live;
using tests::ManualClock;

namespace {

using Log = std::shared_ptr<QStringList>;

class Emitter : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void plain();
    void named(const QString &name);
    void counted(int count);
};

Task<void> notes(Task<void> task, Log log, QString word)
{
    co_await std::move(task);
    log->append(word);
}

Task<int> waits(Later<int> later)
{
    const Live live;
    co_return co_await later;
}

Task<void> waitsVoid(Later<int> later)
{
    const Live live;
    co_await later;
}

Task<void> done()
{
    co_return;
}

Task<void> noteAll(std::vector<Task<int>> tasks, Log log)
{
    Task<std::vector<int>> together = base::all(std::move(tasks));
    const std::vector<int> values = co_await std::move(together);
    for (const int value : values)
        log->append(QString::number(value));
    log->append(QStringLiteral("done"));
}

Task<void> noteFirst(Task<int> first, Log log)
{
    const int index = co_await std::move(first);
    log->append(QString::number(index));
}

Task<Result<int>> answers(Later<int> later)
{
    const Live live;
    const int value = co_await later;
    co_return value;
}

Task<void> noteWithin(Clock *clock, Later<int> later, Log log)
{
    Task<Result<int>> task = answers(later);
    Task<Result<int>> limited = base::within(*clock, 30s, std::move(task));
    const Result<int> value = co_await std::move(limited);
    log->append(value ? QString::number(*value) : base::word(value.error().kind));
}

Task<void> noteSignal(Emitter *emitter, Log log)
{
    Task<QString> first = base::nextSignal(emitter, &Emitter::named);
    log->append(co_await std::move(first));
    Task<int> second = base::nextSignal(emitter, &Emitter::counted);
    log->append(QString::number(co_await std::move(second)));
    Task<void> third = base::nextSignal(emitter, &Emitter::plain);
    co_await std::move(third);
    log->append(QStringLiteral("plain"));
}

Task<void> cancels(Scope *scope, Later<int> later)
{
    const Live live;
    co_await later;
    scope->cancel();
}

} // namespace

/// Later, sleep, all, firstOf, within and nextSignal.
class TestAwait : public QObject
{
    Q_OBJECT

private:
    const Log log = std::make_shared<QStringList>();

private Q_SLOTS:
    void init()
    {
        Live::reset();
        log->clear();
    }
    void cleanup() { QCOMPARE(Live::count(), 0); }

    void takesTheFirstValueOnly()
    {
        Scope scope;
        Later<int> later;
        QVERIFY(!later.isSet());
        later.set(1);
        later.set(2);
        QVERIFY(later.isSet());
        std::vector<Task<int>> tasks;
        tasks.push_back(waits(later));
        scope.run(noteAll(std::move(tasks), log));
        QCOMPARE(log->first(), QStringLiteral("1"));
        QVERIFY(later.isSet());
        later.set(3); // after the value was taken
        QVERIFY(scope.isEmpty());
    }

    void laterOutlivesItsWaiter()
    {
        Later<int> later;
        {
            Scope scope;
            scope.run(waitsVoid(later));
        }
        later.set(1);
        QVERIFY(later.isSet());
    }

    void waiterOutlivesEachLater()
    {
        Scope scope;
        scope.run(waitsVoid(Later<int>()));
        QCOMPARE(Live::count(), 1); // waits for ever, until it is dropped
        scope.cancel();
    }

    void sleeps()
    {
        ManualClock clock;
        Scope scope;
        scope.run(notes(base::sleep(clock, 5s), log, QStringLiteral("awake")));
        clock.advance(4999ms);
        QVERIFY(log->isEmpty());
        clock.advance(1ms);
        QCOMPARE(*log, QStringList{QStringLiteral("awake")});
        QCOMPARE(clock.running(), 0);
    }

    void droppingASleepStopsTheTimer()
    {
        ManualClock clock;
        Scope scope;
        scope.run(base::sleep(clock, 5s));
        QCOMPARE(clock.running(), 1);
        scope.cancel();
        QCOMPARE(clock.running(), 0);
        clock.advance(10s);
    }

    void allGivesValuesInOrder()
    {
        Scope scope;
        Later<int> a;
        Later<int> b;
        Later<int> c;
        c.set(3); // done before it starts
        std::vector<Task<int>> tasks;
        for (const auto &later : {a, b, c})
            tasks.push_back(waits(later));
        scope.run(noteAll(std::move(tasks), log));
        b.set(2);
        QVERIFY(log->isEmpty());
        a.set(1);
        QCOMPARE(log->join(u' '), QStringLiteral("1 2 3 done"));
        QVERIFY(scope.isEmpty());
    }

    void allOfNothingIsDone()
    {
        Scope scope;
        scope.run(noteAll({}, log));
        QCOMPARE(*log, QStringList{QStringLiteral("done")});
        scope.run(notes(base::all(std::vector<Task<void>>()), log, QStringLiteral("void")));
        QCOMPARE(log->last(), QStringLiteral("void"));
    }

    void allIsDropped()
    {
        Scope scope;
        Later<int> a;
        std::vector<Task<int>> tasks;
        tasks.push_back(waits(a));
        tasks.push_back(waits(Later<int>()));
        scope.run(noteAll(std::move(tasks), log));
        QCOMPARE(Live::count(), 2);
        a.set(1);
        scope.cancel();
        QCOMPARE(Live::count(), 0);
        QVERIFY(log->isEmpty());
    }

    void firstOfDropsTheOthers()
    {
        Scope scope;
        Later<int> a;
        Later<int> b;
        Later<int> c;
        scope.run(noteFirst(base::firstOf(waitsVoid(a), waitsVoid(b), waitsVoid(c)), log));
        QCOMPARE(Live::count(), 3);
        b.set(1);
        QCOMPARE(*log, QStringList{QStringLiteral("1")});
        QCOMPARE(Live::count(), 0);
        a.set(1);
        c.set(1);
        QVERIFY(scope.isEmpty());
    }

    void firstOfStartsNoMoreThanNeeded()
    {
        Scope scope;
        scope.run(noteFirst(base::firstOf(done(), waitsVoid(Later<int>())), log));
        QCOMPARE(*log, QStringList{QStringLiteral("0")});
        QCOMPARE(Live::most(), 0); // the second never ran
    }

    void firstOfIsDroppedByOneOfIts()
    {
        Scope scope;
        Later<int> later;
        scope.run(noteFirst(base::firstOf(cancels(&scope, later), waitsVoid(Later<int>())), log));
        QCOMPARE(Live::count(), 2);
        later.set(1);
        QCOMPARE(Live::count(), 0);
        QVERIFY(log->isEmpty());
    }

    void firstOfIsDroppedWhileItStarts()
    {
        Scope scope;
        Later<int> later;
        later.set(1);
        scope.run(noteFirst(base::firstOf(cancels(&scope, later), waitsVoid(Later<int>())), log));
        QCOMPARE(Live::count(), 0);
        QVERIFY(log->isEmpty());
    }

    void bothReadyGivesOneAnswer()
    {
        struct Run {
            static Task<void> go(Later<int> trigger, Later<int> a, Later<int> b)
            {
                co_await trigger;
                a.set(1);
                b.set(1);
            }
        };
        Scope scope;
        Later<int> trigger;
        Later<int> a;
        Later<int> b;
        scope.run(noteFirst(base::firstOf(waitsVoid(a), waitsVoid(b)), log));
        scope.run(Run::go(trigger, a, b));
        trigger.set(1);
        QCOMPARE(*log, QStringList{QStringLiteral("0")});
    }

    void withinGivesTheAnswer()
    {
        ManualClock clock;
        Scope scope;
        Later<int> later;
        scope.run(noteWithin(&clock, later, log));
        clock.advance(29s);
        later.set(42);
        QCOMPARE(*log, QStringList{QStringLiteral("42")});
        QCOMPARE(clock.running(), 0);
    }

    void withinGivesUp()
    {
        ManualClock clock;
        Scope scope;
        Later<int> later;
        scope.run(noteWithin(&clock, later, log));
        clock.advance(30s);
        QCOMPARE(*log, QStringList{QStringLiteral("timeout")});
        QCOMPARE(Live::count(), 0);
        later.set(42);
        QCOMPARE(log->size(), 1);
    }

    void withinIsDropped()
    {
        ManualClock clock;
        Scope scope;
        Later<int> later;
        scope.run(noteWithin(&clock, later, log));
        scope.cancel();
        QCOMPARE(clock.running(), 0);
        later.set(1);
        clock.advance(60s);
        QVERIFY(log->isEmpty());
    }

    void waitsForSignals()
    {
        Emitter emitter;
        Scope scope;
        scope.run(noteSignal(&emitter, log));
        Q_EMIT emitter.counted(1); // not waited for yet
        Q_EMIT emitter.named(QStringLiteral("Juliet"));
        Q_EMIT emitter.named(QStringLiteral("Romeo"));
        Q_EMIT emitter.counted(2);
        Q_EMIT emitter.plain();
        QCOMPARE(log->join(u' '), QStringLiteral("Juliet 2 plain"));
        QVERIFY(scope.isEmpty());
    }

    void senderDiesFirst()
    {
        auto emitter = std::make_unique<Emitter>();
        Scope scope;
        scope.run(noteSignal(emitter.get(), log));
        emitter.reset();
        QCOMPARE(scope.size(), 1);
        scope.cancel();
        QVERIFY(log->isEmpty());
    }

    void waiterOfASignalIsDropped()
    {
        Emitter emitter;
        {
            Scope scope;
            scope.run(noteSignal(&emitter, log));
        }
        Q_EMIT emitter.named(QStringLiteral("nobody"));
        QVERIFY(log->isEmpty());
    }

    void manyDeadlinesLeaveNothingBehind()
    {
        ManualClock clock;
        Scope scope;
        for (int i = 0; i < 2000; ++i) {
            Later<int> later;
            scope.run(noteWithin(&clock, later, log));
            if (i % 2)
                later.set(i);
        }
        QCOMPARE(scope.size(), 1000);
        clock.advance(30s);
        QVERIFY(scope.isEmpty());
        QCOMPARE(log->size(), 2000);
        QCOMPARE(clock.running(), 0);
    }
};

BALCONY_TEST(TestAwait)
#include "tst_await.moc"
