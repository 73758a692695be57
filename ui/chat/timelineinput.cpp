// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the person does in the view: pointer, keyboard, selection, copy, menu.
#include "ui/chat/messagedetails.h"
#include "ui/chat/timelineview.h"
#include "ui/widgets/plaintext.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QTextBoundaryFinder>
#include <QToolTip>

#include <algorithm>

namespace ui {
namespace {

const QKeySequence detailsKey(Qt::ALT | Qt::Key_Return);

} // namespace

TimelineView::Hit TimelineView::hitAt(const QPoint &point) const
{
    for (int i = 0; i < m_shown.size(); ++i) {
        const Shown &row = m_shown.at(i);
        if (point.y() < row.top || point.y() >= row.bottom())
            continue;
        const QPoint local = point - QPoint(0, row.top);
        return {i, row.layout->partAt(local), row.layout->linkAt(local)};
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
    if (still && hit.shown >= 0 && hit.shown == m_pressed.shown && hit.part == m_pressed.part)
        activate(hit);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        selectWord(placeAt(event->position().toPoint()));
}

void TimelineView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_autoScroll.timerId())
        return QAbstractScrollArea::timerEvent(event);
    const int beyond = m_lastPoint.y() < 0 ? m_lastPoint.y() : m_lastPoint.y() - viewport()->height();
    scrollByPixels(std::clamp(beyond, -60, 60));
    select(m_selectionFrom, placeAt(m_lastPoint));
}

void TimelineView::activate(const Hit &hit)
{
    const qint64 key = m_shown.at(hit.shown).key;
    switch (hit.part) {
    case RowPart::Link: Q_EMIT linkActivated(hit.link); return;
    case RowPart::Retry: Q_EMIT retryRequested(key); return;
    case RowPart::Delete: Q_EMIT deleteRequested(key); return;
    case RowPart::ShowAll: m_showAll.insert(key); return rearrange();
    case RowPart::Missing: return m_timeline->retryMissing();
    case RowPart::None:
    case RowPart::Text:
    case RowPart::Time:
    case RowPart::State: return;
    }
}

void TimelineView::hover(const QPoint &point)
{
    const Hit hit = hitAt(point);
    const bool button = hit.part == RowPart::Retry || hit.part == RowPart::Delete || hit.part == RowPart::ShowAll
        || hit.part == RowPart::Missing;
    const bool hand = button || hit.part == RowPart::Link;
    viewport()->setCursor(hand                            ? Qt::PointingHandCursor
                              : hit.part == RowPart::Text ? Qt::IBeamCursor
                                                          : Qt::ArrowCursor);
    QPair<qint64, QRect> now;
    if (button)
        now = {m_shown.at(hit.shown).key, m_shown.at(hit.shown).layout->rectOf(hit.part)};
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

/// Selects from a fixed end to a moving one; only rows whose selection changes are painted again.
void TimelineView::select(const TextPlace &from, const TextPlace &to)
{
    const auto old = std::minmax(m_selectionFrom, m_selectionTo);
    const auto [oldLow, oldHigh] = std::pair<TextPlace, TextPlace>(old.first, old.second);
    m_selectionFrom = from;
    m_selectionTo = to;
    const TextPlace low = std::min({from, to, oldLow.key == 0 ? from : oldLow});
    const TextPlace high = std::max({from, to, oldHigh});
    for (const Shown &row : std::as_const(m_shown)) {
        if (row.key >= low.key && row.key <= high.key)
            viewport()->update(QRect(0, row.top, viewport()->width(), row.layout->height()));
    }
}

void TimelineView::clearSelection()
{
    select(m_selectionTo, m_selectionTo);
}

void TimelineView::selectAll()
{
    if (!m_timeline || m_timeline->rowCount() == 0)
        return;
    const model::TimelineRow &last = m_timeline->row(m_timeline->rowCount() - 1);
    select({m_timeline->row(0).key, 0}, {last.key, int(last.body.size())});
}

/// The selected units of a message of `length` units.
std::pair<int, int> TimelineView::selectedIn(qint64 key, int length) const
{
    const TextPlace low = std::min(m_selectionFrom, m_selectionTo);
    const TextPlace high = std::max(m_selectionFrom, m_selectionTo);
    if (low == high || key < low.key || key > high.key)
        return {0, 0};
    return {key == low.key ? std::min(low.offset, length) : 0,
            key == high.key ? std::min(high.offset, length) : length};
}

void TimelineView::selectWord(const TextPlace &place)
{
    const int index = m_timeline ? m_timeline->indexOf(place.key) : -1;
    if (index < 0)
        return;
    const QString body = m_timeline->row(index).body.left(RowLayout::longBody);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, body);
    finder.setPosition(std::min<qsizetype>(place.offset, body.size()));
    const qsizetype start =
        finder.isAtBoundary() && place.offset < body.size() ? place.offset : finder.toPreviousBoundary();
    finder.setPosition(std::max<qsizetype>(0, start));
    const qsizetype end = finder.toNextBoundary();
    if (start >= 0 && end > start)
        select({place.key, int(start)}, {place.key, int(end)});
}

