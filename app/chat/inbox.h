// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/archivereceipts.h"
#include "chat/conversations.h"
#include "chat/inboxwriter.h"
#include "xep/extensions.h"

#include <QObject>

#include <deque>
#include <set>
#include <vector>

namespace chat {

/// The one way in (ARCHITECTURE rule 5): stanzas are gathered, stored in one transaction, and only then answered and
/// shown. Groups of at most 64, or what came within 20 ms. A stanza that cannot be stored for its own sake is kept raw
/// and does not hold up those behind it (I11); where the disk takes nothing, all wait (I12).
class Inbox : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t groupSize = 64;
    static constexpr std::chrono::milliseconds groupTime{20};
    /// From so many waiting stanzas on nothing more should be read, until there are `fewEnough`.
    static constexpr size_t mostQueued = 4096;
    static constexpr size_t fewEnough = 1024;
    /// Typing that nobody ended (a lost stanza, a dead client) ends by itself.
    static constexpr std::chrono::seconds longestTyping{60};

    Inbox(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Conversations &conversations,
          const Jid &account);
    ~Inbox() override;

    /// Stores a page of an archive and what it does to the gaps in one transaction (I6), by the same way as what comes
    /// live. Waits while the disk takes nothing. A message that cannot be stored for its own sake is kept raw (I11).
    /// Error: Input `account-unknown`.
    Task<Result<ArchiveStep>> storePage(std::vector<xmpp::Incoming> messages, ArchivePage page);

    /// These are a stretch of the account's archive: what of them is stored takes their order. `isSinceKnown`: it begins at a
    /// message that is stored, and what is not is added. Once, and not again where the disk takes nothing.
    Task<Result<>> storeStretch(std::vector<xmpp::Incoming> messages, bool isSinceKnown);

    /// Ends when all that was taken is stored.
    Task<void> drained();

    /// Stanzas taken and not stored yet.
    int queued() const { return int(m_queue.size()); }
    /// More is waiting than is good: the stream should not be read.
    bool isFull() const { return m_full; }
    /// Stanzas that could not be stored and were kept raw, since the program's start.
    int parked() const { return m_parked; }

Q_SIGNALS:
    /// A stored message that a person should be told of: not read on arrival, not muted.
    void notified(const store::Message &message);
    /// Storing failed; nothing was acknowledged, the stanzas wait and are tried again.
    void storageFailed(const Error &error);
    /// A receipt or a bounce moved one of our messages; it waits no more.
    void outgoingChanged();
    /// A stanza could not be stored and was kept raw.
    void parkedOne(const Error &why);
    /// Another device of ours showed the message `id` of `peer`, which is not stored here (yet).
    void seenElsewhere(const Jid &peer, const QString &id);
    /// isFull() changed.
    void fullChanged(bool full);

private:
    void take(const xmpp::Incoming &message);
    void takeState(const Jid &peer, xep::ChatStates::State state);
    void stopTyping(const Jid &peer);
    /// A page that waits for its turn.
    struct WaitingPage {
        std::vector<xmpp::Incoming> messages;
        ArchivePage page;
        Later<Result<ArchiveStep>> done;
    };
    void start();
    Task<void> run();
    Task<Result<>> storeNext(size_t count);
    Task<Result<>> storeNextPage();
    Task<Result<ArchiveStep>> storePageOneByOne(std::vector<xmpp::Incoming> messages, ArchivePage page);
    Task<Result<>> park(xmpp::Incoming message, Error why);
    Task<void> parkPoison(xml::Element message, xmpp::HandledToken token);
    Task<void> releaseAll(std::vector<xmpp::Incoming> group, InboxOutcomes outcomes);
    void release(const xmpp::Incoming &message, const InboxOutcome &outcome);
    void releaseArchived(const xmpp::Incoming &message, const InboxOutcome &outcome, bool isHistory);
    Task<void> writeStretch(InboxWriter job, Later<Result<>> done);
    Task<void> releaseMoved(std::vector<store::Message> moved);
    void releaseChanges(const InboxOutcome &outcome);
    void notifyOf(const store::Message &message);
    void drop(size_t count);
    SessionMark markWith(const std::vector<xmpp::Incoming> &group) const;
    InboxWriter writerOf(std::shared_ptr<const std::vector<xmpp::Incoming>> group, const SessionMark &mark) const;
    base::CrashMarks::Work workOn(const xmpp::Incoming &message) const;
    SessionMark markFor(const std::vector<xmpp::HandledToken> &tokens) const;
    bool isMuted(const store::Conversation &chat) const;

    xmpp::Client &m_client;
    xep::Extensions &m_extensions;
    store::Store &m_store;
    Conversations &m_conversations;
    Jid m_account;
    std::vector<xmpp::Incoming> m_queue;
    std::deque<WaitingPage> m_pages;
    ArchiveReceipts m_receipts;
    std::vector<Later<bool>> m_drained;
    bool m_running = false;
    bool m_full = false;
    int m_parked = 0;
    std::set<quint64> m_poison;    ///< Kept as it came, by its mark.
    std::map<Jid, Timer> m_typing; ///< Who types, by bare JID.
    Scope m_scope;
};

} // namespace chat
