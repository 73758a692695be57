// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/changes.h"
#include "store/messages.h"

#include <QStringList>

namespace store {

/// What a step of an Erasure took away.
struct Erased {
    std::vector<qint64> keys; ///< Messages, by their keys.
    QStringList paths;        ///< Where their files were on this computer, as far as no other message has them.
    bool more = false;        ///< There may be more to take.
};

/// Deleting messages for good, here alone (RELIABILITY D12): their rows, words, changes, files and places in the outbox;
/// and remembering that they were deleted, so that no archive brings them back. Large chats go in steps, each a transaction
/// of its own. What is left in the files of the database goes with scrubIndex() and Store::compact(). Reads are const.
class Erasure
{
public:
    /// Of these last hours of a chat each message is remembered by itself, as clocks differ; of all before only how far it
    /// went.
    static constexpr qint64 margin = 60 * 60 * 1000; // ms

    explicit Erasure(Database &database) : m_database(database) { }

    /// One message. Error: Input `message-unknown`; Storage.
    Result<Erased> message(qint64 key);
    /// All messages of a chat are to go: nothing of it is sent any more, its draft is gone, and step() does the rest, also
    /// after a restart.
    Result<> begin(qint64 conversation);
    /// Takes the oldest ones of what begin() named, at most `most`.
    Result<Erased> step(qint64 conversation, int most);
    /// Of the oldest `most` messages those from before `than`, but for what waits to be sent, and what nobody has read.
    Result<Erased> older(qint64 conversation, const QDateTime &than, int most);
    /// Writes a piece of the search's index anew, so that deleted words are not in it any more. `first`: it begins. False:
    /// the whole of it is done.
    Result<bool> scrubIndex(bool first, int pages);
    /// Something was deleted that may still be in the files of the profile.
    Result<> setPending(bool pending);

    Result<bool> isPending() const;
    /// Chats that begin() named and step() has not finished.
    Result<std::vector<qint64>> unfinished() const;
    /// It was deleted here before. `archived`: an archive has it.
    Result<bool> wasErased(const NewMessage &message, bool archived) const;
    /// The same of a change that an archive has: what it is about was deleted.
    Result<bool> wasErased(const Change &change) const;

private:
    Result<> take(const Message &message, bool remember, Erased &erased);
    Result<> remember(const Message &message);
    Result<> closeHistory(qint64 conversation);
    Result<> finish(qint64 conversation);
    Result<qint64> erasedTime(qint64 conversation) const;
    Result<bool> isKept(qint64 digest, qint64 time, qint64 window) const;

    Database &m_database;
};

} // namespace store
