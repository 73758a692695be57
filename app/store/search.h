// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/messages.h"

#include <QList>

namespace store {

/// What to look for. All that is said must hold; what is left empty holds for every message.
struct SearchRequest {
    /// All its words, each whole or as a beginning, and "phrases" as they stand; Han, Kana and Hangul as they stand.
    QString text;
    qint64 conversation = 0;      ///< 0: all.
    QList<qint64> conversations;  ///< One of them; empty: all.
    Jid account;                  ///< Null: all.
    QList<Jid> authors;           ///< One of them wrote it; a bare one with any resource, in rooms the full JID.
    std::optional<bool> outgoing; ///< True: we wrote it; with `authors` either holds.
    QDateTime since;              ///< Invalid: no limit.
    QDateTime until;              ///< Exclusive.
    bool hasLink = false;         ///< Its text has an address of the web.
    bool hasReaction = false;     ///< Somebody reacted to it.
    bool hasReply = false;        ///< It answers another one.
    qint64 behind = 0;            ///< The page after this result, by its key; 0: from the newest.
    int limit = 50;               ///< 1 to 1,000

    /// Nothing is said that a message must have.
    bool isEmpty() const;
};

/// All messages of one chat that have what was looked for.
struct SearchHits {
    std::vector<qint64> keys; ///< The newest first.
    bool more = false;        ///< There are older ones, beyond the limit.
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
    /// In one chat, at most `mostHits`; the request's limit and place do not count.
    Result<SearchHits> hits(const SearchRequest &request) const;
    static constexpr int mostHits = 100'000;
    /// Messages that are not in the index yet, counted up to `most`.
    Result<qint64> waiting(qint64 most) const;

    /// `text` with a space around each Han, Kana and Hangul character. What is taken out of the index must be what was put
    /// in: a change here needs a step of the schema that builds the index anew.
    static QString segment(const QString &text);

private:
    Database &m_database;
};

} // namespace store
