// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/services.h"
#include "store/erasure.h"

#include <QObject>

#include <deque>
#include <functional>
#include <memory>

namespace chat {

class Conversations;

/// Deletes messages for good, on this computer alone (D12): in steps, so that nobody waits for it, and on through restarts.
/// Files in the profile's folder go with their messages. After a while the words of what was deleted go from the index of the
/// search, the database is compacted, and its copies are made anew. What others and servers have is not touched; it is
/// remembered what was deleted, so that an archive does not bring it back.
class Eraser : public QObject
{
    Q_OBJECT
public:
    static constexpr int piece = 100;                  ///< Messages a step.
    static constexpr int indexPages = 64;              ///< Pages of the index a step.
    static constexpr std::chrono::seconds calm{3};     ///< After the last deletion, before the database is compacted.
    static constexpr std::chrono::seconds nextTry{30}; ///< Where somebody reads from the log, or the disk is full.

    Eraser(Services &services, Conversations &conversations);
    ~Eraser() override;

    /// Called where entries of an account's outbox went with their messages.
    void setOutboxLook(std::function<void(const Jid &account)> look) { m_outboxLook = std::move(look); }
    /// Goes on with what an earlier start left.
    void begin();

    /// One message. Errors: Input `message-unknown`; Storage.
    Task<Result<>> eraseMessage(qint64 key);
    /// All messages of a chat, and its draft. What waits to be sent is not sent any more. It is certain, and goes on by itself,
    /// when this ends; erased() tells the end. Error: Storage.
    Task<Result<>> eraseChat(qint64 conversation);
    /// Those from before `than` that were read and wait for nothing. Gives how many went. Error: Storage.
    Task<Result<int>> eraseOlder(qint64 conversation, QDateTime than);
    /// Files that lost their messages otherwise, and words in the index: an account was removed.
    void tidyUp(QStringList paths);

    /// Nothing of what was deleted is left in the profile's folder.
    bool isDone() const { return !m_isPending && m_chats.empty(); }

Q_SIGNALS:
    /// Nothing is left of a chat's history.
    void erased(qint64 conversation);
    /// isDone() from now on.
    void done();

private:
    Task<void> resume();
    Task<void> eraseChats();
    Task<void> announce(qint64 conversation, store::Erased erased);
    void removeFiles(const QStringList &paths);
    void wantCompact();
    Task<void> compactLater();
    Task<Result<>> compact();
    void lookAtOutbox(qint64 conversation);

    Services &m_services;
    Conversations &m_conversations;
    std::function<void(const Jid &)> m_outboxLook;
    std::unique_ptr<Worker> m_disk; ///< Made when it is needed.
    std::deque<qint64> m_chats;     ///< To be erased.
    bool m_isPending = false;
    bool m_again = false; ///< More was deleted while it was compacted.
    Scope m_erasing;
    Scope m_compacting;
};

} // namespace chat
