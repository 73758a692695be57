// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/alertsettings.h"

namespace chat {
namespace {

QString timeFormat()
{
    return QStringLiteral("HH:mm");
}

} // namespace

AlertSettings AlertSettings::of(const Settings &settings)
{
    AlertSettings result;
    result.isOn = settings.flag(onKey(), result.isOn);
    const QString content = settings.text(contentKey());
    for (const Content each : {Content::Name, Content::Nothing}) {
        if (content == word(each))
            result.content = each;
    }
    result.hasSound = settings.flag(soundKey(), result.hasSound);
    result.doNotDisturb = settings.flag(disturbKey(), result.doNotDisturb);
    result.hasQuietHours = settings.flag(quietKey(), result.hasQuietHours);
    result.quietFrom = time(settings.text(quietFromKey())).value_or(result.quietFrom);
    result.quietTo = time(settings.text(quietToKey())).value_or(result.quietTo);
    return result;
}

bool AlertSettings::isQuietAt(const QTime &local) const
{
    if (doNotDisturb)
        return true;
    if (!hasQuietHours)
        return false;
    const bool isBehind = local >= quietFrom;
    const bool isBefore = local < quietTo;
    return quietFrom < quietTo ? isBehind && isBefore : isBehind || isBefore;
}

QString AlertSettings::onKey()
{
    return QStringLiteral("notify.on");
}
QString AlertSettings::contentKey()
{
    return QStringLiteral("notify.content");
}
QString AlertSettings::soundKey()
{
    return QStringLiteral("notify.sound");
}
QString AlertSettings::disturbKey()
{
    return QStringLiteral("notify.doNotDisturb");
}
QString AlertSettings::quietKey()
{
    return QStringLiteral("notify.quiet");
}
QString AlertSettings::quietFromKey()
{
    return QStringLiteral("notify.quietFrom");
}
QString AlertSettings::quietToKey()
{
    return QStringLiteral("notify.quietTo");
}
QString AlertSettings::trayKey()
{
    return QStringLiteral("tray.shown");
}
QString AlertSettings::keepKey()
{
    return QStringLiteral("tray.keep");
}

QString AlertSettings::timeText(const QTime &time)
{
    return time.toString(timeFormat());
}

QString AlertSettings::word(Content content)
{
    switch (content) {
    case Content::Text: return QStringLiteral("text");
    case Content::Name: return QStringLiteral("name");
    case Content::Nothing: return QStringLiteral("nothing");
    }
    Q_UNREACHABLE();
}

std::optional<QTime> AlertSettings::time(const QString &text)
{
    const QTime time = QTime::fromString(text, timeFormat());
    return time.isValid() ? std::optional(time) : std::nullopt;
}

} // namespace chat
