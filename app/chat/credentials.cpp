// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/credentials.h"

#include <QFile>

namespace chat {
namespace {

constexpr qint64 largestPasswordFile = 64 * 1024;
constexpr qint64 largestCertificateFile = 1024 * 1024;

Error needsPassword(const QString &detail)
{
    return {Error::Kind::Auth, QStringLiteral("needs-password"), detail};
}

Result<SecretBytes> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Secret, QStringLiteral("password-file"),
                    QStringLiteral("The password file %1 cannot be read: %2.").arg(path, file.errorString()));
    QByteArray line = file.read(largestPasswordFile);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return SecretBytes::take(line);
}

Result<SecretBytes> readCertificateFile(const QString &path)
{
    QFile file(path);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    if (isOpen && file.size() <= largestCertificateFile) {
        SecretBytes bytes{size_t(file.size())};
        if (file.read(bytes.data(), qint64(bytes.size())) == qint64(bytes.size()))
            return bytes;
    }
    return fail(Error::Kind::Secret, QStringLiteral("certificate-file"),
                QStringLiteral("The certificate file %1 cannot be read: %2.")
                    .arg(path,
                         isOpen && file.size() > largestCertificateFile ? QStringLiteral("it is too large")
                                                                        : file.errorString()));
}

/// A job for the worker: opening a file by its passphrase takes time on purpose.
struct OpenCertificate {
    std::shared_ptr<const SecretBytes> file;
    std::shared_ptr<const SecretBytes> passphrase;
    Result<net::ClientCertificate> operator()() const
    {
        const SecretBytes none;
        return net::ClientCertificate::read(*file, passphrase ? *passphrase : none);
    }
};

} // namespace

/// For secrets that are not the password's.
Secrets *Credentials::store() const
{
    switch (m_settings.passwordStore) {
    case AccountSettings::PasswordStore::Keychain: return &m_services.keychain;
    case AccountSettings::PasswordStore::File: return &m_services.files;
    case AccountSettings::PasswordStore::None: break;
    }
    return nullptr;
}

/// Under which name the password is; a certificate's passphrase has one of its own, so that a change of mind loses neither.
QString Credentials::key() const
{
    return m_settings.certificateFile.isEmpty() ? m_settings.jid.toString() : certificateOf(m_settings.jid);
}

Secrets *Credentials::place() const
{
    return m_settings.passwordFile.isEmpty() ? store() : nullptr; // a file's secrets are the person's own business
}

Task<Result<SecretBytes>> Credentials::password() const
{
    if (!m_settings.passwordFile.isEmpty())
        co_return readFile(m_settings.passwordFile);
    Secrets *secrets = place();
    const bool isPassphrase = !m_settings.certificateFile.isEmpty();
    if (!secrets && isPassphrase)
        co_return SecretBytes();
    if (!secrets)
        co_return fail(needsPassword(QStringLiteral("The account's password is not stored.")));
    auto reading = secrets->read(key());
    auto secret = co_await std::move(reading);
    if (!secret && isPassphrase) // it is asked for where the file needs one
        co_return SecretBytes();
    // A keychain that is missing or locked is no dead end: the person can type the password (RELIABILITY D13).
    if (!secret && (secret.error().condition == u"not-found" || secrets == &m_services.keychain))
        co_return fail(needsPassword(secret.error().detail));
    co_return std::move(secret);
}

Task<Result<std::shared_ptr<const net::ClientCertificate>>> Credentials::certificate(
    std::shared_ptr<const SecretBytes> passphrase) const
{
    auto file = readCertificateFile(m_settings.certificateFile);
    if (!file)
        co_return fail(file.error());
    OpenCertificate job{std::make_shared<const SecretBytes>(std::move(*file)), std::move(passphrase)};
    auto opening = m_services.worker.run(std::move(job));
    auto certificate = co_await std::move(opening);
    if (!certificate)
        co_return fail(certificate.error());
    if (auto good = certificate->checkTime(m_services.clock.now()); !good)
        co_return fail(good.error());
    co_return std::make_shared<const net::ClientCertificate>(std::move(*certificate));
}

namespace {

/// What came of an older password.
Task<void> removeProofs(Secrets *secrets, Jid account)
{
    auto removingKeys = secrets->remove(scramKeysOf(account));
    (void)co_await std::move(removingKeys);
    auto removingToken = secrets->remove(tokenOf(account));
    (void)co_await std::move(removingToken);
}

} // namespace

Task<Result<>> Credentials::keepPassword(SecretBytes password) const
{
    Secrets *secrets = place();
    if (!secrets)
        co_return Result<>{};
    auto removing = removeProofs(secrets, m_settings.jid);
    co_await std::move(removing);
    auto writing = secrets->write(key(), std::move(password));
    co_return co_await std::move(writing);
}

Task<std::shared_ptr<const SecretBytes>> Credentials::proxyPassword() const
{
    Secrets *secrets = store();
    if (m_settings.proxy.user.isEmpty() || !secrets)
        co_return nullptr;
    auto reading = secrets->read(m_settings.proxyKey());
    auto secret = co_await std::move(reading);
    if (!secret)
        co_return nullptr;
    co_return std::make_shared<const SecretBytes>(std::move(*secret));
}

Task<Result<>> Credentials::keepProxyPassword() const
{
    Secrets *secrets = store();
    if (!m_settings.proxy.password || !secrets)
        co_return Result<>{};
    auto writing = secrets->write(m_settings.proxyKey(), m_settings.proxy.password->copy());
    co_return co_await std::move(writing);
}

Task<Result<>> Credentials::forget() const
{
    Secrets *secrets = store();
    if (!secrets)
        co_return Result<>{};
    auto removingProofs = removeProofs(secrets, m_settings.jid);
    co_await std::move(removingProofs);
    auto removingPassphrase = secrets->remove(certificateOf(m_settings.jid));
    (void)co_await std::move(removingPassphrase);
    if (!m_settings.proxy.user.isEmpty()) {
        auto removingProxy = secrets->remove(m_settings.proxyKey());
        (void)co_await std::move(removingProxy);
    }
    auto removing = secrets->remove(m_settings.jid.toString());
    co_return co_await std::move(removing);
}

} // namespace chat
