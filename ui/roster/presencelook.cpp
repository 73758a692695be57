// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/presencelook.h"

#include <QCoreApplication>

namespace ui {

namespace {

using Show = xmpp::Presence::Show;

QString presenceWord(const char *text)
{
    return QCoreApplication::translate("ui::Presence", text);
}

} // namespace

PresenceDot dotOf(std::optional<Show> show)
{
    if (!show)
        return PresenceDot::Offline;
    switch (*show) {
    case Show::Online:
    case Show::Chat: return PresenceDot::Online;
    case Show::Away:
    case Show::ExtendedAway: return PresenceDot::Away;
    case Show::DoNotDisturb: return PresenceDot::Busy;
    }
    Q_UNREACHABLE();
}

QString presenceName(std::optional<Show> show)
{
    if (!show)
        return presenceWord(QT_TRANSLATE_NOOP("ui::Presence", "Offline"));
    switch (*show) {
    case Show::Online: return presenceWord(QT_TRANSLATE_NOOP("ui::Presence", "Available"));
    case Show::Chat: return presenceWord(QT_TRANSLATE_NOOP("ui::Presence", "Free to chat"));
    case Show::Away: return presenceWord(QT_TRANSLATE_NOOP("ui::Presence", "Away"));
    case Show::ExtendedAway: return presenceWord(QT_TRANSLATE_NOOP("ui::Presence", "Away for longer"));
    case Show::DoNotDisturb: return presenceWord(QT_TRANSLATE_NOOP("ui::Presence", "Do not disturb"));
    }
    Q_UNREACHABLE();
}

Icon presenceIcon(std::optional<Show> show)
{
    switch (dotOf(show)) {
    case PresenceDot::Online: return Icon::PresenceOnline;
    case PresenceDot::Away: return Icon::PresenceAway;
    case PresenceDot::Busy: return Icon::PresenceBusy;
    case PresenceDot::None:
    case PresenceDot::Offline: break;
    }
    return Icon::PresenceOffline;
}

IconRole presenceRole(std::optional<Show> show)
{
    switch (dotOf(show)) {
    case PresenceDot::Online: return IconRole::Online;
    case PresenceDot::Away: return IconRole::Away;
    case PresenceDot::Busy: return IconRole::Busy;
    case PresenceDot::None:
    case PresenceDot::Offline: break;
    }
    return IconRole::Offline;
}

} // namespace ui
