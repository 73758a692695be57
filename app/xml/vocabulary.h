// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <string_view>

/// The names and namespaces that streams are made of. A tree keeps their numbers instead of their letters. The table is
/// fixed: what a peer makes up stands in the tree of its stanza and goes with it.
namespace xml::vocabulary {

/// How many words have a number.
constexpr quint32 count = 266;
/// The words by their numbers; the first is the empty one.
extern const std::array<std::string_view, count> words;

/// The number of `word`, or `count` where it has none.
quint32 find(std::string_view word);
/// True for the number of a word that is no namespace, and has no colon.
bool isName(quint32 number);

} // namespace xml::vocabulary
