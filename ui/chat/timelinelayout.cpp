// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/timelinelayout.h"

#include "ui/widgets/plaintext.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

int margin(const RowContext &context, const Theme &theme)
{
    return context.width < theme.scaled(420) ? theme.space.s : theme.space.l;
}

int maxTextWidth(const RowContext &context, const Theme &theme, bool outgoing)
{
    const int aside = context.showAuthors && !outgoing ? theme.avatarSize() + theme.space.s : 0;
    const int free = context.width - 2 * margin(context, theme) - aside;
    const int share = context.width < theme.scaled(520) ? free * 92 / 100 : free * 78 / 100;
    return std::max(theme.scaled(60), std::min(share, theme.scaled(640)) - 2 * theme.space.bubbleX);
}

/// The columns of a compact row: time, name, text, state.
struct Columns {
    int time = 0;
    int name = 0;
    int text = 0;
    int textWidth = 0;
};

Columns columns(const RowContext &context, const Theme &theme, int timeWidth)
{
    Columns c;
    c.time = margin(context, theme);
    c.name = c.time + timeWidth + theme.space.s;
    const int nameWidth = std::clamp(context.width / 6, theme.scaled(56), theme.scaled(120));
    c.text = c.name + nameWidth + theme.space.m;
    const int states = 2 * theme.smallIconSize() + 2 * theme.space.xs + margin(context, theme);
    c.textWidth = std::max(theme.scaled(60), context.width - c.text - states);
    return c;
}

QString timeSample()
{
    return clockWords(QDateTime(QDate(2000, 1, 1), QTime(20, 58)));
}

} // namespace

RowLayout::RowLayout(const model::TimelineRow &row, const RowContext &context, const Theme &theme) : m_context(context)
{
    m_timeText = clockWords(row.time);
    prepareText(row, theme);
    const int y = placeAbove(theme);
    const bool compact = context.density == Density::Compact;
    m_height = compact ? placeCompact(row, theme, y) : placeComfortable(row, theme, y);
    if (context.mirrored)
        mirror();
}

int RowLayout::estimate(const model::TimelineRow &row, const RowContext &context, const Theme &theme)
{
    const QFontMetrics body(theme.font(TextRole::Body));
    const bool compact = context.density == Density::Compact;
    const int width = compact
        ? columns(context, theme, QFontMetrics(theme.font(TextRole::Caption)).averageCharWidth() * 6).textWidth
        : maxTextWidth(context, theme, row.outgoing);
    const int perLine = std::max(1, width / std::max(1, body.averageCharWidth()));
    const int lines = 1 + int(std::min<qsizetype>(row.body.size(), longBody)) / perLine;
    int height = lines * body.height() + (compact ? 4 : 2 * theme.space.bubbleY + 6);
    if (row.reply && !row.retracted)
        height += RowQuote(*row.reply, compact).height(theme) + theme.space.xs + 2;
    if (!row.files.isEmpty())
        height += filesHeight(row.files, width, theme) + theme.space.xs;
    if (!row.reactions.isEmpty() && !row.retracted)
        height += reactionsHeight(theme) + 5;
    return height;
}

/// The day and "new messages" lines over the message.
int RowLayout::placeAbove(const Theme &theme)
{
    const QFontMetrics caption(theme.font(TextRole::Caption));
    int y = 0;
    const auto line = [&](QRect &rect) {
        y += theme.space.m;
        rect = QRect(0, y, m_context.width, caption.height() + theme.space.s);
        y += rect.height() + theme.space.xs;
    };
    if (m_context.missing != model::Missing::Nothing)
        line(m_missingLine);
    if (m_context.separator.isValid()) {
        m_dateText = dayWords(m_context.separator, m_context.today);
        line(m_dateLine);
    }
    if (m_context.firstUnread)
        line(m_unreadLine);
    if (m_context.density == Density::Compact)
        return y + 1;
    return y + (m_context.groupStart ? theme.space.s : 2);
}

