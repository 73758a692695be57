// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/worker.h"

#include <QMetaObject>

#if defined(Q_OS_LINUX) || defined(Q_OS_MACOS)
#include <pthread.h>
#endif

namespace base {
namespace {

void nameThisThread(const QByteArray &name)
{
#if defined(Q_OS_LINUX)
    ::pthread_setname_np(::pthread_self(), name.left(15).constData());
#elif defined(Q_OS_MACOS)
    ::pthread_setname_np(name.constData());
#else
    Q_UNUSED(name)
#endif
}

} // namespace

// Not a QThread: its wait() returns before what libraries keep for the thread is gone, and what then goes twice ends the
// program with a crash.
Worker::Worker(const QString &name) : m_home(std::make_shared<QObject>())
{
    m_thread = std::thread([this, name = name.toUtf8()] {
        nameThisThread(name);
        work();
    });
}

Worker::~Worker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_given.notify_one();
    m_thread.join();
}

void Worker::post(std::function<void()> f)
{
    ++m_pending;
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(f));
    }
    m_given.notify_one();
}

void Worker::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_given.wait(lock, [this] { return m_ends || !m_jobs.empty(); });
        if (m_jobs.empty())
            return;
        std::function<void()> job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        job();
        job = nullptr; // what it holds goes before it counts as done
        --m_pending;
        lock.lock();
    }
}

void Worker::postHome(std::function<void()> f)
{
    QMetaObject::invokeMethod(m_home.get(), std::move(f), Qt::QueuedConnection);
}

int Worker::pending() const
{
    return m_pending;
}

bool Worker::isCurrentThread() const
{
    return std::this_thread::get_id() == m_thread.get_id();
}

} // namespace base
