// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the person does in the view: pointer and keyboard. timelineselection.cpp selects, timelinemenu.cpp has the menu.
#include "ui/chat/timelineview.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>

#include <algorithm>

namespace ui {

TimelineView::Hit TimelineView::hitAt(const QPoint &point) const
{
    for (int i = 0; i < m_shown.size(); ++i) {
        const Shown &row = m_shown.at(i);
        if (point.y() < row.top || point.y() >= row.bottom())
            continue;
        const QPoint local = point - QPoint(0, row.top);
        const RowPart part = row.layout->partAt(local);
        return {i,
                part,
                row.layout->linkAt(local),
                row.layout->rectOf(part, local),
                row.layout->reactionAt(local),
                row.layout->fileAt(local)};
    }
    return {};
}

TextPlace TimelineView::placeAt(const QPoint &point) const
{
    if (m_shown.isEmpty())
        return {};
    const Shown *row = &m_shown.constFirst();
    for (const Shown &candidate : m_shown) {
        if (candidate.top <= point.y())
            row = &candidate;
    }
    return {row->key, row->layout->cursorAt(point - QPoint(0, row->top))};
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = hitAt(point);
    m_pressPoint = m_lastPoint = point;
    const TextPlace place = placeAt(point);
    m_selecting = true;
    if (event->modifiers().testFlag(Qt::ShiftModifier) && m_selectionFrom.key != 0)
        select(m_selectionFrom, place);
    else
        select(place, place);
    if (m_pressed.shown >= 0)
        setCurrentKey(m_shown.at(m_pressed.shown).key);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    m_lastPoint = event->position().toPoint();
    if (!m_selecting || !event->buttons().testFlag(Qt::LeftButton))
        return hover(m_lastPoint);
    if (isDragStart(m_lastPoint)) {
        m_selecting = false;
        const Shown &shown = m_shown.at(m_pressed.shown);
        Q_EMIT fileDragged(shown.key, m_timeline->row(shown.index).files.at(m_pressed.file).id);
        return;
    }
    if (m_pressed.part == RowPart::File)
        return;
    select(m_selectionFrom, placeAt(m_lastPoint));
    const bool outside = m_lastPoint.y() < 0 || m_lastPoint.y() > viewport()->height();
    if (outside && !m_autoScroll.isActive())
        m_autoScroll.start(30, this);
    else if (!outside)
        m_autoScroll.stop();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !std::exchange(m_selecting, false))
        return;
    m_autoScroll.stop();
    const QPoint point = event->position().toPoint();
    if (hasSelection()) {
        QClipboard *clipboard = QGuiApplication::clipboard();
        if (clipboard->supportsSelection())
            clipboard->setText(selectedText(), QClipboard::Selection);
        return;
    }
    const Hit hit = hitAt(point);
    const bool still = (point - m_pressPoint).manhattanLength() < QApplication::startDragDistance();
    if (still && hit.shown >= 0 && hit.shown == m_pressed.shown && hit.part == m_pressed.part
        && hit.rect == m_pressed.rect)
        activate(hit);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        selectWord(placeAt(event->position().toPoint()));
}

void TimelineView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_flashTimer.timerId())
        return fadeFlash();
    if (event->timerId() != m_autoScroll.timerId())
        return QAbstractScrollArea::timerEvent(event);
    const int beyond = m_lastPoint.y() < 0 ? m_lastPoint.y() : m_lastPoint.y() - viewport()->height();
    scrollByPixels(std::clamp(beyond, -60, 60));
    select(m_selectionFrom, placeAt(m_lastPoint));
}

void TimelineView::activate(const Hit &hit)
{
    const qint64 key = m_shown.at(hit.shown).key;
    const model::TimelineRow &row = m_timeline->row(m_shown.at(hit.shown).index);
    switch (hit.part) {
    case RowPart::Link: Q_EMIT linkActivated(hit.link); return;
    case RowPart::Retry: Q_EMIT retryRequested(key); return;
    case RowPart::Delete: Q_EMIT deleteRequested(key); return;
    case RowPart::ShowAll: m_showAll.insert(key); return rearrange();
    case RowPart::Missing: return m_timeline->retryMissing();
    case RowPart::Quote: return showMessage(row.reply ? row.reply->key : 0);
    case RowPart::Reaction:
        if (m_changesEnabled && hit.reaction >= 0 && hit.reaction < row.reactions.size())
            Q_EMIT reactionToggled(key, QString(row.reactions.at(hit.reaction).text));
        return;
    case RowPart::Edited: return showDetails(key);
    case RowPart::File:
        if (hit.file >= 0 && hit.file < row.files.size())
            Q_EMIT fileActionRequested(key, row.files.at(hit.file).id, FileAction::Default);
        return;
    case RowPart::None:
    case RowPart::Text:
    case RowPart::Time:
    case RowPart::State: return;
    }
}

