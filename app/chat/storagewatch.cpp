// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/storagewatch.h"

namespace chat {

StorageWatch::StorageWatch(store::Store &store, Clock &clock) : m_store(store), m_clock(clock)
{
    store.setWriteObserver([this](const Error *error) { note(error); });
}

StorageWatch::~StorageWatch()
{
    m_store.setWriteObserver({});
}

void StorageWatch::note(const Error *error)
{
    if (!error) {
        if (m_trouble) {
            m_trouble.reset();
            Q_EMIT changed();
        }
        return;
    }
    if (error->condition == u"store-closed")
        return; // we are leaving
    const bool isOther = !m_trouble || m_trouble->condition != error->condition;
    m_trouble = *error;
    if (m_scope.isEmpty())
        m_scope.run(probe());
    if (isOther)
        Q_EMIT changed();
}

namespace {

/// The smallest thing that has to reach the disk.
Result<> touch(store::Transaction &transaction)
{
    const QString key = QStringLiteral("storage.probe");
    if (auto done = transaction.settings().set(key, true); !done)
        return done;
    auto removed = transaction.settings().remove(key);
    if (!removed)
        return fail(removed.error());
    return {};
}

} // namespace

/// Its write is observed like any other one.
Task<void> StorageWatch::probe()
{
    while (m_trouble) {
        co_await base::sleep(m_clock, retry);
        if (!m_trouble)
            co_return;
        auto writing = m_store.write(touch);
        (void)co_await std::move(writing);
    }
}

} // namespace chat
