// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace xml {

/// The words of an enumeration as they stand on the wire. Specialise it beside the enum:
/// `template<> struct Words<Show> { static constexpr std::array table{std::pair{Show::Away, "away"} ...}; };`
template<class Enum>
struct Words;

/// The word for `value`; empty where the table has none.
template<class Enum>
constexpr std::string_view word(Enum value)
{
    for (const auto &[candidate, text] : Words<Enum>::table) {
        if (candidate == value)
            return text;
    }
    return {};
}

/// The value for `text`, or nothing where no word is equal.
template<class Enum>
constexpr std::optional<Enum> fromWord(std::string_view text)
{
    for (const auto &[candidate, candidateText] : Words<Enum>::table) {
        if (candidateText == text)
            return candidate;
    }
    return {};
}

} // namespace xml
