// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/messagerow.h"

#include "store/keys.h"

namespace store {

Message readMessage(const Statement &row)
{
    Message message;
    message.key = row.integer(0);
    message.conversation = keys::conversationOf(message.key);
    message.outgoing = row.flag(1);
    message.state = MessageState(row.small(2));
    message.encryption = Encryption(row.small(3));
    message.edited = row.flag(4);
    message.retracted = row.flag(5);
    message.time = row.time(6);
    message.author = row.jid(7);
    message.body = row.text(8);
    message.stanzaId = row.text(9);
    message.originId = row.text(10);
    // Stored empty where the two are the same, as they mostly are.
    if (!message.originId.isNull() && message.originId.isEmpty())
        message.originId = message.stanzaId;
    message.archiveId = row.text(11);
    message.occupantId = row.text(12);
    message.replaces = row.text(13);
    message.replyTo = row.text(14);
    message.payload = row.bytes(15);
    if (!row.isNull(16))
        message.failure = {Error::Kind(row.small(16)), row.text(17), row.text(18)};
    message.times = {row.time(19), row.time(20), row.time(21), row.time(22), row.time(23)};
    message.hasChanges = row.flag(24);
    message.hasFiles = row.flag(25);
    return message;
}

QString stateWord(MessageState state)
{
    switch (state) {
    case MessageState::Received: return QStringLiteral("received");
    case MessageState::Queued: return QStringLiteral("queued");
    case MessageState::Encrypted: return QStringLiteral("encrypted");
    case MessageState::Written: return QStringLiteral("written");
    case MessageState::Accepted: return QStringLiteral("accepted");
    case MessageState::Delivered: return QStringLiteral("delivered");
    case MessageState::Displayed: return QStringLiteral("displayed");
    case MessageState::Failed: return QStringLiteral("failed");
    }
    Q_UNREACHABLE();
}

QString captionOf(const QString &body, const std::vector<File> &files)
{
    if (files.empty())
        return body;
    const File &file = files.front();
    if (body == file.name || body == file.url)
        return {};
    if (!file.url.isEmpty() && body.endsWith(u'\n' + file.url))
        return body.chopped(file.url.size() + 1);
    return body;
}

QString previewOf(const QString &body, const std::vector<File> &files)
{
    constexpr qsizetype previewLength = 200;
    const QString caption = captionOf(body, files);
    // A file without words is known by its name.
    QString preview = (caption.isEmpty() && !files.empty() ? files.front().name : caption).left(previewLength);
    if (!preview.isEmpty() && preview.back().isHighSurrogate())
        preview.chop(1);
    return orEmpty(preview);
}

} // namespace store
