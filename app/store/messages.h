// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/enums.h"
#include "store/files.h"
#include "store/sqlite.h"

#include <QDateTime>

#include <optional>
#include <vector>

namespace store {

/// When one of our messages came to each state, by our clock or by the server's stamp (UTC); invalid where it did not, or
/// nobody knows: before version 6 of the database, and for what another device of ours sent.
struct StateTimes {
    QDateTime written; ///< Last; a message may go more than once.
    QDateTime accepted;
    QDateTime delivered;
    QDateTime displayed;
    QDateTime failed; ///< Only while the state is Failed.
};

/// What one person put on a message last (XEP-0444).
struct Reactor {
    Jid author;
    bool outgoing = false; ///< We did.
    QStringList signs;
};

/// A stored message.
struct Message {
    /// Unique, stable for good, and ordered as the conversation is shown: conversation (20 bits), then time.
    qint64 key = 0;
    qint64 conversation = 0;
    bool outgoing = false;
    Jid author;     ///< Full in rooms; else as it was given.
    QString body;   ///< Plain text from outside.
    QDateTime time; ///< UTC, to be shown; says nothing about the order.
    MessageState state = MessageState::Received;
    StateTimes times;
    Error failure;      ///< Where the state is Failed.
    QString stanzaId;   ///< The stanza's `id`.
    QString originId;   ///< XEP-0359
    QString archiveId;  ///< XEP-0359 `stanza-id` by the archive of this conversation.
    QString occupantId; ///< XEP-0421
    Encryption encryption = Encryption::None;
    QString replaces;   ///< XEP-0308: the `id` that this corrects.
    QString replyTo;    ///< XEP-0461
    QByteArray payload; ///< What else came in the stanza, as XML.
    bool edited = false;
    bool retracted = false;
    bool hasChanges = false; ///< Something is kept in Changes for it.
    bool hasFiles = false;   ///< Something is kept in Files for it.
    // Filled by require() and page() alone.
    std::vector<File> files;
    std::vector<Reactor> reactions;
    /// Ours: the oldest correction, retraction or reaction of it that the server does not have, and how it stands.
    struct Waiting {
        qint64 change = 0; ///< Its id; 0: none.
        MessageState state = MessageState::Received;
        Error failure;
    };
    Waiting waiting;
    /// What it answers (`replyTo`), as that is now.
    struct Answered {
        qint64 key = 0; ///< 0: it is not here, and nothing else is known of it.
        Jid author;
        bool outgoing = false;
        QString body; ///< Its beginning.
        bool retracted = false;
    };
    std::optional<Answered> answered;
};

/// A state as scripts and exported chats call it: `received`, `queued` and so on.
QString stateWord(MessageState state);

/// A message to be stored.
struct NewMessage {
    /// Where in its conversation a message goes.
    enum class Place {
        Latest, ///< After all others: what is sent, and what comes live.
        ByTime, ///< Where `time` says: what an archive delivers.
    };

    qint64 conversation = 0;
    bool outgoing = false;
    Jid author;
    QString body;
    QDateTime time; ///< By the best authority there is (the server's, else ours); also decides the place.
    MessageState state = MessageState::Received;
    QString stanzaId;
    QString originId;
    QString archiveId; ///< Only by the conversation's own archive: the account's, or the room.
    QString occupantId;
    Encryption encryption = Encryption::None;
    QString replaces;
    QString replyTo;
    QByteArray payload;
    std::vector<File> files; ///< In their order.
    Place place = Place::Latest;
    /// With ByTime: after this key in any case, so that an archive's order holds whatever its clocks say. 0: none.
    qint64 after = 0;
    /// This key, or the next free one: where Archives::place() says. 0: none.
    qint64 key = 0;
    /// Seen already (by another device, or it is old history): it does not count as unread.
    bool read = false;
    /// Speaks to the person: counted beside the unread ones.
    bool mention = false;
};

/// What append() did.
struct Stored {
    qint64 key = 0;
    /// The message was there before, under this key. Nothing was added.
    bool duplicate = false;
    /// The duplicate brought an archive id, an origin id or a further state that was not known.
    bool changed = false;
};

/// Which stretch of a conversation; at most one of before, after, around and fraction.
struct PageRequest {
    qint64 before = 0;    ///< The newest ones older than this key.
    qint64 after = 0;     ///< The oldest ones newer than this key.
    qint64 around = 0;    ///< Half before this key, it, and half after.
    double fraction = -1; ///< 0: the oldest ... 1: the newest; around the message some such way through.
    int limit = 50;       ///< 1 to 1,000
};

/// Messages in a row, oldest first.
struct Page {
    std::vector<Message> messages;
    bool reachesOldest = false; ///< Nothing older is stored.
    bool reachesNewest = false;
    /// How many there are on either side: exact up to some thousands, else a guess.
    qint64 estimatedBefore = 0;
    qint64 estimatedAfter = 0;
};

/// The messages, in the order of their keys. Reads are const; a Reader gives only those. In messages.cpp is what adds
/// them, in messagechanges.cpp what changes them, in messagequeries.cpp what reads them.
///
/// Duplicates (RELIABILITY 2.5) are found by a table of 64-bit digests of (scope, author, id) instead of unique indexes
/// over the texts: smaller and faster by a fifth (docs/benchmarks.md, Layouts). A match is verified against the row, so
/// a collision can neither lose nor join messages; its primary key and the one writer make it unique.
class Messages
{
public:
    explicit Messages(Database &database) : m_database(database) { }

