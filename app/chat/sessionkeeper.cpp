// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/sessionkeeper.h"

namespace chat {

SessionKeeper::SessionKeeper(xmpp::Client &client, store::Store &store, const Jid &account)
    : m_client(client), m_store(store), m_account(account)
{
    client.management().setKeeper([this] {
        if (!std::exchange(m_keeping, true))
            m_scope.run(keep());
    });
    connect(&client, &xmpp::Client::online, this, [this] {
        const auto session = m_client.management().session();
        m_scope.run(drop(session ? session->id : QString())); // the one before it
    });
    connect(&client, &xmpp::Client::offline, this, [this] {
        if (!m_client.management().canResume())
            m_scope.run(drop(QString()));
    });
}

SessionKeeper::~SessionKeeper()
{
    m_client.management().setKeeper({});
}

/// What was handled without being stored (presence, say) is counted on disk before the server hears of it. Where that
/// fails it hears nothing (I12), and the next question tries again.
Task<void> SessionKeeper::keep()
{
    const auto session = m_client.management().session();
    const Jid account = m_account;
    const SessionMark mark{session ? session->id : QString(), session ? session->handled : 0};
    auto writing = m_store.write([account, mark](store::Transaction &transaction) {
        return sessionrecord::putHandled(transaction, account, mark);
    });
    const auto written = co_await std::move(writing);
    m_keeping = false;
    if (written)
        m_client.management().setKept(mark.session, mark.handled);
}

Task<Result<>> SessionKeeper::load()
{
    const Jid account = m_account;
    auto reading = m_store.read([account](store::Reader &reader) { return sessionrecord::read(reader, account); });
    auto session = co_await std::move(reading);
    if (!session)
        co_return fail(session.error());
    if (*session)
        m_client.management().restore(**session);
    co_return Result<>{};
}

void SessionKeeper::begin()
{
    if (m_client.management().canResume())
        m_scope.run(save());
}

/// Where it cannot be written, the next start signs in anew: nothing is lost by it.
Task<void> SessionKeeper::save()
{
    const auto session = m_client.management().session();
    const Jid account = m_account;
    if (!session)
        co_return;
    auto writing = m_store.write([account, session](store::Transaction &transaction) {
        return sessionrecord::put(transaction, account, *session);
    });
    (void)co_await std::move(writing);
}

Task<void> SessionKeeper::drop(QString except)
{
    const Jid account = m_account;
    auto writing = m_store.write([account, except](store::Transaction &transaction) {
        return sessionrecord::remove(transaction, account, except);
    });
    (void)co_await std::move(writing);
}

} // namespace chat
