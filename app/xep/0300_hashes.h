// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

#include <QCryptographicHash>

namespace xep {

/// What some bytes hash to (XEP-0300).
struct Hash {
    /// The best first. SHA-1 and MD5 prove nothing any more, and are not here (XEP-0414).
    static constexpr std::array<std::pair<QCryptographicHash::Algorithm, std::string_view>, 6> algorithms{{
        {QCryptographicHash::RealSha3_512, "sha3-512"},
        {QCryptographicHash::Blake2b_512, "blake2b-512"},
        {QCryptographicHash::Sha512, "sha-512"},
        {QCryptographicHash::RealSha3_256, "sha3-256"},
        {QCryptographicHash::Blake2b_256, "blake2b-256"},
        {QCryptographicHash::Sha256, "sha-256"},
    }};
    static constexpr size_t mostTogether = 16; ///< Of one file; what is beyond is left out.

    QString name; ///< The algorithm's; unknown ones are kept.
    QByteArray value;

    /// What we hash by: SHA-256, which all know.
    static Hash of(const QByteArray &bytes);
    /// Nothing for an algorithm that we do not know or that proves nothing, and for a value that it cannot give.
    std::optional<QCryptographicHash::Algorithm> algorithm() const;
};
constexpr auto describe(xml::Type<Hash>)
{
    return xml::element("hash", "urn:xmpp:hashes:2", xml::required(xml::attribute("algo", &Hash::name)),
                        xml::text(&Hash::value));
}

/// Says what will be hashed by, before there is a value.
struct HashUsed {
    QString name;
};
constexpr auto describe(xml::Type<HashUsed>)
{
    return xml::element("hash-used", "urn:xmpp:hashes:2", xml::required(xml::attribute("algo", &HashUsed::name)));
}

/// The one of `hashes` that proves most; null where none proves anything. Owned by the vector.
const Hash *strongest(const std::vector<Hash> &hashes);

} // namespace xep
