// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/fileactions.h"

#include "chat/downloads.h"
#include "chat/filenames.h"
#include "chat/outbox.h"
#include "ui/chat/filewords.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/textprompt.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDrag>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QSaveFile>
#include <QStandardPaths>

#ifdef QT_DBUS_LIB
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#endif

#include <algorithm>
#include <array>

namespace ui {

namespace {

using model::FilePlace;

/// Copies in pieces; what was there stays until all of the new one is on the disk. For a worker.
Result<> copyFile(const QString &from, const QString &to)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Storage, QStringLiteral("file-unreadable"), source.errorString());
    QSaveFile target(to);
    if (!target.open(QIODevice::WriteOnly))
        return fail(Error::Kind::Storage, QStringLiteral("storage-failed"), target.errorString());
    QByteArray piece(1 << 20, Qt::Uninitialized);
    for (qint64 size = source.read(piece.data(), piece.size()); size != 0;
         size = source.read(piece.data(), piece.size())) {
        if (size < 0)
            return fail(Error::Kind::Storage, QStringLiteral("file-unreadable"), source.errorString());
        if (target.write(piece.constData(), size) != size)
            return fail(Error::Kind::Storage, QStringLiteral("disk-full"), target.errorString());
    }
    if (!target.commit())
        return fail(Error::Kind::Storage, QStringLiteral("disk-full"), target.errorString());
    return {};
}

} // namespace

bool isHarmless(const model::RowFile &file)
{
    // The ending decides what opens it; the type is only what its sender says.
    static const std::array<QLatin1String, 22> endings{
        QLatin1String("png"),  QLatin1String("jpg"),  QLatin1String("jpeg"), QLatin1String("gif"),
        QLatin1String("webp"), QLatin1String("avif"), QLatin1String("heic"), QLatin1String("txt"),
        QLatin1String("mp3"),  QLatin1String("ogg"),  QLatin1String("oga"),  QLatin1String("opus"),
        QLatin1String("flac"), QLatin1String("wav"),  QLatin1String("m4a"),  QLatin1String("mp4"),
        QLatin1String("m4v"),  QLatin1String("mkv"),  QLatin1String("webm"), QLatin1String("mov"),
        QLatin1String("ogv"),  QLatin1String("pdf")};
    const QString ending = QFileInfo(file.path).suffix().toLower();
    return std::find(endings.cbegin(), endings.cend(), ending) != endings.cend();
}

FileActions::FileActions(QWidget *page) : QObject(page), m_page(page) { }

FileActions::~FileActions()
{
    m_scope.cancel();
}

const model::RowFile *FileActions::find(const model::TimelineRow &row, qint64 file)
{
    const auto found = std::find_if(row.files.cbegin(), row.files.cend(),
                                    [file](const model::RowFile &each) { return each.id == file; });
    return found == row.files.cend() ? nullptr : &*found;
}

void FileActions::act(chat::Account &account, const model::TimelineRow &row, qint64 file, FileAction action)
{
    const model::RowFile *found = find(row, file);
    if (!found)
        return;
    if (action == FileAction::CopyAddress)
        return QGuiApplication::clipboard()->setText(found->url);
    switch (found->place) {
    case FilePlace::Remote:
    case FilePlace::Failed:
        if ((action == FileAction::Default || action == FileAction::Fetch) && !found->url.isEmpty())
            m_scope.run(tellFailure(account.downloads().accept(file)));
        return;
    case FilePlace::Loading:
    case FilePlace::Waiting:
        if (action == FileAction::Default || action == FileAction::Stop)
            stop(account, row, *found);
        return;
    case FilePlace::Here: break;
    }
    if (action == FileAction::Save)
        save(*found);
    else if (action == FileAction::ShowInFolder)
        showInFolder(found->path);
    else if (action == FileAction::Default && found->isPicture)
        Q_EMIT pictureRequested(row.key, file);
    else if (action == FileAction::Default || action == FileAction::Open)
        open(row, *found);
}

Task<void> FileActions::tellFailure(Task<Result<>> doing)
{
    const auto done = co_await std::move(doing);
    if (!done)
        Q_EMIT failed(done.error());
}

/// One of ours goes with its message; what was written beside it is asked for first.
void FileActions::stop(chat::Account &account, const model::TimelineRow &row, const model::RowFile &file)
{
    if (file.place == FilePlace::Loading)
        return m_scope.run(tellFailure(account.downloads().cancel(file.id)));
    const auto discard = [this, outbox = QPointer(&account.outbox()), key = row.key] {
        if (outbox)
            m_scope.run(tellFailure(outbox->discard(key)));
    };
    if (row.body.isEmpty())
        return discard();
    auto *question = new Confirmation(tr("Do not send this file?"), tr("What you wrote beside it goes, too."),
                                      tr("Do Not Send"), true, m_page->window());
    question->setObjectName(QStringLiteral("stopFileQuestion"));
    connect(question, &Confirmation::confirmed, this, discard);
    question->open();
}

void FileActions::open(const model::TimelineRow &row, const model::RowFile &file)
{
    if (row.outgoing || isHarmless(file))
        return launch(file.path);
    auto *question =
        new Confirmation(tr("Open this file with another program?"),
                         //: %1 is the name of a file, %2 who sent it.
                         tr("%1 is from %2. Some files can harm a computer; open it only if you expected it.")
                             .arg(fileNameText(file), isolated(singleLine(row.authorName))),
                         tr("Open"), true, m_page->window());
    question->setObjectName(QStringLiteral("openFileQuestion"));
    connect(question, &Confirmation::confirmed, this, [this, path = file.path] { launch(path); });
    question->open();
}

void FileActions::launch(const QString &path)
{
    if (!QFileInfo::exists(path))
        Q_EMIT failed({Error::Kind::Storage, QStringLiteral("file-unreadable"), path});
    else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        Q_EMIT failed({Error::Kind::Unsupported, QStringLiteral("no-program-for-file"), path});
}

void FileActions::save(const model::RowFile &file)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto *dialog = new QFileDialog(m_page->window(), tr("Save File"), folder);
    dialog->setObjectName(QStringLiteral("saveFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(chat::filenames::safe(file.name));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, from = file.path](const QString &to) { m_scope.run(copyTo(from, to)); });
    dialog->open();
}

Task<void> FileActions::copyTo(QString from, QString to)
{
    if (!m_disk)
        m_disk = std::make_unique<Worker>(QStringLiteral("savefile"));
    const auto job = [from, to] { return copyFile(from, to); };
    auto copying = m_disk->run(job);
    const auto done = co_await std::move(copying);
    if (!done)
        Q_EMIT failed(done.error());
}

void FileActions::showInFolder(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
#ifdef QT_DBUS_LIB
    // The file manager marks the file; where none answers, its folder opens.
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("/org/freedesktop/FileManager1"),
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("ShowItems"));
    call.setArguments({QStringList{QUrl::fromLocalFile(path).toString(QUrl::FullyEncoded)}, QString()});
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, folder] {
        watcher->deleteLater();
        if (watcher->isError())
            QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
#else
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
#endif
}

void FileActions::drag(const model::TimelineRow &row, qint64 file, const QPixmap &picture)
{
    const model::RowFile *found = find(row, file);
    if (!found || found->place != FilePlace::Here || !QFileInfo::exists(found->path))
        return;
    auto *data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(found->path)});
    auto *drag = new QDrag(m_page);
    drag->setMimeData(data);
    if (!picture.isNull())
        drag->setPixmap(picture.scaled(96, 96, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    drag->exec(Qt::CopyAction);
}

} // namespace ui
