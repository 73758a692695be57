// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/await.h" // before base/task.h: moc 6.4 stumbles over <coroutine> as the first header

#include "base/live.h"
#include "base/task.h"
#include "support/testmain.h"

#include <cstdint>
#include <memory>
#include <string>

using tests::AtEnd;
using tests::Live;

namespace {

using Log = std::shared_ptr<QStringList>;

Task<int> number(int value)
{
    const Live live;
    co_return value;
}

Task<std::unique_ptr<std::string>> onlyMovable()
{
    co_return std::make_unique<std::string>("a text that is too long for the short-string place");
}

Task<Result<int>> refused()
{
    co_return fail(Error::Kind::Input, QStringLiteral("bad"), QStringLiteral("Bad."));
}

Task<Result<int>> passesOn()
{
    const Result<int> value = co_await refused();
    if (!value)
        co_return fail(value.error());
    co_return *value + 1;
}

Task<void> writes(Log log, QString word)
{
    log->append(word);
    co_return;
}

Task<int> waits(Later<int> later)
{
    const Live live;
    co_return co_await later;
}

Task<void> collects(Later<int> later, Log log)
{
    const Live live;
    Task<int> inner = waits(later);
    const int value = co_await std::move(inner);
    log->append(QString::number(value));
}

Task<int> nested(int depth, Later<int> later)
{
    const Live live;
    if (depth == 0)
        co_return co_await later;
    Task<int> deeper = nested(depth - 1, later);
    const int value = co_await std::move(deeper);
    co_return value + 1;
}

Task<void> nestedTo(int depth, Later<int> later, int *result)
{
    Task<int> deeper = nested(depth, later);
    *result = co_await std::move(deeper);
}

/// Where the stack stands. Not the address of a variable, which the address sanitizer may put elsewhere.
[[gnu::noinline]] std::uintptr_t stackHere()
{
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

struct Spread {
    std::uintptr_t lowest = UINTPTR_MAX;
    std::uintptr_t highest = 0;
    void add(std::uintptr_t at)
    {
        lowest = std::min(lowest, at);
        highest = std::max(highest, at);
    }
    std::uintptr_t size() const { return highest - lowest; }
};

Task<void> loops(int times, Spread *spread, qint64 *sum)
{
    for (int i = 0; i < times; ++i) {
        Task<int> step = number(1);
        *sum += co_await std::move(step);
        spread->add(stackHere());
    }
}

/// Each round waits for a value that another coroutine of the same root gives.
Task<void> pings(int times, std::vector<Later<int>> *places, Spread *spread)
{
    for (int i = 0; i < times; ++i) {
        Later<int> place;
        places->push_back(place);
        const int value = co_await place;
        places->pop_back();
        spread->add(stackHere() + std::uintptr_t(value - value));
    }
}

Task<void> dropsScope(std::unique_ptr<Scope> *scope, Later<int> later, Log log)
{
    const Live live;
    const int value = co_await later;
    scope->reset(); // the owner of this very coroutine
    log->append(QStringLiteral("ran to the next wait %1").arg(value));
    Task<int> more = number(1);
    const int never = co_await std::move(more);
    log->append(QStringLiteral("went on after its end %1").arg(never));
}

Task<void> callsAtEnd(std::function<void()> f, Later<int> later)
{
    const AtEnd end(std::move(f));
    co_await later;
}

Task<void> callsAtOnce(std::function<void()> f)
{
    f();
    co_return;
}

/// As the product's classes do it: the scope is a member, and an answer makes somebody destroy the object.
class Owner
{
public:
    explicit Owner(Log log) : m_log(std::move(log)) { }
    ~Owner() { m_log->append(QStringLiteral("owner gone")); }
    void start(Later<int> later, std::function<void()> onAnswer) { m_scope.run(work(later, std::move(onAnswer))); }

private:
    Task<void> work(Later<int> later, std::function<void()> onAnswer)
    {
        const Live live;
        const Log log = m_log;
        co_await later;
        onAnswer();
        log->append(QStringLiteral("after"));
        Later<int> never;
        co_await never;
        log->append(QStringLiteral("never"));
    }

    Log m_log;
    Scope m_scope;
};

} // namespace

/// Task and Scope: what everything that waits stands on.
class TestTask : public QObject
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

