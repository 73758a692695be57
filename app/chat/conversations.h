// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/services.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

namespace chat {

/// All chats of all accounts as the sidebar shows them, and the news of their messages. The list is held in memory; the
/// messages are not: models read them from the store page by page.
class Conversations : public QObject
{
    Q_OBJECT
public:
    explicit Conversations(store::Store &store);

    Task<Result<>> load();

    /// Newest activity first, pinned before all.
    std::vector<store::Conversation> all() const;
    /// By id, or null.
    const store::Conversation *find(qint64 id) const;
    const store::Conversation *find(const Jid &account, const Jid &peer) const;
    /// The chat with `peer` (bare), made where there is none.
    Task<Result<qint64>> open(Jid account, Jid peer);

    /// Everything up to `key` was seen; never moves back.
    Task<Result<>> markRead(qint64 id, qint64 key);
    Task<Result<>> setDraft(qint64 id, QString draft);
    Task<Result<>> setPinned(qint64 id, bool pinned);
    Task<Result<>> setMutedUntil(qint64 id, QDateTime until);
    Task<Result<>> setArchived(qint64 id, bool archived);
    /// How long its messages are kept; nothing: as the settings say.
    Task<Result<>> setKeepDays(qint64 id, std::optional<int> days);

    /// The view tells which chat is on screen and has the focus: what comes there is read at once.
    void setVisible(qint64 id) { m_visible = id; }
    qint64 visible() const { return m_visible; }

    /// Called after a commit by those who store: reads the row anew and tells everybody.
    Task<void> refresh(qint64 id);
    /// The same for several, each once; 0 is none.
    Task<void> refreshAll(std::vector<qint64> ids);
    /// The same with the row in hand, as its transaction left it: nothing comes in between.
    void take(store::Conversation row);
    void announceMessage(const store::Message &message);
    void announceChange(const store::Message &message);
    void announceEdit(const store::Message &message);
    void announceRemoval(qint64 id, qint64 key);
    void announceCleared(qint64 id);
    /// A removed account's chats are gone.
    void forgetAccount(const Jid &account);

Q_SIGNALS:
    void added(qint64 id);
    void changed(qint64 id);
    void removed(qint64 id);
    void messageAdded(const store::Message &message);
    /// Its state.
    void messageChanged(const store::Message &message);
    /// Its text, what was said of it, or how a change of it is on its way.
    void messageEdited(const store::Message &message);
    void messageRemoved(qint64 id, qint64 key);
    /// All of it is being deleted, and its draft is gone.
    void cleared(qint64 id);
    /// Somebody types or stopped (XEP-0085).
    void typing(qint64 id, bool active);

private:
    store::Store &m_store;
    std::map<qint64, store::Conversation> m_conversations;
    QHash<std::pair<Jid, Jid>, qint64> m_byPeer;
    qint64 m_visible = 0;
};

} // namespace chat
