// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/timelinelayout.h"

#include "ui/widgets/plaintext.h"

#include <QFontMetrics>
#include <QTextOption>

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
    return lines * body.height() + (compact ? 4 : 2 * theme.space.bubbleY + 6);
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
    QString body = m_context.showAll ? row.body : cutText(row.body, longBody, longBodyLines);
    m_cut = body.size() < row.body.size();
    m_bigEmoji = m_context.density == Density::Comfortable && isEmojiOnly(body);
    m_links = findLinks(body);
    m_text.setText(layoutText(body));
    m_text.setFont(theme.font(m_bigEmoji ? TextRole::BigEmoji : TextRole::Body));
    m_text.setCacheEnabled(true);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    const bool rightToLeft = body.isRightToLeft();
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    m_text.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    for (const TextLink &link : std::as_const(m_links)) {
        QTextLayout::FormatRange range;
        range.start = link.start;
        range.length = link.length;
        range.format.setForeground(theme.colors.link);
        range.format.setFontUnderline(true);
        formats.append(range);
    }
    if (!m_bigEmoji) {
        for (const auto &[start, length] : emojiRuns(body)) {
            QTextLayout::FormatRange range;
            range.start = start;
            range.length = length;
            range.format.setFontFamilies(theme.font(TextRole::BigEmoji).families());
            formats.append(range);
        }
    }
    m_text.setFormats(formats);
}

/// Breaks the text for `width` and returns what it takes.
QSizeF RowLayout::breakLines(double width)
{
    double used = 0;
    double y = 0;
    m_text.beginLayout();
    for (QTextLine line = m_text.createLine(); line.isValid(); line = m_text.createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += std::ceil(line.height() + std::max(0.0, line.leading()));
        used = std::max(used, line.naturalTextWidth());
    }
    m_text.endLayout();
    m_textWidth = width;
    return {std::ceil(used), y};
}

int RowLayout::metaWidth(const model::TimelineRow &row, const Theme &theme) const
{
    int width = QFontMetrics(theme.font(TextRole::Caption)).horizontalAdvance(m_timeText);
    if (row.encrypted)
        width += theme.smallIconSize() + theme.space.xs;
    if (row.outgoing)
        width += theme.smallIconSize() + theme.space.xs;
    return width;
}

/// Lock, time and state at the end of `area`, on its lower edge. Returns the height they take.
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
    if (row.encrypted)
        m_lock = QRect(m_time.left() - theme.space.xs - side, top + (height - side) / 2, side, side);
    return height;
}

int RowLayout::placeComfortable(const model::TimelineRow &row, const Theme &theme, int y)
{
    m_bodyTop = y;
    const QFontMetrics caption(theme.font(TextRole::Caption));
    const QFontMetrics strong(theme.font(TextRole::Strong));
    const int most = maxTextWidth(m_context, theme, row.outgoing);
    const bool named = m_context.groupStart && m_context.showAuthors && !row.outgoing;
    QSizeF size = breakLines(most);
    const bool rightToLeft = m_text.textOption().textDirection() == Qt::RightToLeft;
    // The time stands in the last line where there is room, and where it cannot meet text that runs the other way.
    const int meta = metaWidth(row, theme);
    const QTextLine last = m_text.lineCount() > 0 ? m_text.lineAt(m_text.lineCount() - 1) : QTextLine();
    const double lastWidth = last.isValid() ? last.naturalTextWidth() : 0;
    const bool inLine =
        !m_cut && !m_bigEmoji && rightToLeft == m_context.mirrored && lastWidth + theme.space.m + meta <= most;
    // One more pixel, so that breaking again at this width breaks at the same places.
    int inner = 1 + int(std::max<double>(size.width(), inLine ? lastWidth + theme.space.m + meta : meta));
    if (named)
        inner = std::max(inner, std::min(most, strong.horizontalAdvance(isolated(singleLine(row.authorName)))));
    const QString showAllText = tr("Show all");
    if (m_cut)
        inner = std::max(inner, std::min(most, caption.horizontalAdvance(showAllText)));
    if (rightToLeft || m_context.mirrored)
        size = breakLines(inner);

    const int side = margin(m_context, theme);
    const int aside = m_context.showAuthors ? theme.avatarSize() + theme.space.s : 0;
    const int width = inner + 2 * theme.space.bubbleX;
    const int left = row.outgoing ? m_context.width - side - width : side + aside;
    if (named)
        m_avatar = QRect(side, y, theme.avatarSize(), theme.avatarSize());
    int at = y + theme.space.bubbleY;
    if (named) {
        m_author = QRect(left + theme.space.bubbleX, at, inner, strong.height());
        at += strong.height() + 1;
    }
    m_textPosition = QPointF(left + theme.space.bubbleX, at);
    at += int(size.height());
    if (m_cut) {
        m_showAll = QRect(left + theme.space.bubbleX, at + theme.space.xs, caption.horizontalAdvance(showAllText) + 2,
                          caption.height());
        at = m_showAll.bottom() + 1 + theme.space.xs;
    }
    if (!inLine)
        at += caption.height() + (m_bigEmoji ? theme.space.xs : 0);
    placeMeta(row, theme, QRect(left + theme.space.bubbleX, y, inner, at - y + 1));
    m_bubble = QRect(left, y, width, at + theme.space.bubbleY - y);
    y = m_bubble.bottom() + 1;
    if (row.delivery == model::Delivery::Failed)
        y = placeFailure(theme, y, true);
    return y + (m_context.groupEnd ? theme.space.xs : 0);
}

