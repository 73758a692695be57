// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/conversations.h"
#include "xep/extensions.h"

#include <QObject>

#include <map>
#include <set>

namespace chat {

/// Tells what was seen here: the other side (XEP-0333) and our other devices (XEP-0490), and takes what those have seen.
/// What is seen offline is told at the next sign-in. Read marks only move forward (RELIABILITY A07).
class ReadMarks : public QObject
{
    Q_OBJECT
public:
    /// So long after somebody looked: scrolling through a chat tells it once.
    static constexpr std::chrono::milliseconds settleTime{1000};
    /// What other devices have seen and is not stored here yet; more is left to chance.
    static constexpr size_t mostMissing = 10000;

    ReadMarks(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Conversations &conversations,
              const Jid &account);
    ~ReadMarks() override;

    /// A session is up, and our presence is known: asks what other devices have seen, then tells what they lack.
    void begin();
    /// Another device showed the message `id` (their own id for it) of `peer`, which is not stored here yet.
    void seenElsewhere(const Jid &peer, const QString &id);
    /// Messages came from the archive: what other devices have seen may be among them.
    void lookAgain();

    /// A message of a chat, by one of two ids.
    struct Seen {
        QString archiveId;
        QString stanzaId;
        friend bool operator==(const Seen &, const Seen &) = default;
    };

private:
    void takeEnd();
    void takeChange(qint64 id);
    void takeTold(const xep::DisplayedSync::State &state);
    void start();
    Task<void> work();
    Task<void> fetch();
    Task<bool> place();
    Task<void> tell(qint64 id);
    Task<bool> sync(qint64 id, QString archiveId, qint64 key);
    bool isPending(const store::Conversation &chat) const;

    xmpp::Client &m_client;
    xep::Extensions &m_extensions;
    store::Store &m_store;
    Conversations &m_conversations;
    Jid m_account;
    bool m_ready = false;   ///< begin() was called on this session.
    bool m_fetched = false; ///< What other devices have seen is known.
    bool m_canSync = false; ///< The server keeps private nodes.
    bool m_running = false;
    bool m_placing = false;        ///< m_missing is to be looked at.
    std::map<Jid, Seen> m_missing; ///< By peer: the newest that a device of ours has shown.
    std::set<qint64> m_waiting;    ///< Chats whose marks are to be told.
    Timer m_settling;
    Scope m_stream; ///< What runs while one session is up.
};

} // namespace chat
