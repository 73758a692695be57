// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/worker.h"
#include "net/openssl.h"

#include <QByteArrayList>

#include <vector>

namespace net {

using StorePtr = std::shared_ptr<X509_STORE>;

/// The certificate authorities that this computer trusts, read once and shared by all connections.
///
/// They come from where OpenSSL's own programs look, so that an administrator (or a test) steers Balcony in the usual way:
/// - `SSL_CERT_FILE` set: all certificates of that PEM file;
/// - `SSL_CERT_DIR` set: all certificates of the files *.pem, *.crt and *.0 in that folder (or several, separated as in
///   PATH), instead of the system's;
/// - `SSL_CERT_DIR` not set: the system's, as Qt finds them on each platform.
/// One thread, beside the reading itself.
class TrustStore
{
public:
    /// Reads on `worker`, or at once on the calling thread where that is null.
    explicit TrustStore(Worker *worker = nullptr) : m_worker(worker) { }
    TrustStore(const TrustStore &) = delete;
    TrustStore &operator=(const TrustStore &) = delete;

    /// The anchors; read at the first call. Callers that come meanwhile wait for the same reading.
    Task<StorePtr> anchors();
    /// After an unknown issuer: reads again where a file or folder of anchors changed since. True where it did. Anchors
    /// that do not come from files (Windows, macOS) are read again only at the next start.
    Task<bool> refresh();

private:
    struct Loaded {
        StorePtr store;
        QByteArrayList stamps;
    };
    static Loaded read();
    static QByteArrayList stamps();
    Task<void> load();

    Worker *m_worker;
    Loaded m_loaded;
    std::vector<Later<bool>> m_waiting;
    Scope m_scope; // last: its task uses the others
};

} // namespace net
