// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/pictureviewer.h"

#include "ui/chat/filewords.h"
#include "ui/chat/picturecanvas.h"
#include "ui/chat/pictures.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QScreen>

namespace ui {

PictureViewer::PictureViewer(media::Decoder &decoder, const QList<Shown> &pictures, int first, QWidget *parent)
    : QDialog(parent, Qt::Window), m_decoder(decoder), m_pictures(pictures), m_name(new ElidedLabel({}, this)),
      m_place(new PlainLabel({}, this)), m_zoom(new PlainLabel({}, this)), m_canvas(new PictureCanvas(this)),
      m_older(new IconButton(Icon::Back, tr("Previous picture"), this)),
      m_newer(new IconButton(Icon::Forward, tr("Next picture"), this))
{
    setObjectName(QStringLiteral("pictureViewer"));
    setAttribute(Qt::WA_DeleteOnClose);
    const QSize room = screen() ? screen()->availableSize() : QSize(1280, 800);
    resize(room * 3 / 4);
    build();
    connect(m_canvas, &PictureCanvas::zoomChanged, this, &PictureViewer::refresh);
    connect(m_canvas, &PictureCanvas::zoomChanged, this, &PictureViewer::loadMore);
    show(first);
}

PictureViewer::~PictureViewer()
{
    m_scope.cancel();
}

void PictureViewer::build()
{
    const Theme &theme = Theme::of(this);
    // Older ones are where one began to read.
    m_older->setDrawing(isRightToLeft() ? Icon::Forward : Icon::Back);
    m_newer->setDrawing(isRightToLeft() ? Icon::Back : Icon::Forward);
    m_older->setWords(tr("Previous picture"), QKeySequence(Qt::Key_Left));
    m_newer->setWords(tr("Next picture"), QKeySequence(Qt::Key_Right));
    m_older->setObjectName(QStringLiteral("olderPicture"));
    m_newer->setObjectName(QStringLiteral("newerPicture"));
    m_name->setTextRole(TextRole::Strong);
    m_name->setElideMode(Qt::ElideMiddle);
    for (PlainLabel *label : {m_place, m_zoom})
        label->setMuted(true);
    const auto button = [this](Icon icon, const QString &name, const QKeySequence &key, const char *object) {
        auto *made = new IconButton(icon, name, this);
        made->setWords(name, key);
        made->setObjectName(QLatin1String(object));
        return made;
    };
    IconButton *smaller = button(Icon::ZoomOut, tr("Smaller"), QKeySequence(Qt::Key_Minus), "zoomOut");
    IconButton *larger = button(Icon::ZoomIn, tr("Larger"), QKeySequence(Qt::Key_Plus), "zoomIn");
    IconButton *open =
        button(Icon::Link, tr("Open with Another Program"), QKeySequence(Qt::CTRL | Qt::Key_O), "openPicture");
    IconButton *save = button(Icon::Download, tr("Save As…"), QKeySequence(Qt::CTRL | Qt::Key_S), "savePicture");
    connect(m_older, &QAbstractButton::clicked, this, [this] { step(-1); });
    connect(m_newer, &QAbstractButton::clicked, this, [this] { step(1); });
    connect(smaller, &QAbstractButton::clicked, this, [this] { m_canvas->zoomBy(1 / 1.25); });
    connect(larger, &QAbstractButton::clicked, this, [this] { m_canvas->zoomBy(1.25); });
    const auto tell = [this](auto signal) {
        return [this, signal] {
            const Shown &now = m_pictures.at(m_current);
            Q_EMIT(this->*signal)(now.key, now.file.id);
        };
    };
    connect(open, &QAbstractButton::clicked, this, tell(&PictureViewer::openRequested));
    connect(save, &QAbstractButton::clicked, this, tell(&PictureViewer::saveRequested));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(theme.space.m, theme.space.s, theme.space.m, theme.space.s);
    bar->setSpacing(theme.space.s);
    bar->addWidget(m_name, 1);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_place, m_older, m_newer, m_zoom, smaller, larger, open, save})
        bar->addWidget(widget);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_canvas, 1);
}

void PictureViewer::step(int by)
{
    const int next = std::clamp(m_current + by, 0, int(m_pictures.size()) - 1);
    if (next != m_current)
        show(next);
}

void PictureViewer::show(int index)
{
    m_current = index;
    const Shown &now = m_pictures.at(index);
    m_name->setIsolatedText(now.file.name.isEmpty() ? fileKindWords(now.file) : now.file.name);
    //: The title of a window with a picture: %1 is who sent it.
    setWindowTitle(tr("Picture from %1").arg(isolated(singleLine(now.authorName))));
    m_canvas->setAccessibleName(spokenFile(now.file));
    m_scope.cancel();
    m_isWhole = false;
    m_canvas->setText(tr("Loading the picture…"));
    const QSize room = screen() ? screen()->size() : size();
    m_scope.run(load(now.file.path, (QSizeF(room) * devicePixelRatioF()).toSize()));
    refresh();
}

/// Whoever looks closer gets more of it.
void PictureViewer::loadMore()
{
    if (m_isWhole || !m_canvas->wantsMore())
        return;
    m_isWhole = true;
    m_scope.run(load(m_pictures.at(m_current).file.path, QSize(mostSide, mostSide)));
}

Task<void> PictureViewer::load(QString path, QSize within)
{
    auto decoding = m_decoder.picture(path, within);
    const auto picture = co_await std::move(decoding);
    if (m_isWhole) {
        if (picture)
            m_canvas->sharpen(pixmapOf(*picture));
        co_return;
    }
    if (picture)
        m_canvas->setPicture(pixmapOf(*picture), picture->size);
    else
        m_canvas->setText(tr("This picture cannot be shown. It may be damaged, or larger than is safe to open."));
    Q_EMIT shown();
}

void PictureViewer::refresh()
{
    const int count = int(m_pictures.size());
    m_older->setEnabled(m_current > 0);
    m_newer->setEnabled(m_current + 1 < count);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_place, m_older, m_newer})
        widget->setVisible(count > 1);
    //: Which of several pictures shows, as in "3 of 17".
    m_place->setText(tr("%L1 of %L2").arg(m_current + 1).arg(count));
    m_zoom->setText(QLocale().toString(qRound(m_canvas->zoom() * 100)) + QLocale().percent());
}

void PictureViewer::keyPressEvent(QKeyEvent *event)
{
    const bool isMirrored = isRightToLeft();
    switch (event->key()) {
    case Qt::Key_Left: return step(isMirrored ? 1 : -1);
    case Qt::Key_Right: return step(isMirrored ? -1 : 1);
    case Qt::Key_Home: return step(-int(m_pictures.size()));
    case Qt::Key_End: return step(int(m_pictures.size()));
    case Qt::Key_Plus:
    case Qt::Key_Equal: return m_canvas->zoomBy(1.25);
    case Qt::Key_Minus: return m_canvas->zoomBy(1 / 1.25);
    case Qt::Key_0: return m_canvas->fit();
    case Qt::Key_1: return m_canvas->setZoom(1, QRectF(m_canvas->rect()).center());
    case Qt::Key_S:
    case Qt::Key_O:
        if (event->modifiers() == Qt::ControlModifier) {
            const Shown &now = m_pictures.at(m_current);
            if (event->key() == Qt::Key_S)
                Q_EMIT saveRequested(now.key, now.file.id);
            else
                Q_EMIT openRequested(now.key, now.file.id);
            return;
        }
        break;
    default: break;
    }
    QDialog::keyPressEvent(event);
}

} // namespace ui
