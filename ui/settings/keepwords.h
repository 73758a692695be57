// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

class Confirmation;

/// How long messages are kept, as a person chooses it; 0 days: for good.
QString keepName(int days);
/// Messages would be deleted that are kept now, if `now` days became `then`.
bool keepsLess(int now, int then);
/// Asks whether to keep messages for so many days only, in one chat (`name`) or, where that is empty, in all that have no
/// choice of their own. To be opened by the caller.
Confirmation *askToKeepLess(int days, const QString &name, QWidget *window);

} // namespace ui
