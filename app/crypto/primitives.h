// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secretbytes.h"

#include <QByteArray>
#include <QStringList>

#include <memory>

namespace QCA {
class Initializer;
}

namespace crypto {

/// Brings QCA up, and down again at its end; one in a program, made before anything of this layer is used.
class Primitives
{
public:
    Primitives();
    ~Primitives();

    /// What the encryption to come stands on. QCA crashes where a primitive is used that no provider has, so the whole
    /// list is looked at once, at the start.
    static QStringList required();
    /// Error: Unsupported `crypto-missing`, with the names that no provider has.
    Result<> check() const;

private:
    std::unique_ptr<QCA::Initializer> m_initializer;
};

/// AES-256 in Galois/Counter mode: for files (XEP-0448, XEP-0454). Key 32 bytes, nonce 12, tag 16.
namespace aead {

struct Sealed {
    QByteArray data;
    QByteArray tag;
};
/// Error: Input `bad-key` where key or nonce have the wrong size.
Result<Sealed> seal(const SecretBytes &key, const QByteArray &nonce, const QByteArray &plain);
/// Error: as seal(), and Protocol `tampered` where the tag does not fit: nothing of the text is given then.
Result<QByteArray> open(const SecretBytes &key, const QByteArray &nonce, const Sealed &sealed);

} // namespace aead
} // namespace crypto
