// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/timelinepainter.h"

#include "ui/theme/namecolor.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/plaintext.h"

#include <QCache>
#include <QPainter>
#include <QPainterPath>

namespace ui {

namespace {

QString colorKey(const model::TimelineRow &row)
{
    return row.author.isNull() ? row.authorName : row.author.toString();
}

/// A rectangle with round corners, those on the side of a neighbour in the same run less so.
QPainterPath bubblePath(const QRectF &rect, double radius, double small, bool startSide, const RowContext &context)
{
    const double top = context.groupStart ? radius : small;
    const double bottom = context.groupEnd ? radius : small;
    const bool left = startSide != context.mirrored;
    const double topLeft = left ? top : radius;
    const double topRight = left ? radius : top;
    const double bottomLeft = left ? bottom : radius;
    const double bottomRight = left ? radius : bottom;
    QPainterPath path;
    path.moveTo(rect.left() + topLeft, rect.top());
    path.lineTo(rect.right() - topRight, rect.top());
    path.arcTo(rect.right() - 2 * topRight, rect.top(), 2 * topRight, 2 * topRight, 90, -90);
    path.lineTo(rect.right(), rect.bottom() - bottomRight);
    path.arcTo(rect.right() - 2 * bottomRight, rect.bottom() - 2 * bottomRight, 2 * bottomRight, 2 * bottomRight, 0,
               -90);
    path.lineTo(rect.left() + bottomLeft, rect.bottom());
    path.arcTo(rect.left(), rect.bottom() - 2 * bottomLeft, 2 * bottomLeft, 2 * bottomLeft, 270, -90);
    path.lineTo(rect.left(), rect.top() + topLeft);
    path.arcTo(rect.left(), rect.top(), 2 * topLeft, 2 * topLeft, 180, -90);
    path.closeSubpath();
    return path;
}

void paintLines(QPainter &painter, const RowLayout &layout, const Theme &theme)
{
    const Theme::Colors &c = theme.colors;
    painter.setFont(theme.font(TextRole::Caption));
    const auto line = [&](const QRect &rect, const QString &text, const QColor &ink, const QColor &rule) {
        const int width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.space.m;
        const QRect middle(rect.center().x() - width / 2, rect.top(), width, rect.height());
        const int y = rect.center().y();
        painter.setPen(QPen(rule, 1));
        painter.drawLine(rect.left() + theme.space.l, y, middle.left(), y);
        painter.drawLine(middle.right(), y, rect.right() - theme.space.l, y);
        painter.setPen(ink);
        painter.drawText(middle, Qt::AlignCenter | Qt::TextSingleLine, text);
    };
    if (!layout.missingLine().isNull()) {
        const bool isStuck = layout.context().missing == model::Missing::Stuck;
        line(layout.missingLine(), missingWords(layout.context().missing), isStuck ? c.link : c.textMuted, c.border);
    }
    if (!layout.dateLine().isNull())
        line(layout.dateLine(), layout.dateText(), c.textMuted, c.border);
    if (!layout.unreadLine().isNull())
        //: The line above the first message that was not read yet.
        line(layout.unreadLine(), QCoreApplication::translate("ui::Timeline", "New messages"), c.accentText, c.accent);
}

void paintGround(QPainter &painter, const model::TimelineRow &row, const RowLayout &layout, const RowLook &look,
                 const Theme &theme)
{
    const Theme::Colors &c = theme.colors;
    if (look.flash > 0) {
        const QRect whole(0, layout.bodyTop() - 2, layout.context().width, layout.height() - layout.bodyTop() + 2);
        painter.fillRect(whole, mixed(c.surface, c.selected, look.flash));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (layout.hasBubble()) {
        painter.setPen(theme.highContrast ? QPen(c.border, 1) : QPen(Qt::NoPen));
        painter.setBrush(row.outgoing ? c.bubbleOut : c.bubbleIn);
        const QRectF rect =
            theme.highContrast ? QRectF(layout.bubble()).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(layout.bubble());
        const double radius = std::min<double>(theme.radius.bubble, rect.height() / 2);
        painter.drawPath(bubblePath(rect, radius, theme.radius.small, !row.outgoing, layout.context()));
    }
    if (look.current) {
        painter.setPen(QPen(c.focus, 2));
        painter.setBrush(Qt::NoBrush);
        const QRectF ring = QRectF(layout.bubble()).adjusted(1, 1, -1, -1);
        const double radius =
            layout.context().density == Density::Comfortable ? theme.radius.bubble - 1 : theme.radius.small;
        painter.drawRoundedRect(ring, radius, radius);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintName(QPainter &painter, const model::TimelineRow &row, const RowLayout &layout, const Theme &theme)
{
    if (!layout.avatar().isNull())
        paintAvatar(painter, layout.avatar(), row.authorName, colorKey(row), theme);
    if (layout.author().isNull())
        return;
    const QColor ground = layout.context().density == Density::Compact ? theme.colors.surface : theme.colors.bubbleIn;
    painter.setFont(theme.font(TextRole::Strong));
    painter.setPen(theme.highContrast ? theme.colors.text : nameColor(colorKey(row), ground));
    const QString name =
        painter.fontMetrics().elidedText(isolated(singleLine(row.authorName)), Qt::ElideRight, layout.author().width());
    const Qt::Alignment side = layout.context().mirrored ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(layout.author(), int(side | Qt::AlignVCenter | Qt::AlignAbsolute) | Qt::TextSingleLine, name);
}

void paintQuote(QPainter &painter, const model::TimelineRow &row, const RowLayout &layout, const RowLook &look,
                const Theme &theme)
{
    if (layout.quote().isNull())
        return;
    RowQuote::Look quote;
    quote.ground = row.outgoing && layout.hasBubble() ? theme.colors.quietOut : theme.colors.quietIn;
    quote.isHovered = look.hovered == layout.quote().rect();
    quote.isMirrored = layout.context().mirrored;
    layout.quote().paint(painter, quote, theme);
}

void paintFiles(QPainter &painter, const model::TimelineRow &row, const RowLayout &layout, const RowLook &look,
                const Theme &theme)
{
    if (layout.files().isEmpty())
        return;
    RowFiles::Look files = look.files;
    files.ground = row.outgoing && layout.hasBubble() ? theme.colors.quietOut : theme.colors.quietIn;
    files.hovered = look.hovered;
    files.isMirrored = layout.context().mirrored;
    layout.files().paint(painter, files, theme);
}

/// What stands behind the text: preformatted blocks, and the bars of quotes.
void paintBackdrops(QPainter &painter, const model::TimelineRow &row, const RowLayout &layout, const Theme &theme)
{
    const Theme::Colors &c = theme.colors;
    const QColor ground = row.outgoing && layout.hasBubble() ? c.quietOut : c.quietIn;
    painter.setRenderHint(QPainter::Antialiasing);
    for (const StyledLayout::Backdrop &each : layout.backdrops()) {
        const bool isOutlined = theme.highContrast && !each.isBar;
        painter.setPen(isOutlined ? QPen(c.border, 1) : QPen(Qt::NoPen));
        painter.setBrush(each.isBar ? c.textMuted : ground);
        const QRectF rect = isOutlined ? each.rect.adjusted(0.5, 0.5, -0.5, -0.5) : each.rect;
        const double radius = each.isBar ? rect.width() / 2 : theme.radius.small;
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintText(QPainter &painter, const RowLayout &layout, const RowLook &look, const Theme &theme)
{
    QList<QTextLayout::FormatRange> ranges;
    for (const auto &[start, length] : look.marks) {
        QTextLayout::FormatRange range;
        range.start = start;
        range.length = length;
        range.format.setBackground(theme.colors.accent);
        range.format.setForeground(theme.colors.onAccent);
        ranges.append(range);
    }
    if (look.selectedTo > look.selectedFrom) {
        QTextLayout::FormatRange range;
        range.start = look.selectedFrom;
        range.length = look.selectedTo - look.selectedFrom;
        range.format.setBackground(theme.colors.highlight);
        range.format.setForeground(theme.colors.onHighlight);
        ranges.append(range);
    }
    painter.setPen(theme.colors.text);
    layout.text().draw(&painter, layout.textPosition(), ranges, painter.clipBoundingRect());
}

void paintMeta(QPainter &painter, const model::TimelineRow &row, const RowLayout &layout, const Theme &theme)
{
    const Theme::Colors &c = theme.colors;
    painter.setFont(theme.font(TextRole::Caption));
    painter.setPen(c.textMuted);
    painter.drawText(layout.time(), Qt::AlignCenter | Qt::TextSingleLine, layout.timeText());
    if (!layout.edited().isNull() && layout.context().density == Density::Compact)
        paintIcon(painter, Icon::Edit, layout.edited(), c.textMuted);
    else if (!layout.edited().isNull())
        painter.drawText(layout.edited(), Qt::AlignCenter | Qt::TextSingleLine, editedWords());
    if (!layout.lock().isNull())
        paintIcon(painter, Icon::Lock, layout.lock(), c.textMuted);
    if (layout.state().isNull())
        return;
    if (row.changeWaits)
        return paintIcon(painter, Icon::Clock, layout.state(), c.textMuted);
    if (row.delivery == model::Delivery::Displayed) {
        // Read differs from delivered in shape, too: the mark stands on a disc.
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.accentText);
        painter.drawEllipse(QRectF(layout.state()).adjusted(0.5, 0.5, -0.5, -0.5));
        painter.restore();
        const int inset = std::max(2, layout.state().width() / 6);
        paintIcon(painter, Icon::Check, layout.state().adjusted(inset, inset, -inset, -inset), c.bubbleOut);
        return;
    }
    const bool failed = row.delivery == model::Delivery::Failed;
    paintIcon(painter, deliveryIcon(row.delivery), layout.state(), failed ? c.dangerText : c.textMuted);
}

/// A flat button with an icon before its word.
void paintButton(QPainter &painter, const RowLayout &layout, const QRect &rect, Icon icon, const QString &text,
                 const RowLook &look, const Theme &theme)
{
    if (look.hovered == rect) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colors.hover);
        painter.drawRoundedRect(rect, theme.radius.small, theme.radius.small);
        painter.restore();
    }
    const int side = theme.smallIconSize();
    const bool mirrored = layout.context().mirrored;
    const int x = mirrored ? rect.right() + 1 - theme.space.s - side : rect.left() + theme.space.s;
    paintIcon(painter, icon, QRect(x, rect.center().y() - side / 2 + 1, side, side), theme.colors.accentText);
    const int icons = side + theme.space.xs + theme.space.s;
    const QRect line = mirrored ? rect.adjusted(0, 0, -icons, 0) : rect.adjusted(icons, 0, 0, 0);
    painter.setPen(theme.colors.accentText);
    const Qt::Alignment align = Qt::AlignVCenter | Qt::AlignAbsolute | (mirrored ? Qt::AlignRight : Qt::AlignLeft);
    painter.drawText(line, int(align) | Qt::TextSingleLine, text);
}

void paintFailure(QPainter &painter, const RowLayout &layout, const RowLook &look, const Theme &theme)
{
    painter.setFont(theme.font(TextRole::Caption));
    if (!layout.showAll().isNull()) {
        painter.setPen(theme.colors.accentText);
        painter.drawText(layout.showAll(), Qt::AlignCenter | Qt::TextSingleLine, RowLayout::tr("Show all"));
    }
    if (layout.failure().isNull())
        return;
    const bool mirrored = layout.context().mirrored;
    const int side = theme.smallIconSize();
    const QRect rect = layout.failure();
    const int x = mirrored ? rect.right() + 1 - side : rect.left();
    paintIcon(painter, Icon::Alert, QRect(x, rect.center().y() - side / 2 + 1, side, side), theme.colors.dangerText);
    const int icons = side + theme.space.xs;
    const QRect line = mirrored ? rect.adjusted(0, 0, -icons, 0) : rect.adjusted(icons, 0, 0, 0);
    painter.setPen(theme.colors.dangerText);
    const QString reason =
        painter.fontMetrics().elidedText(singleLine(layout.context().failure), Qt::ElideRight, line.width());
    const Qt::Alignment align = Qt::AlignVCenter | Qt::AlignAbsolute | (mirrored ? Qt::AlignRight : Qt::AlignLeft);
    painter.drawText(line, int(align) | Qt::TextSingleLine, reason);
    paintButton(painter, layout, layout.retry(), Icon::Retry, RowLayout::tr("Retry"), look, theme);
    paintButton(painter, layout, layout.remove(), Icon::Trash, layout.removeWords(), look, theme);
}

} // namespace

void paintRow(QPainter &painter, const model::TimelineRow &row, const RowLayout &layout, const RowLook &look,
              const Theme &theme)
{
    painter.setLayoutDirection(layout.context().mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    paintLines(painter, layout, theme);
    paintGround(painter, row, layout, look, theme);
    paintName(painter, row, layout, theme);
    paintQuote(painter, row, layout, look, theme);
    paintFiles(painter, row, layout, look, theme);
    paintBackdrops(painter, row, layout, theme);
    paintText(painter, layout, look, theme);
    paintMeta(painter, row, layout, theme);
    layout.reactions().paint(painter, look.hovered, theme);
    paintFailure(painter, layout, look, theme);
}

} // namespace ui