void RowLayout::prepareText(const model::TimelineRow &row, const Theme &theme)
{
    const bool compact = m_context.density == Density::Compact;
    m_isRetracted = row.retracted;
    const QColor ground = row.outgoing && !compact ? theme.colors.quietOut : theme.colors.quietIn;
    if (row.retracted)
        return m_body.prepare(deletedWords(), StyledLayout::Kind::Note, false, ground, theme);
    if (row.reply)
        m_quote = RowQuote(*row.reply, compact);
    m_files = RowFiles(row.files, m_context.pictures);
    m_isBare = !row.files.isEmpty() && row.body.isEmpty();
    const QString body = m_context.showAll ? row.body : cutText(row.body, longBody, longBodyLines);
    m_cut = body.size() < row.body.size();
    const auto kind = row.unstyled ? StyledLayout::Kind::Unstyled : StyledLayout::Kind::Styled;
    m_body.prepare(body, kind, !compact, ground, theme);
}

int RowLayout::metaWidth(const model::TimelineRow &row, const Theme &theme) const
{
    int width = QFontMetrics(theme.font(TextRole::Caption)).horizontalAdvance(m_timeText);
    if (row.encrypted)
        width += theme.smallIconSize() + theme.space.xs;
    if (row.outgoing)
        width += theme.smallIconSize() + theme.space.xs;
    if (row.edited && !row.retracted)
        width += QFontMetrics(theme.font(TextRole::Caption)).horizontalAdvance(editedWords()) + theme.space.xs;
    return width;
}

/// Lock, the mark of a change, time and state at the end of `area`, on its lower edge. Returns the height they take.
int RowLayout::placeMeta(const model::TimelineRow &row, const Theme &theme, const QRect &area)
{
    const QFontMetrics caption(theme.font(TextRole::Caption));
    const int side = theme.smallIconSize();
    const int height = caption.height();
    const int top = area.bottom() + 1 - height;
    int right = area.right() + 1;
    if (row.outgoing) {
        m_state = QRect(right - side, top + (height - side) / 2, side, side);
        right = m_state.left() - theme.space.xs;
    }
    const int width = caption.horizontalAdvance(m_timeText);
    m_time = QRect(right - width, top, width, height);
    right = m_time.left() - theme.space.xs;
    if (row.edited && !row.retracted) {
        const int words = caption.horizontalAdvance(editedWords());
        m_edited = QRect(right - words, top, words, height);
        right = m_edited.left() - theme.space.xs;
    }
    if (row.encrypted)
        m_lock = QRect(right - side, top + (height - side) / 2, side, side);
    return height;
}

int RowLayout::placeQuote(const Theme &theme, int x, int y, int width)
{
    if (m_quote.isNull())
        return y;
    m_quote.setRect(QRect(x, y + 2, width, m_quote.height(theme)));
    return m_quote.rect().bottom() + 1 + theme.space.xs;
}

/// The files over the text; gives where that begins.
int RowLayout::placeFiles(const Theme &theme, int x, int y, int width)
{
    if (m_files.isEmpty())
        return y;
    return y + 2 + m_files.place(QRect(x, y + 2, width, 0), theme) + theme.space.xs;
}

int RowLayout::placeShowAll(const Theme &theme, int x, int y)
{
    if (!m_cut)
        return y;
    const QFontMetrics caption(theme.font(TextRole::Caption));
    m_showAll = QRect(x, y, caption.horizontalAdvance(tr("Show all")) + 2, caption.height());
    return m_showAll.bottom() + 1;
}

