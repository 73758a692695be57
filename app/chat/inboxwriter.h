// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    std::optional<store::Message> changed;
};

/// Stores a group of stanzas in one transaction: what does each mean? Runs on the store's thread, so it holds all that it
/// needs itself.
struct InboxWriter {
    Jid account;
    qint64 visible = 0;                                       ///< The chat on screen: what comes there is read.
    std::shared_ptr<const std::vector<xmpp::Incoming>> group; ///< Without their tokens.
    SessionMark mark;                                         ///< What is handled once this is stored.

    Result<std::vector<InboxOutcome>> operator()(store::Transaction &transaction) const;

private:
    Result<InboxOutcome> storeOne(store::Transaction &transaction, const xmpp::Incoming &message) const;
    Result<> storeMessage(store::Transaction &transaction, const xmpp::Incoming &message, const QString &body,
                          InboxOutcome &outcome) const;
    Result<> storeReceipt(store::Transaction &transaction, const xmpp::Incoming &message, const QString &id,
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