    void isLazy()
    {
        {
            const Task<void> task = writes(log, QStringLiteral("x"));
            QVERIFY(task.isValid());
        }
        QVERIFY(log->isEmpty());
        QVERIFY(!Task<int>().isValid());
    }

    void finishesAtOnce()
    {
        Scope scope;
        scope.run(writes(log, QStringLiteral("x")));
        QCOMPARE(*log, QStringList{QStringLiteral("x")});
        QVERIFY(scope.isEmpty());
    }

    void finishesLater()
    {
        Scope scope;
        Later<int> later;
        scope.run(collects(later, log));
        QCOMPARE(scope.size(), 1);
        QCOMPARE(Live::count(), 2);
        later.set(7);
        QCOMPARE(*log, QStringList{QStringLiteral("7")});
        QVERIFY(scope.isEmpty());
    }

    void givesMovableValues()
    {
        struct Run {
            static Task<void> go(size_t *size)
            {
                const auto text = co_await onlyMovable();
                *size = text->size();
            }
        };
        Scope scope;
        size_t size = 0;
        scope.run(Run::go(&size));
        QCOMPARE(size, size_t(50));
    }

    void passesErrorsOn()
    {
        struct Run {
            static Task<void> go(Log log)
            {
                const Result<int> value = co_await passesOn();
                log->append(value ? QStringLiteral("good") : value.error().condition);
            }
        };
        Scope scope;
        scope.run(Run::go(log));
        QCOMPARE(*log, QStringList{QStringLiteral("bad")});
    }

    void isDroppedWhileWaiting()
    {
        Later<int> later;
        {
            Scope scope;
            scope.run(collects(later, log));
            QCOMPARE(Live::count(), 2);
        }
        QCOMPARE(Live::count(), 0);
        later.set(1); // nobody is there any more
        QVERIFY(log->isEmpty());
    }

    void isDroppedByCancel()
    {
        Later<int> later;
        Scope scope;
        scope.run(collects(later, log));
        scope.run(collects(Later<int>(), log));
        scope.cancel();
        QVERIFY(scope.isEmpty());
        QCOMPARE(Live::count(), 0);
        scope.run(writes(log, QStringLiteral("again"))); // a cancelled scope may be used on
        later.set(1);
        QCOMPARE(*log, QStringList{QStringLiteral("again")});
    }

    void dropsItselfInResume()
    {
        auto scope = std::make_unique<Scope>();
        Later<int> later;
        scope->run(dropsScope(&scope, later, log));
        later.set(3);
        QVERIFY(!scope);
        QCOMPARE(Live::count(), 0);
        QCOMPARE(*log, QStringList{QStringLiteral("ran to the next wait 3")});
    }

    void dropsItselfBeforeItEverWaited()
    {
        auto scope = std::make_unique<Scope>();
        Later<int> later;
        later.set(4);
        scope->run(dropsScope(&scope, later, log));
        QVERIFY(!scope);
        QCOMPARE(*log, QStringList{QStringLiteral("ran to the next wait 4")});
    }

    void dropsItselfAsItsLastAct()
    {
        auto scope = std::make_unique<Scope>();
        Scope *raw = scope.get();
        raw->run(callsAtOnce([&scope] { scope.reset(); }));
        QVERIFY(!scope);
    }

    void destroysItsOwner()
    {
        auto owner = std::make_unique<Owner>(log);
        Later<int> later;
        owner->start(later, [&owner] { owner.reset(); });
        later.set(1);
        QVERIFY(!owner);
        QCOMPARE(*log, (QStringList{QStringLiteral("owner gone"), QStringLiteral("after")}));
    }