/// The chips under the message, from `y` on; gives where what follows begins.
int RowLayout::placeReactions(const model::TimelineRow &row, const Theme &theme, int y)
{
    if (row.reactions.isEmpty() || row.retracted)
        return y;
    const bool compact = m_context.density == Density::Compact;
    const bool trailing = row.outgoing && !compact;
    const int side = margin(m_context, theme);
    const int left = compact ? int(m_textPosition.x()) : trailing ? side : m_bubble.left();
    const int most = maxTextWidth(m_context, theme, row.outgoing) + 2 * theme.space.bubbleX;
    const int room = compact ? m_context.width - left - side : most;
    const int top = y + (compact ? 1 : 3);
    const QRect place(trailing ? m_bubble.right() + 1 - room : left, top, room, 0);
    return top + m_reactions.place(row.reactions, place, trailing, theme) + 2;
}

/// How wide the inside of a bubble has to be.
int RowLayout::innerWidth(const model::TimelineRow &row, const Theme &theme, int most, bool inLine) const
{
    const int meta = metaWidth(row, theme);
    // One more pixel, so that breaking again at this width breaks at the same places.
    int inner = 1 + int(inLine ? m_body.lastLineWidth() + theme.space.m + meta : meta);
    if (m_context.groupStart && m_context.showAuthors && !row.outgoing) {
        const QFontMetrics strong(theme.font(TextRole::Strong));
        inner = std::max(inner, std::min(most, strong.horizontalAdvance(isolated(singleLine(row.authorName)))));
    }
    if (m_cut) {
        const QFontMetrics caption(theme.font(TextRole::Caption));
        inner = std::max(inner, std::min(most, caption.horizontalAdvance(tr("Show all"))));
    }
    if (!m_quote.isNull())
        inner = std::max(inner, std::min(most, m_quote.wishedWidth(theme)));
    return std::max(inner, m_files.wishedWidth(most, theme));
}

int RowLayout::placeComfortable(const model::TimelineRow &row, const Theme &theme, int y)
{
    m_bodyTop = y;
    const QFontMetrics caption(theme.font(TextRole::Caption));
    const QFontMetrics strong(theme.font(TextRole::Strong));
    const int most = maxTextWidth(m_context, theme, row.outgoing);
    const bool named = m_context.groupStart && m_context.showAuthors && !row.outgoing;
    QSizeF size = m_body.breakLines(most);
    const bool rightToLeft = m_body.isRightToLeft();
    // The time stands in the last line where there is room, and where it cannot meet text that runs the other way.
    const bool inLine = !m_cut && !m_isBare && !isBigEmoji() && rightToLeft == m_context.mirrored
        && m_body.lastLineWidth() + theme.space.m + metaWidth(row, theme) <= most;
    const int inner = std::max(1 + int(size.width()), innerWidth(row, theme, most, inLine));
    if (rightToLeft || m_context.mirrored)
        size = m_body.breakLines(inner);
    m_textRoom = inner;

    const int side = margin(m_context, theme);
    const int aside = m_context.showAuthors ? theme.avatarSize() + theme.space.s : 0;
    const int width = inner + 2 * theme.space.bubbleX;
    const int left = row.outgoing ? m_context.width - side - width : side + aside;
    const int x = left + theme.space.bubbleX;
    if (named)
        m_avatar = QRect(side, y, theme.avatarSize(), theme.avatarSize());
    int at = y + theme.space.bubbleY;
    if (named) {
        m_author = QRect(x, at, inner, strong.height());
        at += strong.height() + 1;
    }
    at = placeQuote(theme, x, at, inner);
    at = placeFiles(theme, x, at, inner);
    m_textPosition = QPointF(x, at);
    if (!m_isBare)
        at += int(size.height());
    if (m_cut)
        at = placeShowAll(theme, x, at + theme.space.xs) + theme.space.xs;
    if (!inLine)
        at += caption.height() + (isBigEmoji() ? theme.space.xs : 0);
    placeMeta(row, theme, QRect(x, y, inner, at - y + 1));
    m_bubble = QRect(left, y, width, at + theme.space.bubbleY - y);
    y = placeReactions(row, theme, m_bubble.bottom() + 1);
    if (row.delivery == model::Delivery::Failed)
        y = placeFailure(row, theme, y, true);
    return y + (m_context.groupEnd ? theme.space.xs : 0);
}

