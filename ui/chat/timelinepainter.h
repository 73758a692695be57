// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chat/timelinelayout.h"

#include <utility>

class QPainter;

namespace ui {

/// What a row looks like beyond its layout.
struct RowLook {
    int selectedFrom = 0; ///< Selected units of the text: [from, to).
    int selectedTo = 0;
    bool current = false;             ///< The keyboard stands on this row: it gets the focus ring.
    QRect hovered;                    ///< The button under the pointer, in row coordinates.
    QList<std::pair<int, int>> marks; ///< What was looked for: start and length in the text.
    double flash = 0;                 ///< Somebody was led to this row just now: 1 fresh, 0 over.
    RowFiles::Look files;             ///< What is known of its files beside the row.
};

/// Draws one row at the painter's origin.
void paintRow(QPainter &painter, const model::TimelineRow &row, const RowLayout &layout, const RowLook &look,
              const Theme &theme);

} // namespace ui
