// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/rowquote.h"

#include "ui/chat/timelinelayout.h"
#include "ui/theme/namecolor.h"
#include "ui/widgets/plaintext.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

/// UTF-16 units of a message that a preview shows at most.
constexpr int longestPreview = 300;

QFont quotedNameFont(const Theme &theme)
{
    QFont font = theme.font(TextRole::Caption);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont quotedTextFont(const Theme &theme, bool isNote)
{
    QFont font = theme.font(TextRole::Caption);
    font.setItalic(isNote);
    return font;
}

} // namespace

QString quoteWords(const model::RowReply &reply)
{
    if (reply.retracted)
        return deletedWords();
    const QString text = singleLine(cutText(reply.body, longestPreview, longestPreview)).trimmed();
    //: In the place of the message that another one answers.
    return text.isEmpty() ? QCoreApplication::translate("ui::Timeline", "This message is not here") : text;
}

RowQuote::RowQuote(const model::RowReply &reply, bool inOneLine)
    : m_name(reply.authorName), m_text(quoteWords(reply)), m_inOneLine(inOneLine),
      m_isNote(reply.retracted || reply.body.trimmed().isEmpty()), m_leads(reply.key != 0)
{
    if (!m_name.isEmpty())
        m_author = isolated(singleLine(m_name));
    if (!m_isNote)
        m_text = isolated(m_text);
}

int RowQuote::wishedWidth(const Theme &theme) const
{
    const int name = QFontMetrics(quotedNameFont(theme)).horizontalAdvance(m_author);
    const int text = QFontMetrics(quotedTextFont(theme, m_isNote)).horizontalAdvance(m_text);
    const int words = m_inOneLine ? name + theme.space.s + text : std::max(name, text);
    return std::min(words + 2 * theme.space.s + theme.scaled(3) + 2, theme.scaled(300));
}

int RowQuote::height(const Theme &theme) const
{
    const int line = QFontMetrics(quotedNameFont(theme)).height();
    return m_inOneLine || m_author.isEmpty() ? line + theme.space.xs : 2 * line + theme.space.xs + 2;
}

void RowQuote::paint(QPainter &painter, const Look &look, const Theme &theme) const
{
    const Theme::Colors &c = theme.colors;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = theme.highContrast ? QRectF(m_rect).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(m_rect);
    painter.setPen(theme.highContrast ? QPen(c.border, 1) : QPen(Qt::NoPen));
    painter.setBrush(look.isHovered ? c.hover : look.ground);
    painter.drawRoundedRect(box, theme.radius.small, theme.radius.small);
    const int wide = theme.scaled(3);
    const bool isKnown = m_leads && !m_author.isEmpty();
    painter.setPen(Qt::NoPen);
    painter.setBrush(!isKnown ? c.textMuted : theme.highContrast ? c.text : nameColor(m_name, look.ground));
    const int left = look.isMirrored ? m_rect.right() + 1 - wide : m_rect.left();
    painter.drawRoundedRect(QRectF(left, m_rect.top(), wide, m_rect.height()), wide / 2.0, wide / 2.0);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const int gap = theme.space.s;
    paintWords(painter,
               look.isMirrored ? m_rect.adjusted(gap, 0, -gap - wide, 0) : m_rect.adjusted(gap + wide, 0, -gap, 0),
               look, theme);
    painter.restore();
}

void RowQuote::paintWords(QPainter &painter, const QRect &room, const Look &look, const Theme &theme) const
{
    const Theme::Colors &c = theme.colors;
    const Qt::Alignment side = look.isMirrored ? Qt::AlignRight : Qt::AlignLeft;
    const auto draw = [&](const QRect &rect, const QString &text) {
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
        painter.drawText(rect, int(side | Qt::AlignVCenter | Qt::AlignAbsolute) | Qt::TextSingleLine, shown);
        return painter.fontMetrics().horizontalAdvance(shown);
    };
    const QColor ground = look.isHovered ? c.hover : look.ground;
    QRect rest = room;
    painter.setFont(quotedNameFont(theme));
    if (!m_author.isEmpty()) {
        painter.setPen(!m_leads ? c.textMuted : theme.highContrast ? c.text : nameColor(m_name, ground));
        QRect line = room;
        if (m_inOneLine)
            line.setWidth(room.width() * 2 / 5);
        else
            line.setHeight(painter.fontMetrics().height() + theme.space.xs / 2);
        if (m_inOneLine && look.isMirrored)
            line.moveRight(room.right());
        const int used = draw(line, m_author) + theme.space.s;
        if (m_inOneLine)
            rest = look.isMirrored ? room.adjusted(0, 0, -used, 0) : room.adjusted(used, 0, 0, 0);
        else
            rest.setTop(line.bottom() + 1);
    }
    painter.setFont(quotedTextFont(theme, m_isNote));
    painter.setPen(m_isNote || !m_leads ? c.textMuted : c.text);
    if (!m_inOneLine && !m_author.isEmpty())
        rest.setBottom(rest.bottom() - theme.space.xs / 2);
    draw(rest, m_text);
}

} // namespace ui
