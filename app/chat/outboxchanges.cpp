// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the outbox sends of messages: corrections, retractions, reactions.
#include "chat/outbox.h"
#include "chat/outboxjobs.h"
#include "xep/0444_reactions.h"
#include "xml/writer.h"

namespace chat {

using namespace outboxjobs;

namespace {

/// Each can be one reaction, and none is there twice.
bool areSigns(const QStringList &signs)
{
    return xep::Reactions::to({}, signs).emoji() == signs;
}

Error unusableSign()
{
    return inputError("sign-unusable", QStringLiteral("That cannot be a reaction: it is no single sign."));
}

} // namespace

Task<Result<store::Message>> Outbox::correct(qint64 key, QString body)
{
    auto text = checkText(body);
    if (!text)
        co_return fail(text.error());
    StoreChange job{m_account, key, store::Change::Kind::Correction, std::move(*text), {}, {}, {}, {}};
    auto changing = change(std::move(job));
    co_return co_await std::move(changing);
}

Task<Result<store::Message>> Outbox::retract(qint64 key)
{
    StoreChange job{m_account, key, store::Change::Kind::Retraction, {}, {}, {}, {}, {}};
    auto changing = change(std::move(job));
    co_return co_await std::move(changing);
}

Task<Result<store::Message>> Outbox::react(qint64 key, QString sign, bool on)
{
    const QString text = xml::cleanText(sign);
    if (!areSigns({text}))
        co_return fail(unusableSign());
    StoreChange job{m_account, key, store::Change::Kind::Reactions, {}, StoreChange::Sign{text, on}, {}, {}, {}};
    auto changing = change(std::move(job));
    co_return co_await std::move(changing);
}

Task<Result<store::Message>> Outbox::setReactions(qint64 key, QStringList signs)
{
    for (QString &sign : signs)
        sign = xml::cleanText(sign);
    if (!areSigns(signs))
        co_return fail(unusableSign());
    StoreChange job{m_account, key, store::Change::Kind::Reactions, {}, {}, std::move(signs), {}, {}};
    auto changing = change(std::move(job));
    co_return co_await std::move(changing);
}

/// As a message goes out: first on disk, then on its way.
Task<Result<store::Message>> Outbox::change(StoreChange job)
{
    job.id = m_client.random().id();
    job.now = m_client.clock().now();
    auto writing = m_store.write(std::move(job));
    auto stored = co_await std::move(writing);
    if (!stored)
        co_return fail(stored.error());
    m_conversations.take(std::move(stored->conversation));
    m_conversations.announceEdit(stored->message);
    co_await recount();
    wake();
    co_return std::move(stored->message);
}

} // namespace chat
