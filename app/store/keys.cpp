// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keys.h"

namespace store::keys {

qint64 slotOf(const QDateTime &time)
{
    constexpr qint64 since = 946684800000; // 2000-01-01
    // Clamped before the multiplication, which must not overflow.
    const qint64 offset = qBound<qint64>(0, time.toMSecsSinceEpoch() - since, lastTimeSlot / 4);
    return qBound<qint64>(1, offset * 4, lastTimeSlot);
}

} // namespace store::keys
