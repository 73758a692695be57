// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/outbox.h"

#include "chat/outboxjobs.h"
#include "store/keys.h"
#include "xep/0203_delay.h"
#include "xml/writer.h"
#include "xmpp/message.h"

#include <algorithm>

namespace chat {

using namespace outboxjobs;

namespace {

constexpr int batchSize = 32;
constexpr int mostInFlight = 256; // written to a managed stream and not acknowledged
constexpr std::chrono::seconds barrierLimit{30};
constexpr std::chrono::seconds lateAfter{60}; // from then on a message tells when it was written
// RELIABILITY 2.2, step 7: a stream that ends so soon after a stanza, so often, ends because of it.
constexpr std::chrono::seconds suspicious{5};
constexpr int mostTries = 3;

/// Stream errors by which a server speaks of itself or of another session, and not of what we sent (RFC 6120 4.9.3).
bool isTheirOwn(const QString &condition)
{
    static const QStringList conditions{
        QStringLiteral("conflict"),
        QStringLiteral("connection-timeout"),
        QStringLiteral("host-gone"),
        QStringLiteral("host-unknown"),
        QStringLiteral("internal-server-error"),
        QStringLiteral("not-authorized"),
        QStringLiteral("remote-connection-failed"),
        QStringLiteral("reset"),
        QStringLiteral("see-other-host"),
        QStringLiteral("system-shutdown"),
    };
    return conditions.contains(condition);
}

} // namespace

Outbox::Outbox(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Conversations &conversations,
               const Jid &account)
    : m_client(client), m_extensions(extensions), m_store(store), m_conversations(conversations), m_account(account)
{
    connect(&client, &xmpp::Client::offline, this, &Outbox::takeEnd);
    connect(&client, &xmpp::Client::resumed, this, &Outbox::wake);
    connect(&client, &xmpp::Client::acknowledged, this,
            [this](const std::vector<qint64> &keys) { m_scope.run(accept(keys)); });
    countAgain();
}

Outbox::~Outbox() = default;

void Outbox::takeEnd(const Error &why)
{
    m_stream.cancel();
    m_hold.reset();
    m_flushing = false;
    m_again = false;
    m_restarted = false;
    const auto unconfirmed = std::exchange(m_unconfirmed, {});
    const bool blamesUs = why.kind == Error::Kind::Stream && !isTheirOwn(why.condition)
        && m_client.clock().monotonic() - m_writtenAt < suspicious;
    if (!blamesUs)
        return;
    for (const qint64 key : unconfirmed)
        ++m_suspects[key];
}

std::vector<qint64> Outbox::poisonous() const
{
    std::vector<qint64> keys;
    for (const auto &[key, times] : m_suspects) {
        if (times >= mostTries)
            keys.push_back(key);
    }
    return keys;
}

void Outbox::countAgain()
{
    m_scope.run(recount());
}

void Outbox::look()
{
    countAgain();
    wake();
}

/// How many wait, as the store knows it.
Task<void> Outbox::recount()
{
    const Jid account = m_account;
    auto reading = m_store.read([account](store::Reader &reader) { return reader.outbox().count(account); });
    const auto count = co_await std::move(reading);
    if (!count || *count == m_pending)
        co_return;
    m_pending = *count;
    Q_EMIT pendingChanged();
}

Task<Result<store::Message>> Outbox::send(Draft draft)
{
    const auto body = checkText(draft.body);
    if (!body)
        co_return fail(body.error());
    if (draft.to.isNull())
        co_return fail(inputError("jid-malformed", QStringLiteral("The message has no address to go to.")));

    xmpp::Message beside;
    m_extensions.states.mark(beside);
    store::NewMessage row;
    row.outgoing = true;
    row.author = m_account;
    row.body = *body;
    row.time = m_client.clock().now();
    row.state = store::MessageState::Queued;
    row.stanzaId = draft.id.isEmpty() ? m_client.random().id() : xml::cleanText(draft.id);
    row.originId = row.stanzaId;

    StoreDraft job{m_account, draft.to, row, draft.replyTo, beside.payloads};
    auto writing = m_store.write(std::move(job));
    auto stored = co_await std::move(writing);
    if (!stored)
        co_return fail(stored.error());
    // At once: another batch may take it along, and its changes must not be told first.
    m_conversations.take(std::move(stored->conversation));
    m_conversations.announceMessage(stored->message);
    co_await recount();
    wake();
    co_return std::move(stored->message);
}

Task<Result<std::vector<store::Message>>> Outbox::forward(Forward forward)
{
    if (forward.to.isNull())
        co_return fail(inputError("jid-malformed", QStringLiteral("The message has no address to go to.")));
    StoreForward job{m_account,
                     forward.to.bare(),
                     forward.key,
                     xml::cleanText(forward.comment).trimmed(),
                     xml::cleanText(forward.head),
                     m_client.clock().now(),
                     {}};
    for (int i = 0; i < StoreForward::mostFiles; ++i)
        job.ids.append(m_client.random().id());
    auto writing = m_store.write(std::move(job));
    auto stored = co_await std::move(writing);
    if (!stored)
        co_return fail(stored.error());
    std::vector<store::Message> messages;
    for (outboxjobs::Stored &each : *stored) {
        m_conversations.take(std::move(each.conversation));
        m_conversations.announceMessage(each.message);
        messages.push_back(std::move(each.message));
    }
    co_await recount();
    wake();
    co_return messages;
}

Task<Result<>> Outbox::retry(qint64 key)
{
    auto writing = m_store.write(Retry{m_account, key, m_client.clock().now()});
    auto done = co_await std::move(writing);
    if (!done)
        co_return fail(done.error());
    m_suspects.erase(key);
    co_await recount();
    std::vector<qint64> keys{key};
    co_await announce(keys);
    wake();
    co_return Result<>{};
}

Task<Result<>> Outbox::discard(qint64 key)
{
    auto writing = m_store.write(Discard{key});
    auto done = co_await std::move(writing);
    if (!done)
        co_return fail(done.error());
    co_await recount();
    if (*done)
        m_conversations.announceEdit(**done);
    else
        m_conversations.announceRemoval(store::keys::conversationOf(key), key);
    co_await m_conversations.refresh(store::keys::conversationOf(key));
    co_return Result<>{};
}

void Outbox::resume()
{
    const auto &settled = m_client.management().settled();
    const auto session = m_client.management().session();
    if (settled && session && session->id == settled->id)
        m_hold = std::make_unique<xmpp::Client::Hold>(m_client);
    m_stream.run(restart());
}

/// What was written to a stream that is gone may or may not have arrived: it goes again, with the same id; but for what
/// the server is known to have, and what ends every stream.
Task<void> Outbox::restart()
{
    const auto poison = poisonous();
    if (!poison.empty()) {
        auto giving = giveUp(poison,
                             Error{Error::Kind::Stream, QStringLiteral("refused-by-server"),
                                   QStringLiteral("The server ended the connection each time this was sent.")});
        const bool parked = co_await std::move(giving);
        if (parked) {
            for (const qint64 key : poison)
                m_suspects.erase(key);
        }
    }
    const Jid account = m_account;
    const auto settled = m_client.management().settled();
    const QDateTime now = m_client.clock().now();
    for (;;) {
        auto writing = m_store.write(Settle{account, settled, now});
        const auto arrived = co_await std::move(writing);
        if (arrived && !arrived->empty()) {
            co_await recount();
            co_await announce(*arrived);
        }
        if (arrived)
            break;
        co_await base::sleep(m_client.clock(), store::retryAfter);
    }
    // A session that goes on knows by its numbers what has arrived.
    if (!std::exchange(m_hold, {}) && m_doubt) {
        auto reading = m_store.read(ReadDoubtful{account});
        const auto peers = co_await std::move(reading);
        if (peers && !peers->empty()) {
            auto doubting = m_doubt(*peers);
            co_await std::move(doubting);
            co_await recount();
        }
    }
    m_restarted = true;
    wake();
}

void Outbox::wake()
{
    // Nothing overtakes what a lost stream left behind.
    if (!m_client.isOnline() || !m_restarted)
        return;
    if (m_flushing) {
        m_again = true;
        return;
    }
    m_flushing = true;
    m_stream.run(flush());
}

/// Writes what waits, in order, a batch at a time, until nothing is left or the stream is gone.
Task<void> Outbox::flush()
{
    for (;;) {
        m_again = false;
        const Step step = co_await writeBatch();
        if (step == Step::Stop)
            break;
        if (step == Step::Again)
            co_await base::sleep(m_client.clock(), store::retryAfter);
        else if (step == Step::Done && !m_again)
            break;
    }
    m_flushing = false;
}

/// Tells everybody how the messages stand now, and the changes.
Task<void> Outbox::announce(std::vector<qint64> items)
{
    const auto changes = std::partition(items.begin(), items.end(), [](qint64 item) { return item > 0; });
    ReadMessages edited{{changes, items.end()}};
    items.erase(changes, items.end());
    auto reading = m_store.read(ReadMessages{std::move(items)});
    const auto messages = co_await std::move(reading);
    if (messages) {
        for (const store::Message &message : *messages) {
            m_conversations.announceChange(message);
            co_await m_conversations.refresh(message.conversation);
        }
    }
    if (edited.items.empty())
        co_return;
    auto readingEdited = m_store.read(std::move(edited));
    const auto editedMessages = co_await std::move(readingEdited);
    if (!editedMessages)
        co_return;
    for (const store::Message &message : *editedMessages) {
        m_conversations.announceEdit(message);
        co_await m_conversations.refresh(message.conversation);
    }
}

/// The stored bytes; on a retry with the time at which it was written (I3, XEP-0203).
xml::Element Outbox::stampedWhereLate(const store::OutboxEntry &entry, const xml::Element &stanza) const
{
    const bool isLate = entry.attempts > 0 || entry.created.secsTo(m_client.clock().now()) > lateAfter.count();
    if (!isLate)
        return stanza;
    xep::Delay delay;
    delay.from = m_client.self();
    delay.stamp = entry.created;
    return xml::Builder::extend(stanza).child(xml::encode(delay)).build();
}

/// False where the store would not take it.
Task<bool> Outbox::giveUp(std::vector<qint64> keys, Error why)
{
    GiveUp job{keys, std::move(why), m_client.clock().now()};
    auto writing = m_store.write(std::move(job));
    const auto done = co_await std::move(writing);
    if (!done)
        co_return false;
    co_await recount();
    co_await announce(std::move(keys));
    co_return true;
}

/// The stream's stanzas are counted, or those of the one that may be resumed.
bool Outbox::isManaged() const
{
    return m_client.management().isEnabled() || m_client.isInterrupted();
}

/// How many more may go out now.
int Outbox::room() const
{
    // One at a time while one of them is suspected, so that the next end points at it alone.
    if (!isManaged())
        return m_suspects.empty() ? batchSize : 1;
    const int most = m_suspects.empty() ? mostInFlight : 1;
    return std::min(most - int(m_unconfirmed.size()), batchSize);
}

Task<Outbox::Step> Outbox::writeBatch()
{
    const int most = room();
    if (!m_client.isOnline() || most <= 0)
        co_return m_client.isOnline() ? Step::Done : Step::Stop;
    const xmpp::StreamManagement &management = m_client.management();
    const auto session = management.session();
    TakeNext job{
        m_account, most, session ? session->id : QString(), management.sentCount(), {}, m_client.clock().now()};
    for (const xmpp::StreamManagement::Pending &each : management.pending()) {
        if (each.tag != 0)
            job.numbers.push_back({each.tag, each.number});
    }
    auto hold = std::make_unique<xmpp::Client::Hold>(m_client); // the numbers are those that are stored
    auto taking = m_store.write(std::move(job));
    auto batch = co_await std::move(taking);
    if (!batch)
        co_return Step::Again;
    if (batch->empty())
        co_return Step::Done;
    // Interrupted meanwhile, they are counted all the same and go out when the session goes on.
    if (!m_client.isOnline() && !m_client.isInterrupted())
        co_return Step::Stop;
    const bool managed = isManaged();
    std::vector<qint64> keys;
    std::vector<qint64> illegible;
    for (const Taken &taken : *batch) {
        const qint64 key = taken.entry.item;
        (taken.stanza ? keys : illegible).push_back(key);
        if (!taken.stanza)
            continue;
        m_unconfirmed.push_back(key);
        m_writtenAt = m_client.clock().monotonic();
        m_client.send(stampedWhereLate(taken.entry, *taken.stanza), key);
        if (!m_client.isOnline() && !m_client.isInterrupted())
            co_return Step::Stop; // the rest is requeued by the next stream
    }
    hold.reset();
    if (!illegible.empty()) {
        auto giving = giveUp(illegible,
                             Error{Error::Kind::Storage, QStringLiteral("database-damaged"),
                                   QStringLiteral("The stored message cannot be read any more.")});
        const bool parked = co_await std::move(giving);
        if (!parked)
            co_return Step::Again;
    }
    co_await announce(keys);
    if (managed)
        co_return Step::More;
    co_return co_await confirmBatch(std::move(keys));
}

/// The server has them: by its own count (XEP-0198 4), or by the ping behind them.
Task<void> Outbox::accept(std::vector<qint64> keys)
{
    for (const qint64 key : keys) {
        m_unconfirmed.erase(std::remove(m_unconfirmed.begin(), m_unconfirmed.end(), key), m_unconfirmed.end());
        m_suspects.erase(key);
    }
    wake(); // there is room again
    const QDateTime now = m_client.clock().now();
    for (;;) {
        Accept job{keys, now};
        auto writing = m_store.write(std::move(job));
        const auto done = co_await std::move(writing);
        if (done)
            break;
        // The server has them; only our own note of it is missing.
        co_await base::sleep(m_client.clock(), store::retryAfter);
    }
    co_await recount();
    co_await announce(std::move(keys));
}

/// The ping barrier of servers without stream management: its answer, an error too, comes after all that was written.
Task<Outbox::Step> Outbox::confirmBatch(std::vector<qint64> keys)
{
    const auto answer = co_await m_extensions.ping.ping(Jid(), barrierLimit);
    if (!answer && answer.error().kind != Error::Kind::Stanza) {
        if (answer.error().kind == Error::Kind::Timeout)
            Q_EMIT unanswered();
        co_return Step::Stop;
    }
    m_scope.run(accept(std::move(keys))); // whatever becomes of the stream now
    co_return Step::More;
}

} // namespace chat
