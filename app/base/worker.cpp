// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/worker.h"

#include <QMetaObject>
#include <QThread>

#include <atomic>

namespace base {

Worker::Worker(const QString &name)
    : m_thread(std::make_unique<QThread>()), m_inThread(std::make_unique<QObject>()),
      m_home(std::make_shared<QObject>()), m_pending(std::make_shared<std::atomic<int>>(0))
{
    m_thread->setObjectName(name);
    m_inThread->moveToThread(m_thread.get());
    m_thread->start();
}

Worker::~Worker()
{
    // Queued after all that was given before: the thread leaves its loop only when that is done.
    QMetaObject::invokeMethod(
        m_inThread.get(), [thread = m_thread.get()] { thread->quit(); }, Qt::QueuedConnection);
    m_thread->wait();
}

void Worker::post(std::function<void()> f)
{
    ++*m_pending;
    QMetaObject::invokeMethod(
        m_inThread.get(),
        [f = std::move(f), pending = m_pending] {
            f();
            --*pending;
        },
        Qt::QueuedConnection);
}

void Worker::postHome(std::function<void()> f)
{
    QMetaObject::invokeMethod(m_home.get(), std::move(f), Qt::QueuedConnection);
}

int Worker::pending() const
{
    return *m_pending;
}

bool Worker::isCurrentThread() const
{
    return QThread::currentThread() == m_thread.get();
}

} // namespace base
