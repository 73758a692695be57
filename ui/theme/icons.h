// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QIcon>
#include <QPixmap>

namespace ui {

/// Our own drawings, each a file of resources/icons.
enum class Icon {
    AddContact,
    Alert,
    Archive,
    Attach,
    Back,
    Bell,
    Block,
    Bubble,
    Chats,
    Check,
    ChevronDown,
    Clock,
    Close,
    Contacts,
    Copy,
    DoubleCheck,
    Down,
    Download,
    Edit,
    Emoji,
    Eye,
    EyeOff,
    File,
    Folder,
    Forward,
    Group,
    Info,
    Key,
    Language,
    Link,
    Lock,
    Menu,
    Moon,
    More,
    Mute,
    NetworkOff,
    Phone,
    Picture,
    Pin,
    Plus,
    PresenceAway,
    PresenceBusy,
    PresenceOffline,
    PresenceOnline,
    Reply,
    Retry,
    Search,
    Send,
    Server,
    Settings,
    SignOut,
    Sound,
    Sun,
    Trash,
    Unlock,
    Up,
    User,
    Video,
    Warning,
    ZoomIn,
    ZoomOut,
};
/// One past the last: for loops over all.
constexpr int iconCount = int(Icon::ZoomOut) + 1;

/// The colour a drawing takes from the theme.
enum class IconRole { Text, Muted, Accent, OnAccent, Danger, Warning, Online, Away, Busy, Offline, Disabled };

/// The theme's colour for `role`.
QColor iconColor(const Theme &theme, IconRole role);
/// One drawing in one colour, `size` device-independent pixels a side, sharp at `ratio`. Cached.
QPixmap iconPixmap(Icon icon, const QColor &color, int size, qreal ratio);
/// Paints a drawing into `rect`, sharp on the painter's device.
void paintIcon(QPainter &painter, Icon icon, const QRect &rect, const QColor &color);
/// An icon for buttons and menus: it takes its colour from the theme in use each time it is painted.
QIcon themedIcon(Icon icon, IconRole role = IconRole::Text);
/// The program's own mark.
QIcon applicationIcon();

} // namespace ui