QString TimelineView::selectedText(bool annotated) const
{
    QStringList parts;
    for (int i = 0; m_timeline && hasSelection() && i < m_timeline->rowCount(); ++i) {
        const model::TimelineRow &row = m_timeline->row(i);
        const TextPlace low = std::min(m_selectionFrom, m_selectionTo);
        const TextPlace high = std::max(m_selectionFrom, m_selectionTo);
        const auto [from, to] = selectedIn(row.key, int(row.body.size()));
        // An empty message between selected ones is one, too; an end that only touches a message is not.
        const bool inside = row.key > low.key && row.key < high.key;
        if (from >= to && !inside)
            continue;
        const QString text = row.body.mid(from, to - from);
        //: A copied message: %1 time, %2 name, %3 text.
        parts.append(annotated ? tr("[%1] %2: %3")
                                     .arg(QLocale().toString(row.time.toLocalTime(), QLocale::ShortFormat),
                                          singleLine(row.authorName), text)
                               : text);
    }
    return parts.join(u'\n');
}

void TimelineView::copy(bool annotated)
{
    if (!hasSelection()) {
        const int index = m_timeline ? m_timeline->indexOf(m_current) : -1;
        if (index < 0)
            return;
        select({m_current, 0}, {m_current, int(m_timeline->row(index).body.size())});
    }
    if (const QString text = selectedText(annotated); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void TimelineView::setCurrentKey(qint64 key)
{
    if (key == m_current)
        return;
    updateRow(m_current);
    m_current = key;
    updateRow(m_current);
    for (int i = 0; i < m_shown.size(); ++i) {
        if (m_shown.at(i).key != key || !hasFocus())
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

void TimelineView::openMenu(qint64 key, const QPoint &globalPosition, const QUrl &link)
{
    const int index = m_timeline ? m_timeline->indexOf(key) : -1;
    if (index < 0)
        return;
    setCurrentKey(key);
    const model::TimelineRow row = m_timeline->row(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QVector<TextLink> links = findLinks(row.body.left(RowLayout::longBody));
    if (!link.isEmpty())
        links = {{0, 0, link}};
    if (!links.isEmpty()) {
        const QUrl url = links.constFirst().url;
        menu->addAction(themedIcon(Icon::Link), tr("Open Link"), this, [this, url] { Q_EMIT linkActivated(url); });
        menu->addAction(tr("Copy Link"), this, [url] { QGuiApplication::clipboard()->setText(url.toString()); });
        menu->addSeparator();
    }
    menu->addAction(themedIcon(Icon::Copy), tr("Copy"), QKeySequence(QKeySequence::Copy), this, [this] { copy(); });
    menu->addAction(tr("Copy with Names and Times"), this, [this] { copy(true); });
    menu->addAction(tr("Select All"), QKeySequence(QKeySequence::SelectAll), this, &TimelineView::selectAll);
    if (row.delivery == model::Delivery::Failed) {
        menu->addSeparator();
        menu->addAction(themedIcon(Icon::Retry), tr("Retry"), this, [this, key] { Q_EMIT retryRequested(key); });
        menu->addAction(themedIcon(Icon::Trash), tr("Delete"), this, [this, key] { Q_EMIT deleteRequested(key); });
    }
    if (row.missing == model::Missing::Stuck) {
        menu->addSeparator();
        menu->addAction(themedIcon(Icon::Retry), tr("Fetch What Is Missing Here"), this, [this] {
            if (m_timeline)
                m_timeline->retryMissing();
        });
    }
    menu->addSeparator();
    menu->addAction(themedIcon(Icon::Info), tr("Details…"), detailsKey, this, [this, key] { showDetails(key); });
    Q_EMIT menuAboutToShow(menu, key);
    menu->popup(globalPosition);
}

void TimelineView::showDetails(qint64 key)
{
    if (m_timeline && m_timeline->indexOf(key) >= 0)
        (new MessageDetails(m_timeline, key, m_errorText, window()))->open();
}

void TimelineView::showToolTip(const QPoint &point, const QPoint &globalPosition)
{
    const Hit hit = hitAt(point);
    if (hit.shown < 0)
        return QToolTip::hideText();
    const Shown &shown = m_shown.at(hit.shown);
    const model::TimelineRow &row = m_timeline->row(shown.index);
    QString text;
    if (hit.part == RowPart::State)
        text = row.delivery == model::Delivery::Failed ? failureText(row) : deliveryWords(row.delivery);
    else if (hit.part == RowPart::Time)
        text = QLocale().toString(row.time.toLocalTime(), QLocale::LongFormat);
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    if (hit.part == RowPart::State) {
        for (const QString &line : wayWords(row, QDate::currentDate()))
            text += u'\n' + line;
    }
    // A tooltip takes what looks like HTML for HTML, and a reason may quote the server: so it is HTML in any case.
    if (!text.isEmpty())
        text = QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
    QToolTip::showText(globalPosition, text, viewport(), shown.layout->rectOf(hit.part).translated(0, shown.top));
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
