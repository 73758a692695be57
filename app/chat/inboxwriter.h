// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/archivepage.h"
#include "chat/sessionrecord.h"
#include "store/store.h"
#include "xmpp/client.h"

#include <memory>
#include <optional>
#include <vector>

namespace chat {

/// What one stanza came to in the store.
struct InboxOutcome {
    std::optional<store::Message> added;
    std::vector<store::Message> changed;
    std::vector<store::Message> edited; ///< What something is said of now.
    std::vector<qint64> removed;        ///< By their keys: corrections that stood alone until their message came.
    qint64 seenChat = 0;                ///< Another device of ours showed this chat: its read mark may have moved.
    /// Another device of ours showed a message of this peer that is not stored (yet), by its id.
    std::optional<std::pair<Jid, QString>> seenMissing;
};

/// What a group came to.
struct InboxOutcomes {
    std::vector<InboxOutcome> each;    ///< In the group's order.
    ArchiveStep step;                  ///< Where the group is a page of an archive.
    std::vector<store::Message> moved; ///< By their new keys, where an archive has another order than was stored.
};

/// Stores a group of stanzas in one transaction: what does each mean? Runs on the store's thread, so it holds all that it
/// needs itself. What comes live and what an archive gives goes the same way; only where it stands among the others is
/// told by the archive.
struct InboxWriter {
    Jid account;
    qint64 visible = 0;                                       ///< The chat on screen: what comes there is read.
    std::shared_ptr<const std::vector<xmpp::Incoming>> group; ///< Without their tokens.
    SessionMark mark;                                         ///< What is handled once this is stored.
    std::optional<ArchivePage> page;                          ///< Where the group is one.
    /// The group is a stretch of the archive without a hole, and no page of a gap. What is stored of it takes the archive's
    /// order.
    bool isStretch = false;
    /// The stretch begins at a message that is stored. What is not, a server lost on its way to us: it is added, unless a
    /// gap is open that will bring it.
    bool isSinceKnown = false;
    base::CrashMarks *marks = nullptr; ///< Remembers at which message this is at work.

    Result<InboxOutcomes> operator()(store::Transaction &transaction) const;

private:
    using Rows = std::vector<std::optional<store::NewMessage>>;
    quint64 markOf(const xmpp::Incoming &message) const;
    Result<Rows> makeRows(store::Transaction &transaction) const;
    static Result<std::vector<store::Message>> putInOrder(store::Transaction &transaction, const Rows &rows);
    static Result<> orderAgain(store::Transaction &transaction, const Rows &rows, InboxOutcomes &outcomes);
    Result<> placePage(store::Transaction &transaction, Rows &rows) const;
    Result<> placeStretch(store::Transaction &transaction, Rows &rows) const;
    Result<> takeStep(store::Transaction &transaction, const std::vector<store::Stored> &kept,
                      InboxOutcomes &outcomes) const;
    Result<> advanceArchive(store::Transaction &transaction) const;
    Result<InboxOutcome> storeOne(store::Transaction &transaction, const xmpp::Incoming &message,
                                  const std::optional<store::NewMessage> &row, qint64 newestChange,
                                  store::Stored &kept) const;
    Result<std::optional<store::NewMessage>> rowFor(store::Transaction &transaction,
                                                    const xmpp::Incoming &message) const;
    static Result<bool> wasErased(store::Transaction &transaction, const store::NewMessage &row, bool archived);
    static Result<bool> isAboutErased(store::Transaction &transaction, const store::Change &change);
    Result<> storeChange(store::Transaction &transaction, const store::Change &change, InboxOutcome &outcome,
                         qint64 &waiting) const;
    Result<> storeGone(store::Transaction &transaction, store::Change change, qint64 key, InboxOutcome &outcome) const;
    static Result<> resolve(store::Transaction &transaction, store::Message &message, InboxOutcome &outcome);
    Result<store::Stored> storeMessage(store::Transaction &transaction, const store::NewMessage &row,
                                       InboxOutcome &outcome) const;
    Result<> storeReceipt(store::Transaction &transaction, const xmpp::Incoming &message, const QString &id,
                          InboxOutcome &outcome) const;
    Result<> storeMarker(store::Transaction &transaction, const xmpp::Incoming &message, const QString &id,
                         InboxOutcome &outcome) const;
    Result<> storeBounce(store::Transaction &transaction, const xmpp::Incoming &message, InboxOutcome &outcome) const;
};

/// Keeps a stanza as it came, for a version that understands it (I11).
struct InboxParker {
    Jid account;
    QString key;
    QByteArray stanza;
    SessionMark mark;
    Result<> operator()(store::Transaction &transaction) const;
};

} // namespace chat