int RowLayout::placeCompact(const model::TimelineRow &row, const Theme &theme, int y)
{
    m_bodyTop = y;
    const QFontMetrics caption(theme.font(TextRole::Caption));
    const QFontMetrics body(theme.font(TextRole::Body));
    const QFontMetrics strong(theme.font(TextRole::Strong));
    const int timeWidth = std::max(caption.horizontalAdvance(timeSample()), caption.horizontalAdvance(m_timeText));
    const int side = theme.smallIconSize();
    const bool edited = row.edited && !row.retracted;
    Columns c = columns(m_context, theme, timeWidth);
    if (edited)
        c.textWidth = std::max(theme.scaled(60), c.textWidth - side - theme.space.xs);
    const QSizeF size = m_body.breakLines(c.textWidth);
    m_textRoom = std::min(c.textWidth, int(size.width()));
    y = placeQuote(theme, c.text, y, std::min(c.textWidth, m_quote.isNull() ? 0 : m_quote.wishedWidth(theme)));
    const int first = int(std::lround(m_body.firstBaseline(body.ascent())));
    const int baseline = y + 2 + std::max(first, strong.ascent());
    m_time = QRect(c.time, baseline - caption.ascent(), timeWidth, caption.height());
    m_author = QRect(c.name, baseline - strong.ascent(), c.text - c.name - theme.space.m, strong.height());
    m_textPosition = QPointF(c.text, baseline - first);
    int right = m_context.width - margin(m_context, theme);
    const auto icon = [&](QRect &rect, bool isThere) {
        if (!isThere)
            return;
        rect = QRect(right - side, y + 2 + (body.height() - side) / 2, side, side);
        right -= side + theme.space.xs;
    };
    icon(m_state, row.outgoing);
    icon(m_lock, row.encrypted);
    icon(m_edited, edited);
    // Files alone stand beside the name, those with a text under it.
    if (m_isBare)
        y = std::max(placeFiles(theme, c.text, y, c.textWidth), baseline + strong.descent());
    else
        y = 2 + std::max(baseline - first + int(size.height()), baseline + strong.descent());
    y = placeShowAll(theme, c.text, y);
    if (!m_isBare)
        y = placeFiles(theme, c.text, y, c.textWidth);
    m_bubble = QRect(0, m_bodyTop, m_context.width, y - m_bodyTop);
    y = placeReactions(row, theme, y);
    if (row.delivery == model::Delivery::Failed)
        y = placeFailure(row, theme, y, false);
    return y;
}

/// The reason and the two ways out under a message that was not sent. `trailing`: at the end side, as own bubbles are.
int RowLayout::placeFailure(const model::TimelineRow &row, const Theme &theme, int y, bool trailing)
{
    const QFontMetrics caption(theme.font(TextRole::Caption));
    const int height = caption.height() + theme.space.s;
    const int icon = theme.smallIconSize() + theme.space.xs;
    const auto button = [&](const QString &text) { return caption.horizontalAdvance(text) + icon + 2 * theme.space.s; };
    const int side = margin(m_context, theme);
    const int retry = button(tr("Retry"));
    m_removeWords = ui::removeWords(row);
    const int remove = button(m_removeWords);
    const int room = m_context.width - 2 * side;
    const int wanted = caption.horizontalAdvance(m_context.failure) + icon + theme.space.s;
    const bool oneLine = wanted + retry + remove + theme.space.s <= room;
    const int text = std::min(wanted, oneLine ? wanted : room);
    y += 2;
    if (trailing) {
        const int end = m_context.width - side;
        m_remove = QRect(end - remove, oneLine ? y : y + height, remove, height);
        m_retry = m_remove.translated(-retry - theme.space.xs, 0);
        m_retry.setWidth(retry);
        m_failure = QRect(oneLine ? m_retry.left() - text : end - text, y, text, height);
    } else {
        const int start = int(m_textPosition.x());
        m_failure = QRect(start, y, std::min(text, m_context.width - side - start), height);
        m_retry = QRect(start - theme.space.s, y + height, retry, height);
        m_remove = QRect(m_retry.right() + 1 + theme.space.xs, y + height, remove, height);
    }
    return m_remove.bottom() + 1 + 2;
}

