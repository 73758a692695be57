// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/searchwords.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace store {
namespace {

/// A word of a text, as the index has it.
struct Word {
    int start = 0;
    int end = 0;
    QString folded; ///< Without case and accents.
};

struct CodePoint {
    char32_t value = 0;
    int units = 1;
};

CodePoint codePointAt(const QString &text, qsizetype at)
{
    const QChar c = text.at(at);
    if (c.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate())
        return {QChar::surrogateToUcs4(c, text.at(at + 1)), 2};
    return {c.unicode(), 1};
}

/// What the tokenizer takes into words: letters, numbers, private use.
bool isOfWord(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::category(c) == QChar::Number_Letter
        || QChar::category(c) == QChar::Number_Other || QChar::category(c) == QChar::Other_PrivateUse;
}

QString folded(char32_t c)
{
    if (c < 0x80)
        return QString(QChar(char16_t(c)).toLower());
    const QString whole = QString::fromUcs4(&c, 1);
    if (isWordByItself(c))
        return whole;
    QString result;
    for (const QChar part : whole.normalized(QString::NormalizationForm_D)) {
        if (!part.isMark())
            result.append(part);
    }
    return result.toCaseFolded();
}

std::vector<Word> wordsOf(const QString &text)
{
    std::vector<Word> words;
    bool isOpen = false;
    for (int i = 0; i < int(text.size());) {
        const CodePoint c = codePointAt(text, i);
        const int end = i + c.units;
        if (isWordByItself(c.value)) {
            words.push_back({i, end, folded(c.value)});
            isOpen = false;
        } else if (isOfWord(c.value)) {
            if (!isOpen)
                words.push_back({i, i, {}});
            words.back().end = end;
            words.back().folded += folded(c.value);
            isOpen = true;
        } else if (isOpen && QChar::isMark(c.value)) {
            words.back().end = end; // an accent of its own
        } else {
            isOpen = false;
        }
        i = end;
    }
    return words;
}

/// The words of a phrase.
struct Sought {
    std::vector<Word> words;
    bool exact = false;

    bool standsAt(const std::vector<Word> &text, size_t at) const
    {
        if (words.empty() || at + words.size() > text.size())
            return false;
        for (size_t i = 0; i < words.size(); ++i) {
            const bool mayGoOn = !exact && i + 1 == words.size();
            const QString &word = text[at + i].folded;
            if (mayGoOn ? !word.startsWith(words[i].folded) : word != words[i].folded)
                return false;
        }
        return true;
    }
};

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\u201c' || c == u'\u201d' || c == u'\u201e' || c == u'\u00ab' || c == u'\u00bb';
}

} // namespace

bool isWordByItself(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul: return true;
    default: return false;
    }
}

bool hasWords(const QString &text)
{
    for (qsizetype i = 0; i < text.size();) {
        const CodePoint c = codePointAt(text, i);
        if (isOfWord(c.value))
            return true;
        i += c.units;
    }
    return false;
}

QList<SearchPhrase> phrasesOf(const QString &text)
{
    QList<SearchPhrase> phrases;
    QString piece;
    bool isQuoted = false;
    const auto take = [&](bool exact) {
        if (const QString phrase = piece.simplified(); hasWords(phrase))
            phrases.append({phrase, exact});
        piece.clear();
    };
    for (const QChar c : text) {
        if (isQuote(c)) {
            take(isQuoted);
            isQuoted = !isQuoted;
        } else if (c.isSpace() && !isQuoted) {
            take(false);
        } else {
            piece.append(c);
        }
    }
    take(false); // while it is typed its last word is not whole
    return phrases;
}

QList<std::pair<int, int>> findPhrases(const QString &text, const QList<SearchPhrase> &phrases)
{
    std::vector<Sought> all;
    for (const SearchPhrase &phrase : phrases)
        all.push_back({wordsOf(phrase.text), phrase.exact});
    QList<std::pair<int, int>> found;
    const std::vector<Word> words = wordsOf(text);
    for (size_t i = 0; i < words.size(); ++i) {
        int end = 0;
        for (const Sought &sought : all) {
            if (!sought.standsAt(words, i))
                continue;
            const Word &last = words[i + sought.words.size() - 1];
            // Of a word that goes on, what was typed is marked; accents may make it longer than that, never shorter.
            const bool isBeginning = !sought.exact && last.folded.size() > sought.words.back().folded.size()
                && last.end - last.start == last.folded.size();
            end = std::max(end, isBeginning ? last.start + int(sought.words.back().folded.size()) : last.end);
        }
        if (end == 0)
            continue;
        const int start = words[i].start;
        if (!found.isEmpty() && found.last().first + found.last().second >= start) {
            std::pair<int, int> &before = found.last();
            before.second = std::max(before.second, end - before.first);
        } else {
            found.append({start, end - start});
        }
    }
    return found;
}

} // namespace store
