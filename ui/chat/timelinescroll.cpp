// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the view moves: by pixels, by its scroll bar, and by fetching more of the conversation.
#include "ui/chat/timelinejump.h"
#include "ui/chat/timelineview.h"

#include <QApplication>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

/// Beyond this many pixels the scroll bar counts in larger units, so that an int holds it.
constexpr double barLimit = 1e9;
/// Fetch when fewer screens than this are left.
constexpr int nearScreens = 2;
/// A row to which somebody was led is lit for so many steps of so many milliseconds, and fades during the last ones.
constexpr int flashSteps = 40;
constexpr int flashFading = 12;
constexpr int flashInterval = 40;

} // namespace

void TimelineView::scrollByPixels(int pixels)
{
    if (m_shown.isEmpty() || pixels == 0)
        return;
    if (std::abs(pixels) > 3 * viewport()->height())
        return jumpBy(pixels);
    const QVector<Shown> before = m_shown;
    m_anchorY -= pixels;
    m_stuck = false; // arrange() finds out again
    arrange();
    int moved = viewport()->height();
    for (const Shown &old : before) {
        const auto now =
            std::find_if(m_shown.cbegin(), m_shown.cend(), [&old](const Shown &row) { return row.key == old.key; });
        if (now != m_shown.cend()) {
            moved = now->top - old.top;
            break;
        }
    }
    // What stays visible is copied, so that only the new rows are painted. The jump button is the viewport's child: over
    // a sibling Qt would copy nothing. Its picture is copied along, so that place is painted, too.
    if (std::abs(moved) < viewport()->height()) {
        viewport()->scroll(0, moved, viewport()->rect());
        if (m_jump->isVisible())
            viewport()->update(m_jump->geometry().united(m_jump->geometry().translated(0, moved)));
    } else {
        viewport()->update();
    }
    syncScrollBar();
    placeJumpButton();
    fetchIfNear();
    tellShown();
}

/// A long way inside the window: by the heights alone, so that what lies between is not laid out.
void TimelineView::jumpBy(qint64 pixels)
{
    qint64 place = offsetInWindow() + pixels;
    int index = 0;
    while (index + 1 < m_heights.size() && place >= m_heights.at(index).pixels)
        place -= m_heights.at(index++).pixels;
    m_anchorKey = m_timeline->row(index).key;
    m_anchorY = int(-std::clamp<qint64>(place, 0, 100'000'000)) + layoutFor(index)->bodyTop();
    setStuck(false);
    rearrange();
}

/// Where the viewport's upper edge stands below the window's first row, in pixels.
qint64 TimelineView::offsetInWindow() const
{
    if (m_shown.isEmpty())
        return 0;
    qint64 sum = -m_shown.constFirst().top;
    for (int i = 0; i < m_shown.constFirst().index; ++i)
        sum += m_heights.at(i).pixels;
    return sum;
}

qint64 TimelineView::windowHeight() const
{
    qint64 sum = 0;
    for (const Height &height : m_heights)
        sum += height.pixels;
    return sum;
}

void TimelineView::syncScrollBar()
{
    QScrollBar *bar = verticalScrollBar();
    // While the thumb is held it belongs to the person.
    if (bar->isSliderDown())
        return;
    m_syncing = true;
    if (m_shown.isEmpty()) {
        bar->setRange(0, 0);
    } else {
        const double window = double(windowHeight());
        const double average = window / double(m_heights.size());
        const double before = double(m_timeline->rowsBefore()) * average;
        const double all = before + window + double(m_timeline->rowsAfter()) * average;
        m_barScale = std::max(1.0, all / barLimit);
        const int page = std::max(1, int(viewport()->height() / m_barScale));
        const int most = std::max(0, int(all / m_barScale) - page);
        int value = int((before + double(offsetInWindow())) / m_barScale);
        // The ends of the bar mean the ends of the conversation.
        value = m_stuck ? most : std::clamp(value, 0, most);
        bar->setRange(0, most);
        bar->setPageStep(page);
        bar->setSingleStep(std::max(1, int(fontMetrics().height() * 2 / m_barScale)));
        bar->setValue(value);
        m_barValue = value;
    }
    m_syncing = false;
}

/// The scroll bar was moved by the person.
void TimelineView::scrollContentsBy(int, int)
{
    if (m_syncing || m_shown.isEmpty())
        return;
    const QScrollBar *bar = verticalScrollBar();
    const int value = bar->value();
    const double delta = (value - std::exchange(m_barValue, value)) * m_barScale;
    const double target = double(offsetInWindow()) + delta;
    const bool above = target < 0 && m_timeline->rowsBefore() > 0;
    const bool below = target > double(windowHeight()) - viewport()->height() && m_timeline->rowsAfter() > 0;
    const bool far = std::abs(delta) > viewport()->height() || bar->isSliderDown();
    if ((above || below) && far) {
        if (value == bar->maximum())
            showLatest();
        else
            showPlace(bar->maximum() > 0 ? double(value) / bar->maximum() : 1);
        return;
    }
    scrollByPixels(int(std::clamp(delta, -1e8, 1e8)));
}

