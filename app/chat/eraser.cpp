// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/eraser.h"

#include "chat/conversations.h"
#include "store/keys.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace chat {
namespace {

struct Unfinished {
    bool isPending = false;
    std::vector<qint64> chats;
};

struct ReadUnfinished {
    Result<Unfinished> operator()(store::Reader &reader) const
    {
        const auto pending = reader.erasure().isPending();
        auto chats = pending ? reader.erasure().unfinished() : fail(pending.error());
        if (!chats)
            return fail(chats.error());
        return Unfinished{*pending, std::move(*chats)};
    }
};

struct EraseMessage {
    qint64 key;
    Result<store::Erased> operator()(store::Transaction &transaction) const
    {
        return transaction.erasure().message(key);
    }
};

struct BeginChat {
    qint64 conversation;
    Result<> operator()(store::Transaction &transaction) const { return transaction.erasure().begin(conversation); }
};

struct EraseStep {
    qint64 conversation;
    Result<store::Erased> operator()(store::Transaction &transaction) const
    {
        return transaction.erasure().step(conversation, Eraser::piece);
    }
};

struct EraseOlder {
    qint64 conversation;
    QDateTime than;
    Result<store::Erased> operator()(store::Transaction &transaction) const
    {
        return transaction.erasure().older(conversation, than, Eraser::piece);
    }
};

struct ScrubIndex {
    bool first;
    Result<bool> operator()(store::Transaction &transaction) const
    {
        return transaction.erasure().scrubIndex(first, Eraser::indexPages);
    }
};

struct SetPending {
    bool pending;
    Result<> operator()(store::Transaction &transaction) const { return transaction.erasure().setPending(pending); }
};

/// Each file of ours lies in a folder of its own.
void removeOwnFiles(const QString &folder, const QStringList &paths)
{
    const QString ours = QFileInfo(folder).absoluteFilePath();
    for (const QString &path : paths) {
        const QFileInfo home(QFileInfo(path).absolutePath());
        if (home.absolutePath() == ours && !home.isSymLink())
            QDir(home.absoluteFilePath()).removeRecursively();
    }
}

} // namespace

Eraser::Eraser(Services &services, Conversations &conversations) : m_services(services), m_conversations(conversations)
{
}

Eraser::~Eraser()
{
    m_erasing.cancel();
    m_compacting.cancel();
}

void Eraser::begin()
{
    m_erasing.run(resume());
}

Task<void> Eraser::resume()
{
    auto reading = m_services.store.read(ReadUnfinished{});
    const auto left = co_await std::move(reading);
    if (!left)
        co_return;
    if (left->isPending)
        wantCompact();
    const bool isRunning = !m_chats.empty();
    for (const qint64 chat : left->chats) {
        if (std::find(m_chats.begin(), m_chats.end(), chat) == m_chats.end())
            m_chats.push_back(chat);
    }
    if (!isRunning && !m_chats.empty())
        m_erasing.run(eraseChats());
}

Task<Result<>> Eraser::eraseMessage(qint64 key)
{
    auto writing = m_services.store.write(EraseMessage{key});
    auto erased = co_await std::move(writing);
    if (!erased)
        co_return fail(erased.error());
    const qint64 conversation = store::keys::conversationOf(key);
    auto telling = announce(conversation, std::move(*erased));
    co_await std::move(telling);
    lookAtOutbox(conversation);
    wantCompact();
    co_return Result<>{};
}

Task<Result<>> Eraser::eraseChat(qint64 conversation)
{
    auto writing = m_services.store.write(BeginChat{conversation});
    const auto begun = co_await std::move(writing);
    if (!begun)
        co_return fail(begun.error());
    m_conversations.announceCleared(conversation);
    lookAtOutbox(conversation);
    const bool isRunning = !m_chats.empty();
    if (std::find(m_chats.begin(), m_chats.end(), conversation) == m_chats.end())
        m_chats.push_back(conversation);
    if (!isRunning)
        m_erasing.run(eraseChats());
    co_return Result<>{};
}

