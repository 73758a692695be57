// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/// Finds the next byte that means something, many at a time.
namespace xml::scan {

#ifdef __SSE2__
/// How many bytes are looked at together.
constexpr size_t block = 16;

/// Where in the block at `p` the first byte stands that is one of `a`, `b` and `c` or not ASCII; `block` where there is
/// none.
inline size_t firstStop(const char *p, char a, char b, char c)
{
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(p));
    const __m128i equal =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(a)),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(b)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c))));
    // The mask takes each byte's highest bit, which is set in what is not ASCII.
    const auto mask = unsigned(_mm_movemask_epi8(_mm_or_si128(bytes, equal)));
    return size_t(std::countr_zero(mask | 1U << block));
}
#else
constexpr size_t block = 8;

inline size_t firstStop(const char *p, char a, char b, char c)
{
    constexpr quint64 ones = 0x0101010101010101ULL;
    constexpr quint64 highs = 0x8080808080808080ULL;
    quint64 word;
    std::memcpy(&word, p, block);
    // A high bit where a byte is equal, and perhaps in bytes above that one.
    const auto equal = [word](char c) {
        const quint64 difference = word ^ (ones * quint64(static_cast<unsigned char>(c)));
        return (difference - ones) & ~difference & highs;
    };
    const quint64 stop = (word & highs) | equal(a) | equal(b) | equal(c);
    if (stop == 0)
        return block;
    if constexpr (std::endian::native == std::endian::little)
        return size_t(std::countr_zero(stop)) / 8; // the lowest mark is exact
    size_t i = 0;
    while (static_cast<unsigned char>(p[i]) < 0x80 && p[i] != a && p[i] != b && p[i] != c)
        ++i;
    return i;
}
#endif

/// The first byte from `p` on that is one of `a`, `b` and `c` or not ASCII, or `end`.
inline const char *asciiWithout(const char *p, const char *end, char a, char b, char c)
{
    while (size_t(end - p) >= block) {
        const size_t stop = firstStop(p, a, b, c);
        p += stop;
        if (stop < block)
            return p;
    }
    while (p < end && static_cast<unsigned char>(*p) < 0x80 && *p != a && *p != b && *p != c)
        ++p;
    return p;
}

} // namespace xml::scan
