// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the others say of what went out.
#include "chat/outbox.h"

namespace chat {

namespace {

/// The row of that message, or nothing.
Result<std::optional<store::Message>> findOwn(store::Transaction &transaction, const Outbox::News &news)
{
    auto conversation = transaction.conversations().find(news.account, news.peer);
    if (!conversation)
        return fail(conversation.error());
    if (!*conversation)
        return std::optional<store::Message>();
    return transaction.messages().findOwn((*conversation)->id, news.id);
}

/// A message with all that is said of it.
Result<std::optional<store::Message>> whole(store::Reader &reader, qint64 key)
{
    auto message = reader.messages().require(key);
    return message ? Result<std::optional<store::Message>>(std::move(*message)) : fail(message.error());
}

/// The same of a change: gives the message that it is about.
Result<std::optional<store::Message>> bounceChange(store::Transaction &transaction, const Outbox::News &news,
                                                   const Error &why)
{
    const auto conversation = transaction.conversations().find(news.account, news.peer);
    if (!conversation || !*conversation)
        return conversation ? Result<std::optional<store::Message>>() : fail(conversation.error());
    const auto change = transaction.changes().findOwn((*conversation)->id, news.id);
    if (!change || !*change)
        return change ? Result<std::optional<store::Message>>() : fail(change.error());
    const auto failed = transaction.changes().setState((*change)->id, store::MessageState::Failed, why);
    const auto removed = failed ? transaction.outbox().removeItem(-(*change)->id) : failed;
    if (!removed || !*failed || (*change)->message == 0)
        return removed ? Result<std::optional<store::Message>>() : fail(removed.error());
    return whole(transaction, (*change)->message);
}

} // namespace

Result<std::optional<store::Message>> Outbox::confirm(store::Transaction &transaction, const News &news,
                                                      store::MessageState state)
{
    auto own = findOwn(transaction, news);
    if (!own || !*own)
        return own;
    const qint64 key = (*own)->key;
    auto moved = transaction.messages().setState(key, state, news.time);
    if (!moved)
        return fail(moved.error());
    // Delivered is more than accepted: nothing of it waits any more.
    auto removed = transaction.outbox().removeItem(key);
    if (!removed)
        return fail(removed.error());
    if (!*moved)
        return std::optional<store::Message>();
    return whole(transaction, key);
}

Result<std::optional<store::Message>> Outbox::bounce(store::Transaction &transaction, const News &news,
                                                     const Error &why)
{
    auto own = findOwn(transaction, news);
    if (own && !*own)
        return bounceChange(transaction, news, why);
    if (!own)
        return own;
    const qint64 key = (*own)->key;
    auto failed = transaction.messages().setFailed(key, why, news.time);
    if (!failed)
        return fail(failed.error());
    if (!*failed)
        return std::optional<store::Message>();
    auto removed = transaction.outbox().removeItem(key);
    if (!removed)
        return fail(removed.error());
    return whole(transaction, key);
}

} // namespace chat
