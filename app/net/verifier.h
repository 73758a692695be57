// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "net/truststore.h"

namespace net {

/// What a peer showed, and who it has to be.
struct Claim {
    QList<QByteArray> chain; ///< DER, the peer's own certificate first.
    QString domain;  ///< The reference identity as A-labels, or an IP address. Never the name an SRV record gave.
    QString service; ///< `xmpp-client`: SRV-ID and XmppAddr count too. Empty: DNS names and addresses only.
    QByteArray ocspResponse{}; ///< The stapled response (RFC 6066 8), DER; may be empty.
};

/// The one judgement on certificates, for XMPP, HTTP and WebSocket alike: a chain to an anchor of the TrustStore for use
/// by a TLS server (RFC 5280), then the name (RFC 9525, RFC 6120 13.7). One thread.
class Verifier
{
public:
    Verifier(TrustStore &trust, Clock &clock) : m_trust(trust), m_clock(clock) { }

    /// Error: Tls, with the condition `certificate-self-signed`, `certificate-unknown-issuer`, `certificate-expired`,
    /// `certificate-not-yet-valid`, `certificate-name-mismatch`, `certificate-revoked` or `certificate-invalid`; the
    /// detail says what is wrong, with whose certificate, and since when. After an unknown issuer the anchors are read
    /// again where they changed.
    Task<Result<>> verify(Claim claim);
    /// The same with the given anchors and time, at once.
    static Result<> judge(const Claim &claim, X509_STORE *anchors, const QDateTime &now);

private:
    TrustStore &m_trust;
    Clock &m_clock;
};

} // namespace net
