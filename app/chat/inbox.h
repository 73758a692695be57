// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/contacts.h"
#include "chat/conversations.h"
#include "xep/extensions.h"

#include <QObject>

#include <vector>

namespace chat {

/// The one way in (ARCHITECTURE rule 5): stanzas are gathered, stored in one transaction, and only then answered and
/// shown. Groups of at most 64, or what came within 20 ms.
class Inbox : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t groupSize = 64;
    static constexpr std::chrono::milliseconds groupTime{20};

    Inbox(xmpp::Client &client, xep::Extensions &extensions, Contacts &contacts, store::Store &store, Conversations &conversations,
          const Jid &account);
    ~Inbox() override;

    /// Stanzas taken and not stored yet.
    int queued() const { return int(m_queue.size()); }

Q_SIGNALS:
    /// A stored message that a person should be told of: not read on arrival, not muted.
    void notified(const store::Message &message);
    /// Storing failed; nothing was acknowledged, the stanzas wait and are tried again.
    void storageFailed(const Error &error);

private:
    /// What one stanza comes to in the store.
    struct Outcome {
        std::optional<store::Message> added;
        std::optional<store::Message> changed;
    };
    void take(const xmpp::Incoming &message);
    Task<void> run();
    Result<std::vector<Outcome>> storeGroup(store::Transaction &transaction, const std::vector<xmpp::Incoming> &group) const;
    Result<Outcome> storeOne(store::Transaction &transaction, const xmpp::Incoming &message) const;
    Result<Outcome> storeMessage(store::Transaction &transaction, const xmpp::Incoming &message, const QString &body) const;
    Result<Outcome> storeReceipt(store::Transaction &transaction, const xmpp::Incoming &message, const QString &id) const;
    Result<Outcome> storeBounce(store::Transaction &transaction, const xmpp::Incoming &message) const;
    void release(const xmpp::Incoming &message, const Outcome &outcome);

    xmpp::Client &m_client;
    xep::Extensions &m_extensions;
    Contacts &m_contacts;
    store::Store &m_store;
    Conversations &m_conversations;
    Jid m_account;
    std::vector<xmpp::Incoming> m_queue;
    bool m_running = false;
    Scope m_scope;
};

} // namespace chat
