// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/worker.h"

#include "support/testmain.h"

#include <QSemaphore>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

namespace {

/// Tells on which thread it ends.
struct Witness {
    QThread **endedOn;
    explicit Witness(QThread **place) : endedOn(place) { }
    Witness(const Witness &) = delete;
    ~Witness() { *endedOn = QThread::currentThread(); }
};

/// Something of a library's that a thread takes with it when it ends.
struct Belongings {
    QSemaphore *gone; ///< Given when the Worker is.
    std::atomic<bool> *wasEarly;
    QSemaphore *ended;
    ~Belongings()
    {
        *wasEarly = gone->tryAcquire(1, 300);
        ended->release();
    }
};
thread_local std::unique_ptr<Belongings> belongings;

Task<void> asks(Worker *worker, int value, QList<int> *answers, QThread **answeredOn)
{
    Task<int> work = worker->run([value] { return value * 2; });
    const int answer = co_await std::move(work);
    answers->append(answer);
    *answeredOn = QThread::currentThread();
}

Task<void> does(Worker *worker, std::function<void()> work, bool *done)
{
    Task<void> task = worker->run(std::move(work));
    co_await std::move(task);
    *done = true;
}

} // namespace

/// One thread that works in order, and answers at home.
class TestWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnTheHomeThread()
    {
        Worker worker(QStringLiteral("test"));
        Scope scope;
        QList<int> answers;
        QThread *answeredOn = nullptr;
        scope.run(asks(&worker, 21, &answers, &answeredOn));
        QTRY_COMPARE_WITH_TIMEOUT(answers, QList<int>{42}, 30000);
        QCOMPARE(answeredOn, QThread::currentThread());
        QVERIFY(scope.isEmpty());
    }

    /// What libraries keep for each thread goes with it, and must be gone before the program ends and they do (OpenSSL's
    /// was freed twice): the Worker ends behind all of that.
    void endsBehindItsThread()
    {
        QSemaphore gone, ended;
        std::atomic<bool> wasEarly = false;
        {
            Worker worker(QStringLiteral("test"));
            worker.post([&] { belongings.reset(new Belongings{&gone, &wasEarly, &ended}); });
        }
        gone.release();
        QVERIFY(ended.tryAcquire(1, 30000));
        QVERIFY(!wasEarly);
    }

    void worksOnItsOwnThreadInOrder()
    {
        Worker worker(QStringLiteral("test"));
        QVERIFY(!worker.isCurrentThread());
        auto order = std::make_shared<std::vector<int>>(); // touched on the one thread alone
        auto inThread = std::make_shared<std::atomic<int>>(0);
        for (int i = 0; i < 1000; ++i)
            worker.post([=, w = &worker] {
                order->push_back(i);
                *inThread += w->isCurrentThread() ? 1 : 0;
            });
        Scope scope;
        bool done = false;
        scope.run(does(
            &worker, [] {}, &done));
        QTRY_VERIFY_WITH_TIMEOUT(done, 30000);
        QCOMPARE(inThread->load(), 1000);
        QCOMPARE(order->size(), size_t(1000));
        QVERIFY(std::is_sorted(order->begin(), order->end()));
        QTRY_COMPARE_WITH_TIMEOUT(worker.pending(), 0, 30000);
    }

    void countsWhatIsPending()
    {
        Worker worker(QStringLiteral("test"));
        QSemaphore gate;
        worker.post([&gate] { gate.acquire(); });
        worker.post([] {});
        QCOMPARE(worker.pending(), 2);
        gate.release();
        QTRY_COMPARE_WITH_TIMEOUT(worker.pending(), 0, 30000);
    }

    void droppedTaskGetsNoAnswer()
    {
        Worker worker(QStringLiteral("test"));
        QSemaphore gate;
        std::atomic<int> runs = 0;
        bool done = false;
        {
            Scope scope;
            scope.run(does(
                &worker,
                [&] {
                    gate.acquire();
                    ++runs;
                },
                &done));
        }
        gate.release();
        bool after = false;
        Scope scope;
        scope.run(does(
            &worker, [&runs] { ++runs; }, &after));
        QTRY_VERIFY_WITH_TIMEOUT(after, 30000);
        QCOMPARE(runs.load(), 2); // the work itself was done
        QVERIFY(!done);
    }

    void isLazy()
    {
        Worker worker(QStringLiteral("test"));
        std::atomic<bool> ran = false;
        {
            const Task<void> task = worker.run([&ran] { ran = true; });
            QCOMPARE(worker.pending(), 0);
        }
        QVERIFY(!ran);
    }

    void finishesQueuedWorkAtItsEnd()
    {
        std::atomic<int> runs = 0;
        bool done = false;
        Scope scope;
        {
            Worker worker(QStringLiteral("test"));
            for (int i = 0; i < 100; ++i)
                worker.post([&runs] { ++runs; });
            scope.run(does(
                &worker, [&runs] { ++runs; }, &done));
        }
        QCOMPARE(runs.load(), 101);
        QCoreApplication::processEvents();
        QVERIFY(!done); // the answer went with the worker; the task waits until it is dropped
        QCOMPARE(scope.size(), 1);
    }

    void releasesTheWorkAtHome()
    {
        QThread *endedOn = nullptr;
        {
            Worker worker(QStringLiteral("test"));
            Scope scope;
            bool done = false;
            auto witness = std::make_shared<Witness>(&endedOn);
            scope.run(does(
                &worker, [witness] {}, &done));
            witness.reset();
            QTRY_VERIFY_WITH_TIMEOUT(done, 30000);
            QTRY_VERIFY_WITH_TIMEOUT(endedOn, 30000);
        }
        QCOMPARE(endedOn, QThread::currentThread());
    }

    void givesMovableAnswers()
    {
        struct Run {
            static Task<void> go(Worker *worker, int *value)
            {
                Task<std::unique_ptr<int>> work = worker->run([] { return std::make_unique<int>(7); });
                const auto answer = co_await std::move(work);
                *value = *answer;
            }
        };
        Worker worker(QStringLiteral("test"));
        Scope scope;
        int value = 0;
        scope.run(Run::go(&worker, &value));
        QTRY_COMPARE_WITH_TIMEOUT(value, 7, 30000);
    }
};

BALCONY_TEST(TestWorker)
#include "tst_worker.moc"
