// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/rowpaint.h"

#include "ui/roster/presencelook.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStyle>

namespace ui {

namespace {

/// Where the parts of a row are, all mirrored for right-to-left already.
struct Shape {
    QRect body; ///< The rounded ground.
    QRect avatar;
    QRect title; ///< First line of text.
    QRect line;  ///< Second line.
};

Shape shapeOf(const QStyleOptionViewItem &option, int avatar, const Theme &theme)
{
    const auto mirrored = [&](const QRect &rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    Shape shape;
    const QRect body = option.rect.adjusted(theme.space.s, 1, -theme.space.s, -1);
    const int inset = theme.space.s + 2;
    const QRect picture(body.left() + inset, body.center().y() - avatar / 2, avatar, avatar);
    const int left = picture.right() + 1 + theme.space.m;
    const int width = body.right() - inset - left;
    const int titleHeight = QFontMetrics(theme.font(TextRole::Strong)).height();
    const int lineHeight = QFontMetrics(theme.font(TextRole::Body)).height();
    const int gap = theme.scaled(3);
    const int top = body.center().y() - (titleHeight + gap + lineHeight) / 2;
    shape.body = mirrored(body);
    shape.avatar = mirrored(picture);
    shape.title = mirrored(QRect(left, top, width, titleHeight));
    shape.line = mirrored(QRect(left, top + titleHeight + gap, width, lineHeight));
    return shape;
}

/// Draws one line of text at the start of `rect`, elided.
void drawLine(QPainter &painter, const QRect &rect, const QString &text, Qt::LayoutDirection direction)
{
    if (rect.width() <= 0)
        return;
    const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
    painter.drawText(rect,
                     int(QStyle::visualAlignment(direction, Qt::AlignLeft) | Qt::AlignVCenter | Qt::AlignAbsolute)
                         | Qt::TextSingleLine,
                     shown);
}

/// Takes `width` pixels off the end of `rect` and gives them.
QRect cutEnd(QRect &rect, int width, Qt::LayoutDirection direction)
{
    QRect cut = rect;
    if (direction == Qt::RightToLeft) {
        cut.setWidth(width);
        rect.setLeft(cut.right() + 1);
    } else {
        cut.setLeft(rect.right() + 1 - width);
        rect.setRight(cut.left() - 1);
    }
    return cut;
}

QRect cutStart(QRect &rect, int width, Qt::LayoutDirection direction)
{
    return cutEnd(rect, width, direction == Qt::RightToLeft ? Qt::LeftToRight : Qt::RightToLeft);
}

void drawMark(QPainter &painter, QRect &rect, Icon icon, const QColor &color, Qt::LayoutDirection direction,
              const Theme &theme)
{
    const int side = theme.smallIconSize();
    const QRect cut = cutEnd(rect, side, direction);
    paintIcon(painter, icon, QRect(cut.left(), cut.center().y() - side / 2, side, side), color);
    cutEnd(rect, theme.space.xs, direction);
}

void paintChatTitle(QPainter &painter, QRect rect, const model::ConversationRow &row, Qt::LayoutDirection direction,
                    const Theme &theme)
{
    const QString time = row.time.isValid() ? shortTime(row.time, QDateTime::currentDateTime()) : QString();
    painter.setFont(theme.font(TextRole::Caption));
    const int width = painter.fontMetrics().horizontalAdvance(time);
    const QRect place = cutEnd(rect, width, direction);
    painter.setPen(row.unread > 0 && !row.muted ? theme.colors.accentText : theme.colors.textMuted);
    painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, time);
    cutEnd(rect, theme.space.s, direction);
    if (row.muted)
        drawMark(painter, rect, Icon::Mute, theme.colors.textMuted, direction, theme);
    painter.setFont(theme.font(TextRole::Strong));
    painter.setPen(theme.colors.text);
    drawLine(painter, rect, isolated(singleLine(row.title)), direction);
}

void paintChatLine(QPainter &painter, QRect rect, const model::ConversationRow &row, Qt::LayoutDirection direction,
                   const Theme &theme)
{
    const Theme::Colors &c = theme.colors;
    if (row.unread > 0) {
        const QRect badge = Badge::paint(painter, rect, row.unread, false, row.muted, theme, direction);
        cutEnd(rect, badge.width() + theme.space.s, direction);
    }
    if (row.failed)
        drawMark(painter, rect, Icon::Alert, c.dangerText, direction, theme);
    if (row.pinned)
        drawMark(painter, rect, Icon::Pin, c.textMuted, direction, theme);
    painter.setFont(theme.font(TextRole::Body));
    if (row.previewIsDraft && !row.typing) {
        //: Before a text that is written and not sent.
        const QString mark = isolated(QCoreApplication::translate("ui::ChatList", "Draft:"));
        painter.setPen(c.accentText);
        const QRect place = cutStart(rect, painter.fontMetrics().horizontalAdvance(mark), direction);
        drawLine(painter, place.adjusted(-1, 0, 1, 0), mark, direction);
        cutStart(rect, theme.space.xs + 1, direction);
    }
    painter.setPen(row.typing ? c.accentText : row.unread > 0 && !row.muted ? c.text : c.textMuted);
    drawLine(painter, rect, previewText(row), direction);
}

} // namespace

QColor paintRowGround(QPainter &painter, const QRect &body, QStyle::State state, const Theme &theme)
{
    const Theme::Colors &c = theme.colors;
    const bool selected = state.testFlag(QStyle::State_Selected);
    const bool over = state.testFlag(QStyle::State_MouseOver);
    // A selected row that was clicked needs no ring.
    const bool focus =
        state.testFlag(QStyle::State_HasFocus) && (!selected || state.testFlag(QStyle::State_KeyboardFocusChange));
    const QColor ground = selected ? c.selected : over ? c.hover : c.sidebar;
    if (!selected && !over && !focus)
        return ground;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(focus ? QPen(c.focus, 2) : selected && theme.highContrast ? QPen(c.text, 1) : QPen(Qt::NoPen));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(body).adjusted(1, 1, -1, -1), theme.radius.control + 2, theme.radius.control + 2);
    return ground;
}

