// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/filejobs.h"

#include "chat/filestanzas.h"
#include "xml/writer.h"

namespace chat::filejobs {

using outboxjobs::inputError;
using store::FileState;
using store::MessageState;

namespace {

constexpr int mostRead = 100;

Result<std::optional<store::Message>> withFiles(store::Reader &reader, qint64 key)
{
    auto message = reader.messages().require(key);
    return message ? Result<std::optional<store::Message>>(std::move(*message)) : fail(message.error());
}

} // namespace

Result<outboxjobs::Stored> StoreUpload::operator()(store::Transaction &transaction) const
{
    auto conversation = transaction.conversations().open(account, peer.bare());
    if (!conversation)
        return fail(conversation.error());
    store::NewMessage row = message;
    row.conversation = *conversation;
    const auto stored = transaction.messages().append(row);
    if (!stored)
        return fail(stored.error());
    if (stored->duplicate)
        return fail(inputError("id-in-use", QStringLiteral("A message with this id was sent to this chat before.")));
    if (const auto reserved = transaction.outbox().reserve(account, *conversation, stored->key); !reserved)
        return fail(reserved.error());
    auto full = transaction.messages().require(stored->key);
    if (!full)
        return fail(full.error());
    auto chat = transaction.conversations().byId(*conversation);
    if (!chat)
        return fail(chat.error());
    return outboxjobs::Stored{std::move(*full), std::move(chat->value())};
}

Result<std::vector<Upload>> ReadUploads::operator()(store::Reader &reader) const
{
    const auto files = reader.files().inState(account, FileState::Waiting, mostRead);
    if (!files)
        return fail(files.error());
    std::vector<Upload> uploads;
    for (const store::File &file : *files) {
        auto message = reader.messages().require(file.message);
        if (!message)
            return fail(message.error());
        const auto chat = reader.conversations().byId(message->conversation);
        if (!chat)
            return fail(chat.error());
        if (*chat && message->outgoing && message->state == MessageState::Queued)
            uploads.push_back({file, std::move(*message), (*chat)->peer});
    }
    return uploads;
}

Result<std::optional<store::Message>> FinishUpload::operator()(store::Transaction &transaction) const
{
    const auto kept = transaction.files().update(upload.file);
    if (!kept || !*kept)
        return kept ? Result<std::optional<store::Message>>() : fail(kept.error());
    const QString caption = filestanzas::captionOf(upload.message);
    const auto written = transaction.messages().setBody(upload.message.key, filestanzas::bodyOf(caption, upload.file));
    if (!written)
        return fail(written.error());
    const xmpp::Message stanza = filestanzas::make(upload.peer, upload.message.stanzaId, caption, upload.file);
    const auto filled = transaction.outbox().fill(upload.message.key, xml::Writer::write(stanza.toElement()));
    if (!filled)
        return fail(filled.error());
    return withFiles(transaction, upload.message.key);
}

Result<std::optional<store::Message>> FailUpload::operator()(store::Transaction &transaction) const
{
    store::File file = upload.file;
    file.state = FileState::Failed;
    file.failure = why;
    const auto kept = transaction.files().update(file);
    if (!kept || !*kept)
        return kept ? Result<std::optional<store::Message>>() : fail(kept.error());
    if (auto failed = transaction.messages().setFailed(upload.message.key, why, now); !failed)
        return fail(failed.error());
    if (auto removed = transaction.outbox().removeItem(upload.message.key); !removed)
        return fail(removed.error());
    return withFiles(transaction, upload.message.key);
}

Result<Download> StartDownload::operator()(store::Transaction &transaction) const
{
    auto found = transaction.files().byId(file);
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail(inputError("file-unknown", QStringLiteral("There is no file %1.").arg(file)));
    auto message = transaction.messages().require((*found)->message);
    if (!message)
        return fail(message.error());
    const auto chat = transaction.conversations().byId(message->conversation);
    if (!chat)
        return fail(chat.error());
    if (!*chat || (*chat)->account != account)
        return fail(inputError("file-unknown", QStringLiteral("There is no file %1.").arg(file)));
    store::File &wanted = **found;
    if (wanted.state == FileState::Here || wanted.state == FileState::Waiting)
        return fail(inputError("file-here", QStringLiteral("The file is on this computer.")));
    if (!wanted.url.startsWith(u"https:"))
        return fail(inputError("bad-address", QStringLiteral("The file has no address by https.")));
    wanted.state = FileState::Loading;
    if (auto kept = transaction.files().update(wanted); !kept)
        return fail(kept.error());
    return Download{std::move(wanted), std::move(*message)};
}

Result<std::vector<Download>> ReadDownloads::operator()(store::Reader &reader) const
{
    auto files = reader.files().inState(account, FileState::Loading, mostRead);
    if (!files)
        return fail(files.error());
    std::vector<Download> downloads;
    for (store::File &file : *files) {
        auto message = reader.messages().require(file.message);
        if (!message)
            return fail(message.error());
        downloads.push_back({std::move(file), std::move(*message)});
    }
    return downloads;
}

Result<std::optional<store::Message>> PutFile::operator()(store::Transaction &transaction) const
{
    const auto kept = transaction.files().update(file);
    if (!kept || !*kept)
        return kept ? Result<std::optional<store::Message>>() : fail(kept.error());
    return withFiles(transaction, file.message);
}

} // namespace chat::filejobs
