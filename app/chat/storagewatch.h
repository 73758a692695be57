// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "store/store.h"

#include <QObject>

namespace chat {

/// Whether the disk takes what we write (RELIABILITY 2.6): full, read-only and broken disks are told once, tried again
/// every 10 s, and told to be well as soon as anything is written.
class StorageWatch : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds retry{10};

    /// Observes `store`; one watch a store.
    StorageWatch(store::Store &store, Clock &clock);
    ~StorageWatch() override;

    /// Why nothing can be written; nothing: all is well.
    const std::optional<Error> &trouble() const { return m_trouble; }

Q_SIGNALS:
    /// trouble() came, is another one, or is over.
    void changed();

private:
    void note(const Error *error);
    Task<void> probe();

    store::Store &m_store;
    Clock &m_clock;
    std::optional<Error> m_trouble;
    Scope m_scope;
};

} // namespace chat
