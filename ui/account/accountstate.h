// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"
#include "ui/widgets/avatar.h"

namespace ui {

/// What an account does, and why where there is a reason: "Online", "Connecting…", "The password of ... is needed".
QString accountStateText(const chat::Account &account);
/// The dot that goes with it.
PresenceDot accountDot(const chat::Account &account);

} // namespace ui
