// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>
#include <cmath>

namespace ui {

namespace {

// In the order of enum Icon.
constexpr std::array<const char *, iconCount> names{"add-contact",
                                                    "alert",
                                                    "archive",
                                                    "attach",
                                                    "back",
                                                    "bell",
                                                    "block",
                                                    "bubble",
                                                    "chats",
                                                    "check",
                                                    "chevron-down",
                                                    "clock",
                                                    "close",
                                                    "contacts",
                                                    "copy",
                                                    "double-check",
                                                    "down",
                                                    "download",
                                                    "edit",
                                                    "emoji",
                                                    "eye",
                                                    "eye-off",
                                                    "file",
                                                    "folder",
                                                    "forward",
                                                    "group",
                                                    "info",
                                                    "key",
                                                    "language",
                                                    "link",
                                                    "lock",
                                                    "menu",
                                                    "moon",
                                                    "more",
                                                    "mute",
                                                    "network-off",
                                                    "phone",
                                                    "picture",
                                                    "pin",
                                                    "plus",
                                                    "presence-away",
                                                    "presence-busy",
                                                    "presence-offline",
                                                    "presence-online",
                                                    "reply",
                                                    "retry",
                                                    "search",
                                                    "send",
                                                    "server",
                                                    "settings",
                                                    "sign-out",
                                                    "sound",
                                                    "sun",
                                                    "trash",
                                                    "unlock",
                                                    "up",
                                                    "user",
                                                    "video",
                                                    "warning",
                                                    "zoom-in",
                                                    "zoom-out"};

QString file(Icon icon)
{
    return QStringLiteral(":/icons/%1.svg").arg(QLatin1String(names.at(size_t(icon))));
}

/// Drawn when asked, in the colour of that moment.
class ThemedEngine : public QIconEngine
{
public:
    ThemedEngine(Icon icon, IconRole role) : m_icon(icon), m_role(role) { }

    QIconEngine *clone() const override { return new ThemedEngine(m_icon, m_role); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, m_icon, rect, color(mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return iconPixmap(m_icon, color(mode), std::min(size.width(), size.height()), 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal ratio) override
    {
        // Size comes in device pixels.
        const int side = int(std::lround(std::min(size.width(), size.height()) / ratio));
        return iconPixmap(m_icon, color(mode), side, ratio);
    }

private:
    QColor color(QIcon::Mode mode) const
    {
        return iconColor(Theme::of(nullptr), mode == QIcon::Disabled ? IconRole::Disabled : m_role);
    }

    Icon m_icon;
    IconRole m_role;
};

} // namespace

QColor iconColor(const Theme &theme, IconRole role)
{
    const Theme::Colors &c = theme.colors;
    switch (role) {
    case IconRole::Text: return c.text;
    case IconRole::Muted: return c.textMuted;
    case IconRole::Accent: return c.accentText;
    case IconRole::OnAccent: return c.onAccent;
    case IconRole::Danger: return c.dangerText;
    case IconRole::Warning: return c.warningText;
    case IconRole::Online: return c.online;
    case IconRole::Away: return c.away;
    case IconRole::Busy: return c.busy;
    case IconRole::Offline: return c.offline;
    case IconRole::Disabled: return c.textDisabled;
    }
    Q_UNREACHABLE();
}

QPixmap iconPixmap(Icon icon, const QColor &color, int size, qreal ratio)
{
    const int side = std::max(1, int(std::ceil(size * ratio)));
    const QString key = QStringLiteral("balcony/%1/%2/%3/%4").arg(int(icon)).arg(color.rgba()).arg(side).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(file(icon));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, side, side));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    image.setDevicePixelRatio(ratio);
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintIcon(QPainter &painter, Icon icon, const QRect &rect, const QColor &color)
{
    const int side = std::min(rect.width(), rect.height());
    const qreal ratio = painter.device()->devicePixelRatio();
    const QPoint corner(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2);
    painter.drawPixmap(corner, iconPixmap(icon, color, side, ratio));
}

QIcon themedIcon(Icon icon, IconRole role)
{
    return QIcon(new ThemedEngine(icon, role));
}

QIcon applicationIcon()
{
    QIcon icon;
    for (const int side : {16, 22, 24, 32, 48, 64, 128, 256, 512}) {
        QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QSvgRenderer renderer(QStringLiteral(":/icons/app/balcony.svg"));
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
        painter.end();
        icon.addPixmap(QPixmap::fromImage(image));
    }
    return icon;
}

} // namespace ui
