// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/awaysettings.h"

namespace chat {

QString AwaySettings::afterKey()
{
    return QStringLiteral("away.after");
}

QString AwaySettings::extendedKey()
{
    return QStringLiteral("away.extendedAfter");
}

QString AwaySettings::lockedKey()
{
    return QStringLiteral("away.whenLocked");
}

AwaySettings AwaySettings::of(const Settings &settings)
{
    const AwaySettings usual;
    const auto minutes = [&settings](const QString &key, int fallback) {
        const int value = settings.number(key, fallback);
        return value >= 0 && value <= mostMinutes ? value : fallback;
    };
    return {minutes(afterKey(), usual.after), minutes(extendedKey(), usual.extendedAfter),
            settings.flag(lockedKey(), usual.whenLocked)};
}

} // namespace chat
