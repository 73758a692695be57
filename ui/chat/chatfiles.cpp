// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a chat's page: those that are to be sent, and what is done with those in messages.
#include "chat/settings.h"
#include "chat/uploads.h"
#include "ui/chat/chatpage.h"
#include "ui/chat/composer.h"
#include "ui/chat/fileactions.h"
#include "ui/chat/pictures.h"
#include "ui/chat/pictureviewer.h"
#include "ui/chat/sendfiles.h"
#include "ui/errortext.h"
#include "ui/widgets/iconbutton.h"

#include <QBuffer>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QShortcut>
#include <QStandardPaths>

namespace ui {

namespace {

const QKeySequence attachKeys(Qt::CTRL | Qt::Key_U);

QString edgeSetting()
{
    return QStringLiteral("files.pictureEdge");
}

QStringList localFiles(const QMimeData &data)
{
    QStringList paths;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

Error accountGone()
{
    return {Error::Kind::Input, QStringLiteral("account-unknown"), QStringLiteral("The account of this chat is gone.")};
}

/// A picture in a file's bytes, not larger than the edge says. For a worker.
QByteArray encoded(QImage picture, int edge)
{
    if (edge > 0 && std::max(picture.width(), picture.height()) > edge)
        picture = picture.scaled(edge, edge, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return bytes;
}

} // namespace

void ChatPage::connectFiles()
{
    auto *attach = new IconButton(Icon::Attach, tr("Attach files"), this);
    attach->setWords(tr("Attach files"), attachKeys);
    attach->setObjectName(QStringLiteral("attachButton"));
    m_composer->addLeading(attach);
    connect(attach, &QAbstractButton::clicked, this, &ChatPage::chooseFiles);
    auto *shortcut = new QShortcut(attachKeys, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, &ChatPage::chooseFiles);
    setAcceptDrops(true);
    connect(m_composer, &Composer::dataOffered, this, [this](const QMimeData *data) { takeData(*data); });
    connect(m_view, &TimelineView::fileActionRequested, this, [this](qint64 key, qint64 file, FileAction action) {
        const model::TimelineRow *row = rowOf(key);
        chat::Account *from = account();
        if (row && from)
            m_files->act(*from, model::TimelineRow(*row), file, action);
    });
    connect(m_view, &TimelineView::fileDragged, this, [this](qint64 key, qint64 file) {
        const model::TimelineRow *row = rowOf(key);
        const model::RowFile *found = row ? FileActions::find(*row, file) : nullptr;
        if (found)
            m_files->drag(model::TimelineRow(*row), file, m_pictures.known(file));
    });
    connect(m_files, &FileActions::failed, this, [this](const Error &error) { complain(errorText(error)); });
    connect(m_files, &FileActions::pictureRequested, this, &ChatPage::viewPicture);
}

void ChatPage::chooseFiles()
{
    auto *dialog = new QFileDialog(window(), tr("Choose Files to Send"));
    dialog->setObjectName(QStringLiteral("chooseFilesDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    const QString last = m_profile.settings().text(QStringLiteral("files.folder"));
    dialog->setDirectory(last.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::HomeLocation) : last);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        if (!paths.isEmpty())
            m_profile.settings().set(QStringLiteral("files.folder"), QFileInfo(paths.constFirst()).absolutePath());
        offerFiles(paths);
    });
    dialog->open();
}

SendFilesDialog *ChatPage::askToSend()
{
    auto *dialog = new SendFilesDialog(m_pictures.decoder(), m_profile.settings().number(edgeSetting(), 0), window());
    connect(dialog, &SendFilesDialog::sendRequested, this, [this, dialog] {
        m_profile.settings().set(edgeSetting(), dialog->edge());
        m_scope.run(sendFiles(dialog));
    });
    connect(this, &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
    return dialog;
}

void ChatPage::offerFiles(const QStringList &paths)
{
    if (!paths.isEmpty() && account())
        askToSend()->addFiles(paths);
}

void ChatPage::takeData(const QMimeData &data)
{
    if (const QStringList paths = localFiles(data); !paths.isEmpty())
        return offerFiles(paths);
    const auto picture = qvariant_cast<QImage>(data.imageData());
    if (!picture.isNull() && account())
        askToSend()->addPicture(picture);
}

void ChatPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasImage() || !localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ChatPage::dropEvent(QDropEvent *event)
{
    // What is dropped stays where it was.
    event->setDropAction(Qt::CopyAction);
    event->accept();
    takeData(*event->mimeData());
}

/// A file for what is to be sent: its own, or one that is made for it.
Task<Result<QString>> ChatPage::pathFor(Outgoing file, int edge)
{
    chat::Account *from = account();
    if (!from)
        co_return fail(accountGone());
    if (!file.path.isEmpty() && (edge == 0 || !file.isPicture))
        co_return file.path;
    QString name;
    QByteArray bytes;
    if (file.path.isEmpty()) {
        if (!m_encoding)
            m_encoding = std::make_unique<Worker>(QStringLiteral("encoding"));
        const auto job = [picture = file.picture, edge] { return encoded(picture, edge); };
        auto encoding = m_encoding->run(job);
        bytes = co_await std::move(encoding);
        name = QDateTime::currentDateTime().toString(QStringLiteral("'picture'-yyyyMMdd-HHmmss'.png'"));
    } else {
        auto encoding = m_pictures.decoder().encode(file.path, QSize(edge, edge), {});
        auto smaller = co_await std::move(encoding);
        if (!smaller)
            co_return fail(smaller.error());
        bytes = std::move(smaller->bytes);
        const bool isPng = smaller->type == u"image/png";
        name = QFileInfo(file.path).completeBaseName() + (isPng ? QStringLiteral(".png") : QStringLiteral(".jpg"));
    }
    if (chat::Account *still = account(); still) {
        auto keeping = still->uploads().keep(name, std::move(bytes));
        auto kept = co_await std::move(keeping);
        co_return kept;
    }
    co_return fail(accountGone());
}

/// One message a file, in their order; each is stored before the next is looked at.
Task<void> ChatPage::sendFiles(QPointer<SendFilesDialog> dialog)
{
    while (dialog && !dialog->files().empty()) {
        const Outgoing file = dialog->files().front();
        auto making = pathFor(file, dialog->edge());
        const auto path = co_await std::move(making);
        if (!dialog)
            co_return;
        const store::Conversation *row = chat();
        chat::Account *from = account();
        if (!path || !row || !from) {
            dialog->refuse(errorText(path ? accountGone() : path.error()));
            co_return;
        }
        chat::Uploads::Draft draft;
        draft.to = row->peer;
        draft.path = *path;
        draft.caption = dialog->caption();
        auto sending = from->uploads().send(std::move(draft));
        const auto stored = co_await std::move(sending);
        if (!dialog)
            co_return;
        if (!stored) {
            dialog->refuse(errorText(stored.error()));
            co_return;
        }
        dialog->sent();
        m_view->showLatest();
    }
}

/// The picture, and those that were sent around it.
void ChatPage::viewPicture(qint64 key, qint64 file)
{
    QList<PictureViewer::Shown> all;
    int first = 0;
    for (int i = 0; m_timeline && i < m_timeline->rowCount(); ++i) {
        const model::TimelineRow &row = m_timeline->row(i);
        for (const model::RowFile &each : row.files) {
            if (!each.isPicture || each.place != model::FilePlace::Here)
                continue;
            if (row.key == key && each.id == file)
                first = int(all.size());
            all.append({row.key, each, row.authorName});
        }
    }
    if (all.isEmpty())
        return;
    auto *viewer = new PictureViewer(m_pictures.decoder(), all, first, window());
    const auto act = [this](FileAction action) {
        return [this, action](qint64 message, qint64 id) {
            const model::TimelineRow *row = rowOf(message);
            chat::Account *from = account();
            if (row && from)
                m_files->act(*from, model::TimelineRow(*row), id, action);
        };
    };
    connect(viewer, &PictureViewer::saveRequested, this, act(FileAction::Save));
    connect(viewer, &PictureViewer::openRequested, this, act(FileAction::Open));
    connect(this, &QObject::destroyed, viewer, &QDialog::reject);
    viewer->QDialog::show();
}

} // namespace ui
