// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <utility>

namespace store {

/// One thing to look for: words that stand one behind the other.
struct SearchPhrase {
    QString text;
    bool exact = false; ///< It stood in quotation marks: its last word is whole. Else that may go on.

    friend bool operator==(const SearchPhrase &, const SearchPhrase &) = default;
};

/// Written without spaces between words: each such character is a word of its own for the search.
bool isWordByItself(char32_t c);
/// Whether the search finds any word in `text`.
bool hasWords(const QString &text);
/// What a typed text looks for: its words, and what stands in "quotation marks" as a whole. A mark that is not closed
/// holds to the end. What has no letter and no digit is left out.
QList<SearchPhrase> phrasesOf(const QString &text);
/// Where `text` has one of these, as the index compares them (case and accents do not count): start and length in UTF-16
/// units, in order, none over another.
QList<std::pair<int, int>> findPhrases(const QString &text, const QList<SearchPhrase> &phrases);

} // namespace store
