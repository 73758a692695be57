// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "net/openssl.h"

#include <QDateTime>

namespace net {

/// Judges a stapled OCSP response (RFC 6960) against the proven `chain`, the server's certificate first. A revoked
/// certificate is an Error Tls `certificate-revoked`. A response that is missing, stale or not provably the issuer's says
/// nothing. A certificate's demand for one (RFC 7633) is not enforced: hardly an XMPP server can staple, and a resumed
/// session brings none.
Result<> judgeRevocation(const QByteArray &response, const STACK_OF(X509) * chain, X509_STORE *anchors,
                         const QDateTime &now, const QString &domain);

} // namespace net
