// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/conversations.h"

#include <algorithm>

namespace chat {

Conversations::Conversations(store::Store &store) : m_store(store) { }

Task<Result<>> Conversations::load()
{
    auto reading = m_store.read([](store::Reader &reader) { return reader.conversations().all(); });
    auto all = co_await std::move(reading);
    if (!all)
        co_return fail(all.error());
    for (store::Conversation &conversation : *all) {
        m_byPeer.insert({conversation.account, conversation.peer}, conversation.id);
        m_conversations.insert_or_assign(conversation.id, std::move(conversation));
    }
    co_return Result<>{};
}

std::vector<store::Conversation> Conversations::all() const
{
    std::vector<store::Conversation> result;
    result.reserve(m_conversations.size());
    for (const auto &[id, conversation] : m_conversations)
        result.push_back(conversation);
    std::sort(result.begin(), result.end(), [](const store::Conversation &a, const store::Conversation &b) {
        return a.pinned != b.pinned ? a.pinned : a.lastTime != b.lastTime ? a.lastTime > b.lastTime : a.id > b.id;
    });
    return result;
}

const store::Conversation *Conversations::find(qint64 id) const
{
    const auto found = m_conversations.find(id);
    return found == m_conversations.end() ? nullptr : &found->second;
}

const store::Conversation *Conversations::find(const Jid &account, const Jid &peer) const
{
    const auto found = m_byPeer.constFind({account, peer});
    return found == m_byPeer.constEnd() ? nullptr : find(*found);
}

namespace {

struct OpenChat {
    Jid account;
    Jid peer;
    QDateTime now; ///< Where a chat without messages stands in the list.
    Result<qint64> operator()(store::Transaction &transaction) const
    {
        return transaction.conversations().open(account, peer, store::ConversationKind::Chat, now);
    }
};

} // namespace

Task<Result<qint64>> Conversations::open(Jid account, Jid peer)
{
    if (const store::Conversation *known = find(account, peer))
        co_return known->id;
    OpenChat job{account, peer, QDateTime::currentDateTimeUtc()};
    auto writing = m_store.write(std::move(job));
    auto id = co_await std::move(writing);
    if (!id)
        co_return fail(id.error());
    co_await refresh(*id);
    co_return *id;
}

namespace {

struct ReadRows {
    std::vector<qint64> ids;
    Result<std::vector<store::Conversation>> operator()(store::Reader &reader) const
    {
        std::vector<store::Conversation> rows;
        for (const qint64 id : ids) {
            auto found = reader.conversations().byId(id);
            if (!found)
                return fail(found.error());
            if (*found)
                rows.push_back(std::move(**found));
        }
        return rows;
    }
};

} // namespace

Task<void> Conversations::refresh(qint64 id)
{
    auto refreshing = refreshAll({id});
    co_await std::move(refreshing);
}

Task<void> Conversations::refreshAll(std::vector<qint64> ids)
{
    std::vector<qint64> each; // in the order in which they are named
    for (const qint64 id : ids) {
        if (id != 0 && std::find(each.begin(), each.end(), id) == each.end())
            each.push_back(id);
    }
    if (each.empty())
        co_return;
    ReadRows job{std::move(each)};
    auto reading = m_store.read(std::move(job));
    auto rows = co_await std::move(reading);
    if (!rows)
        co_return;
    for (store::Conversation &row : *rows)
        take(std::move(row));
}

void Conversations::take(store::Conversation row)
{
    const qint64 id = row.id;
    const bool isNew = m_conversations.count(id) == 0;
    m_byPeer.insert({row.account, row.peer}, id);
    m_conversations.insert_or_assign(id, std::move(row));
    if (isNew)
        Q_EMIT added(id);
    else
        Q_EMIT changed(id);
}

Task<Result<>> Conversations::markRead(qint64 id, qint64 key)
{
    auto writing = m_store.write(
        [id, key](store::Transaction &transaction) { return transaction.conversations().markRead(id, key); });
    auto done = co_await std::move(writing);
    if (!done)
        co_return fail(done.error());
    co_await refresh(id);
    co_return Result<>{};
}

Task<Result<>> Conversations::setDraft(qint64 id, QString draft)
{
    auto writing = m_store.write(
        [id, draft](store::Transaction &transaction) { return transaction.conversations().setDraft(id, draft); });
    auto done = co_await std::move(writing);
    if (!done)
        co_return fail(done.error());
    co_await refresh(id);
    co_return Result<>{};
}

Task<Result<>> Conversations::setPinned(qint64 id, bool pinned)
{
    auto writing = m_store.write(
        [id, pinned](store::Transaction &transaction) { return transaction.conversations().setPinned(id, pinned); });
    auto done = co_await std::move(writing);
    if (!done)
        co_return fail(done.error());
    co_await refresh(id);
    co_return Result<>{};
}

Task<Result<>> Conversations::setMutedUntil(qint64 id, QDateTime until)
{
    auto writing = m_store.write(
        [id, until](store::Transaction &transaction) { return transaction.conversations().setMutedUntil(id, until); });
    auto done = co_await std::move(writing);
    if (!done)
        co_return fail(done.error());
    co_await refresh(id);
    co_return Result<>{};
}

Task<Result<>> Conversations::setArchived(qint64 id, bool archived)
{
    auto writing = m_store.write([id, archived](store::Transaction &transaction) {
        return transaction.conversations().setArchived(id, archived);
    });
    auto done = co_await std::move(writing);
    if (!done)
        co_return fail(done.error());
    co_await refresh(id);
    co_return Result<>{};
}

Task<Result<>> Conversations::setKeepDays(qint64 id, std::optional<int> days)
{
    auto writing = m_store.write(
        [id, days](store::Transaction &transaction) { return transaction.conversations().setKeepDays(id, days); });
    auto done = co_await std::move(writing);
    if (!done)
        co_return fail(done.error());
    co_await refresh(id);
    co_return Result<>{};
}

void Conversations::announceMessage(const store::Message &message)
{
    Q_EMIT messageAdded(message);
}

void Conversations::announceChange(const store::Message &message)
{
    Q_EMIT messageChanged(message);
}

void Conversations::announceEdit(const store::Message &message)
{
    Q_EMIT messageEdited(message);
}

void Conversations::announceRemoval(qint64 id, qint64 key)
{
    Q_EMIT messageRemoved(id, key);
}

void Conversations::announceCleared(qint64 id)
{
    Q_EMIT cleared(id);
}

void Conversations::forgetAccount(const Jid &account)
{
    for (auto it = m_conversations.begin(); it != m_conversations.end();) {
        if (it->second.account != account) {
            ++it;
            continue;
        }
        const qint64 id = it->first;
        m_byPeer.remove({it->second.account, it->second.peer});
        it = m_conversations.erase(it);
        Q_EMIT removed(id);
    }
}

} // namespace chat
