// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/readmarks.h"

namespace chat {
namespace {

struct MarkPlace {
    Jid peer;
    qint64 chat = 0;
};

/// Moves the marks of those whose message is here.
struct Place {
    Jid account;
    std::map<Jid, ReadMarks::Seen> missing;

    Result<std::vector<MarkPlace>> operator()(store::Transaction &transaction) const
    {
        std::vector<MarkPlace> placed;
        for (const auto &[peer, seen] : missing) {
            const auto chat = placeOne(transaction, peer, seen);
            if (!chat)
                return fail(chat.error());
            if (*chat != 0)
                placed.push_back({peer, *chat});
        }
        return placed;
    }
    /// The chat; 0: the message is not here.
    Result<qint64> placeOne(store::Transaction &transaction, const Jid &peer, const ReadMarks::Seen &seen) const
    {
        const auto chat = transaction.conversations().find(account, peer);
        if (!chat)
            return fail(chat.error());
        if (!*chat)
            return 0;
        const qint64 id = (*chat)->id;
        const auto message = seen.archiveId.isEmpty() ? transaction.messages().findFrom(id, peer, seen.stanzaId)
                                                      : transaction.messages().findArchived(id, seen.archiveId);
        if (!message)
            return fail(message.error());
        if (!*message)
            return 0;
        const qint64 key = (*message)->key;
        auto done = transaction.conversations().markRead(id, key);
        // Whom else to tell was for the device that showed it to decide.
        if (done)
            done = transaction.conversations().setTold(id, key);
        if (done && !seen.archiveId.isEmpty())
            done = transaction.conversations().setSynced(id, key);
        return done ? Result<qint64>(id) : fail(done.error());
    }
};

/// What is to be told of one chat.
struct Marks {
    QString stanzaId; ///< Of the message that asks to be told; empty: none does.
    qint64 told = 0;
    QString archiveId; ///< Of the newest message that our devices do not know of; empty: none has one.
    qint64 synced = 0;
};

struct ReadMarksOf {
    qint64 id;
    Result<Marks> operator()(store::Reader &reader) const
    {
        Marks marks;
        const auto chat = reader.conversations().byId(id);
        if (!chat)
            return fail(chat.error());
        if (!*chat)
            return marks;
        const store::Conversation &row = **chat;
        if (row.markableKey > row.toldKey && row.markableKey <= row.readKey) {
            const auto message = reader.messages().byKey(row.markableKey);
            if (!message)
                return fail(message.error());
            marks.told = row.markableKey;
            marks.stanzaId = *message ? (*message)->stanzaId : QString();
        }
        if (row.readKey <= row.syncedKey)
            return marks;
        const auto newest = reader.messages().newestArchived(row.syncedKey, row.readKey);
        if (!newest)
            return fail(newest.error());
        marks.synced = row.readKey;
        marks.archiveId = *newest ? (*newest)->archiveId : QString();
        return marks;
    }
};

struct SetTold {
    qint64 id;
    qint64 key;
    Result<> operator()(store::Transaction &transaction) const { return transaction.conversations().setTold(id, key); }
};

struct SetSynced {
    qint64 id;
    qint64 key;
    Result<> operator()(store::Transaction &transaction) const
    {
        return transaction.conversations().setSynced(id, key);
    }
};

} // namespace

ReadMarks::ReadMarks(xmpp::Client &client, xep::Extensions &extensions, store::Store &store,
                     Conversations &conversations, const Jid &account)
    : m_client(client), m_extensions(extensions), m_store(store), m_conversations(conversations), m_account(account)
{
    connect(&client, &xmpp::Client::offline, this, &ReadMarks::takeEnd);
    connect(&conversations, &Conversations::changed, this, &ReadMarks::takeChange);
    connect(&conversations, &Conversations::added, this, &ReadMarks::takeChange);
    connect(&extensions.displayed, &xep::DisplayedSync::told, this, &ReadMarks::takeTold);
}

ReadMarks::~ReadMarks() = default;

void ReadMarks::takeEnd()
{
    m_stream.cancel();
    m_settling = {};
    m_running = false;
    m_ready = false;
    m_fetched = false;
    m_canSync = false;
}

void ReadMarks::begin()
{
    m_ready = true;
    for (const store::Conversation &chat : m_conversations.all()) {
        if (isPending(chat))
            m_waiting.insert(chat.id);
    }
    start();
}

bool ReadMarks::isPending(const store::Conversation &chat) const
{
    if (chat.account != m_account || chat.kind != store::ConversationKind::Chat)
        return false;
    return chat.readKey > chat.syncedKey || (chat.markableKey > chat.toldKey && chat.markableKey <= chat.readKey);
}

void ReadMarks::takeChange(qint64 id)
{
    const store::Conversation *chat = m_conversations.find(id);
    if (!chat || !isPending(*chat) || !m_waiting.insert(id).second || !m_ready)
        return;
    m_settling = m_client.clock().after(settleTime, [this] { start(); });
}

void ReadMarks::takeTold(const xep::DisplayedSync::State &state)
{
    if (m_missing.size() >= mostMissing && m_missing.count(state.chat.bare()) == 0)
        return;
    m_missing[state.chat.bare()] = {state.archiveId, {}};
    m_placing = true;
    start();
}

void ReadMarks::seenElsewhere(const Jid &peer, const QString &id)
{
    // Archives are read from the newest on: the first that is missing is the newest.
    if (m_missing.size() < mostMissing)
        m_missing.try_emplace(peer, Seen{{}, id});
}

void ReadMarks::lookAgain()
{
    if (m_missing.empty())
        return;
    m_placing = true;
    start();
}

void ReadMarks::start()
{
    if (!m_ready || m_running)
        return;
    m_running = true;
    m_stream.run(work());
}

Task<void> ReadMarks::work()
{
    if (!m_fetched) {
        auto fetching = fetch();
        co_await std::move(fetching);
    }
    for (;;) {
        if (std::exchange(m_placing, false)) {
            auto placing = place();
            const bool goesOn = co_await std::move(placing);
            if (!goesOn)
                break;
            continue;
        }
        if (m_waiting.empty())
            break;
        const qint64 id = *m_waiting.begin();
        m_waiting.erase(id);
        auto telling = tell(id);
        co_await std::move(telling);
    }
    m_running = false;
}

Task<void> ReadMarks::fetch()
{
    auto asking = m_extensions.disco.info(m_account);
    const auto info = co_await std::move(asking);
    m_fetched = true;
    // XEP-0490 8: without publish-options nobody could know that the node is private.
    m_canSync = info && info->has(u"http://jabber.org/protocol/pubsub#publish-options");
    if (!m_canSync)
        co_return;
    auto reading = m_extensions.displayed.all();
    const auto states = co_await std::move(reading);
    if (!states)
        co_return;
    for (const xep::DisplayedSync::State &state : *states) {
        if (m_missing.size() < mostMissing)
            m_missing[state.chat.bare()] = {state.archiveId, {}};
    }
    m_placing = true;
}

/// Moves the marks to what other devices have seen, as far as it is here. False: the disk takes nothing now.
Task<bool> ReadMarks::place()
{
    Place job{m_account, m_missing};
    const std::map<Jid, Seen> asked = m_missing;
    auto writing = m_store.write(std::move(job));
    const auto placed = co_await std::move(writing);
    if (!placed)
        co_return false;
    for (const MarkPlace &each : *placed) {
        const auto now = m_missing.find(each.peer);
        if (now != m_missing.end() && now->second == asked.at(each.peer)) // else it moved on meanwhile
            m_missing.erase(now);
        co_await m_conversations.refresh(each.chat);
    }
    co_return true;
}

Task<void> ReadMarks::tell(qint64 id)
{
    const store::Conversation *chat = m_conversations.find(id);
    if (!chat)
        co_return;
    const Jid peer = chat->peer;
    auto reading = m_store.read(ReadMarksOf{id});
    const auto marks = co_await std::move(reading);
    if (!marks)
        co_return;
    bool isChanged = false;
    if (marks->told != 0 && m_extensions.markers.tell(peer, marks->stanzaId)) {
        auto writing = m_store.write(SetTold{id, marks->told});
        (void)co_await std::move(writing); // else it is told once more
        isChanged = true;
    }
    if (marks->synced != 0 && m_canSync) {
        auto syncing = sync(id, marks->archiveId, marks->synced);
        const bool isSynced = co_await std::move(syncing);
        isChanged = isChanged || isSynced;
    }
    if (isChanged)
        co_await m_conversations.refresh(id);
}

Task<bool> ReadMarks::sync(qint64 id, QString archiveId, qint64 key)
{
    const store::Conversation *chat = m_conversations.find(id);
    if (!chat)
        co_return false;
    if (!archiveId.isEmpty()) {
        xep::DisplayedSync::State state{chat->peer, archiveId};
        auto telling = m_extensions.displayed.tell(std::move(state));
        const auto told = co_await std::move(telling);
        if (!told) {
            // A server that will not keep it (P20: not even after the node was set right) is not asked again.
            m_canSync = told.error().kind != Error::Kind::Stanza;
            co_return false;
        }
    }
    auto writing = m_store.write(SetSynced{id, key});
    const auto written = co_await std::move(writing);
    co_return written.has_value();
}

} // namespace chat
