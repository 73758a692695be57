// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/avatarcrop.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int cropEdge = 240; // at 100 % text
constexpr double cropKeyStep = 0.05;
constexpr double cropFineStep = 0.01;
constexpr double cropZoomStep = 1.2;
constexpr double cropShade = 0.6; // of what is left out

} // namespace

AvatarCrop::AvatarCrop(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("avatarCrop"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Part of the picture"));
    setAccessibleDescription(tr("Arrow keys move the picture, plus and minus zoom, zero shows as much as fits."));
}

void AvatarCrop::setPicture(const QImage &picture, const QString &text)
{
    m_picture = picture;
    m_text = text;
    m_zoom = 1;
    m_middle = QRectF(picture.rect()).center();
    setCursor(picture.isNull() ? Qt::ArrowCursor : Qt::OpenHandCursor);
    keepInside();
    update();
}

void AvatarCrop::setZoom(double zoom)
{
    m_zoom = std::clamp(zoom, 1.0, most);
    keepInside();
    update();
}

void AvatarCrop::moveBy(const QPointF &parts)
{
    m_middle += parts * partSide();
    keepInside();
    update();
}

double AvatarCrop::partSide() const
{
    return std::min(m_picture.width(), m_picture.height()) / m_zoom;
}

void AvatarCrop::keepInside()
{
    const double half = partSide() / 2;
    m_middle = {std::clamp(m_middle.x(), half, std::max(half, m_picture.width() - half)),
                std::clamp(m_middle.y(), half, std::max(half, m_picture.height() - half))};
}

QRectF AvatarCrop::part() const
{
    const double side = partSide();
    return {m_middle.x() - side / 2, m_middle.y() - side / 2, side, side};
}

QImage AvatarCrop::cropped(int side) const
{
    const int own = std::max(1, int(partSide()));
    QPoint corner = part().topLeft().toPoint();
    corner = {std::clamp(corner.x(), 0, std::max(0, m_picture.width() - own)),
              std::clamp(corner.y(), 0, std::max(0, m_picture.height() - own))};
    const QImage square = m_picture.copy(QRect(corner, QSize(own, own)));
    return own <= side ? square : square.scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QSize AvatarCrop::sizeHint() const
{
    const int side = Theme::of(this).scaled(cropEdge);
    return {side, side};
}

/// The place of the disc: as high as the widget.
QRectF AvatarCrop::square() const
{
    const double side = std::min(width(), height()) - 4;
    return {(width() - side) / 2.0, (height() - side) / 2.0, side, side};
}

void AvatarCrop::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.fillRect(rect(), theme.colors.surface);
    const QRectF place = square();
    QPainterPath disc;
    disc.addEllipse(place);
    if (m_picture.isNull()) {
        painter.setPen(QPen(theme.colors.borderStrong, 1, Qt::DashLine));
        painter.drawPath(disc);
        painter.setFont(theme.font(TextRole::Body));
        painter.setPen(theme.colors.textMuted);
        painter.drawText(place.adjusted(theme.space.xl, 0, -theme.space.xl, 0), int(Qt::AlignCenter) | Qt::TextWordWrap,
                         m_text);
    } else {
        const double scale = place.width() / partSide();
        const QRectF whole(place.topLeft() - part().topLeft() * scale, QSizeF(m_picture.size()) * scale);
        painter.drawImage(whole, m_picture);
        QPainterPath around;
        around.addRect(rect());
        QColor veil = theme.colors.surface;
        veil.setAlphaF(float(cropShade));
        painter.fillPath(around - disc, veil);
        painter.setPen(QPen(theme.colors.borderStrong, 1));
        painter.drawPath(disc);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.colors.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), theme.radius.control, theme.radius.control);
    }
}

void AvatarCrop::keyPressEvent(QKeyEvent *event)
{
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? cropFineStep : cropKeyStep;
    switch (event->key()) {
    // The picture goes that way, as with the pointer.
    case Qt::Key_Left: return moveBy({step, 0});
    case Qt::Key_Right: return moveBy({-step, 0});
    case Qt::Key_Up: return moveBy({0, step});
    case Qt::Key_Down: return moveBy({0, -step});
    case Qt::Key_Plus:
    case Qt::Key_Equal: return setZoom(m_zoom * cropZoomStep);
    case Qt::Key_Minus: return setZoom(m_zoom / cropZoomStep);
    case Qt::Key_0: m_middle = QRectF(m_picture.rect()).center(); return setZoom(1);
    default: QWidget::keyPressEvent(event);
    }
}

void AvatarCrop::wheelEvent(QWheelEvent *event)
{
    if (const int steps = event->angleDelta().y(); steps != 0)
        setZoom(m_zoom * std::pow(cropZoomStep, steps / 120.0));
    event->accept();
}

void AvatarCrop::mousePressEvent(QMouseEvent *event)
{
    m_last = event->position();
}

void AvatarCrop::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton) || m_picture.isNull())
        return;
    // The picture goes with the pointer.
    moveBy((m_last - event->position()) / square().width());
    m_last = event->position();
}

} // namespace ui
