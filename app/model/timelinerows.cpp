// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a stored message becomes a row.
#include "chat/downloads.h"
#include "chat/filestanzas.h"
#include "chat/stanzas.h"
#include "chat/uploads.h"
#include "model/timelinemodel.h"
#include "xep/0447_filesharing.h"
#include "xml/parse.h"

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

FilePlace placeOf(store::FileState state)
{
    switch (state) {
    case store::FileState::Remote: return FilePlace::Remote;
    case store::FileState::Loading: return FilePlace::Loading;
    case store::FileState::Here: return FilePlace::Here;
    case store::FileState::Waiting: return FilePlace::Waiting;
    case store::FileState::Failed: return FilePlace::Failed;
    }
    Q_UNREACHABLE();
}

/// The kinds of pictures that the decoder takes.
bool isShownPicture(const QString &type)
{
    return type == u"image/png" || type == u"image/jpeg" || type == u"image/gif" || type == u"image/webp";
}

/// What the sender says of the picture: how large it is, and a small one for the time before it is here.
void describePicture(RowFile &row, const QByteArray &payload)
{
    if (payload.isEmpty())
        return;
    const auto element = xml::parse(payload);
    if (!element)
        return;
    const auto sharing = xml::decode<xep::FileSharing>(*element);
    if (!sharing || !sharing->file)
        return;
    if (const auto sides = sharing->file->dimensions())
        row.pixels = QSize(sides->first, sides->second);
    for (const xep::Thumbnail &each : sharing->file->thumbnails) {
        row.thumbnail = each.bytes().value_or(QByteArray());
        if (!row.thumbnail.isEmpty())
            break;
    }
}

RowFile rowFileFor(const store::File &file)
{
    RowFile row;
    row.id = file.id;
    row.place = placeOf(file.state);
    row.name = file.name;
    row.type = file.type;
    row.size = file.size;
    row.url = file.url;
    row.path = file.path;
    row.isPicture = isShownPicture(file.type) && chat::filestanzas::isInline(file);
    row.failure = file.failure;
    describePicture(row, file.payload);
    return row;
}

} // namespace

TimelineRow TimelineModel::rowFor(const store::Message &message) const
{
    TimelineRow row;
    row.key = message.key;
    row.outgoing = message.outgoing;
    row.author = message.author.bare();
    row.authorName = nameOf(message.author, message.outgoing);
    row.body = chat::filestanzas::captionOf(message);
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
    for (const store::File &file : message.files) {
        if (!message.retracted)
            row.files.append(rowFileFor(file));
    }
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

void TimelineModel::connectFiles()
{
    const store::Conversation *conversation = m_profile.conversations().find(m_conversation);
    chat::Account *account = conversation ? m_profile.accounts().find(conversation->account) : nullptr;
    if (!account)
        return;
    connect(&account->uploads(), &chat::Uploads::progress, this, &TimelineModel::takeProgress);
    connect(&account->downloads(), &chat::Downloads::progress, this, &TimelineModel::takeProgress);
}

/// News of a hundredth or more; of what nobody knows the size of, none.
void TimelineModel::takeProgress(qint64 key, qint64 file, qint64 done, qint64 total)
{
    if (total <= 0 || indexOf(key) < 0)
        return;
    const double now = std::clamp(double(done) / double(total), 0.0, 1.0);
    const double before = m_progress.value(file, -1);
    if (now >= before && now < before + 0.01 && now < 1)
        return;
    m_progress.insert(file, now);
    Q_EMIT fileProgress(key);
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
