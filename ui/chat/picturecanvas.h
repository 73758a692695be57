// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QWidget>

namespace ui {

/// One picture, as large as there is room, or larger: wheel and keys zoom, the pointer moves it.
class PictureCanvas : public QWidget
{
    Q_OBJECT
public:
    static constexpr double most = 16; ///< Screen pixels a picture's pixel.

    explicit PictureCanvas(QWidget *parent);

    /// Shows `text` instead of a picture.
    void setText(const QString &text);
    /// Shows it fitted; `size` is how large the picture is, of which this may be a smaller one.
    void setPicture(const QPixmap &picture, const QSize &size);
    /// The same picture with more pixels: nothing moves.
    void sharpen(const QPixmap &picture);
    /// Whether it is drawn larger than what is there of it, although there is more.
    bool wantsMore() const;
    /// Screen pixels (device pixels) a picture's pixel.
    double zoom() const;
    bool isFitted() const { return m_zoom == 0; }
    /// Around the middle of what is seen, or around `place`.
    void setZoom(double zoom, const QPointF &place);
    void zoomBy(double factor) { setZoom(zoom() * factor, QRectF(rect()).center()); }
    /// As large as there is room, no larger than it is.
    void fit();

Q_SIGNALS:
    void zoomChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    double fittingZoom() const;
    QSizeF shownSize() const;
    void keepInside();

    QPixmap m_picture;
    QSize m_size; ///< Of the picture itself.
    QString m_text;
    double m_zoom = 0; ///< 0: fitted.
    QPointF m_middle;  ///< Of the picture, in the widget's coordinates.
    QPointF m_last;
};

} // namespace ui
