// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"
#include "ui/widgets/avatar.h"
#include "xmpp/presence.h"

#include <optional>

namespace ui {

/// How a presence looks and what it is called; nothing: offline.
PresenceDot dotOf(std::optional<xmpp::Presence::Show> show);
/// "Available", "Away" ...: stands alone, as in a menu or under a name.
QString presenceName(std::optional<xmpp::Presence::Show> show);
Icon presenceIcon(std::optional<xmpp::Presence::Show> show);
IconRole presenceRole(std::optional<xmpp::Presence::Show> show);

} // namespace ui
