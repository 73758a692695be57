// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/serverkeys.h"

#include <algorithm>

namespace chat {

ServerKeys::ServerKeys(Clock &clock, store::Store &store, const Jid &account)
    : m_clock(clock), m_store(store), m_account(account)
{
}

ServerKeys::~ServerKeys()
{
    m_scope.cancel();
}

Task<Result<>> ServerKeys::load()
{
    const Jid account = m_account;
    auto reading = m_store.read([account](store::Reader &reader) { return reader.serverKeys().all(account); });
    auto keys = co_await std::move(reading);
    if (!keys)
        co_return fail(keys.error());
    m_keys = std::move(*keys);
    co_return Result<>{};
}

void ServerKeys::take(const net::TlsFacts &facts)
{
    const QByteArray fingerprint = QByteArray::fromHex(facts.key);
    if (fingerprint.isEmpty())
        return;
    const auto known = std::find_if(m_keys.begin(), m_keys.end(), [&fingerprint](const store::ServerKey &key) {
        return key.fingerprint == fingerprint;
    });
    const QDateTime now = m_clock.now();
    const bool isNews = known == m_keys.end() && !m_keys.empty();
    store::ServerKey key{fingerprint,     now,           now,    facts.subject, facts.authority,
                         facts.validFrom, facts.validTo, !isNews};
    if (known != m_keys.end()) { // an older key that comes back is none either: several servers may share a name
        key.firstSeen = known->firstSeen;
        key.told = known->told;
        m_keys.erase(known);
    }
    m_keys.insert(m_keys.begin(), key);
    if (m_keys.size() > size_t(store::ServerKeys::mostKeys))
        m_keys.pop_back();
    m_scope.run(write(key));
    Q_EMIT changed();
    if (isNews)
        Q_EMIT keyChanged();
}

QDateTime ServerKeys::firstSeen(const QByteArray &fingerprint) const
{
    for (const store::ServerKey &key : m_keys) {
        if (key.fingerprint == QByteArray::fromHex(fingerprint))
            return key.firstSeen;
    }
    return {};
}

const store::ServerKey *ServerKeys::news() const
{
    const auto found = std::max_element(m_keys.begin(), m_keys.end(), [](const auto &a, const auto &b) {
        return std::pair(!a.told, a.firstSeen) < std::pair(!b.told, b.firstSeen);
    });
    return found == m_keys.end() || found->told || m_keys.size() < 2 ? nullptr : &*found;
}

const store::ServerKey *ServerKeys::previous() const
{
    const store::ServerKey *latest = news();
    const store::ServerKey *result = nullptr;
    for (const store::ServerKey &key : m_keys) {
        if (latest && &key != latest && key.firstSeen <= latest->firstSeen
            && (!result || key.lastSeen > result->lastSeen))
            result = &key;
    }
    return result;
}

void ServerKeys::setTold()
{
    if (!news())
        return;
    for (store::ServerKey &key : m_keys)
        key.told = true;
    m_scope.run(writeTold());
    Q_EMIT changed();
}

/// What cannot be written is known until the program's end.
Task<void> ServerKeys::write(store::ServerKey key)
{
    const Jid account = m_account;
    auto writing = m_store.write(
        [account, key](store::Transaction &transaction) { return transaction.serverKeys().put(account, key); });
    (void)co_await std::move(writing);
}

Task<void> ServerKeys::writeTold()
{
    const Jid account = m_account;
    auto writing =
        m_store.write([account](store::Transaction &transaction) { return transaction.serverKeys().setTold(account); });
    (void)co_await std::move(writing);
}

} // namespace chat
