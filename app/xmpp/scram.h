// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "base/secretbytes.h"

#include <QByteArray>

namespace xmpp {

/// One SCRAM exchange (RFC 5802, RFC 7677), client side. Pure computing: no sockets, no threads.
class Scram
{
public:
    enum class Hash { Sha1, Sha256, Sha512 };
    static constexpr int minimumIterations = 4096;
    static constexpr int maximumIterations = 2000000; ///< More would freeze us for the server's pleasure.

    /// ClientKey and ServerKey: all that a later sign-in with the same salt and count needs.
    struct Keys {
        SecretBytes client;
        SecretBytes server;
    };
    /// What the server's first message asks for.
    struct Challenge {
        QByteArray salt;
        int iterations = 0;
        QByteArray offerHash;  ///< XEP-0474's `h`, base64; null where there is none.
        QByteArray tlsVersion; ///< XEP-0515's `t`; null where there is none.
    };

    /// `username` as prepared; `gs2Header` is `n,,`, `y,,` or `p=tls-exporter,,`; `bindingData` goes with `p`.
    Scram(Hash hash, const QString &username, QByteArray gs2Header, QByteArray bindingData, Random &random);

    QByteArray clientFirst() const;
    /// Error: Auth `malformed-challenge`, `weak-iterations`, `excessive-iterations`, `wrong-nonce`.
    Result<Challenge> takeServerFirst(const QByteArray &message);
    QByteArray clientFinal(const Keys &keys);
    /// The server's proof that it knows the password too. Error: Auth `server-not-proven` or the server's own `e=`.
    Result<> takeServerFinal(const QByteArray &message) const;

    /// PBKDF2 alone: what XEP-0480 gives to the server.
    static SecretBytes salted(Hash hash, std::string_view password, const QByteArray &salt, int iterations);
    /// PBKDF2 and the two keys (RFC 5802 3). Slow on purpose: call it on a worker. `password` is prepared already.
    static Keys derive(Hash hash, std::string_view password, const QByteArray &salt, int iterations);

private:
    Hash m_hash;
    QByteArray m_gs2Header;
    QByteArray m_bindingData;
    QByteArray m_nonce;
    QByteArray m_clientFirstBare;
    QByteArray m_serverFirst;
    QByteArray m_serverNonce;
    QByteArray m_serverSignature;
};

/// SASLprep (RFC 4013) of a password, as RFC 6120 and SCRAM want it. Error: Input `password-not-allowed` for what it
/// forbids.
Result<SecretBytes> preparePassword(const SecretBytes &password);

} // namespace xmpp
