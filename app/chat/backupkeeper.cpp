// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/backupkeeper.h"

namespace chat {

BackupKeeper::BackupKeeper(store::Store &store, Clock &clock) : m_store(store), m_clock(clock)
{
    m_scope.run(run());
}

Task<void> BackupKeeper::run()
{
    co_await base::sleep(m_clock, afterStart);
    for (;;) {
        auto copying = m_store.backUp(m_clock.now());
        const auto copied = co_await std::move(copying);
        if (!copied && copied.error().kind == Error::Kind::Storage)
            qWarning("no copy of the database: %s", qPrintable(copied.error().detail));
        co_await base::sleep(m_clock, between);
    }
}

} // namespace chat
