// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/selfbutton.h"

#include "ui/account/ownpresence.h"
#include "ui/roster/presencelook.h"
#include "ui/theme/theme.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace ui {

SelfButton::SelfButton(OwnPresence &presence, QWidget *parent) : QAbstractButton(parent), m_presence(presence)
{
    setObjectName(QStringLiteral("selfButton"));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&presence, &OwnPresence::changed, this, &SelfButton::describe);
    describe();
}

void SelfButton::setPerson(const QString &name, const Jid &account)
{
    m_name = name;
    m_account = account;
    describe();
}

QString SelfButton::line() const
{
    const auto seen = m_presence.seen();
    if (!seen || m_presence.status().isEmpty())
        return presenceName(seen);
    return isolated(singleLine(m_presence.status()));
}

void SelfButton::describe()
{
    //: Spoken: %1 is one's own name, %2 one's presence or status text.
    setAccessibleName(tr("%1, %2. Presence and accounts").arg(isolated(singleLine(m_name)), line()));
    setToolTip(tr("Presence and accounts"));
    update();
}

QSize SelfButton::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    return {theme.scaled(180), theme.scaled(48)};
}

QSize SelfButton::minimumSizeHint() const
{
    return {Theme::of(this).scaled(64), sizeHint().height()};
}

void SelfButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const Theme::Colors &c = theme.colors;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ground = isDown() ? c.pressed : underMouse() ? c.hover : c.sidebar;
    painter.setPen(hasFocus() ? QPen(c.focus, 2) : QPen(Qt::NoPen));
    painter.setBrush(ground);
    if (hasFocus() || ground != c.sidebar)
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), theme.radius.control + 2,
                                theme.radius.control + 2);
    const auto mirrored = [this](const QRect &place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
    const int side = theme.scaled(36);
    const QRect picture(theme.space.s - 2, (height() - side) / 2, side, side);
    paintPerson(painter, mirrored(picture), {m_name, m_account, m_account}, this);
    paintPresenceDot(painter, mirrored(picture), dotOf(m_presence.seen()), ground, theme, layoutDirection());
    const int left = picture.right() + 1 + theme.space.m;
    const int flags =
        int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter)
        | Qt::TextSingleLine;
    const auto draw = [&](const QFont &font, const QColor &color, int top, int lineHeight, const QString &text) {
        const QRect place = mirrored(QRect(left, top, width() - left - theme.space.s, lineHeight));
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(place, flags, painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    const QFont strong = theme.font(TextRole::Strong);
    const QFont small = theme.font(TextRole::Caption);
    const int first = QFontMetrics(strong).height();
    const int second = QFontMetrics(small).height();
    const int top = (height() - first - second - 1) / 2;
    draw(strong, c.text, top, first, isolated(singleLine(m_name)));
    draw(small, c.textMuted, top + first + 1, second, line());
}

void SelfButton::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange)
        updateGeometry();
    QAbstractButton::changeEvent(event);
}

} // namespace ui
