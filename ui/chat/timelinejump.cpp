// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/timelinejump.h"

#include "ui/theme/icons.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>

namespace ui {

JumpButton::JumpButton(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::ArrowCursor);
    setAttribute(Qt::WA_Hover);
    describe();
}

void JumpButton::setCount(int count)
{
    if (m_count == count)
        return;
    m_count = count;
    describe();
    update();
}

void JumpButton::describe()
{
    setToolTip(tr("Go to the newest message"));
    setAccessibleName(m_count > 0 ? tr("Go to the newest message, %n new", nullptr, m_count) : toolTip());
}

QSize JumpButton::sizeHint() const
{
    const int side = Theme::of(this).scaled(40);
    return {side + Theme::of(this).space.s, side + Theme::of(this).space.s};
}

void JumpButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const Theme::Colors &c = theme.colors;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int inset = theme.space.xs;
    const QRectF disc = QRectF(rect()).adjusted(inset, inset, -inset, -inset);
    painter.setPen(QPen(hasFocus() ? c.focus : c.borderStrong, hasFocus() ? 2 : 1));
    painter.setBrush(isDown() ? c.pressed : underMouse() ? c.hover : c.raised);
    painter.drawEllipse(disc.adjusted(1, 1, -1, -1));
    const int side = theme.iconSize();
    paintIcon(painter, Icon::Down, QRect((width() - side) / 2, (height() - side) / 2, side, side), c.text);
    if (m_count == 0)
        return;
    const QString text = m_count > 99 ? tr("99+") : QLocale().toString(m_count);
    painter.setFont(theme.font(TextRole::Caption));
    const int height = painter.fontMetrics().height() + 2;
    const int wide = std::min(width(), std::max(height, painter.fontMetrics().horizontalAdvance(text) + 10));
    const QRect badge((width() - wide) / 2, 0, wide, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.accent);
    painter.drawRoundedRect(badge, height / 2.0, height / 2.0);
    painter.setPen(c.onAccent);
    painter.drawText(badge, Qt::AlignCenter | Qt::TextSingleLine, text);
}

void JumpButton::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        describe();
    QAbstractButton::changeEvent(event);
}

} // namespace ui
