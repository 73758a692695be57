// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/sqlite.h"

#include <QDateTime>

#include <optional>
#include <vector>

namespace store {

/// A stretch of an archive that is not known (I7). It ends only where the archive proved that nothing is missing.
struct ArchiveGap {
    qint64 id = 0; ///< Gaps of an archive are in the order of their ids.
    Jid account;   ///< Bare.
    Jid archive;   ///< The account's own bare address, or a room.
    QString after; ///< The archive's id of the last known message before it; empty: the archive's start.
    QDateTime afterTime;
    QString before; ///< Of the first known one behind it; empty: not known, the archive's end.
    QDateTime beforeTime;
    bool stuck = false; ///< The archive does not give what it should; a person may try again.
    /// Changes of messages up to this id (store::Change) are older than what is missing, all others newer.
    qint64 changesBefore = 0;

    /// What was there before this client: it is fetched when somebody looks, and counts as seen.
    bool isHistory() const { return after.isEmpty(); }
    friend bool operator==(const ArchiveGap &, const ArchiveGap &) = default;
};

/// Where a gap lies in one chat. What the archive has there belongs behind lowKey and before highKey.
struct ChatGap {
    qint64 gap = 0;
    qint64 conversation = 0;
    qint64 lowKey = 0;  ///< All up to here is older than what is missing.
    qint64 seenKey = 0; ///< All behind here came after the gap was opened.
    qint64 highKey = 0; ///< The oldest message that filled it; 0: none yet.
    QString before;     ///< For this chat it is filled down to this id; empty: as the gap itself.
    QDateTime beforeTime;
    bool closed = false; ///< Nothing is missing in this chat.
    bool history = false;
    bool stuck = false;

    /// The message at or behind this key is the first behind the gap.
    qint64 place() const { return highKey > 0 ? highKey : seenKey + 1; }
    friend bool operator==(const ChatGap &, const ChatGap &) = default;
};

/// Which end of a gap something was fetched at.
enum class GapSide {
    Old, ///< Behind `after`, going forward.
    New, ///< Before `before`, going back.
};

/// A message that an archive gave, for place().
struct ArchivedMessage {
    QDateTime time;
    qint64 known = 0;    ///< Its key where it is stored already.
    bool isSame = false; ///< Stored under this very id of the archive.
};

/// What is known of the archives (ARCHITECTURE rule 8): everything but the gaps. All changes belong in the transaction
/// that stores the messages which they are about (I6). Reads are const. The account must be stored.
class Archives
{
public:
    /// So many places are kept free for what a gap hides, in each chat (2^20: some four minutes of the key's clock).
    static constexpr qint64 reserve = qint64(1) << 20;

    explicit Archives(Database &database) : m_database(database) { }

    /// A new session begins: what the archive got since the newest known message is not known. Gives the gap; where the
    /// last one is still open at its end that one goes on.
    Result<ArchiveGap> open(const Jid &account, const Jid &archive);
    /// A message with this id came live: the archive is known from here on. Invalid time: the archive did not say.
    Result<> advance(const Jid &account, const Jid &archive, const QString &id, const QDateTime &time = {});
    /// The newest known message of the archive is this one, wherever the gaps are.
    Result<> setNewest(const Jid &account, const Jid &archive, const QString &id, const QDateTime &time);
    /// The gap begins at `after` now.
    Result<> narrowOld(qint64 gap, const QString &after, const QDateTime &time);
    /// The gap ends at `before` now; empty: at the archive's end.
    Result<> narrowNew(qint64 gap, const QString &before, const QDateTime &time);
    /// The id at its new end is not in the archive any more: it ends at the next one that is known behind it, or, where
    /// that one is gone, too, with the next gap; the last gap ends at the archive's end.
    Result<> widen(qint64 gap);
    Result<> setStuck(qint64 gap, bool stuck);
    /// Nothing is missing there any more.
    Result<> close(qint64 gap);
    Result<> putChat(const ChatGap &gap);
    /// Messages of the chat up to `key` are older than all that is missing behind `gap`.
    Result<> raise(const ArchiveGap &gap, qint64 conversation, qint64 key);
    /// Puts the messages, in the archive's order, among those of the chat: their keys, in the same order. Known ones keep
    /// theirs. Where there is no room between its neighbours, a key is taken: the next free one is the nearest then.
    /// Clocks decide nothing that the order says (I9). `atEnd`: they are the archive's newest, so that what follows the last
    /// known one is newer than all that was here when the gap was opened.
    Result<std::vector<qint64>> place(const ChatGap &gap, GapSide side, const std::vector<ArchivedMessage> &messages,
                                      bool atEnd = false) const;

    /// As place(), for messages of no gap, which are all that the archive has of the chat from some known message on.
    Result<std::vector<qint64>> placeAmong(qint64 conversation, const std::vector<ArchivedMessage> &messages) const;

    /// The newest known id of the archive; empty: nothing is known.
    Result<QString> newest(const Jid &account, const Jid &archive) const;
    /// Oldest first.
    Result<std::vector<ArchiveGap>> gaps(const Jid &account, const Jid &archive) const;
    Result<std::optional<ArchiveGap>> byId(qint64 gap) const;
    /// The gap in this chat.
    Result<ChatGap> chatGap(qint64 gap, qint64 conversation) const;
    /// Those that are open in this chat, oldest first.
    Result<std::vector<ChatGap>> openIn(qint64 conversation) const;

private:
    Result<qint64> olderBeside(const ChatGap &gap) const;
    Result<qint64> newerBelow(const ChatGap &gap, qint64 key) const;
    Result<> openChats(qint64 gap, const Jid &account, bool history);

    Database &m_database;
};

} // namespace store
