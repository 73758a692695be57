// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/traypicture.h"

#include "ui/roster/presencelook.h"
#include "ui/theme/icons.h"

#include <QLocale>
#include <QPainter>

namespace ui {
namespace {

constexpr int traySizes[] = {16, 22, 24, 32, 48, 64};
constexpr int mostDigits = 9; // what can be told in so little room

void drawUnread(QPainter &painter, int size, int unread, const Theme &theme)
{
    const QString text = unread > mostDigits ? QLocale().toString(mostDigits) + u'+' : QLocale().toString(unread);
    const double height = size * 0.62;
    const double width = unread > mostDigits ? height * 1.35 : height;
    const QRectF place(size - width, 0, width, height);
    painter.setPen(QPen(theme.colors.onAccent, std::max(1.0, size / 24.0)));
    painter.setBrush(theme.colors.danger);
    painter.drawRoundedRect(place, height / 2, height / 2);
    QFont font = theme.font(TextRole::Strong);
    font.setPixelSize(std::max(7, int(height * 0.78)));
    painter.setFont(font);
    painter.setPen(theme.colors.onDanger);
    painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, text);
}

void drawPresence(QPainter &painter, int size, std::optional<xmpp::Presence::Show> show, const Theme &theme)
{
    const int side = std::max(7, int(size * 0.45));
    const QRect place(size - side, size - side, side, side);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colors.surface);
    painter.drawEllipse(place);
    paintIcon(painter, presenceIcon(show), place, iconColor(theme, presenceRole(show)));
}

} // namespace

QIcon trayPicture(int unread, std::optional<xmpp::Presence::Show> show, const Theme &theme)
{
    QIcon icon;
    const QIcon mark = applicationIcon();
    for (const int size : traySizes) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        mark.paint(&painter, QRect(0, 0, size, size));
        drawPresence(painter, size, show, theme);
        if (unread > 0)
            drawUnread(painter, size, unread, theme);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace ui
