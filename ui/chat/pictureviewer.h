// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/decoder.h"
#include "model/timeline.h"

#include <QDialog>

class QAction;

namespace ui {

class ElidedLabel;
class IconButton;
class PictureCanvas;
class PlainLabel;

/// The pictures of a chat, one at a time, in a window of its own. Deletes itself when closed.
class PictureViewer : public QDialog
{
    Q_OBJECT
public:
    /// A decoded picture has at most so many pixels a side here; as many as the window has until it is zoomed.
    static constexpr int mostSide = 4096;

    /// A picture that is here, and its message.
    struct Shown {
        qint64 key = 0;
        model::RowFile file;
        QString authorName; ///< From outside.
    };

    /// `pictures` has `first`; the decoder outlives this.
    PictureViewer(media::Decoder &decoder, const QList<Shown> &pictures, int first, QWidget *parent);
    ~PictureViewer() override;

    int current() const { return m_current; }
    PictureCanvas *canvas() const { return m_canvas; }
    /// The one `by` steps on; ends do not turn over.
    void step(int by);

Q_SIGNALS:
    void saveRequested(qint64 key, qint64 file);
    void openRequested(qint64 key, qint64 file);
    /// A picture is there to be looked at, or is known not to be.
    void shown();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void show(int index);
    void loadMore();
    Task<void> load(QString path, QSize within);
    void refresh();

    media::Decoder &m_decoder;
    QList<Shown> m_pictures;
    int m_current = 0;
    bool m_isWhole = false; ///< All that there is of it is here, or on its way.
    ElidedLabel *m_name;
    PlainLabel *m_place;
    PlainLabel *m_zoom;
    PictureCanvas *m_canvas;
    IconButton *m_older;
    IconButton *m_newer;
    Scope m_scope;
};

} // namespace ui
