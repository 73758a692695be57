// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/truststore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace net {
namespace {

constexpr qint64 largestFile = 16 * 1024 * 1024;

QString environmentFile()
{
    return qEnvironmentVariable("SSL_CERT_FILE");
}

QStringList environmentFolders()
{
    return qEnvironmentVariable("SSL_CERT_DIR").split(QDir::listSeparator(), Qt::SkipEmptyParts);
}

QStringList filesIn(const QString &folder)
{
    const QStringList patterns{QStringLiteral("*.pem"), QStringLiteral("*.crt"), QStringLiteral("*.0")};
    QStringList result;
    for (const QFileInfo &file : QDir(folder).entryInfoList(patterns, QDir::Files, QDir::Name))
        result.append(file.absoluteFilePath());
    return result;
}

/// Where Linux and the BSDs keep the system's anchors: watched for changes, while Qt does the reading.
QStringList systemPlaces()
{
    return {QStringLiteral("/etc/ssl/certs"),         QStringLiteral("/etc/ssl/certs/ca-certificates.crt"),
            QStringLiteral("/etc/ssl/ca-bundle.pem"), QStringLiteral("/etc/pki/tls/certs/ca-bundle.crt"),
            QStringLiteral("/usr/local/share/certs"), QStringLiteral("/usr/local/etc/ssl/cert.pem")};
}

void addFile(X509_STORE *store, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray bytes = file.read(largestFile);
    const ossl::BioPtr bio(BIO_new_mem_buf(bytes.constData(), int(bytes.size())));
    bool found = false;
    // Each call takes one block, good or bad, so that one broken block does not hide those after it.
    while (!BIO_eof(bio.get())) {
        const ossl::X509Ptr certificate(PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr));
        if (certificate) {
            found = true;
            X509_STORE_add_cert(store, certificate.get());
        }
    }
    ERR_clear_error();
    if (const auto single = found ? nullptr : ossl::certificate(bytes))
        X509_STORE_add_cert(store, single.get());
}

} // namespace

TrustStore::Loaded TrustStore::read()
{
    Loaded result;
    // First, so that a change while we read shows as one at the next look.
    result.stamps = stamps();
    result.store = StorePtr(X509_STORE_new(), X509_STORE_free);
    X509_STORE *store = result.store.get();
    if (const QString file = environmentFile(); !file.isEmpty())
        addFile(store, file);
    const QStringList folders = environmentFolders();
    for (const QString &folder : folders) {
        for (const QString &file : filesIn(folder))
            addFile(store, file);
    }
    if (folders.isEmpty()) {
        for (const QSslCertificate &anchor : QSslConfiguration::systemCaCertificates()) {
            if (const auto certificate = ossl::certificate(anchor.toDer()))
                X509_STORE_add_cert(store, certificate.get());
        }
    }
    ERR_clear_error();
    return result;
}

QByteArrayList TrustStore::stamps()
{
    QStringList places{environmentFile()};
    const QStringList folders = environmentFolders();
    for (const QString &folder : folders)
        places << folder << filesIn(folder);
    if (folders.isEmpty())
        places << systemPlaces();
    QByteArrayList result;
    for (const QString &place : places) {
        const QFileInfo file(place);
        if (!place.isEmpty() && file.exists())
            result.append(place.toUtf8() + '|' + QByteArray::number(file.size()) + '|'
                          + QByteArray::number(file.lastModified().toMSecsSinceEpoch()));
    }
    return result;
}

Task<void> TrustStore::load()
{
    if (m_worker)
        m_loaded = co_await m_worker->run(&TrustStore::read);
    else
        m_loaded = read();
    for (const auto &later : std::exchange(m_waiting, {}))
        later.set(true);
}

Task<StorePtr> TrustStore::anchors()
{
    if (!m_loaded.store) {
        const Later<bool> loaded;
        m_waiting.push_back(loaded);
        // In a scope of our own: the first caller may be dropped while others wait.
        if (m_waiting.size() == 1)
            m_scope.run(load());
        co_await loaded;
    }
    co_return m_loaded.store;
}

Task<bool> TrustStore::refresh()
{
    if (m_loaded.store && m_loaded.stamps == stamps())
        co_return false;
    m_loaded.store = nullptr;
    co_await anchors();
    co_return true;
}

} // namespace net
