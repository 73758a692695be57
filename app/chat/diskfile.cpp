// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/diskfile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

#include <algorithm>
#include <cerrno>
#include <set>

namespace chat {
namespace {

const auto partEnding = QStringLiteral(".part");
constexpr int youngSeconds = 3600;

Error unreadable(const QFile &file)
{
    return {Error::Kind::Storage, QStringLiteral("file-unreadable"),
            QStringLiteral("%1 cannot be read: %2.").arg(file.fileName(), file.errorString())};
}

Error unwritable(const QString &path, const QString &why)
{
    const bool isFull = errno == ENOSPC || errno == EDQUOT;
    return {Error::Kind::Storage, isFull ? QStringLiteral("disk-full") : QStringLiteral("storage-failed"),
            QStringLiteral("%1 cannot be written: %2.").arg(path, why)};
}

} // namespace

struct DiskReader::State {
    QFile file;
    Facts facts;
    QCryptographicHash hash{QCryptographicHash::Sha256};
};

namespace {

struct OpenToRead {
    QString path;
    Result<std::shared_ptr<DiskReader::State>> operator()() const
    {
        const QFileInfo info(path);
        if (!info.exists() || !info.isFile())
            return fail(Error::Kind::Input, QStringLiteral("not-a-file"),
                        QStringLiteral("%1 is not there, or is no file.").arg(path));
        const auto state = std::make_shared<DiskReader::State>();
        state->file.setFileName(path);
        if (!state->file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return fail(unreadable(state->file));
        if (state->file.size() == 0)
            return fail(Error::Kind::Input, QStringLiteral("file-empty"), QStringLiteral("%1 is empty.").arg(path));
        state->facts = {info.fileName(), QMimeDatabase().mimeTypeForFile(info).name(), state->file.size()};
        return state;
    }
};

struct ReadPiece {
    std::shared_ptr<DiskReader::State> state;
    qsizetype most;
    Result<QByteArray> operator()() const
    {
        QByteArray piece(most, Qt::Uninitialized);
        const qint64 size = state->file.read(piece.data(), most);
        if (size < 0)
            return fail(unreadable(state->file));
        piece.truncate(size);
        state->hash.addData(piece);
        return piece;
    }
};

} // namespace

Task<Result<DiskReader::Facts>> DiskReader::look(Worker *worker, QString path)
{
    auto opening = worker->run(OpenToRead{std::move(path)});
    const auto state = co_await std::move(opening);
    if (!state)
        co_return fail(state.error());
    co_return (*state)->facts;
}

Task<Result<std::unique_ptr<DiskReader>>> DiskReader::open(Worker *worker, QString path)
{
    auto opening = worker->run(OpenToRead{std::move(path)});
    auto state = co_await std::move(opening);
    if (!state)
        co_return fail(state.error());
    co_return std::make_unique<DiskReader>(worker, std::move(*state));
}

const DiskReader::Facts &DiskReader::facts() const
{
    return m_state->facts;
}

QByteArray DiskReader::hash() const
{
    return m_state->hash.result();
}

Task<Result<QByteArray>> DiskReader::read(qsizetype most)
{
    auto reading = m_worker->run(ReadPiece{m_state, most});
    co_return co_await std::move(reading);
}

struct DiskWriter::State {
    QString folder;
    QString name;
    QFile file;
    bool finished = false;
    QCryptographicHash hash;

