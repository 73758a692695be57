// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/exporter.h"

#include "automation/json.h"
#include "automation/jsonline.h"

#include <QDir>
#include <QSaveFile>

namespace automation {
namespace {

constexpr int pageSize = 500;

/// Runs on the store's reading thread: the file is written there, page by page, so that nothing large is held.
struct WriteAll {
    QString path;

    Result<> operator()(store::Reader &reader) const
    {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return failed(file);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        auto conversations = reader.conversations().all();
        if (!conversations)
            return fail(conversations.error());
        for (const store::Conversation &conversation : *conversations) {
            if (auto written = writeConversation(reader, conversation, file); !written)
                return written;
        }
        if (!file.commit())
            return failed(file);
        return {};
    }

    static Result<> writeConversation(store::Reader &reader, const store::Conversation &conversation, QSaveFile &file)
    {
        store::PageRequest request;
        request.after = 1; // before the oldest
        request.limit = pageSize;
        for (;;) {
            auto page = reader.messages().page(conversation.id, request);
            if (!page)
                return fail(page.error());
            for (const store::Message &message : page->messages) {
                if (file.write(toLine(json::message(message, &conversation))) < 0)
                    return failed(file);
            }
            if (page->messages.empty() || page->reachesNewest)
                return {};
            request.after = page->messages.back().key;
        }
    }

    static tl::unexpected<Error> failed(const QSaveFile &file)
    {
        return fail(Error::Kind::Storage, QStringLiteral("storage-failed"),
                    QStringLiteral("%1 cannot be written: %2.").arg(file.fileName(), file.errorString()));
    }
};

} // namespace

Task<Result<>> exportMessages(QString profile, QString folder)
{
    if (!QDir().mkpath(folder))
        co_return fail(Error::Kind::Storage, QStringLiteral("storage-failed"),
                       QStringLiteral("The folder %1 cannot be made.").arg(folder));
    store::StoreOptions options;
    options.folder = profile;
    options.readOnly = true;
    store::Store store(options);
    auto opened = co_await store.open();
    if (!opened)
        co_return fail(opened.error());
    WriteAll job{QDir(folder).filePath(QStringLiteral("messages.jsonl"))};
    auto work = store.read(job);
    auto written = co_await std::move(work);
    co_await store.close();
    co_return written;
}

} // namespace automation
