// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/inboxwriter.h"

#include "chat/outbox.h"
#include "xep/0184_receipts.h"
#include "xep/0359_ids.h"

namespace chat {

Result<std::vector<InboxOutcome>> InboxWriter::operator()(store::Transaction &transaction) const
{
    std::vector<InboxOutcome> outcomes;
    for (const xmpp::Incoming &message : *group) {
        auto outcome = storeOne(transaction, message);
        if (!outcome)
            return fail(outcome.error());
        outcomes.push_back(std::move(*outcome));
    }
    if (auto kept = sessionrecord::putHandled(transaction, account, mark); !kept)
        return fail(kept.error());
    return outcomes;
}

/// One straight line through all that a person can see.
Result<InboxOutcome> InboxWriter::storeOne(store::Transaction &transaction, const xmpp::Incoming &message) const
{
    using Type = xmpp::Message::Type;
    InboxOutcome outcome;
    Result<> done;
    const Type type = xmpp::Message::typeOf(message.element());
    if (type == Type::Error) {
        done = storeBounce(transaction, message, outcome);
    } else if (type != Type::Groupchat) { // RELIABILITY 1.11: from a room that was never joined
        if (const auto receipt = message.get<xep::Receipts::Received>())
            done = storeReceipt(transaction, message, receipt->id, outcome);
        const QString body = xmpp::Message::bodyOf(message.element());
        if (done && !body.isEmpty())
            done = storeMessage(transaction, message, body, outcome);
    }
    if (!done)
        return fail(done.error());
    return outcome;
}

Result<> InboxWriter::storeMessage(store::Transaction &transaction, const xmpp::Incoming &message, const QString &body,
                                   InboxOutcome &outcome) const
{
    auto conversation = transaction.conversations().open(account, message.author().bare());
    if (!conversation)
        return fail(conversation.error());
    const auto originId = message.get<xep::OriginId>();
    store::NewMessage row;
    row.conversation = *conversation;
    row.author = message.author();
    row.body = body;
    row.time = message.origin().time();
    row.state = store::MessageState::Received;
    row.stanzaId = message.id();
    row.originId = originId ? originId->id : QString();
    row.archiveId = message.origin().archiveId();
    auto stored = transaction.messages().append(row);
    if (!stored)
        return fail(stored.error());
    if (stored->duplicate)
        return {};
    if (*conversation == visible) {
        if (auto read = transaction.conversations().markRead(*conversation, stored->key); !read)
            return read;
    }
    auto full = transaction.messages().require(stored->key);
    if (!full)
        return fail(full.error());
    outcome.added = std::move(*full);
    return {};
}

// XEP-0184 5.4 and RELIABILITY 1.7: only the addressee may say that it came.
Result<> InboxWriter::storeReceipt(store::Transaction &transaction, const xmpp::Incoming &message, const QString &id,
                                   InboxOutcome &outcome) const
{
    auto confirmed = Outbox::confirm(transaction, account, message.author().bare(), id, store::MessageState::Delivered);
    if (!confirmed)
        return fail(confirmed.error());
    outcome.changed = std::move(*confirmed);
    return {};
}

// RFC 6120 8.3: our message came back.
Result<> InboxWriter::storeBounce(store::Transaction &transaction, const xmpp::Incoming &message,
                                  InboxOutcome &outcome) const
{
    if (message.id().isEmpty())
        return {};
    auto failed = Outbox::bounce(transaction, account, message.author().bare(), message.id(),
                                 xmpp::StanzaError::of(message.element()).toError());
    if (!failed)
        return fail(failed.error());
    outcome.changed = std::move(*failed);
    return {};
}

Result<> InboxParker::operator()(store::Transaction &transaction) const
{
    if (auto kept = sessionrecord::putHandled(transaction, account, mark); !kept)
        return kept;
    return transaction.records().put(account, key, stanza);
}

} // namespace chat
