// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/enums.h"
#include "store/sqlite.h"

#include <QDateTime>

#include <optional>
#include <vector>

namespace store {

/// One chat of one account, as the sidebar needs it.
struct Conversation {
    qint64 id = 0; ///< From 1; below 2^20.
    Jid account;   ///< Bare.
    Jid peer;      ///< Bare for chats and rooms, full for Private.
    ConversationKind kind = ConversationKind::Chat;
    QString name; ///< A room's name; empty: none known.
    int unread = 0;
    int mentions = 0;
    QDateTime mutedUntil; ///< Invalid: not muted. A year beyond 9000: for good.
    bool pinned = false;
    bool archived = false;
    QString draft;
    qint64 lastKey = 0;  ///< 0: no message.
    QString lastPreview; ///< The start of the last message's text, at most 200 characters.
    bool lastOutgoing = false;
    Jid lastAuthor;
    MessageState lastState = MessageState::Received;
    QDateTime lastTime; ///< Of the last message; of opening where there is none.
    qint64 readKey = 0; ///< All up to here was seen.
    // 0: none. Who knows of it: the other side (XEP-0333) and our other devices (XEP-0490).
    qint64 markableKey = 0;      ///< Their newest message that asks to be told.
    qint64 toldKey = 0;          ///< The other side was told up to here.
    qint64 syncedKey = 0;        ///< Our devices were told up to here, or told us.
    qint64 count = 0;            ///< Messages stored.
    std::optional<int> keepDays; ///< Older messages are deleted here; 0: never; nothing: as the settings say.
};

/// The list of chats. Reads are const.
class Conversations
{
public:
    explicit Conversations(Database &database) : m_database(database) { }

    /// The id of the chat with `peer`, made where there is none; then `opened` places it in the list. Errors: Input `account-unknown` where the account is not
    /// stored, `too-many-conversations` past 2^20; Storage.
    Result<qint64> open(const Jid &account, const Jid &peer, ConversationKind kind = ConversationKind::Chat,
                        const QDateTime &opened = {});
    Result<> setName(qint64 id, const QString &name);
    Result<> setDraft(qint64 id, const QString &draft);
    Result<> setPinned(qint64 id, bool pinned);
    Result<> setArchived(qint64 id, bool archived);
    /// An invalid time ends the muting.
    Result<> setMutedUntil(qint64 id, const QDateTime &until);
    Result<> setKeepDays(qint64 id, std::optional<int> days);
    /// Everything up to `key` was seen; never moves back. The counters follow.
    Result<> markRead(qint64 id, qint64 key);
    /// Their message `key` asks to be told when it was seen; an older one than known changes nothing.
    Result<> setMarkable(qint64 id, qint64 key);
    /// The other side knows that all up to `key` was seen; never moves back.
    Result<> setTold(qint64 id, qint64 key);
    /// As setTold(), of our other devices.
    Result<> setSynced(qint64 id, qint64 key);
    /// Takes all its messages away; what waits in the outbox too.
    Result<> clear(qint64 id);
    /// Takes the chat and all its messages away.
    Result<> remove(qint64 id);

    /// Pinned first, then by last activity, newest first.
    Result<std::vector<Conversation>> all() const;
    Result<std::optional<Conversation>> byId(qint64 id) const;
    Result<std::optional<Conversation>> find(const Jid &account, const Jid &peer) const;

private:
    Database &m_database;
};

} // namespace store

Q_DECLARE_METATYPE(store::Conversation)
