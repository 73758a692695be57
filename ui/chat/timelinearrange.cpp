// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows the view shows, and where.
#include "ui/chat/timelineview.h"

namespace ui {

/// Finds out which rows show and where, from the anchor outwards.
void TimelineView::arrange()
{
    m_shown.clear();
    const int rows = int(m_heights.size());
    const int height = viewport()->height();
    if (!m_timeline || rows == 0 || height <= 0 || viewport()->width() <= 0)
        return;
    const int anchor = m_stuck ? -1 : m_timeline->indexOf(m_anchorKey);
    if (anchor >= 0) {
        const auto layout = layoutFor(anchor);
        fill(anchor, m_anchorY - layout->bodyTop());
    } else {
        const auto layout = layoutFor(rows - 1);
        fill(rows - 1, height - Theme::of(this).space.s - layout->height());
    }
    keepAnchor();
}

/// Fills the viewport around one row, and lets no gap stay at an end of the window.
void TimelineView::fill(int index, int top)
{
    const int margin = Theme::of(this).space.s;
    const int floor = viewport()->height() - margin;
    m_shown = {shownAt(index, top)};
    fillAbove();
    fillBelow();
    if (m_shown.constFirst().index == 0 && m_shown.constFirst().top > margin) {
        shift(margin - m_shown.constFirst().top);
        fillBelow();
    }
    if (m_shown.constLast().index == m_heights.size() - 1 && m_shown.constLast().bottom() < floor) {
        shift(floor - m_shown.constLast().bottom());
        fillAbove();
    }
    m_shown.removeIf([&](const Shown &row) { return row.bottom() <= 0 || row.top >= viewport()->height(); });
    if (m_shown.isEmpty())
        m_shown = {shownAt(index, top)};
}

void TimelineView::fillAbove()
{
    while (m_shown.constFirst().top > 0 && m_shown.constFirst().index > 0) {
        const Shown &first = m_shown.constFirst();
        Shown row = shownAt(first.index - 1, 0);
        row.top = first.top - row.layout->height();
        m_shown.prepend(row);
    }
}

void TimelineView::fillBelow()
{
    while (m_shown.constLast().bottom() < viewport()->height() && m_shown.constLast().index + 1 < m_heights.size()) {
        const Shown &last = m_shown.constLast();
        m_shown.append(shownAt(last.index + 1, last.bottom()));
    }
}

void TimelineView::shift(int pixels)
{
    for (Shown &row : m_shown)
        row.top += pixels;
}

/// Takes the first row that begins in sight as the anchor, and sees whether the end shows.
void TimelineView::keepAnchor()
{
    const Shown *anchor = &m_shown.constFirst();
    for (const Shown &row : std::as_const(m_shown)) {
        if (row.top + row.layout->bodyTop() >= 0) {
            anchor = &row;
            break;
        }
    }
    m_anchorKey = anchor->key;
    m_anchorY = anchor->top + anchor->layout->bodyTop();
    const Shown &last = m_shown.constLast();
    setStuck(last.index == m_heights.size() - 1 && m_timeline->rowsAfter() == 0
             && last.bottom() <= viewport()->height());
}

} // namespace ui