/// Asks the model for another part of the conversation; while one is on its way, only the last wish is kept.
void TimelineView::showPlace(double fraction)
{
    if (m_target == Target::Fraction) {
        m_nextFraction = fraction;
        return;
    }
    m_target = Target::Fraction;
    m_targetFraction = fraction;
    m_timeline->showFraction(fraction);
}

void TimelineView::showLatest()
{
    if (!m_timeline)
        return;
    m_nextFraction = -1;
    if (m_timeline->rowsAfter() == 0) {
        setStuck(true);
        return rearrange();
    }
    m_target = Target::Latest;
    m_timeline->showLatest();
}

void TimelineView::showMessage(qint64 key)
{
    if (!m_timeline || key == 0)
        return;
    m_current = key;
    m_flashKey = key;
    m_flashTimer.stop();
    goTo(key, {});
    tellCurrent();
}

/// The row to which somebody was led shows now: it is lit up until the eye has found it.
void TimelineView::startFlash(qint64 key)
{
    if (key != m_flashKey || m_flashTimer.isActive())
        return;
    m_flashSteps = flashSteps;
    m_flashTimer.start(flashInterval, this);
}

void TimelineView::fadeFlash()
{
    if (--m_flashSteps <= 0) {
        m_flashTimer.stop();
        updateRow(std::exchange(m_flashKey, 0));
        return;
    }
    // Where nothing may move it stays as it is, and then is gone.
    if (Theme::of(this).motionMs > 0 && m_flashSteps <= flashFading)
        updateRow(m_flashKey);
}

/// How much of the light is left on a row, 0 to 1.
double TimelineView::flashOf(qint64 key) const
{
    if (key != m_flashKey || !m_flashTimer.isActive())
        return 0;
    return Theme::of(this).motionMs > 0 ? std::min(1.0, double(m_flashSteps) / flashFading) : 1;
}

TimelineView::Place TimelineView::place() const
{
    return m_stuck || m_shown.isEmpty() ? Place() : Place{m_anchorKey, m_anchorY};
}

void TimelineView::setPlace(const Place &place)
{
    if (place.key == 0)
        return showLatest();
    if (m_timeline)
        goTo(place.key, place.y);
}

void TimelineView::goTo(qint64 key, std::optional<int> y)
{
    m_target = Target::Key;
    m_targetKey = key;
    m_targetY = y;
    if (m_timeline->indexOf(key) < 0)
        return m_timeline->showKey(key);
    applyTarget();
    m_target = Target::None;
    rearrange();
}

bool TimelineView::scrollByKey(int key)
{
    const int page = std::max(20, viewport()->height() - 2 * fontMetrics().height());
    switch (key) {
    case Qt::Key_PageUp: scrollByPixels(-page); return true;
    case Qt::Key_PageDown: scrollByPixels(page); return true;
    case Qt::Key_End: showLatest(); return true;
    case Qt::Key_Home:
        if (!m_timeline || m_shown.isEmpty())
            return true;
        if (m_timeline->rowsBefore() > 0)
            showPlace(0);
        else
            jumpBy(-offsetInWindow());
        return true;
    default: return false;
    }
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const int lines = QApplication::wheelScrollLines();
    const int step = fontMetrics().height() * lines;
    const int pixels = event->pixelDelta().isNull() ? event->angleDelta().y() * step / 120 : event->pixelDelta().y();
    scrollByPixels(-pixels);
    hover(event->position().toPoint());
    event->accept();
}

void TimelineView::fetchIfNear()
{
    // Not while a move is under way: the window is about to be another one.
    if (!m_timeline || m_shown.isEmpty() || m_target != Target::None)
        return;
    const qint64 margin = qint64(nearScreens) * viewport()->height();
    const qint64 above = offsetInWindow();
    if (above < margin && m_timeline->hasOlder())
        m_timeline->fetchOlder();
    // The model may have answered at once.
    if (m_shown.isEmpty() || m_timeline->rowsAfter() == 0)
        return;
    if (windowHeight() - offsetInWindow() - viewport()->height() < margin)
        m_timeline->fetchNewer();
}

void TimelineView::placeJumpButton()
{
    const bool away = !m_stuck && !m_shown.isEmpty();
    m_jump->setCount(m_newCount);
    m_jump->setVisible(away);
    if (!away)
        return;
    const QSize size = m_jump->sizeHint();
    const int gap = Theme::of(this).space.s;
    const QRect area = viewport()->rect();
    const int x = isRightToLeft() ? area.left() + gap : area.right() + 1 - gap - size.width();
    m_jump->setGeometry(x, area.bottom() + 1 - gap - size.height(), size.width(), size.height());
    m_jump->raise();
}

} // namespace ui
