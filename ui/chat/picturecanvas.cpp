// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/picturecanvas.h"

#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ui {

PictureCanvas::PictureCanvas(QWidget *parent) : QWidget(parent)
{
    setMinimumSize(120, 90);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PictureCanvas::setText(const QString &text)
{
    m_picture = {};
    m_text = text;
    fit();
}

void PictureCanvas::setPicture(const QPixmap &picture, const QSize &size)
{
    m_picture = picture;
    m_size = size;
    fit();
}

void PictureCanvas::sharpen(const QPixmap &picture)
{
    m_picture = picture;
    update();
}

bool PictureCanvas::wantsMore() const
{
    return !m_picture.isNull() && m_picture.width() < m_size.width() && zoom() * m_size.width() > m_picture.width() + 1;
}

double PictureCanvas::fittingZoom() const
{
    if (m_picture.isNull())
        return 1;
    const QSizeF room = QSizeF(size()) * devicePixelRatioF();
    return std::min({1.0, room.width() / m_size.width(), room.height() / m_size.height()});
}

double PictureCanvas::zoom() const
{
    return m_zoom == 0 ? fittingZoom() : m_zoom;
}

QSizeF PictureCanvas::shownSize() const
{
    return QSizeF(m_size) * zoom() / devicePixelRatioF();
}

void PictureCanvas::fit()
{
    m_zoom = 0;
    m_middle = QRectF(rect()).center();
    unsetCursor();
    update();
    Q_EMIT zoomChanged();
}

void PictureCanvas::setZoom(double zoom, const QPointF &place)
{
    if (m_picture.isNull())
        return;
    const double least = std::min(fittingZoom(), 0.1);
    const double now = std::clamp(zoom, least, most);
    // What is under `place` stays there.
    m_middle = place + (m_middle - place) * (now / this->zoom());
    m_zoom = now;
    keepInside();
    setCursor(Qt::OpenHandCursor);
    update();
    Q_EMIT zoomChanged();
}

/// A picture larger than the room fills it; a smaller one stays in the middle.
void PictureCanvas::keepInside()
{
    const QSizeF shown = shownSize();
    const QPointF center = QRectF(rect()).center();
    const auto inside = [](double at, double size, double room, double middle) {
        const double free = (size - room) / 2;
        return free <= 0 ? middle : std::clamp(at, middle - free, middle + free);
    };
    m_middle = {inside(m_middle.x(), shown.width(), width(), center.x()),
                inside(m_middle.y(), shown.height(), height(), center.y())};
}

void PictureCanvas::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.colors.surface);
    if (m_picture.isNull()) {
        painter.setFont(theme.font(TextRole::Body));
        painter.setPen(theme.colors.textMuted);
        painter.drawText(rect().adjusted(theme.space.xl, 0, -theme.space.xl, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         m_text);
        return;
    }
    QRectF target(QPointF(), shownSize());
    target.moveCenter(m_middle);
    // Whoever looks at single pixels wants to see them.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom() < 3);
    painter.drawPixmap(target, m_picture, QRectF(m_picture.rect()));
}

void PictureCanvas::wheelEvent(QWheelEvent *event)
{
    if (const int steps = event->angleDelta().y(); steps != 0)
        setZoom(zoom() * std::pow(1.2, steps / 120.0), event->position());
    event->accept();
}

void PictureCanvas::mousePressEvent(QMouseEvent *event)
{
    m_last = event->position();
    if (event->button() == Qt::LeftButton && !isFitted())
        setCursor(Qt::ClosedHandCursor);
}

void PictureCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton) || isFitted())
        return;
    m_middle += event->position() - m_last;
    m_last = event->position();
    keepInside();
    update();
}

void PictureCanvas::mouseReleaseEvent(QMouseEvent *)
{
    if (!isFitted())
        setCursor(Qt::OpenHandCursor);
}

void PictureCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (isFitted())
        setZoom(std::max(1.0, 2 * zoom()), event->position());
    else
        fit();
}

void PictureCanvas::resizeEvent(QResizeEvent *)
{
    if (isFitted())
        m_middle = QRectF(rect()).center();
    else
        keepInside();
    Q_EMIT zoomChanged();
}

} // namespace ui
