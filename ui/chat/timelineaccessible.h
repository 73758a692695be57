// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui {

/// Makes TimelineView known to the accessibility layer: a list whose children are the rows that show. More than one
/// call does no harm.
void installTimelineAccessibility();

} // namespace ui
