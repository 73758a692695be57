// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/presence.h"

#include <QIcon>

#include <optional>

namespace ui {

struct Theme;

/// The icon of the tray in several sizes: the program's mark, the presence as a dot with its own shape, and the number of
/// unread messages (9+ beyond nine).
QIcon trayPicture(int unread, std::optional<xmpp::Presence::Show> show, const Theme &theme);

} // namespace ui
