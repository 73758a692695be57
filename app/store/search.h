// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/messages.h"

namespace store {

/// What to look for.
struct SearchRequest {
    QString text;            ///< All its words, each whole or as a beginning; Han, Kana and Hangul as they stand.
    qint64 conversation = 0; ///< 0: all.
    Jid account;             ///< Null: all.
    Jid from;                ///< Null: anybody; in rooms the full JID.
    QDateTime since;         ///< Invalid: no limit.
    QDateTime until;         ///< Exclusive.
    int limit = 50;          ///< 1 to 1,000
};

/// Full-text search over the bodies: FTS5 `unicode61` over text in which each Han, Kana and Hangul character stands for
/// itself, so that Chinese words of one and two characters are found (docs/benchmarks.md, Layouts). Reads are const.
class Search
{
public:
    explicit Search(Database &database) : m_database(database) { }

    /// Puts up to `limit` messages that are not indexed yet into the index, in the order of their keys. Gives how many
    /// are done; fewer than `limit`: all are. Run it in the background after messages were stored.
    Result<int> index(int limit = 2000);
    /// Takes a message's words out; to be called while its old body still stands.
    Result<> forget(const Message &message);
    /// As forget(), for all from one key to another, both included.
    Result<> forgetRange(qint64 first, qint64 last);

    /// Newest first. What was stored a moment ago may be missing until index() ran.
    Result<std::vector<Message>> find(const SearchRequest &request) const;

    /// `text` with a space around each Han, Kana and Hangul character. What is taken out of the index must be what was put
    /// in: a change here needs a step of the schema that builds the index anew.
    static QString segment(const QString &text);

private:
    Database &m_database;
};

} // namespace store