    /// Stores a message, its ids, and the conversation's last activity and counters; or finds it stored already and
    /// merges what is new (archive id, origin id, further state). Errors: Storage; Input `conversation-unknown`.
    Result<Stored> append(const NewMessage &message);
    /// Moves an outgoing message forward, since `time`; also Failed to Queued. False, and nothing done, where that would be
    /// a step back, or there is no such message, or it is incoming.
    Result<bool> setState(qint64 key, MessageState state, const QDateTime &time);
    /// They saw all up to `key`: what the server has of ours in front of it was seen, too. Gives those that moved, the
    /// newest first, at most `mostDisplayed`.
    Result<std::vector<qint64>> setDisplayed(qint64 key, const QDateTime &time);
    static constexpr int mostDisplayed = 1000;
    /// The newest of theirs behind `after`, up to `key`, that the archive knows, or nothing. Both of one conversation; 0:
    /// from its start.
    Result<std::optional<Message>> newestArchived(qint64 after, qint64 key) const;
    /// Marks as Failed, unless it was delivered already.
    Result<bool> setFailed(qint64 key, const Error &failure, const QDateTime &time);
    /// A correction (XEP-0308): the new text stands where the old one was.
    Result<bool> edit(qint64 key, const QString &body, const QByteArray &payload, bool isEdited = true);
    /// Another text that is no correction: what its sending made of it.
    Result<bool> setBody(qint64 key, const QString &body);
    /// A retraction (XEP-0424): text, payload and files are gone, the place stays.
    Result<bool> retract(qint64 key);
    /// Takes the message, its ids, its outbox entry and its words in the search index away.
    Result<bool> remove(qint64 key);
    /// Lets these messages of one conversation, each of them once, stand in this order among themselves: they take each
    /// other's keys, and what else is in the conversation stays where it is. Gives the keys that hold another message now.
    /// Only received ones: what refers to one of ours by its key (the outbox) would find another. Errors: Storage; Input
    /// `message-unknown`.
    Result<std::vector<qint64>> putInOrder(const std::vector<qint64> &keys);
    /// Makes the table of digests anew from the messages, after a repair.
    Result<> rebuildIds();

    /// The key under which append() would find it stored already; 0: it is new. Error: Input `conversation-unknown`.
    Result<qint64> known(const NewMessage &message) const;
    Result<std::optional<Message>> byKey(qint64 key) const;
    /// As byKey(), with an Error Input `message-unknown` where there is none.
    Result<Message> require(qint64 key) const;
    /// One of ours by its `id` or origin id.
    Result<std::optional<Message>> findOwn(qint64 conversation, const QString &id) const;
    /// One of theirs by its `id` or origin id. In chats the author's resource does not matter, in rooms it is the nick.
    Result<std::optional<Message>> findFrom(qint64 conversation, const Jid &author, const QString &id) const;
    /// Theirs or one of ours by its `id` or origin id, in a chat: what an answer names.
    Result<std::optional<Message>> findAny(qint64 conversation, const QString &id) const;
    /// By the id of the conversation's archive.
    Result<std::optional<Message>> findArchived(qint64 conversation, const QString &archiveId) const;
    Result<Page> page(qint64 conversation, const PageRequest &request) const;
    /// The first incoming message after the conversation's read mark; 0: all is read.
    Result<qint64> firstUnread(qint64 conversation) const;
    /// All messages of a conversation.
    Result<qint64> count(qint64 conversation) const;
    /// We have written in it. Looks through a conversation where we have not.
    Result<bool> hasOwn(qint64 conversation) const;


private:
    friend class Erasure; // takes many away at once, and counts after that
    /// What append() has to know of the conversation.
    struct Home {
        qint64 id = 0;
        bool isRoom = false; ///< Authors are told apart by their nicks.
        qint64 lastKey = 0;
        qint64 readKey = 0;
        qint64 floor = 0; ///< The last message that ever was, though it may be gone.
    };
    Result<std::optional<Home>> homeOf(qint64 conversation) const;
    Result<std::optional<Message>> findNameless(const NewMessage &message, const Home &home) const;
    Result<std::optional<Message>> findDuplicate(const NewMessage &message, const Home &home) const;
    Result<Stored> merge(const Message &known, const NewMessage &message, const Home &home);
    Result<qint64> roomBehind(const Home &home) const;
    Result<qint64> freeKey(const NewMessage &message, const Home &home) const;
    Result<> insert(qint64 key, const NewMessage &message);
    Result<> insertIds(qint64 key, const Home &home, bool outgoing, const Jid &author, const QStringList &ids,
                       const QString &archiveId);
    /// The row, its ids and its words; not the counters.
    Result<> removeRow(const Message &message);
    /// After a removal or a move: what is unread, the last message.
    Result<> recount(qint64 conversation);
    Result<> rekey(const Message &message, qint64 from, qint64 to);
    Result<std::vector<qint64>> digestsOf(const Message &message) const;
    Result<std::vector<File>> filesFor(const Message &message) const;
    Result<> countIn(qint64 key, const NewMessage &message, const Home &home);
    Result<std::optional<Message>> findById(qint64 conversation, bool outgoing, const Jid &author,
                                            const QString &id) const;

    Database &m_database;
};

} // namespace store

Q_DECLARE_METATYPE(store::Message)
