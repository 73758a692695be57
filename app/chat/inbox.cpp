// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/inbox.h"

#include "chat/outbox.h"
#include "store/keys.h"
#include "xml/writer.h"
#include "xmpp/message.h"
#include "xmpp/ns.h"

#include <algorithm>

namespace chat {
namespace {

/// The disk takes nothing now, whatever it is given.
bool isAboutStorage(const Error &error)
{
    static const QStringList conditions{QStringLiteral("disk-full"), QStringLiteral("read-only"),
                                        QStringLiteral("database-locked"), QStringLiteral("store-closed")};
    return error.kind == Error::Kind::Storage && conditions.contains(error.condition);
}

} // namespace

Inbox::Inbox(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Conversations &conversations,
             const Jid &account)
    : m_client(client), m_extensions(extensions), m_store(store), m_conversations(conversations), m_account(account)
{
    connect(&client, &xmpp::Client::message, this, &Inbox::take);
    connect(&client.router(), &xmpp::Router::poison, this,
            [this](const xml::Element &message, const xmpp::HandledToken &token) {
                m_scope.run(parkPoison(message, token));
            });
    connect(&extensions.states, &xep::ChatStates::changed, this, &Inbox::takeState);
    connect(&client, &xmpp::Client::offline, this, [this] {
        while (!m_typing.empty())
            stopTyping(Jid(m_typing.begin()->first));
    });
}

Inbox::~Inbox() = default;

void Inbox::takeState(const Jid &peer, xep::ChatStates::State state)
{
    const Jid bare = peer.bare();
    if (state != xep::ChatStates::State::Composing) {
        stopTyping(bare);
        return;
    }
    const store::Conversation *chat = m_conversations.find(m_account, bare);
    if (!chat)
        return;
    const bool isNew = m_typing.count(bare) == 0;
    m_typing[bare] = m_client.clock().after(longestTyping, [this, bare] { stopTyping(bare); });
    if (isNew)
        Q_EMIT m_conversations.typing(chat->id, true);
}

void Inbox::stopTyping(const Jid &peer)
{
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
    const Jid bare = peer; // the caller's may lie in the entry that goes
    if (m_typing.erase(bare) == 0)
        return;
    if (const store::Conversation *chat = m_conversations.find(m_account, bare))
        Q_EMIT m_conversations.typing(chat->id, false);
}

void Inbox::take(const xmpp::Incoming &message)
{
    m_queue.push_back(message);
    if (!m_full && m_queue.size() >= mostQueued) {
        m_full = true;
        Q_EMIT fullChanged(true);
    }
    start();
}

void Inbox::start()
{
    if (std::exchange(m_running, true))
        return;
    m_scope.run(run());
}

Task<Result<ArchiveStep>> Inbox::storePage(std::vector<xmpp::Incoming> messages, ArchivePage page)
{
    Later<Result<ArchiveStep>> done;
    m_pages.push_back({std::move(messages), std::move(page), done});
    start();
    co_return co_await done;
}

void Inbox::drop(size_t count)
{
    m_queue.erase(m_queue.begin(), m_queue.begin() + qsizetype(count));
    if (m_full && m_queue.size() <= fewEnough) {
        m_full = false;
        Q_EMIT fullChanged(false);
    }
}

/// Gathers, stores, releases; ends when nothing is left. One after the other, so that what the server is told never goes
/// back.
Task<void> Inbox::run()
{
    while (!m_queue.empty() || !m_pages.empty()) {
        Result<> stored;
        if (!m_pages.empty() && m_queue.size() < groupSize) {
            stored = co_await storeNextPage();
        } else {
            if (m_queue.size() < groupSize)
                co_await base::sleep(m_client.clock(), groupTime);
            stored = co_await storeNext(std::min(m_queue.size(), groupSize));
        }
        if (stored)
            continue;
        if (stored.error().condition == u"account-unknown") {
            drop(m_queue.size()); // the account was removed: nobody waits for these
            for (const WaitingPage &waiting : std::exchange(m_pages, {}))
                waiting.done.set(fail(stored.error()));
            break;
        }
        // Nothing of it was stored and nothing was answered: the same again.
        Q_EMIT storageFailed(stored.error());
        co_await base::sleep(m_client.clock(), store::retryAfter);
    }
    m_running = false;
    for (const auto &waiting : std::exchange(m_drained, {}))
        waiting.set(true);
}

Task<void> Inbox::drained()
{
    if (!m_running)
        co_return;
    Later<bool> done;
    m_drained.push_back(done);
    (void)co_await done;
}

/// What the server may be told when these are stored (I5).
SessionMark Inbox::markWith(const std::vector<xmpp::Incoming> &group) const
{
    std::vector<xmpp::HandledToken> tokens;
    tokens.reserve(group.size());
    for (const xmpp::Incoming &message : group)
        tokens.push_back(message.token());
    return markFor(tokens);
}

SessionMark Inbox::markFor(const std::vector<xmpp::HandledToken> &tokens) const
{
    const xmpp::StreamManagement &management = m_client.management();
    const auto session = management.session();
    return session ? SessionMark{session->id, management.handledWith(tokens)} : SessionMark();
}

namespace {

/// Without their tokens, which belong to this thread.
std::shared_ptr<const std::vector<xmpp::Incoming>> untracked(const std::vector<xmpp::Incoming> &messages)
{
    const auto group = std::make_shared<std::vector<xmpp::Incoming>>();
    group->reserve(messages.size());
    for (const xmpp::Incoming &message : messages)
        group->push_back(message.untracked());
    return group;
}

} // namespace

InboxWriter Inbox::writerOf(std::shared_ptr<const std::vector<xmpp::Incoming>> group, const SessionMark &mark) const
{
    InboxWriter writer;
    writer.account = m_account;
    writer.visible = m_conversations.visible();
    writer.group = std::move(group);
    writer.mark = mark;
    writer.marks = m_client.router().crashMarks();
    return writer;
}

base::CrashMarks::Work Inbox::workOn(const xmpp::Incoming &message) const
{
    base::CrashMarks *marks = m_client.router().crashMarks();
    return base::CrashMarks::Work(marks, base::CrashMarks::Slot::Main,
                                  marks ? xmpp::Router::markOf(message.element()) : 0);
}

/// Stores and releases the first `count`, together or, where one of them spoils it for all, one by one. On an error those
/// that are left are still in the queue.
Task<Result<>> Inbox::storeNext(size_t count)
{
    const std::vector<xmpp::Incoming> taken(m_queue.begin(), m_queue.begin() + qsizetype(count));
    const auto group = untracked(taken);
    const SessionMark mark = markWith(taken);
    InboxWriter job = writerOf(group, mark);
    auto writing = m_store.write(std::move(job));
    auto outcomes = co_await std::move(writing);
    if (outcomes) {
        m_client.management().setKept(mark.session, mark.handled);
        drop(count);
        auto releasing = releaseAll(*group, std::move(*outcomes));
        co_await std::move(releasing);
        co_return Result<>{};
    }
    if (isAboutStorage(outcomes.error()) || outcomes.error().condition == u"account-unknown")
        co_return fail(outcomes.error());
    if (count > 1) {
        for (size_t i = 0; i < count; ++i) {
            auto one = co_await storeNext(1);
            if (!one)
                co_return one;
        }
        co_return Result<>{};
    }
    auto parking = park(taken.front(), outcomes.error());
    auto parked = co_await std::move(parking);
    if (parked)
        drop(1);
    co_return parked;
}

/// That this can be written shows that it is the stanza and not the disk.
Task<Result<>> Inbox::park(xmpp::Incoming message, Error why)
{
    const std::vector<xmpp::Incoming> one{message};
    InboxParker parker{m_account, QStringLiteral("parked/") + m_client.random().id(),
                       xml::Writer::write(message.element(), xmpp::ns::client), markWith(one)};
    auto parking = m_store.write(std::move(parker));
    const auto parked = co_await std::move(parking);
    if (!parked)
        co_return fail(parked.error());
    ++m_parked;
    Q_EMIT parkedOne(why);
    co_return Result<>{};
}

/// I14: what ended the process before is kept as it came, and the server does not give it again.
Task<void> Inbox::parkPoison(xml::Element message, xmpp::HandledToken token)
{
    // Once, by however many ways it comes.
    const quint64 mark = xmpp::Router::markOf(message);
    const QString key = QStringLiteral("parked/%1").arg(mark, 16, 16, QLatin1Char('0'));
    const QByteArray bytes = xml::Writer::write(message, xmpp::ns::client);
    for (;;) {
        // Behind what came before it, whose number goes with it.
        auto draining = drained();
        co_await std::move(draining);
        InboxParker parker{m_account, key, bytes, markFor({token})};
        const SessionMark handled = parker.mark;
        auto parking = m_store.write(std::move(parker));
        const auto parked = co_await std::move(parking);
        if (parked) {
            m_client.management().setKept(handled.session, handled.handled);
            break;
        }
        co_await base::sleep(m_client.clock(), store::retryAfter);
    }
    if (!m_poison.insert(mark).second)
        co_return;
    ++m_parked;
    Q_EMIT parkedOne(Error{Error::Kind::Stanza, QStringLiteral("message-ends-program"),
                           QStringLiteral("A message was kept as it came: the program ended at it twice.")});
}

/// Stores and releases the page that waits the longest. On an error it still waits.
Task<Result<>> Inbox::storeNextPage()
{
    const WaitingPage waiting = m_pages.front();
    const auto group = untracked(waiting.messages);
    const SessionMark mark = markWith(waiting.messages);
    InboxWriter job = writerOf(group, mark);
    job.page = waiting.page;
    auto writing = m_store.write(std::move(job));
    auto outcomes = co_await std::move(writing);
    Result<ArchiveStep> step;
    if (outcomes) {
        m_client.management().setKept(mark.session, mark.handled);
        step = outcomes->step;
        auto releasing = releaseAll(*group, std::move(*outcomes));
        co_await std::move(releasing);
    } else if (isAboutStorage(outcomes.error()) || outcomes.error().condition == u"account-unknown") {
        co_return fail(outcomes.error());
    } else {
        auto storing = storePageOneByOne(waiting.messages, waiting.page);
        step = co_await std::move(storing);
        if (!step)
            co_return fail(step.error());
    }
    m_pages.pop_front();
    waiting.done.set(step);
    co_return Result<>{};
}

/// A page that one of its messages spoils: the others are stored, that one is kept raw, and the gap is narrowed all the
/// same.
Task<Result<ArchiveStep>> Inbox::storePageOneByOne(std::vector<xmpp::Incoming> messages, ArchivePage page)
{
    ArchivePage part = page;
    part.isPart = true;
    // From the newest on: each stands before those that are there.
    std::reverse(messages.begin(), messages.end());
    for (const xmpp::Incoming &message : messages) {
        const std::vector<xmpp::Incoming> one{message};
        const auto group = untracked(one);
        InboxWriter job = writerOf(group, markWith(one));
        job.page = part;
        auto writing = m_store.write(std::move(job));
        auto outcomes = co_await std::move(writing);
        if (outcomes) {
            auto releasing = releaseAll(*group, std::move(*outcomes));
            co_await std::move(releasing);
            continue;
        }
        if (isAboutStorage(outcomes.error()))
            co_return fail(outcomes.error());
        auto parking = park(message, outcomes.error());
        auto parked = co_await std::move(parking);
        if (!parked)
            co_return fail(parked.error());
    }
    const auto nothing = untracked({});
    InboxWriter job = writerOf(nothing, markWith({}));
    job.page = page;
    auto writing = m_store.write(std::move(job));
    auto outcomes = co_await std::move(writing);
    if (!outcomes)
        co_return fail(outcomes.error());
    co_return outcomes->step;
}

Task<Result<>> Inbox::storeStretch(std::vector<xmpp::Incoming> messages, bool isSinceKnown)
{
    const auto group = untracked(messages);
    InboxWriter job = writerOf(group, markWith({}));
    job.isStretch = true;
    job.isSinceKnown = isSinceKnown;
    Later<Result<>> done;
    m_scope.run(writeStretch(std::move(job), done));
    co_return co_await done;
}

/// To its end, also where nobody waits any more because the stream is gone: what is stored has to be told.
Task<void> Inbox::writeStretch(InboxWriter job, Later<Result<>> done)
{
    const auto group = job.group;
    auto writing = m_store.write(std::move(job));
    auto outcomes = co_await std::move(writing);
    if (!outcomes) {
        done.set(fail(outcomes.error()));
        co_return;
    }
    auto releasing = releaseAll(*group, std::move(*outcomes));
    co_await std::move(releasing);
    done.set(Result<>{});
}

/// A key holds another message now.
Task<void> Inbox::releaseMoved(std::vector<store::Message> moved)
{
    std::vector<qint64> chats;
    for (const store::Message &message : moved)
        chats.push_back(message.conversation);
    auto refreshing = m_conversations.refreshAll(std::move(chats));
    co_await std::move(refreshing);
    for (const store::Message &message : moved)
        m_conversations.announceChange(message);
}

Task<void> Inbox::releaseAll(std::vector<xmpp::Incoming> group, InboxOutcomes outcomes)
{
    auto moving = releaseMoved(std::move(outcomes.moved));
    co_await std::move(moving);
    std::vector<qint64> touched;
    for (const InboxOutcome &outcome : outcomes.each) {
        std::vector<qint64> chats{outcome.seenChat, outcome.added ? outcome.added->conversation : 0};
        for (const store::Message &message : outcome.changed)
            chats.push_back(message.conversation);
        for (const store::Message &message : outcome.edited)
            chats.push_back(message.conversation);
        touched.insert(touched.end(), chats.begin(), chats.end());
    }
    auto refreshing = m_conversations.refreshAll(std::move(touched));
    co_await std::move(refreshing);
    for (const xmpp::Incoming &message : group)
        m_receipts.see(message);
    std::map<qint64, size_t> newest; // of what an archive brought: one notification a chat
    for (size_t i = 0; i < group.size(); ++i) {
        if (group[i].origin().channel() != xmpp::Origin::Channel::Archive) {
            const base::CrashMarks::Work work = workOn(group[i]);
            release(group[i], outcomes.each[i]);
            continue;
        }
        releaseArchived(group[i], outcomes.each[i], outcomes.step.history);
        const auto &added = outcomes.each[i].added;
        if (added && !added->outgoing && !outcomes.step.history)
            newest[added->conversation] = i;
    }
    // From the old end on, receipts for these may lie in what is not known yet.
    if (outcomes.step.side == store::GapSide::New || outcomes.step.closed) {
        for (const xmpp::Incoming &message : m_receipts.take())
            m_extensions.receipts.confirm(message);
    }
    for (const auto &[chat, index] : newest)
        notifyOf(*outcomes.each[index].added);
}

/// What moved among our own messages, and what our other devices have shown.
void Inbox::releaseChanges(const InboxOutcome &outcome)
{
    for (const store::Message &message : outcome.changed)
        m_conversations.announceChange(message);
    for (const store::Message &message : outcome.edited)
        m_conversations.announceEdit(message);
    for (const qint64 key : outcome.removed)
        m_conversations.announceRemoval(store::keys::conversationOf(key), key);
    if (!outcome.changed.empty() || !outcome.edited.empty())
        Q_EMIT outgoingChanged();
    if (outcome.seenMissing)
        Q_EMIT seenElsewhere(outcome.seenMissing->first, outcome.seenMissing->second);
}

/// What was missed is answered, unless another device did so; what is older was answered long ago.
void Inbox::releaseArchived(const xmpp::Incoming &message, const InboxOutcome &outcome, bool isHistory)
{
    releaseChanges(outcome);
    if (!outcome.added)
        return;
    m_conversations.announceMessage(*outcome.added);
    if (!isHistory && !message.origin().isOutgoing())
        m_receipts.want(message);
}

void Inbox::notifyOf(const store::Message &message)
{
    const store::Conversation *chat = m_conversations.find(message.conversation);
    if (chat && !message.outgoing && chat->id != m_conversations.visible() && chat->readKey < message.key
        && !isMuted(*chat))
        Q_EMIT notified(message);
}

bool Inbox::isMuted(const store::Conversation &chat) const
{
    return chat.mutedUntil.isValid() && chat.mutedUntil > m_client.clock().now();
}

/// After the commit, and only then: show it, answer it, tell of it.
void Inbox::release(const xmpp::Incoming &message, const InboxOutcome &outcome)
{
    releaseChanges(outcome);
    const bool hasBody = !xmpp::Message::bodyOf(message.element()).isEmpty();
    if (outcome.added) {
        stopTyping(message.author().bare());
        m_conversations.announceMessage(*outcome.added);
    }
    // A duplicate is confirmed again: its first receipt may be what was lost (XEP-0184 5.1).
    if (hasBody)
        m_extensions.receipts.confirm(message);
    if (outcome.added)
        notifyOf(*outcome.added);
}

} // namespace chat
