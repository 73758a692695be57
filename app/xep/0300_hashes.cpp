// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0300_hashes.h"

#include <algorithm>

namespace xep {
namespace {

/// Names of before version 0.6.0 of XEP-0300, which XEP-0447 still has.
std::string_view nameToday(std::string_view name)
{
    if (name == "id-blake2b256")
        return "blake2b-256";
    if (name == "id-blake2b512")
        return "blake2b-512";
    return name;
}

/// The place in Hash::algorithms, or its size.
size_t rankOf(const Hash &hash)
{
    const std::string name = hash.name.toStdString();
    const auto &all = Hash::algorithms;
    const auto found = std::find_if(
        all.begin(), all.end(), [word = nameToday(name)](const auto &algorithm) { return algorithm.second == word; });
    if (found == all.end() || QCryptographicHash::hashLength(found->first) != hash.value.size())
        return all.size();
    return size_t(found - all.begin());
}

} // namespace

Hash Hash::of(const QByteArray &bytes)
{
    return {QStringLiteral("sha-256"), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)};
}

std::optional<QCryptographicHash::Algorithm> Hash::algorithm() const
{
    const size_t rank = rankOf(*this);
    if (rank == algorithms.size())
        return {};
    return algorithms[rank].first;
}

const Hash *strongest(const std::vector<Hash> &hashes)
{
    const Hash *best = nullptr;
    size_t rank = Hash::algorithms.size();
    for (size_t i = 0; i < std::min(hashes.size(), Hash::mostTogether); ++i) {
        if (const size_t each = rankOf(hashes[i]); each < rank) {
            rank = each;
            best = &hashes[i];
        }
    }
    return best;
}

} // namespace xep