/// One after the other, as other writers get their turn between two steps.
Task<void> Eraser::eraseChats()
{
    while (!m_chats.empty()) {
        const qint64 chat = m_chats.front();
        auto writing = m_services.store.write(EraseStep{chat});
        auto erased = co_await std::move(writing);
        if (!erased) {
            co_await base::sleep(m_services.clock, nextTry);
            continue;
        }
        const bool hasMore = erased->more;
        auto telling = announce(chat, std::move(*erased));
        co_await std::move(telling);
        if (hasMore)
            continue;
        m_chats.pop_front();
        Q_EMIT this->erased(chat);
    }
    wantCompact();
}

Task<Result<int>> Eraser::eraseOlder(qint64 conversation, QDateTime than)
{
    int count = 0;
    for (bool hasMore = true; hasMore;) {
        auto writing = m_services.store.write(EraseOlder{conversation, than});
        auto erased = co_await std::move(writing);
        if (!erased)
            co_return fail(erased.error());
        hasMore = erased->more;
        if (erased->keys.empty())
            break;
        count += int(erased->keys.size());
        auto telling = announce(conversation, std::move(*erased));
        co_await std::move(telling);
    }
    if (count > 0)
        wantCompact();
    co_return count;
}

Task<void> Eraser::announce(qint64 conversation, store::Erased erased)
{
    removeFiles(erased.paths);
    for (const qint64 key : erased.keys)
        m_conversations.announceRemoval(conversation, key);
    co_await m_conversations.refresh(conversation);
}

void Eraser::lookAtOutbox(qint64 conversation)
{
    const store::Conversation *chat = m_conversations.find(conversation);
    if (chat && m_outboxLook)
        m_outboxLook(chat->account);
}

void Eraser::tidyUp(QStringList paths)
{
    removeFiles(paths);
    wantCompact();
}

void Eraser::removeFiles(const QStringList &paths)
{
    const QString folder = m_services.filesFolder;
    if (paths.isEmpty() || folder.isEmpty())
        return;
    if (!m_disk)
        m_disk = std::make_unique<Worker>(QStringLiteral("erase"));
    m_disk->post([folder, paths] { removeOwnFiles(folder, paths); });
}

void Eraser::wantCompact()
{
    m_isPending = true;
    m_again = true;
    if (m_compacting.isEmpty())
        m_compacting.run(compactLater());
}

Task<void> Eraser::compactLater()
{
    for (;;) {
        m_again = false;
        co_await base::sleep(m_services.clock, calm);
        if (m_again || !m_chats.empty())
            continue;
        auto compacting = compact();
        const auto compacted = co_await std::move(compacting);
        if (!compacted)
            co_await base::sleep(m_services.clock, nextTry);
        else if (!m_again)
            break;
    }
    m_isPending = false;
    if (isDone())
        Q_EMIT done();
}

Task<Result<>> Eraser::compact()
{
    for (bool first = true, hasMore = true; hasMore; first = false) {
        auto writing = m_services.store.write(ScrubIndex{first});
        const auto scrubbed = co_await std::move(writing);
        if (!scrubbed)
            co_return fail(scrubbed.error());
        hasMore = *scrubbed;
    }
    auto compacting = m_services.store.compact();
    const auto compacted = co_await std::move(compacting);
    if (!compacted)
        co_return fail(compacted.error());
    auto renewing = m_services.store.renewBackups(m_services.clock.now());
    const auto renewed = co_await std::move(renewing);
    if (!renewed && renewed.error().kind == Error::Kind::Cancelled)
        co_return fail(renewed.error());
    if (!renewed)
        qWarning("no copy of the database: %s", qPrintable(renewed.error().detail));
    if (m_again)
        co_return Result<>{};
    auto settling = m_services.store.write(SetPending{false});
    co_return co_await std::move(settling);
}

} // namespace chat