    void oneTaskDropsAnother()
    {
        Scope first;
        auto second = std::make_unique<Scope>();
        Later<int> later;
        second->run(collects(later, log));
        first.run(callsAtOnce([&second] { second.reset(); }));
        later.set(1);
        QVERIFY(log->isEmpty());
    }

    void nests()
    {
        Scope scope;
        Later<int> later;
        int result = 0;
        scope.run(nestedTo(200, later, &result));
        QCOMPARE(Live::count(), 201);
        later.set(1);
        QCOMPARE(result, 201);
        QVERIFY(scope.isEmpty());
    }

    void dropsNested()
    {
        Later<int> later;
        int result = 0;
        {
            Scope scope;
            scope.run(nestedTo(200, later, &result));
        }
        QCOMPARE(Live::count(), 0);
        QCOMPARE(result, 0);
    }

    void loopsOnFlatStackAndMemory()
    {
        Scope scope;
        Spread spread;
        qint64 sum = 0;
        scope.run(loops(100000, &spread, &sum));
        QCOMPARE(sum, 100000);
        QVERIFY2(spread.size() < 4096, qPrintable(QString::number(spread.size())));
        QCOMPARE(Live::most(), 1);
    }

    void waitsInALoopOnFlatStack()
    {
        Scope scope;
        Spread spread;
        std::vector<Later<int>> places;
        scope.run(pings(100000, &places, &spread));
        int rounds = 0;
        while (!scope.isEmpty()) {
            const Later<int> place = places.back();
            place.set(1);
            ++rounds;
        }
        QCOMPARE(rounds, 100000);
        QVERIFY2(spread.size() < 4096, qPrintable(QString::number(spread.size())));
    }

    /// One coroutine sets what another of the same scope waits for, and that in turn: no recursion, no lost wake-up.
    void tasksWakeEachOther()
    {
        struct Run {
            static Task<void> go(Later<int> in, Later<int> out, int add)
            {
                const int value = co_await in;
                out.set(value + add);
            }
        };
        Scope scope;
        Later<int> a;
        Later<int> b;
        Later<int> c;
        scope.run(Run::go(b, c, 10));
        scope.run(Run::go(a, b, 1));
        scope.run(collects(c, log));
        a.set(1);
        QCOMPARE(*log, QStringList{QStringLiteral("12")});
        QVERIFY(scope.isEmpty());
    }

    void frameDestructorsMayTouchTheScope()
    {
        Later<int> later;
        {
            Scope scope;
            scope.run(callsAtEnd([&scope] { scope.cancel(); }, later));
            scope.run(callsAtEnd([&later] { later.set(1); }, Later<int>()));
        }
        {
            // What a dying scope is given is dropped unstarted, and nothing leaks.
            Scope scope;
            scope.run(callsAtEnd([this, &scope] { scope.run(collects(Later<int>(), log)); }, later));
        }
        QCOMPARE(Live::count(), 0);
        {
            // What is started while a living scope is cancelled lives on.
            Scope scope;
            Later<int> other;
            scope.run(callsAtEnd([this, &scope, other] { scope.run(collects(other, log)); }, Later<int>()));
            scope.cancel();
            QCOMPARE(scope.size(), 1);
            other.set(5);
            QCOMPARE(*log, QStringList{QStringLiteral("5")});
        }
    }

    void startsTasksFromTasks()
    {
        Scope scope;
        scope.run(callsAtOnce([this, &scope] { scope.run(writes(log, QStringLiteral("inner"))); }));
        QCOMPARE(*log, QStringList{QStringLiteral("inner")});
        QVERIFY(scope.isEmpty());
    }

    void movesOwnership()
    {
        Task<void> a = writes(log, QStringLiteral("a"));
        Task<void> b = std::move(a);
        QVERIFY(!a.isValid() && b.isValid());
        b = writes(log, QStringLiteral("b")); // the first is destroyed unstarted
        Scope scope;
        scope.run(std::move(b));
        QCOMPARE(*log, QStringList{QStringLiteral("b")});
    }
};

BALCONY_TEST(TestTask)
#include "tst_task.moc"
