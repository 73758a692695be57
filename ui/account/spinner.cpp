// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/spinner.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QTimerEvent>

namespace ui {
namespace {

constexpr int stepMs = 40;
constexpr int stepsAround = 30;

} // namespace

Spinner::Spinner(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Spinner::sizeHint() const
{
    const int side = Theme::of(this).iconSize();
    return {side, side};
}

void Spinner::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double pen = rect().width() / 8.0;
    const QRectF ring = QRectF(rect()).adjusted(pen, pen, -pen, -pen);
    painter.setPen(QPen(theme.colors.border, pen));
    painter.drawEllipse(ring);
    painter.setPen(QPen(theme.colors.accentText, pen, Qt::SolidLine, Qt::RoundCap));
    constexpr int degree = 16; // QPainter counts in sixteenths
    painter.drawArc(ring, -m_step * 360 * degree / stepsAround, 100 * degree);
}

void Spinner::showEvent(QShowEvent *)
{
    if (Theme::of(this).motionMs > 0)
        m_timer.start(stepMs, this);
}

void Spinner::hideEvent(QHideEvent *)
{
    m_timer.stop();
}

void Spinner::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return QWidget::timerEvent(event);
    m_step = (m_step + 1) % stepsAround;
    update();
}

} // namespace ui