int RowLayout::placeCompact(const model::TimelineRow &row, const Theme &theme, int y)
{
    m_bodyTop = y;
    const QFontMetrics caption(theme.font(TextRole::Caption));
    const QFontMetrics body(theme.font(TextRole::Body));
    const QFontMetrics strong(theme.font(TextRole::Strong));
    const int timeWidth = std::max(caption.horizontalAdvance(timeSample()), caption.horizontalAdvance(m_timeText));
    const Columns c = columns(m_context, theme, timeWidth);
    const QSizeF size = breakLines(c.textWidth);
    const int first = m_text.lineCount() > 0 ? int(std::lround(m_text.lineAt(0).ascent())) : body.ascent();
    const int baseline = y + 2 + std::max(first, strong.ascent());
    m_time = QRect(c.time, baseline - caption.ascent(), timeWidth, caption.height());
    m_author = QRect(c.name, baseline - strong.ascent(), c.text - c.name - theme.space.m, strong.height());
    m_textPosition = QPointF(c.text, baseline - first);
    const int side = theme.smallIconSize();
    const int iconTop = y + 2 + (body.height() - side) / 2;
    int right = m_context.width - margin(m_context, theme);
    if (row.outgoing) {
        m_state = QRect(right - side, iconTop, side, side);
        right -= side + theme.space.xs;
    }
    if (row.encrypted)
        m_lock = QRect(right - side, iconTop, side, side);
    y = 2 + std::max(baseline - first + int(size.height()), baseline + strong.descent());
    if (m_cut) {
        m_showAll = QRect(c.text, y, caption.horizontalAdvance(tr("Show all")) + 2, caption.height());
        y = m_showAll.bottom() + 1;
    }
    m_bubble = QRect(0, m_bodyTop, m_context.width, y - m_bodyTop);
    if (row.delivery == model::Delivery::Failed)
        y = placeFailure(theme, y, false);
    return y;
}

/// The reason and the two ways out under a message that was not sent. `trailing`: at the end side, as own bubbles are.
int RowLayout::placeFailure(const Theme &theme, int y, bool trailing)
{
    const QFontMetrics caption(theme.font(TextRole::Caption));
    const int height = caption.height() + theme.space.s;
    const int icon = theme.smallIconSize() + theme.space.xs;
    const auto button = [&](const QString &text) { return caption.horizontalAdvance(text) + icon + 2 * theme.space.s; };
    const int side = margin(m_context, theme);
    const int retry = button(tr("Retry"));
    const int remove = button(tr("Delete"));
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
    for (QRect *rect :
         {&m_bubble, &m_avatar, &m_author, &m_time, &m_state, &m_lock, &m_failure, &m_retry, &m_remove, &m_showAll}) {
        if (!rect->isNull())
            rect->moveLeft(m_context.width - rect->x() - rect->width());
    }
    m_textPosition.setX(m_context.width - m_textPosition.x() - m_textWidth);
}

QUrl RowLayout::linkAt(const QPoint &point) const
{
    const QPointF local = point - m_textPosition;
    for (int i = 0; i < m_text.lineCount() && !m_links.isEmpty(); ++i) {
        const QTextLine line = m_text.lineAt(i);
        if (!line.naturalTextRect().contains(local))
            continue;
        const int at = line.xToCursor(local.x(), QTextLine::CursorOnCharacter);
        for (const TextLink &link : m_links) {
            if (at >= link.start && at < link.start + link.length)
                return link.url;
        }
    }
    return {};
}

RowPart RowLayout::partAt(const QPoint &point) const
{
    for (const RowPart part :
         {RowPart::Missing, RowPart::Retry, RowPart::Delete, RowPart::ShowAll, RowPart::State, RowPart::Time}) {
        if (rectOf(part).contains(point))
            return part;
    }
    if (!linkAt(point).isEmpty())
        return RowPart::Link;
    const QRectF text(m_textPosition, QSizeF(m_textWidth, m_text.boundingRect().height()));
    return text.contains(point) ? RowPart::Text : RowPart::None;
}

QRect RowLayout::rectOf(RowPart part) const
{
    switch (part) {
    case RowPart::Retry: return m_retry;
    case RowPart::Delete: return m_remove;
    case RowPart::ShowAll: return m_showAll;
    case RowPart::State: return m_state;
    case RowPart::Time: return m_time;
    // Only where a click does something.
    case RowPart::Missing: return m_context.missing == model::Missing::Stuck ? m_missingLine : QRect();
    case RowPart::None:
    case RowPart::Text:
    case RowPart::Link: return m_bubble;
    }
    Q_UNREACHABLE();
}

int RowLayout::cursorAt(const QPoint &point) const
{
    const QPointF local = point - m_textPosition;
    if (m_text.lineCount() == 0 || local.y() < 0)
        return 0;
    for (int i = 0; i < m_text.lineCount(); ++i) {
        const QTextLine line = m_text.lineAt(i);
        if (local.y() < line.y() + line.height() + line.leading())
            return line.xToCursor(local.x());
    }
    return shownLength();
}

} // namespace ui