    explicit State(QCryptographicHash::Algorithm algorithm) : hash(algorithm) { }
};

namespace {

struct OpenToWrite {
    QString folder;
    QString name;
    QCryptographicHash::Algorithm algorithm;
    Result<std::shared_ptr<DiskWriter::State>> operator()() const
    {
        constexpr auto mine = QFile::ReadOwner | QFile::WriteOwner;
        const QFileInfo info(folder);
        const QDir above(info.path());
        if (!above.exists() && above.mkpath(QStringLiteral(".")))
            QFile::setPermissions(info.path(), mine | QFile::ExeOwner);
        if (info.isSymLink())
            QFile::remove(folder);
        else if (info.exists())
            QDir(folder).removeRecursively();
        errno = 0;
        if (!above.mkdir(info.fileName()))
            return fail(unwritable(folder, QString::fromLocal8Bit(std::strerror(errno))));
        QFile::setPermissions(folder, mine | QFile::ExeOwner);
        const auto state = std::make_shared<DiskWriter::State>(algorithm);
        state->folder = folder;
        state->name = name;
        state->file.setFileName(folder + u'/' + name + partEnding);
        // Never over what is there, nor through a link.
        if (!state->file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered, mine))
            return fail(unwritable(state->file.fileName(), state->file.errorString()));
        return state;
    }
};

struct WritePiece {
    std::shared_ptr<DiskWriter::State> state;
    QByteArray bytes;
    Result<> operator()() const
    {
        errno = 0;
        if (state->file.write(bytes) != bytes.size())
            return fail(unwritable(state->file.fileName(), state->file.errorString()));
        state->hash.addData(bytes);
        return {};
    }
};

struct FinishFile {
    std::shared_ptr<DiskWriter::State> state;
    Result<QString> operator()() const
    {
        const QString path = state->folder + u'/' + state->name;
        state->file.close();
        errno = 0;
        if (!state->file.rename(path)) // not over what is there
            return fail(unwritable(path, state->file.errorString()));
        state->finished = true;
        return path;
    }
};

} // namespace

Task<Result<std::unique_ptr<DiskWriter>>> DiskWriter::open(Worker *worker, QString folder, QString name,
                                                           QCryptographicHash::Algorithm algorithm)
{
    auto opening = worker->run(OpenToWrite{std::move(folder), std::move(name), algorithm});
    auto state = co_await std::move(opening);
    if (!state)
        co_return fail(state.error());
    co_return std::make_unique<DiskWriter>(worker, std::move(*state));
}

DiskWriter::~DiskWriter()
{
    m_worker->post([state = m_state] {
        if (state->finished)
            return;
        state->file.remove();
        QDir().rmdir(state->folder);
    });
}

Task<Result<>> DiskWriter::write(QByteArray bytes)
{
    auto writing = m_worker->run(WritePiece{m_state, std::move(bytes)});
    co_return co_await std::move(writing);
}

QByteArray DiskWriter::hash() const
{
    return m_state->hash.result();
}

Task<Result<QString>> DiskWriter::finish()
{
    auto finishing = m_worker->run(FinishFile{m_state});
    co_return co_await std::move(finishing);
}

QString keptFolder()
{
    return QStringLiteral("own-");
}

Task<Result<QString>> keepBytes(Worker *worker, QString folder, QString name, QByteArray bytes)
{
    auto opening = DiskWriter::open(worker, folder, name, QCryptographicHash::Sha256);
    const auto writer = co_await std::move(opening);
    if (!writer)
        co_return fail(writer.error());
    auto writing = (*writer)->write(bytes);
    const auto written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error());
    auto finishing = (*writer)->finish();
    auto path = co_await std::move(finishing);
    co_return path;
}

void sweepFolders(const QString &folder, const std::vector<std::pair<qint64, QString>> &files)
{
    const QDir dir(folder);
    const QDateTime young = QDateTime::currentDateTimeUtc().addSecs(-youngSeconds);
    std::set<QString> used;
    for (const auto &[id, path] : files) {
        used.insert(QString::number(id));
        used.insert(QFileInfo(QFileInfo(path).path()).fileName());
    }
    for (const QFileInfo &info : dir.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System)) {
        const bool isYoung = info.fileName().startsWith(keptFolder()) && info.lastModified().toUTC() > young;
        if (!info.isSymLink() && !isYoung && used.count(info.fileName()) == 0)
            QDir(info.filePath()).removeRecursively();
    }
}

} // namespace chat