int chatRowHeight(const Theme &theme)
{
    const int lines =
        QFontMetrics(theme.font(TextRole::Strong)).height() + QFontMetrics(theme.font(TextRole::Body)).height();
    return std::max(theme.scaled(62), lines + theme.scaled(3) + 2 * theme.space.s + 2 * theme.space.xs);
}

int contactRowHeight(const Theme &theme)
{
    const int lines =
        QFontMetrics(theme.font(TextRole::Strong)).height() + QFontMetrics(theme.font(TextRole::Body)).height();
    return std::max(theme.scaled(54), lines + theme.scaled(3) + 2 * theme.space.s);
}

int headingHeight(const Theme &theme)
{
    return QFontMetrics(theme.font(TextRole::Caption)).height() + 2 * theme.space.s;
}

void paintChatRow(QPainter &painter, const QStyleOptionViewItem &option, const model::ConversationRow &row,
                  const Theme &theme)
{
    painter.save();
    const Shape shape = shapeOf(option, theme.scaled(42), theme);
    const QColor ground = paintRowGround(painter, shape.body, option.state, theme);
    paintPerson(painter, shape.avatar, {row.title, row.account, row.peer}, option.widget);
    if (row.show)
        paintPresenceDot(painter, shape.avatar, dotOf(row.show), ground, theme, option.direction);
    paintChatTitle(painter, shape.title, row, option.direction, theme);
    paintChatLine(painter, shape.line, row, option.direction, theme);
    painter.restore();
}

void paintContactRow(QPainter &painter, const QStyleOptionViewItem &option, const model::ContactRow &row,
                     const Theme &theme)
{
    painter.save();
    const Shape shape = shapeOf(option, theme.scaled(36), theme);
    const QColor ground = paintRowGround(painter, shape.body, option.state, theme);
    paintPerson(painter, shape.avatar, {row.title, row.account, row.jid}, option.widget);
    if (row.canSee)
        paintPresenceDot(painter, shape.avatar, dotOf(row.show), ground, theme, option.direction);
    painter.setFont(theme.font(TextRole::Strong));
    painter.setPen(theme.colors.text);
    drawLine(painter, shape.title, isolated(singleLine(row.title)), option.direction);
    painter.setFont(theme.font(TextRole::Body));
    painter.setPen(theme.colors.textMuted);
    drawLine(painter, shape.line, contactLine(row), option.direction);
    painter.restore();
}

void paintActionRow(QPainter &painter, const QStyleOptionViewItem &option, Icon drawing, const QString &text,
                    const Theme &theme)
{
    painter.save();
    const Shape shape = shapeOf(option, theme.scaled(36), theme);
    paintRowGround(painter, shape.body, option.state, theme);
    const int side = theme.iconSize();
    const QRect icon(shape.avatar.center() - QPoint(side / 2, side / 2), QSize(side, side));
    paintIcon(painter, drawing, icon, theme.colors.accentText);
    painter.setFont(theme.font(TextRole::Body));
    painter.setPen(theme.colors.text);
    drawLine(painter, shape.title.united(shape.line), text, option.direction);
    painter.restore();
}

void paintHeading(QPainter &painter, const QStyleOptionViewItem &option, const QString &text, const QString &count,
                  std::optional<bool> open, const Theme &theme)
{
    painter.save();
    const QRect body = option.rect.adjusted(theme.space.s, 1, -theme.space.s, -1);
    if (open)
        paintRowGround(painter, body, option.state & ~QStyle::State_Selected, theme);
    QRect rect = body.adjusted(theme.space.s + 2, 0, -theme.space.s - 2, 0);
    if (open) {
        const int side = theme.smallIconSize();
        const QRect place = cutStart(rect, side, option.direction);
        painter.save();
        painter.translate(QRectF(place).center());
        if (!*open)
            painter.rotate(option.direction == Qt::RightToLeft ? 90 : -90);
        paintIcon(painter, Icon::ChevronDown, QRect(-side / 2, -side / 2, side, side), theme.colors.textMuted);
        painter.restore();
        cutStart(rect, theme.space.xs + 2, option.direction);
    }
    QFont font = theme.font(TextRole::Caption);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.colors.textMuted);
    if (!count.isEmpty()) {
        const QRect place = cutEnd(rect, painter.fontMetrics().horizontalAdvance(count) + 2, option.direction);
        painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, count);
        cutEnd(rect, theme.space.s, option.direction);
    }
    drawLine(painter, rect, isolated(singleLine(text)), option.direction);
    painter.restore();
}

} // namespace ui
