// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secretbytes.h"
#include "net/testca.h"

namespace tests {

/// A certificate and its key as a file for a client; an empty passphrase is none.
SecretBytes pemFile(const Issued &own, const Issued *authority = nullptr, const QByteArray &passphrase = {});
/// `old`: with the ciphers of the years before OpenSSL 3.
SecretBytes pkcs12File(const Issued &own, const Issued *authority = nullptr, const QByteArray &passphrase = {},
                       bool old = false);

} // namespace tests
