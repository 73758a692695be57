// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui {

/// Makes MainWindow and StartWindow known to the accessibility layer as windows; Qt itself takes a top-level widget that
/// is no QMainWindow for a mere container, and screen readers then do not say that a window came. More than one call
/// does no harm.
void installWindowAccessibility();

} // namespace ui
