// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/secrets.h"

#include <qt6keychain/keychain.h>

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <memory>

namespace chat {
namespace {

constexpr qint64 largestSecret = 64 * 1024;

Error keychainError(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {Error::Kind::Secret, QStringLiteral("not-found"),
                QStringLiteral("The keychain has no password for this account.")};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {Error::Kind::Secret, QStringLiteral("keychain-denied"),
                QStringLiteral("The keychain did not give the password.")};
    default:
        return {Error::Kind::Secret, QStringLiteral("keychain-unavailable"),
                QStringLiteral("The keychain cannot be used: %1.").arg(job.errorString())};
    }
}

/// Deletes a job when its frame ends; one that still runs is called back by the keychain and deletes itself after that.
struct JobOwner {
    explicit JobOwner(QKeychain::Job *j) : job(j) { job->setAutoDelete(false); }
    ~JobOwner()
    {
        if (isRunning)
            job->setAutoDelete(true);
        else
            job->deleteLater();
    }
    JobOwner(const JobOwner &) = delete;
    JobOwner &operator=(const JobOwner &) = delete;
    QKeychain::Job *job;
    bool isRunning = false;
};

/// Runs the keychain job and waits for it.
Task<void> finish(JobOwner *owner)
{
    Later<bool> later;
    QObject context;
    QObject::connect(owner->job, &QKeychain::Job::finished, &context, [later, owner](QKeychain::Job *) {
        owner->isRunning = false;
        later.set(true);
    });
    owner->isRunning = true;
    owner->job->start();
    co_await later;
}

} // namespace

Task<Result<SecretBytes>> KeychainSecrets::read(QString key)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service);
    JobOwner owner(job);
    job->setKey(key);
    co_await finish(&owner);
    if (job->error() != QKeychain::NoError)
        co_return fail(keychainError(*job));
    QByteArray bytes = job->binaryData();
    co_return SecretBytes::take(bytes);
}

Task<Result<>> KeychainSecrets::write(QString key, SecretBytes secret)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    JobOwner owner(job);
    job->setKey(key);
    job->setBinaryData(QByteArray(secret.data(), qsizetype(secret.size())));
    co_await finish(&owner);
    if (job->error() != QKeychain::NoError)
        co_return fail(keychainError(*job));
    co_return Result<>{};
}

Task<Result<>> KeychainSecrets::remove(QString key)
{
    auto *job = new QKeychain::DeletePasswordJob(m_service);
    JobOwner owner(job);
    job->setKey(key);
    co_await finish(&owner);
    if (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound)
        co_return fail(keychainError(*job));
    co_return Result<>{};
}

QString FileSecrets::pathOf(const QString &key) const
{
    // Hexadecimal: no character of a JID can leave the folder or clash on a file system without case.
    return m_folder + u'/' + QString::fromLatin1(key.toUtf8().toHex()) + QStringLiteral(".secret");
}

Task<Result<SecretBytes>> FileSecrets::read(QString key)
{
    QFile file(pathOf(key));
    if (!file.open(QIODevice::ReadOnly))
        co_return fail(Error::Kind::Secret, QStringLiteral("not-found"),
                       QStringLiteral("There is no stored password for this account."));
    QByteArray bytes = file.read(largestSecret);
    co_return SecretBytes::take(bytes);
}

Task<Result<>> FileSecrets::write(QString key, SecretBytes secret)
{
    const auto own = QFile::ReadOwner | QFile::WriteOwner;
    QDir().mkpath(m_folder);
    QFile::setPermissions(m_folder, own | QFile::ExeOwner);
    QSaveFile file(pathOf(key));
    // Closed to others before the first byte is in it.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(own)
        || file.write(secret.data(), qint64(secret.size())) != qint64(secret.size()) || !file.commit())
        co_return fail(Error::Kind::Secret, QStringLiteral("storage-failed"),
                       QStringLiteral("The password could not be stored: %1.").arg(file.errorString()));
    co_return Result<>{};
}

Task<Result<>> FileSecrets::remove(QString key)
{
    QFile::remove(pathOf(key));
    co_return Result<>{};
}

} // namespace chat