void TimelineView::hover(const QPoint &point)
{
    const Hit hit = hitAt(point);
    const bool chip = hit.part == RowPart::Reaction && hit.reaction >= 0 && m_changesEnabled;
    const bool button = hit.part == RowPart::Retry || hit.part == RowPart::Delete || hit.part == RowPart::ShowAll
        || hit.part == RowPart::Missing || hit.part == RowPart::Quote || hit.part == RowPart::File || chip;
    const bool hand = button || hit.part == RowPart::Link || hit.part == RowPart::Edited;
    viewport()->setCursor(hand                            ? Qt::PointingHandCursor
                              : hit.part == RowPart::Text ? Qt::IBeamCursor
                                                          : Qt::ArrowCursor);
    QPair<qint64, QRect> now;
    if (button)
        now = {m_shown.at(hit.shown).key, hit.rect};
    if (now == m_hovered)
        return;
    updateRow(m_hovered.first);
    m_hovered = now;
    updateRow(m_hovered.first);
}

void TimelineView::updateRow(qint64 key)
{
    if (const QRect rect = rowRect(key); !rect.isEmpty())
        viewport()->update(rect);
}

void TimelineView::setCurrentKey(qint64 key)
{
    if (key == m_current)
        return;
    updateRow(m_current);
    m_current = key;
    updateRow(m_current);
    tellCurrent();
}

/// A screen reader hears where the keyboard stands.
void TimelineView::tellCurrent()
{
    for (int i = 0; i < m_shown.size(); ++i) {
        if (m_shown.at(i).key != m_current || !hasFocus())
            continue;
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(i);
        QAccessible::updateAccessibility(&event);
    }
}

/// Steps from message to message; from nowhere it begins with the newest that shows.
void TimelineView::moveCurrent(int steps, bool selecting)
{
    if (m_shown.isEmpty())
        return;
    int index = m_timeline->indexOf(m_current);
    index = index < 0 ? m_shown.constLast().index : std::clamp<int>(index + steps, 0, int(m_heights.size()) - 1);
    const model::TimelineRow row = m_timeline->row(index);
    revealRow(index);
    if (selecting) {
        TextPlace from = m_selectionFrom;
        if (!hasSelection()) {
            const int start = m_timeline->indexOf(m_current);
            const model::TimelineRow &first = m_timeline->row(start < 0 ? index : start);
            from = {first.key, steps < 0 ? int(first.body.size()) : 0};
        }
        select(from, {row.key, row.key < from.key || (row.key == from.key && steps < 0) ? 0 : int(row.body.size())});
    }
    setCurrentKey(row.key);
}

/// Scrolls as little as needed to show a row.
void TimelineView::revealRow(int index)
{
    const qint64 key = m_timeline->row(index).key;
    QRect rect = rowRect(key);
    if (rect.isNull()) {
        qint64 top = 0;
        for (int i = 0; i < index; ++i)
            top += m_heights.at(i).pixels;
        layoutFor(index);
        rect = QRect(0, int(top - offsetInWindow()), viewport()->width(), m_heights.at(index).pixels);
    }
    const int margin = fontMetrics().height();
    if (rect.top() < margin)
        scrollByPixels(rect.top() - margin);
    else if (rect.bottom() > viewport()->height() - margin)
        scrollByPixels(std::min(rect.bottom() + margin - viewport()->height(), rect.top() - margin));
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    switch (event->key()) {
    case Qt::Key_R:
        if (event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier))
            return forward(m_current);
        if (event->modifiers() != Qt::ControlModifier)
            break;
        return replyToCurrent();
    case Qt::Key_Delete: return shift ? askToErase(m_current) : askToRetract(m_current);
    case Qt::Key_Up: return moveCurrent(-1, shift);
    case Qt::Key_Down: return moveCurrent(1, shift);
    case Qt::Key_Escape:
        if (!hasSelection() && m_current == 0)
            break;
        clearSelection();
        return setCurrentKey(0);
    case Qt::Key_Menu:
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        if (event->modifiers() == Qt::AltModifier)
            return showDetails(m_current);
        const QRect rect = rowRect(m_current);
        if (rect.isNull())
            break;
        return openMenu(m_current, viewport()->mapToGlobal(QPoint(rect.center().x(), rect.center().y())));
    }
    default:
        if (scrollByKey(event->key()))
            return;
        break;
    }
    event->ignore();
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRect rect = rowRect(m_current);
        if (!rect.isNull())
            openMenu(m_current, viewport()->mapToGlobal(rect.center()));
        return;
    }
    const Hit hit = hitAt(event->pos());
    if (hit.shown >= 0)
        openMenu(m_shown.at(hit.shown).key, event->globalPos(), hit.link);
}

bool TimelineView::event(QEvent *event)
{
    // Tab walks on; Up and Down are ours although the window may have them as shortcuts.
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
            key->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        showToolTip(help->pos(), help->globalPos());
        return true;
    }
    if (event->type() == QEvent::Leave)
        hover(QPoint(-1, -1));
    return QAbstractScrollArea::viewportEvent(event);
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    // By keyboard the reader arrives on a message, not on nothing.
    const bool keyboard = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (keyboard && rowRect(m_current).isNull())
        moveCurrent(0, false);
    updateRow(m_current);
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    updateRow(m_current);
}

} // namespace ui
