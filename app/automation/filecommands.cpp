// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/json.h"
#include "automation/port.h"
#include "chat/downloads.h"
#include "chat/outbox.h"
#include "chat/uploads.h"
#include "store/keys.h"

namespace automation {
namespace {

/// The id of a file, as `files` of a message has it.
Result<qint64> fileOf(const QJsonObject &arguments)
{
    bool isNumber = false;
    const qint64 id = arguments.value(QStringLiteral("file")).toVariant().toString().toLongLong(&isNumber);
    if (!isNumber)
        return fail(Error::Kind::Input, QStringLiteral("bad-field"),
                    QStringLiteral("The field \"file\" must be a file's number, as in a message's files."));
    return id;
}

/// For Store::read(): the file, and the message that it is of.
struct FindFile {
    qint64 id;
    Result<std::pair<store::File, store::Message>> operator()(store::Reader &reader) const
    {
        auto file = reader.files().byId(id);
        if (!file)
            return fail(file.error());
        if (!*file)
            return fail(Error::Kind::Input, QStringLiteral("file-unknown"),
                        QStringLiteral("There is no file %1.").arg(id));
        auto message = reader.messages().require((*file)->message);
        if (!message)
            return fail(message.error());
        return std::pair(std::move(**file), std::move(*message));
    }
};

} // namespace

void Port::addFileCommands()
{
    add("send.file", std::bind_front(&Port::sendFile, this));
    add("file.accept", std::bind_front(&Port::fileAccept, this));
    add("file.cancel", std::bind_front(&Port::fileCancel, this));
}

Task<Result<QJsonObject>> Port::sendFile(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    const auto to = Jid::parse(arguments.value(QStringLiteral("to")).toString());
    if (!to)
        co_return fail(to.error());
    chat::Uploads::Draft draft;
    draft.to = *to;
    draft.path = arguments.value(QStringLiteral("path")).toString();
    draft.caption = arguments.value(QStringLiteral("caption")).toString();
    draft.id = arguments.value(QStringLiteral("messageId")).toString();
    auto sending = (*account)->uploads().send(std::move(draft));
    const auto stored = co_await std::move(sending);
    if (!stored)
        co_return fail(stored.error());
    co_return QJsonObject{{QStringLiteral("messageId"), stored->stanzaId},
                          {QStringLiteral("key"), QString::number(stored->key)},
                          {QStringLiteral("file"), stored->files.front().id},
                          {QStringLiteral("state"), QStringLiteral("queued")}};
}

/// Theirs is fetched; one of ours that failed goes again.
Task<Result<QJsonObject>> Port::fileAccept(QJsonObject arguments)
{
    const auto id = fileOf(arguments);
    if (!id)
        co_return fail(id.error());
    auto finding = m_profile.store().read(FindFile{*id});
    const auto found = co_await std::move(finding);
    if (!found)
        co_return fail(found.error());
    auto account = accountOfChat(found->second.conversation);
    if (!account)
        co_return fail(account.error());
    const bool isOurs = found->second.outgoing && found->second.state == store::MessageState::Failed;
    auto doing =
        isOurs ? (*account)->outbox().retry(found->second.key) : (*account)->downloads().accept(found->first.id);
    const auto done = co_await std::move(doing);
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("file"), *id}};
}

/// One of theirs is not fetched any more; one of ours that is not sent is taken back, with its message.
Task<Result<QJsonObject>> Port::fileCancel(QJsonObject arguments)
{
    const auto id = fileOf(arguments);
    if (!id)
        co_return fail(id.error());
    auto finding = m_profile.store().read(FindFile{*id});
    const auto found = co_await std::move(finding);
    if (!found)
        co_return fail(found.error());
    auto account = accountOfChat(found->second.conversation);
    if (!account)
        co_return fail(account.error());
    const bool isOurs = found->second.outgoing && found->first.state != store::FileState::Loading;
    auto doing =
        isOurs ? (*account)->outbox().discard(found->second.key) : (*account)->downloads().cancel(found->first.id);
    const auto done = co_await std::move(doing);
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("file"), *id}};
}

Result<chat::Account *> Port::accountOfChat(qint64 conversation) const
{
    const store::Conversation *chat = m_profile.conversations().find(conversation);
    if (chat::Account *account = chat ? m_profile.accounts().find(chat->account) : nullptr)
        return account;
    return fail(Error::Kind::Input, QStringLiteral("account-unknown"),
                QStringLiteral("The account of this chat is gone."));
}

void Port::connectFiles(chat::Account *account)
{
    const auto tell = [this](const char *what) {
        return [this, what](qint64 message, qint64 file, qint64 done, qint64 total) {
            // A hundred times at most, whatever the size; of what nobody knows the size of, each mebibyte.
            const qint64 step = total > 0 ? done * 100 / total : done >> 20;
            qint64 &told = m_fileSteps[file];
            if (std::exchange(told, step + 1) == step + 1)
                return;
            if (done == total)
                m_fileSteps.erase(file);
            const store::Conversation *chat = m_profile.conversations().find(store::keys::conversationOf(message));
            Q_EMIT happened({{QStringLiteral("event"), QStringLiteral("file")},
                             {QStringLiteral("account"), chat ? chat->account.toString() : QString()},
                             {QStringLiteral("chat"), chat ? chat->peer.toString() : QString()},
                             {QStringLiteral("key"), QString::number(message)},
                             {QStringLiteral("file"), file},
                             {QStringLiteral("state"), QString::fromLatin1(what)},
                             {QStringLiteral("done"), done},
                             {QStringLiteral("total"), total < 0 ? QJsonValue() : QJsonValue(total)}});
        };
    };
    connect(&account->uploads(), &chat::Uploads::progress, this, tell("uploading"));
    connect(&account->downloads(), &chat::Downloads::progress, this, tell("downloading"));
}

} // namespace automation