void RowLayout::mirror()
{
    const auto mirrored = [this](QRect rect) {
        rect.moveLeft(m_context.width - rect.x() - rect.width());
        return rect;
    };
    for (QRect *rect : {&m_bubble, &m_avatar, &m_author, &m_time, &m_edited, &m_state, &m_lock, &m_failure, &m_retry,
                        &m_remove, &m_showAll}) {
        if (!rect->isNull())
            *rect = mirrored(*rect);
    }
    m_quote.setRect(mirrored(m_quote.rect()));
    m_reactions.mirror(m_context.width);
    m_files.mirror(m_context.width);
    m_textPosition.setX(m_context.width - m_textPosition.x() - m_body.width());
}

QVector<StyledLayout::Backdrop> RowLayout::backdrops() const
{
    // Lines that were broken for more room than is taken begin at the left all the same.
    QVector<StyledLayout::Backdrop> drawn = m_body.backdrops(m_body.isRightToLeft() ? m_body.width() : m_textRoom);
    for (StyledLayout::Backdrop &each : drawn)
        each.rect.translate(m_textPosition);
    return drawn;
}

QUrl RowLayout::linkAt(const QPoint &point) const
{
    return m_body.linkAt(point - m_textPosition);
}

int RowLayout::reactionAt(const QPoint &point) const
{
    const RowReactions::Chip *chip = m_reactions.chipAt(point);
    return chip ? chip->index : -1;
}

int RowLayout::fileAt(const QPoint &point) const
{
    const RowFiles::Item *item = m_files.itemAt(point);
    return item ? item->index : -1;
}

RowPart RowLayout::partAt(const QPoint &point) const
{
    for (const RowPart part : {RowPart::Missing, RowPart::Retry, RowPart::Delete, RowPart::ShowAll, RowPart::State,
                               RowPart::Time, RowPart::Edited, RowPart::Quote}) {
        if (rectOf(part).contains(point))
            return part;
    }
    if (m_reactions.chipAt(point))
        return RowPart::Reaction;
    if (m_files.itemAt(point))
        return m_files.targetAt(point).isEmpty() ? RowPart::None : RowPart::File;
    if (!linkAt(point).isEmpty())
        return RowPart::Link;
    const QRectF text(m_textPosition, QSizeF(m_body.width(), m_body.height()));
    return !m_isRetracted && text.contains(point) ? RowPart::Text : RowPart::None;
}

QRect RowLayout::rectOf(RowPart part, const QPoint &point) const
{
    switch (part) {
    case RowPart::Retry: return m_retry;
    case RowPart::Delete: return m_remove;
    case RowPart::ShowAll: return m_showAll;
    case RowPart::State: return m_state;
    case RowPart::Time: return m_time;
    case RowPart::Edited: return m_edited;
    // Only where a click does something.
    case RowPart::Missing: return m_context.missing == model::Missing::Stuck ? m_missingLine : QRect();
    case RowPart::Quote: return m_quote.leads() ? m_quote.rect() : QRect();
    case RowPart::Reaction: {
        const RowReactions::Chip *chip = m_reactions.chipAt(point);
        return chip ? chip->rect : QRect();
    }
    case RowPart::File: return m_files.targetAt(point);
    case RowPart::None:
    case RowPart::Text:
    case RowPart::Link: return m_bubble;
    }
    Q_UNREACHABLE();
}

int RowLayout::cursorAt(const QPoint &point) const
{
    return m_isRetracted ? 0 : m_body.cursorAt(point - m_textPosition);
}

} // namespace ui
