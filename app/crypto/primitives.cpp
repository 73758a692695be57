// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/primitives.h"

#include <QtCrypto>

#ifdef BALCONY_STATIC_QCA
#include <QtPlugin>
Q_IMPORT_PLUGIN(opensslPlugin)
Q_IMPORT_PLUGIN(gnupgPlugin)
#endif

namespace crypto {

Primitives::Primitives() : m_initializer(std::make_unique<QCA::Initializer>()) { }

Primitives::~Primitives() = default;

QStringList Primitives::required()
{
    return {QStringLiteral("aes256-gcm"), QStringLiteral("aes128-gcm"),   QStringLiteral("aes256-cbc-pkcs7"),
            QStringLiteral("aes256-ctr"), QStringLiteral("hmac(sha256)"), QStringLiteral("hkdf(sha256)"),
            QStringLiteral("sha512"),     QStringLiteral("random")};
}

Result<> Primitives::check() const
{
    QStringList missing;
    for (const QString &name : required()) {
        if (!QCA::isSupported(name.toLatin1().constData()))
            missing.append(name);
    }
    if (missing.isEmpty())
        return {};
    return fail(Error::Kind::Unsupported, QStringLiteral("crypto-missing"),
                QStringLiteral("The crypto library cannot do %1. Install QCA's OpenSSL plug-in.")
                    .arg(missing.join(QStringLiteral(", "))));
}

namespace aead {
namespace {

constexpr qsizetype keySize = 32;
constexpr qsizetype nonceSize = 12;
constexpr int tagSize = 16;

Result<> checkSizes(const SecretBytes &key, const QByteArray &nonce)
{
    if (qsizetype(key.size()) == keySize && nonce.size() == nonceSize)
        return {};
    return fail(Error::Kind::Input, QStringLiteral("bad-key"),
                QStringLiteral("The key must have 32 bytes and the nonce 12."));
}

QCA::SymmetricKey toKey(const SecretBytes &key)
{
    return QCA::SymmetricKey(QCA::SecureArray(QByteArray::fromRawData(key.data(), qsizetype(key.size()))));
}

} // namespace

Result<Sealed> seal(const SecretBytes &key, const QByteArray &nonce, const QByteArray &plain)
{
    if (const auto sizes = checkSizes(key, nonce); !sizes)
        return fail(sizes.error());
    QCA::Cipher cipher(QStringLiteral("aes256"), QCA::Cipher::GCM, QCA::Cipher::NoPadding, QCA::Encode, toKey(key),
                       QCA::InitializationVector(nonce), QCA::AuthTag(tagSize));
    QByteArray data = cipher.update(QCA::MemoryRegion(plain)).toByteArray();
    data += cipher.final().toByteArray();
    return Sealed{data, cipher.tag().toByteArray()};
}

Result<QByteArray> open(const SecretBytes &key, const QByteArray &nonce, const Sealed &sealed)
{
    if (const auto sizes = checkSizes(key, nonce); !sizes)
        return fail(sizes.error());
    const auto tampered = fail(Error::Kind::Protocol, QStringLiteral("tampered"),
                               QStringLiteral("The data was changed on its way, or the key is another one."));
    if (sealed.tag.size() != tagSize)
        return tampered;
    QCA::Cipher cipher(QStringLiteral("aes256"), QCA::Cipher::GCM, QCA::Cipher::NoPadding, QCA::Decode, toKey(key),
                       QCA::InitializationVector(nonce), QCA::AuthTag(sealed.tag));
    QByteArray data = cipher.update(QCA::MemoryRegion(sealed.data)).toByteArray();
    data += cipher.final().toByteArray();
    if (!cipher.ok())
        return tampered;
    return data;
}

} // namespace aead
} // namespace crypto
