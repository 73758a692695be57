// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/settings.h"

namespace chat {

/// When the person wants to be shown as away: what of chat::Settings is about that, by its keys.
struct AwaySettings {
    static constexpr int mostMinutes = 24 * 60;

    int after = 10;         ///< Minutes; 0: never.
    int extendedAfter = 60; ///< Minutes, of which "away" is none if it comes first; 0: never.
    bool whenLocked = true;

    /// Defaults for all that is missing or odd.
    static AwaySettings of(const Settings &settings);
    static QString afterKey();    ///< `away.after`: minutes.
    static QString extendedKey(); ///< `away.extendedAfter`: minutes.
    static QString lockedKey();   ///< `away.whenLocked`: a truth value.
};

} // namespace chat
