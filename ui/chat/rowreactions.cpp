// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/rowreactions.h"

#include "ui/widgets/plaintext.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

/// Names of those who reacted that a list says.
constexpr int mostNames = 20;

QFont signFont(const Theme &theme)
{
    QFont font = theme.font(TextRole::Body);
    font.setFamilies(theme.font(TextRole::BigEmoji).families());
    return font;
}

/// Our own reactions differ in weight and border, too.
QFont countFont(const Theme &theme, bool own)
{
    QFont font = theme.font(TextRole::Caption);
    if (own)
        font.setWeight(QFont::Bold);
    return font;
}

RowReactions::Chip chipFor(const model::RowReaction &reaction, int index, const Theme &theme)
{
    const QFontMetrics metrics(signFont(theme));
    RowReactions::Chip chip;
    // From outside: it may be no sign at all, but a text of any length.
    chip.sign = isolated(metrics.elidedText(singleLine(reaction.text.left(64)), Qt::ElideRight, theme.scaled(96)));
    chip.count = QLocale().toString(reaction.count());
    chip.index = index;
    chip.own = reaction.own;
    return chip;
}

RowReactions::Chip restChip(int rest)
{
    RowReactions::Chip chip;
    //: In the place of the reactions to a message that there is no room for.
    chip.count = QCoreApplication::translate("ui::Timeline", "+%n", nullptr, rest);
    return chip;
}

int chipWidth(const RowReactions::Chip &chip, const Theme &theme)
{
    const int count = QFontMetrics(countFont(theme, chip.own)).horizontalAdvance(chip.count) + 2 * theme.space.s;
    return chip.index < 0 ? count : count + theme.space.xs + QFontMetrics(signFont(theme)).horizontalAdvance(chip.sign);
}

/// The chip without its text, and the pen for that.
void paintChipGround(QPainter &painter, const RowReactions::Chip &chip, bool isHovered, const Theme &theme)
{
    const Theme::Colors &c = theme.colors;
    const double line = chip.own ? 2 : 1;
    const QRectF box = QRectF(chip.rect).adjusted(line / 2, line / 2, -line / 2, -line / 2);
    const bool isInverted = chip.own && theme.highContrast;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(chip.own ? c.accentText : theme.highContrast ? c.border : c.borderStrong, line));
    painter.setBrush(isInverted ? c.highlight : isHovered ? c.hover : chip.own ? c.infoGround : c.surface);
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    painter.restore();
    painter.setPen(isInverted ? c.onHighlight : chip.own ? c.accentText : c.text);
}

} // namespace

int reactionsHeight(const Theme &theme)
{
    return std::max(QFontMetrics(theme.font(TextRole::Body)).height(),
                    QFontMetrics(theme.font(TextRole::Caption)).height())
        + theme.space.xs;
}

QPixmap signPixmap(const QString &sign, int side, qreal ratio, const Theme &theme)
{
    QPixmap pixmap(QSizeF(side * ratio, side * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QFont font = signFont(theme);
    font.setPixelSize(std::max(1, side * 4 / 5));
    QPainter painter(&pixmap);
    painter.setFont(font);
    painter.setPen(theme.colors.text);
    painter.drawText(QRect(0, 0, side, side), Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, sign);
    return pixmap;
}

bool isSameSign(const QString &a, const QString &b)
{
    const QChar picture(0xfe0f);
    return QString(a).remove(picture) == QString(b).remove(picture);
}

QString reactionNames(const model::RowReaction &reaction)
{
    QStringList names;
    for (const QString &name : reaction.names) {
        if (names.size() == mostNames)
            break;
        names.append(isolated(singleLine(name)));
    }
    if (reaction.own)
        //: Among those who reacted to a message: the person at the screen.
        names.append(QCoreApplication::translate("ui::Timeline", "you"));
    if (const qsizetype more = reaction.names.size() - mostNames; more > 0)
        //: At the end of a list of those who reacted to a message.
        names.append(QCoreApplication::translate("ui::Timeline", "%n more", nullptr, int(more)));
    return QLocale().createSeparatedList(names);
}

int RowReactions::place(const QList<model::RowReaction> &reactions, const QRect &room, bool trailing,
                        const Theme &theme)
{
    m_chips.clear();
    const int height = reactionsHeight(theme);
    int x = room.left();
    int y = room.top();
    qsizetype first = 0; // of this line
    const auto endLine = [&] {
        const int free = room.right() + 1 - (x - theme.space.xs);
        for (qsizetype i = first; trailing && i < m_chips.size(); ++i)
            m_chips[i].rect.translate(free, 0);
        first = m_chips.size();
    };
    for (int i = 0; i < std::min<qsizetype>(reactions.size(), mostChips + 1); ++i) {
        Chip chip = i < mostChips ? chipFor(reactions.at(i), i, theme) : restChip(int(reactions.size()) - i);
        const int width = std::min(std::max(chipWidth(chip, theme), height), room.width());
        if (x > room.left() && x + width > room.right() + 1) {
            endLine();
            x = room.left();
            y += height + theme.space.xs;
        }
        chip.rect = QRect(x, y, width, height);
        x += width + theme.space.xs;
        m_chips.append(chip);
    }
    endLine();
    return m_chips.isEmpty() ? 0 : y + height - room.top();
}

void RowReactions::mirror(int width)
{
    for (Chip &chip : m_chips)
        chip.rect.moveLeft(width - chip.rect.x() - chip.rect.width());
}

const RowReactions::Chip *RowReactions::chipAt(const QPoint &point) const
{
    const auto found = std::find_if(m_chips.cbegin(), m_chips.cend(),
                                    [&point](const Chip &chip) { return chip.rect.contains(point); });
    return found == m_chips.cend() ? nullptr : &*found;
}

void RowReactions::paint(QPainter &painter, const QRect &hovered, const Theme &theme) const
{
    for (const Chip &chip : m_chips) {
        paintChipGround(painter, chip, chip.rect == hovered, theme);
        painter.setFont(countFont(theme, chip.own));
        const QRect inner = chip.rect.adjusted(theme.space.s, 0, -theme.space.s, 0);
        if (chip.index < 0) {
            painter.drawText(inner, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, chip.count);
            continue;
        }
        const bool isMirrored = painter.layoutDirection() == Qt::RightToLeft;
        QRect count(0, inner.top(), painter.fontMetrics().horizontalAdvance(chip.count), inner.height());
        count.moveLeft(isMirrored ? inner.left() : inner.right() + 1 - count.width());
        painter.drawText(count, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, chip.count);
        painter.setFont(signFont(theme));
        const int used = count.width() + theme.space.xs;
        const QRect sign = isMirrored ? inner.adjusted(used, 0, 0, 0) : inner.adjusted(0, 0, -used, 0);
        painter.drawText(sign, Qt::AlignCenter | Qt::TextSingleLine, chip.sign);
    }
}

} // namespace ui
