// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/sqlite.h"

#include <QDateTime>

#include <optional>
#include <vector>

namespace store {

/// A message, or a change of one, on its way out (RELIABILITY 2.2).
struct OutboxEntry {
    enum class State {
        Waiting = 0, ///< Not on this stream yet.
        Written = 1, ///< Given to a socket and not confirmed.
        /// Its stanza is not made yet: a file of it goes to an upload service first. What is behind it in its chat waits
        /// with it; other chats do not.
        Preparing = 2,
    };

    qint64 id = 0; ///< Grows: the order of sending.
    /// What goes: a message by its key, or a change (store::Change) by its id below zero.
    qint64 item = 0;
    Jid account;
    qint64 conversation = 0;
    QByteArray stanza; ///< The same bytes at every try (I3).
    State state = State::Waiting;
    int attempts = 0;  ///< How often it was written.
    QDateTime created; ///< The message's time, for <delay/> on retries.
};

/// What waits to be sent, per account in order. An entry goes only when the server confirmed it, refused it, or the
/// person took it back (I2). Reads are const.
class Outbox
{
public:
    explicit Outbox(Database &database) : m_database(database) { }

    /// Belongs in the same transaction as Messages::append() or Changes::record(). Gives the entry's id.
    Result<qint64> enqueue(const Jid &account, qint64 conversation, qint64 item, const QByteArray &stanza);
    /// The same for a message whose stanza is made later.
    Result<qint64> reserve(const Jid &account, qint64 conversation, qint64 message);
    /// The stanza of a reserved one: from now on it waits as all do. False where there is none such.
    Result<bool> fill(qint64 message, const QByteArray &stanza);
    /// The final bytes, once they are encrypted.
    Result<> setStanza(qint64 id, const QByteArray &stanza);
    /// About to be written: counts the attempt.
    Result<> markWritten(qint64 id);
    /// The stream is gone: what was written and not confirmed waits again. Gives their number.
    Result<qint64> requeue(const Jid &account);
    /// The server has it, or it will never go. False where it was gone already.
    Result<bool> remove(qint64 id);
    Result<bool> removeItem(qint64 item);

    /// What waits, in order, after the entry `after`.
    Result<std::vector<OutboxEntry>> next(const Jid &account, int limit, qint64 after = 0) const;
    /// Everything of the account, in order: waiting and written.
    Result<std::vector<OutboxEntry>> all(const Jid &account) const;
    /// Written and not confirmed, in order.
    Result<std::vector<OutboxEntry>> written(const Jid &account) const;
    Result<std::optional<OutboxEntry>> byItem(qint64 item) const;
    /// Entries of the account.
    Result<int> count(const Jid &account) const;
    /// Entries of all accounts.
    Result<int> countAll() const;

private:
    Database &m_database;
};

} // namespace store
