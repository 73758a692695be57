// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"
#include "net/transport.h"
#include "store/store.h"

#include <QObject>

namespace chat {

/// The keys by which an account's server has proven itself, over the program's end. A change stops nothing where the
/// certificate is good, but the person is told, once (RELIABILITY 1.31).
class ServerKeys : public QObject
{
    Q_OBJECT
public:
    ServerKeys(Clock &clock, store::Store &store, const Jid &account);
    ~ServerKeys() override;

    /// Before the first connection. Error: Storage.
    Task<Result<>> load();
    /// A server was proven by `facts`.
    void take(const net::TlsFacts &facts);

    /// The one that was seen last first.
    const std::vector<store::ServerKey> &all() const { return m_keys; }
    /// Since when the key of this fingerprint (hexadecimal) is known; null where it is not.
    QDateTime firstSeen(const QByteArray &fingerprint) const;
    /// A key that the person does not know of, while there is one; always together with previous().
    const store::ServerKey *news() const;
    /// The one before news().
    const store::ServerKey *previous() const;
    /// The person has been told.
    void setTold();

Q_SIGNALS:
    /// all() or news() is another one.
    void changed();
    /// The server has another key than before; news() is it.
    void keyChanged();

private:
    Task<void> write(store::ServerKey key);
    Task<void> writeTold();

    Clock &m_clock;
    store::Store &m_store;
    Jid m_account;
    std::vector<store::ServerKey> m_keys;
    Scope m_scope;
};

} // namespace chat
