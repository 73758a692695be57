// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"
#include "base/jid.h"
#include "base/secretbytes.h"

#include <QString>

namespace chat {

/// The name in Secrets of an account's SCRAM keys. Its password has the address itself, which has no slash.
inline QString scramKeysOf(const Jid &account)
{
    return account.toString() + QStringLiteral("/scram");
}

/// The name in Secrets of the passphrase of an account's certificate file.
inline QString certificateOf(const Jid &account)
{
    return account.toString() + QStringLiteral("/certificate");
}

/// The name in Secrets of an account's token (XEP-0484).
inline QString tokenOf(const Jid &account)
{
    return account.toString() + QStringLiteral("/fast");
}

/// Where passwords are kept: the seam to the keychain.
class Secrets
{
public:
    virtual ~Secrets() = default;
    /// Errors: Secret `not-found`, `keychain-unavailable`, `keychain-denied`.
    virtual Task<Result<SecretBytes>> read(QString key) = 0;
    virtual Task<Result<>> write(QString key, SecretBytes secret) = 0;
    virtual Task<Result<>> remove(QString key) = 0;
};

/// The platform's keychain by QtKeychain. Nothing is ever written anywhere else where it is missing.
class KeychainSecrets final : public Secrets
{
public:
    /// `service` tells profiles apart in the keychain's own windows.
    explicit KeychainSecrets(QString service) : m_service(std::move(service)) { }
    Task<Result<SecretBytes>> read(QString key) override;
    Task<Result<>> write(QString key, SecretBytes secret) override;
    Task<Result<>> remove(QString key) override;

private:
    QString m_service;
};

/// Files of mode 0600 in a folder of mode 0700: only for accounts whose owner asked for it in so many words.
class FileSecrets final : public Secrets
{
public:
    explicit FileSecrets(QString folder) : m_folder(std::move(folder)) { }
    Task<Result<SecretBytes>> read(QString key) override;
    Task<Result<>> write(QString key, SecretBytes secret) override;
    Task<Result<>> remove(QString key) override;

private:
    QString pathOf(const QString &key) const;
    QString m_folder;
};

} // namespace chat
