// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Made by resources/unicode/tables.py from the Unicode character database 15.0.0. Change that, not this.
#pragma once

namespace base::unicode {

/// Code points from `first` to `last`, both of them in. Tables are sorted.
struct Range {
    char32_t first;
    char32_t last;
};

/// Default_Ignorable_Code_Point: seen by nobody (RFC 8264 9.13).
constexpr Range defaultIgnorable[] = {
    {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C},   {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

/// Hangul_Syllable_Type L, V or T: conjoining jamo (RFC 8264 9.9).
constexpr Range oldHangulJamo[] = {
    {0x1100, 0x11FF},
    {0xA960, 0xA97C},
    {0xD7B0, 0xD7C6},
    {0xD7CB, 0xD7FB},
};

} // namespace base::unicode
