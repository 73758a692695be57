// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatexport.h"

#include "store/keys.h"

#include <QSaveFile>

#include <algorithm>
#include <cerrno>

namespace chat {
namespace {

using exportformats::Request;

Error exportFailed(const QSaveFile &file)
{
    const bool isFull = errno == ENOSPC || errno == EDQUOT;
    return {Error::Kind::Storage, isFull ? QStringLiteral("disk-full") : QStringLiteral("storage-failed"),
            QStringLiteral("%1 cannot be written: %2.").arg(file.fileName(), file.errorString())};
}

/// The file, used on the worker's thread alone. Until it is committed it has another name, and it goes with this.
struct Target {
    std::unique_ptr<QSaveFile> file;
};

/// However the task ends, the file is closed where it was opened.
struct TargetEnd {
    Worker *worker;
    std::shared_ptr<Target> target;
    ~TargetEnd()
    {
        worker->post([target = target] { target->file.reset(); });
    }
};

struct OpenTarget {
    std::shared_ptr<Target> target;
    QString path;
    Result<> operator()() const
    {
        target->file = std::make_unique<QSaveFile>(path);
        errno = 0;
        if (!target->file->open(QIODevice::WriteOnly))
            return fail(exportFailed(*target->file));
        target->file->setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return {};
    }
};

struct WriteTarget {
    std::shared_ptr<Target> target;
    QByteArray bytes;
    Result<> operator()() const
    {
        errno = 0;
        if (target->file->write(bytes) != bytes.size() || !target->file->flush())
            return fail(exportFailed(*target->file));
        return {};
    }
};

struct CommitTarget {
    std::shared_ptr<Target> target;
    Result<> operator()() const
    {
        errno = 0;
        return target->file->commit() ? Result<>{} : fail(exportFailed(*target->file));
    }
};

struct ExportPiece {
    QByteArray bytes;
    int count = 0;
    qint64 last = 0; ///< Key of the last message.
    bool isEnd = false;
};

/// One page as it stands in the file. Runs on the store's thread.
struct ReadExportPage {
    std::shared_ptr<const Request> request;
    qint64 after;
    bool isFirst;
    Result<ExportPiece> operator()(store::Reader &reader) const
    {
        store::PageRequest wanted;
        wanted.after = after;
        wanted.limit = ChatExport::pageSize;
        auto page = reader.messages().page(request->chat.id, wanted);
        if (!page)
            return fail(page.error());
        ExportPiece piece;
        for (store::Message &message : page->messages) {
            exportformats::Entry entry{std::move(message), {}};
            if (entry.message.edited) {
                auto versions = reader.changes().history(entry.message.key);
                if (!versions)
                    return fail(versions.error());
                entry.versions = std::move(*versions);
            }
            piece.bytes += exportformats::entry(*request, entry, isFirst && piece.count == 0);
            piece.last = entry.message.key;
            ++piece.count;
        }
        piece.isEnd = page->messages.empty() || page->reachesNewest;
        return piece;
    }
};

} // namespace

ChatExport::ChatExport(store::Store &store) : m_store(store), m_disk(std::make_unique<Worker>(QStringLiteral("export")))
{
}

ChatExport::~ChatExport() = default;

Task<Result<qint64>> ChatExport::run(Request request)
{
    const auto shared = std::make_shared<const Request>(std::move(request));
    const auto target = std::make_shared<Target>();
    const TargetEnd end{m_disk.get(), target};
    auto opening = m_disk->run(OpenTarget{target, shared->path});
    auto done = co_await std::move(opening);
    if (!done)
        co_return fail(done.error());
    QByteArray bytes = exportformats::begin(*shared);
    qint64 count = 0;
    qint64 after = store::keys::first(shared->chat.id);
    for (bool isEnd = false; !isEnd;) {
        auto reading = m_store.read(ReadExportPage{shared, after, count == 0});
        auto piece = co_await std::move(reading);
        if (!piece)
            co_return fail(piece.error());
        bytes += piece->bytes;
        isEnd = piece->isEnd;
        count += piece->count;
        after = piece->last;
        if (isEnd)
            bytes += exportformats::end(*shared);
        auto writing = m_disk->run(WriteTarget{target, std::move(bytes)});
        done = co_await std::move(writing);
        if (!done)
            co_return fail(done.error());
        bytes = {};
        Q_EMIT progress(count, std::max(count, shared->chat.count));
    }
    auto committing = m_disk->run(CommitTarget{target});
    done = co_await std::move(committing);
    if (!done)
        co_return fail(done.error());
    co_return count;
}

} // namespace chat
