// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The files of messages in the view: their pictures, and what can be done with them.
#include "ui/chat/filewords.h"
#include "ui/chat/pictures.h"
#include "ui/chat/timelineview.h"
#include "ui/widgets/plaintext.h"

#include <QApplication>
#include <QMenu>

namespace ui {

void TimelineView::setPictures(Pictures *pictures)
{
    if (m_pictures)
        m_pictures->disconnect(this);
    m_pictures = pictures;
    if (m_pictures)
        connect(m_pictures, &Pictures::changed, this, &TimelineView::pictureLearned);
    forgetLayouts();
}

/// A picture can be drawn now, or is larger or smaller than was thought.
void TimelineView::pictureLearned(qint64 file)
{
    for (const Shown &shown : std::as_const(m_shown)) {
        const QList<model::RowFile> &files = m_timeline->row(shown.index).files;
        for (int i = 0; i < files.size(); ++i) {
            if (files.at(i).id != file)
                continue;
            // A layout with the same sizes is taken from the cache.
            if (m_pictures->sizeOf(file) != shown.layout->context().pictures.value(i))
                return rearrange();
            updateRow(shown.key);
        }
    }
}

RowFiles::Look TimelineView::filesLook() const
{
    RowFiles::Look look;
    if (m_pictures)
        look.picture = [this](const model::RowFile &file, const QSize &room) { return m_pictures->find(file, room); };
    look.progress = [this](qint64 file) { return m_timeline->progressOf(file); };
    look.failure = [this](const Error &error) { return m_errorText ? m_errorText(error) : QString(); };
    return look;
}

/// The pointer left with a file that is here.
bool TimelineView::isDragStart(const QPoint &point) const
{
    if (m_pressed.part != RowPart::File || m_pressed.shown < 0 || m_pressed.shown >= m_shown.size()
        || (point - m_pressPoint).manhattanLength() < QApplication::startDragDistance())
        return false;
    const QList<model::RowFile> &files = m_timeline->row(m_shown.at(m_pressed.shown).index).files;
    return m_pressed.file >= 0 && m_pressed.file < files.size()
        && files.at(m_pressed.file).place == model::FilePlace::Here;
}

void TimelineView::addFileActions(QMenu *menu, const model::TimelineRow &row)
{
    for (const model::RowFile &file : row.files) {
        QMenu *actions = menu;
        // Those of several files stand under their names.
        if (row.files.size() > 1)
            actions = menu->addMenu(themedIcon(fileIcon(file)), menuText(file.name));
        addActionsOfFile(actions, row.key, file);
    }
    if (!row.files.isEmpty())
        menu->addSeparator();
}

void TimelineView::addActionsOfFile(QMenu *menu, qint64 key, const model::RowFile &file)
{
    const auto add = [this, menu, key, id = file.id](Icon icon, const QString &words, FileAction action,
                                                     const char *name) {
        menu->addAction(themedIcon(icon), words, this,
                        [this, key, id, action] { Q_EMIT fileActionRequested(key, id, action); })
            ->setObjectName(QLatin1String(name));
    };
    switch (file.place) {
    case model::FilePlace::Here:
        if (file.isPicture)
            add(Icon::Eye, tr("View Picture"), FileAction::Default, "viewPictureAction");
        add(fileIcon(file), tr("Open with Another Program"), FileAction::Open, "openFileAction");
        add(Icon::Download, tr("Save As…"), FileAction::Save, "saveFileAction");
        add(Icon::Folder, tr("Show in Folder"), FileAction::ShowInFolder, "showFileAction");
        break;
    case model::FilePlace::Remote:
        add(Icon::Download, fileButtonWords(file), FileAction::Fetch, "fetchFileAction");
        break;
    case model::FilePlace::Failed:
        if (!file.url.isEmpty())
            add(Icon::Retry, fileButtonWords(file), FileAction::Fetch, "fetchFileAction");
        break;
    case model::FilePlace::Loading:
    case model::FilePlace::Waiting: add(Icon::Close, fileButtonWords(file), FileAction::Stop, "stopFileAction"); break;
    }
    if (!file.url.isEmpty())
        add(Icon::Link, tr("Copy Address of the File"), FileAction::CopyAddress, "copyFileAddressAction");
}

} // namespace ui
