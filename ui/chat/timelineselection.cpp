// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is selected in the view, and copied.
#include "ui/chat/timelineview.h"
#include "ui/widgets/plaintext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace ui {

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

namespace {

/// The files of a message as text: where they are, or else their names.
QString filesText(const model::TimelineRow &row)
{
    QStringList lines;
    for (const model::RowFile &file : row.files)
        lines.append(file.url.isEmpty() ? file.name : file.url);
    return lines.join(u'\n');
}

QString annotatedText(const model::TimelineRow &row, const QString &text)
{
    //: A copied message: %1 time, %2 name, %3 text.
    return TimelineView::tr("[%1] %2: %3")
        .arg(QLocale().toString(row.time.toLocalTime(), QLocale::ShortFormat), singleLine(row.authorName), text);
}

} // namespace

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
        if (row.retracted || (from >= to && !inside))
            continue;
        const QString text = row.body.isEmpty() ? filesText(row) : row.body.mid(from, to - from);
        parts.append(annotated ? annotatedText(row, text) : text);
    }
    return parts.join(u'\n');
}

void TimelineView::copy(bool annotated)
{
    if (!hasSelection()) {
        const int index = m_timeline ? m_timeline->indexOf(m_current) : -1;
        if (index < 0)
            return;
        const model::TimelineRow &row = m_timeline->row(index);
        // Nothing in it can be selected, so there is nothing to show of it.
        if (row.body.isEmpty() && !row.files.isEmpty()) {
            QGuiApplication::clipboard()->setText(annotated ? annotatedText(row, filesText(row)) : filesText(row));
            return;
        }
        select({m_current, 0}, {m_current, int(row.body.size())});
    }
    if (const QString text = selectedText(annotated); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace ui
