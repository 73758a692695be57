// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a stored message becomes a row.
#include "chat/stanzas.h"
#include "model/timelinemodel.h"

#include <algorithm>

namespace model {
namespace {

Delivery deliveryOf(store::MessageState state)
{
    switch (state) {
    case store::MessageState::Received: return Delivery::Received;
    case store::MessageState::Queued: return Delivery::Queued;
    case store::MessageState::Encrypted: return Delivery::Encrypted;
    case store::MessageState::Written: return Delivery::Written;
    case store::MessageState::Accepted: return Delivery::Accepted;
    case store::MessageState::Delivered: return Delivery::Delivered;
    case store::MessageState::Displayed: return Delivery::Displayed;
    case store::MessageState::Failed: return Delivery::Failed;
    }
    Q_UNREACHABLE();
}

QList<Reached> reachedBy(const store::Message &message)
{
    const store::StateTimes &times = message.times;
    QList<Reached> all{{Delivery::Written, times.written},
                       {Delivery::Accepted, times.accepted},
                       {Delivery::Delivered, times.delivered},
                       {Delivery::Displayed, times.displayed},
                       {Delivery::Failed, times.failed}};
    all.removeIf([](const Reached &each) { return !each.time.isValid(); });
    return all;
}

} // namespace

TimelineRow TimelineModel::rowFor(const store::Message &message) const
{
    TimelineRow row;
    row.key = message.key;
    row.outgoing = message.outgoing;
    row.author = message.author.bare();
    row.authorName = nameOf(message.author, message.outgoing);
    row.body = message.body;
    row.time = message.time;
    row.delivery = deliveryOf(message.state);
    if (message.outgoing)
        row.reached = reachedBy(message);
    row.failure = message.failure;
    row.unstyled = chat::stanzas::isUnstyled(message.payload);
    row.edited = message.edited;
    row.retracted = message.retracted;
    using State = store::MessageState;
    row.canChange = message.outgoing && !message.retracted && !message.stanzaId.isEmpty()
        && message.state >= State::Written && message.state != State::Failed;
    row.changeWaits = message.waiting.state == State::Queued || message.waiting.state == State::Written;
    row.changeFailed = message.state != State::Failed && message.waiting.state == State::Failed;
    if (message.waiting.state == State::Failed) {
        row.delivery = Delivery::Failed;
        row.failure = message.waiting.failure;
    }
    row.reactions = reactionsOf(message);
    if (const auto &answered = message.answered; answered && !message.retracted)
        row.reply =
            RowReply{answered->key, answered->key != 0 ? nameOf(answered->author, answered->outgoing) : QString(),
                     answered->body, answered->retracted};
    return row;
}

void TimelineModel::readVersions(qint64 key)
{
    m_versionScope.run(loadVersions(key));
}

Task<void> TimelineModel::loadVersions(qint64 key)
{
    const auto read = [key](store::Reader &reader) { return reader.changes().history(key); };
    auto reading = m_profile.store().read(read);
    const auto history = co_await std::move(reading);
    if (!history)
        co_return;
    QList<RowVersion> versions;
    for (const store::Change &each : *history) {
        if (!each.inForce)
            versions.append({each.body, each.time});
    }
    Q_EMIT versionsRead(key, versions);
}

QString TimelineModel::nameOf(const Jid &author, bool outgoing) const
{
    const Jid bare = author.bare();
    const QString own = bare.local().isEmpty() ? bare.toString() : bare.local();
    const store::Conversation *conversation = m_profile.conversations().find(m_conversation);
    const chat::Account *account =
        conversation && !outgoing ? m_profile.accounts().find(conversation->account) : nullptr;
    const chat::Contact *contact = account ? account->contacts().find(bare) : nullptr;
    return contact && !contact->name.isEmpty() ? contact->name : own;
}

QList<RowReaction> TimelineModel::reactionsOf(const store::Message &message) const
{
    QList<RowReaction> all;
    for (const store::Reactor &reactor : message.reactions) {
        for (const QString &sign : reactor.signs) {
            auto same =
                std::find_if(all.begin(), all.end(), [&sign](const RowReaction &each) { return each.text == sign; });
            if (same == all.end())
                same = all.insert(all.end(), RowReaction{sign, {}, false});
            if (reactor.outgoing)
                same->own = true;
            else
                same->names.append(nameOf(reactor.author, false));
        }
    }
    return all;
}

} // namespace model
