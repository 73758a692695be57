// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace automation {
class Port;
}

namespace ui {

class Appearance;

/// Gives the automation port the settings of the page Appearance, which only windows have: `appearance.scheme` and others.
/// `appearance` outlives the port.
void addLookSettings(automation::Port &port, const QString &profileFolder, Appearance &appearance);

} // namespace ui
