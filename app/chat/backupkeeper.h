// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "store/store.h"

namespace chat {

/// Sees that the profile's database is copied once a day (RELIABILITY 2.6), soon after the start at the earliest.
class BackupKeeper
{
public:
    static constexpr std::chrono::minutes afterStart{2};
    /// A computer may sleep for days, so the day is not slept through at once.
    static constexpr std::chrono::minutes between{30};

    BackupKeeper(store::Store &store, Clock &clock);
    BackupKeeper(const BackupKeeper &) = delete;
    BackupKeeper &operator=(const BackupKeeper &) = delete;

private:
    Task<void> run();

    store::Store &m_store;
    Clock &m_clock;
    Scope m_scope;
};

} // namespace chat
