// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/sqlite.h"

#include <vector>

namespace store {

/// A public key by which a server has proven itself, with what its newest certificate says.
struct ServerKey {
    QByteArray fingerprint; ///< SHA-256 of the SubjectPublicKeyInfo: 32 bytes.
    QDateTime firstSeen;
    QDateTime lastSeen;
    QString subject;
    QString issuer;
    QDateTime validFrom;
    QDateTime validTo;
    bool told = true; ///< The person knows of it; the first one is no news.
};

/// The history of the keys of each account's server. Reads are const. The account must be stored.
class ServerKeys
{
public:
    /// Older ones are forgotten.
    static constexpr int mostKeys = 100;

    explicit ServerKeys(Database &database) : m_database(database) { }

    /// Adds the key, or changes the one of that fingerprint.
    Result<> put(const Jid &account, const ServerKey &key);
    /// The person knows of all of them.
    Result<> setTold(const Jid &account);

    /// The one that was seen last first.
    Result<std::vector<ServerKey>> all(const Jid &account) const;

private:
    Database &m_database;
};

} // namespace store
