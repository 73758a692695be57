// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace ui {

/// The square part of a picture that becomes one's own: what is in the disc is what others see. The pointer and the arrow
/// keys move the picture under it, the wheel and the keys + and - zoom, 0 shows as much as fits.
class AvatarCrop : public QWidget
{
    Q_OBJECT
public:
    static constexpr double most = 8; ///< Zoom.

    explicit AvatarCrop(QWidget *parent);

    /// A null one shows `text` instead.
    void setPicture(const QImage &picture, const QString &text = {});
    const QImage &picture() const { return m_picture; }
    /// 1: the whole of the shorter edge.
    double zoom() const { return m_zoom; }
    void setZoom(double zoom);
    /// Moves what is shown, by parts of its own size.
    void moveBy(const QPointF &parts);
    /// What is shown, in the picture's pixels: a square inside it.
    QRectF part() const;
    /// That part with `side` pixels, or with as many as it has where it has less.
    QImage cropped(int side) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QRectF square() const;
    double partSide() const;
    void keepInside();

    QImage m_picture;
    QString m_text;
    double m_zoom = 1;
    QPointF m_middle; ///< Of the part, in the picture's pixels.
    QPointF m_last;
};

} // namespace ui
