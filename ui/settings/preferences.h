// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "ui/theme/appearance.h"

namespace ui {

/// How the windows of a profile look and in which language. Kept in a small file of its own, `interface.json`, because
/// it is needed before the database is open, and also where that cannot be opened.
struct Preferences {
    Appearance::Choice scheme = Appearance::Choice::System;
    Appearance::Contrast contrast = Appearance::Contrast::System;
    double textScale = 1; ///< 0.8 to 2.
    QString language;     ///< As in translation file names; empty: the system's.

    /// Defaults for all that is missing or odd.
    static Preferences load(const QString &profileFolder);
    /// Written whole or not at all. Error: Storage.
    Result<> save(const QString &profileFolder) const;
    /// Puts all but the language into effect.
    void applyTo(Appearance &appearance) const;

    friend bool operator==(const Preferences &, const Preferences &) = default;
};

} // namespace ui
