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

constexpr bool isPlain(char byte, char a, char b, char c)
{
    return static_cast<unsigned char>(byte) - 0x20U < 0x60U && byte != a && byte != b && byte != c;
}

#ifdef __SSE2__
/// How many bytes are looked at together.
constexpr size_t block = 16;

/// Where in the block at `p` the first byte stands that is one of `a`, `b` and `c`, a control or not ASCII; `block` where
/// there is none.
inline size_t firstStop(const char *p, char a, char b, char c)
{
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(p));
    // What is not ASCII is negative.
    const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    const __m128i equal =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(a)),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(b)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c))));
    const auto mask = unsigned(_mm_movemask_epi8(_mm_or_si128(low, equal)));
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
    // A high bit where a byte is below `bound`, and perhaps in bytes above that one.
    const auto below = [](quint64 bytes, quint64 bound) { return (bytes - ones * bound) & ~bytes & highs; };
    const auto equal = [&](char c) { return below(word ^ (ones * quint64(static_cast<unsigned char>(c))), 1); };
    const quint64 stop = (word & highs) | below(word, 0x20) | equal(a) | equal(b) | equal(c);
    if (stop == 0)
        return block;
    if constexpr (std::endian::native == std::endian::little)
        return size_t(std::countr_zero(stop)) / 8; // the lowest mark is exact
    size_t i = 0;
    while (isPlain(p[i], a, b, c))
        ++i;
    return i;
}
#endif

/// The first byte from `p` on that is one of `a`, `b` and `c`, a control or not ASCII, or `end`.
inline const char *asciiWithout(const char *p, const char *end, char a, char b, char c)
{
    while (size_t(end - p) >= block) {
        const size_t stop = firstStop(p, a, b, c);
        p += stop;
        if (stop < block)
            return p;
    }
    while (p < end && isPlain(*p, a, b, c))
        ++p;
    return p;
}

} // namespace xml::scan
