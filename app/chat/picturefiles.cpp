// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/picturefiles.h"

#include "chat/filenames.h"
#include "media/imageheader.h"
#include "media/metadata.h"

#include <QFile>
#include <QFileInfo>

namespace chat::picturefiles {
namespace {

constexpr qint64 typeBytes = 64; // at a file's beginning

struct Cleaned {
    QByteArray bytes;
    QSize pixels;
};

Error notCleaned(const QString &why)
{
    return {Error::Kind::Input, QStringLiteral("picture-not-cleaned"), why};
}

/// For a worker.
struct CleanBytes {
    QString path;

    Result<std::optional<Cleaned>> operator()() const
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return fail(Error::Kind::Storage, QStringLiteral("file-unreadable"),
                        QStringLiteral("%1 cannot be read: %2.").arg(path, file.errorString()));
        if (!media::imageType(file.peek(typeBytes)))
            return std::optional<Cleaned>();
        if (file.size() > mostBytes)
            return fail(notCleaned(QStringLiteral("%1 has more than %2 bytes.").arg(path).arg(mostBytes)));
        const QByteArray all = file.read(mostBytes);
        auto cleaned = media::withoutMetadata(all);
        if (!cleaned)
            return fail(notCleaned(cleaned.error().detail));
        const auto header = media::readImageHeader(*cleaned);
        return Cleaned{std::move(*cleaned), header ? header->size : QSize()};
    }
};

} // namespace

Task<Result<std::optional<Clean>>> clean(Worker *worker, QString path, QString folder)
{
    auto cleaning = worker->run(CleanBytes{path});
    auto cleaned = co_await std::move(cleaning);
    if (!cleaned)
        co_return fail(cleaned.error());
    if (!*cleaned)
        co_return std::optional<Clean>();
    Clean clean;
    clean.size = (*cleaned)->bytes.size();
    clean.pixels = (*cleaned)->pixels;
    auto keeping = keepBytes(worker, folder, filenames::safe(QFileInfo(path).fileName()), std::move((*cleaned)->bytes));
    auto kept = co_await std::move(keeping);
    if (!kept)
        co_return fail(kept.error());
    clean.path = std::move(*kept);
    co_return std::optional(std::move(clean));
}

} // namespace chat::picturefiles
