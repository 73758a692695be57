// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/codepoints.h"

#include "base/unicodetables.h"

#include <QString>

#include <algorithm>
#include <iterator>
#include <optional>

namespace base::unicode {
namespace {

constexpr char32_t zeroWidthNonJoiner = 0x200C;
constexpr char32_t zeroWidthJoiner = 0x200D;
constexpr unsigned char virama = 9; // the canonical combining class

template<size_t N>
bool contains(const Range (&table)[N], char32_t c)
{
    const auto after = std::upper_bound(std::begin(table), std::end(table), c,
                                        [](char32_t value, const Range &range) { return value < range.first; });
    return after != std::begin(table) && c <= std::prev(after)->last;
}

/// RFC 5892 2.6: what goes before all rules.
std::optional<Property> exception(char32_t c)
{
    switch (c) {
    case 0x00DF: // LATIN SMALL LETTER SHARP S
    case 0x03C2: // GREEK SMALL LETTER FINAL SIGMA
    case 0x06FD: // ARABIC SIGN SINDHI AMPERSAND
    case 0x06FE: // ARABIC SIGN SINDHI POSTPOSITION MEN
    case 0x0F0B: // TIBETAN MARK INTERSYLLABIC TSHEG
    case 0x3007: // IDEOGRAPHIC NUMBER ZERO
        return Property::Valid;
    case 0x00B7: // MIDDLE DOT
    case 0x0375: // GREEK LOWER NUMERAL SIGN
    case 0x05F3: // HEBREW PUNCTUATION GERESH
    case 0x05F4: // HEBREW PUNCTUATION GERSHAYIM
    case 0x30FB: // KATAKANA MIDDLE DOT
        return Property::Context;
    case 0x0640: // ARABIC TATWEEL
    case 0x07FA: // NKO LAJANYALAN
    case 0x302E: // HANGUL SINGLE DOT TONE MARK
    case 0x302F: // HANGUL DOUBLE DOT TONE MARK
    case 0x303B: // VERTICAL IDEOGRAPHIC ITERATION MARK
        return Property::Disallowed;
    default: break;
    }
    if ((c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9)) // ARABIC-INDIC DIGITS, and the extended ones
        return Property::Context;
    if (c >= 0x3031 && c <= 0x3035) // VERTICAL KANA REPEAT MARKS
        return Property::Disallowed;
    return std::nullopt;
}

bool isNonCharacter(char32_t c)
{
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

/// Code points that NFKC changes are look-alikes of others (RFC 8264 9.17).
bool hasCompatibilityForm(char32_t c)
{
    if (QChar::decompositionTag(c) == QChar::NoDecomposition)
        return false;
    const QString text = QString::fromUcs4(&c, 1);
    return text.normalized(QString::NormalizationForm_KC) != text;
}

Property byCategory(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Letter_Lowercase:
    case QChar::Letter_Uppercase:
    case QChar::Letter_Other:
    case QChar::Letter_Modifier:
    case QChar::Number_DecimalDigit:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining: return Property::Valid;
    case QChar::Letter_Titlecase:
    case QChar::Number_Letter:
    case QChar::Number_Other:
    case QChar::Mark_Enclosing:
    case QChar::Separator_Space:
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
    case QChar::Symbol_Modifier:
    case QChar::Symbol_Other:
    case QChar::Punctuation_Connector:
    case QChar::Punctuation_Dash:
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other: return Property::FreeValid;
    default: return Property::Disallowed;
    }
}

/// RFC 5892 A.1: (L or D) T* here T* (R or D).
bool joinsBothSides(const QList<uint> &text, qsizetype at)
{
    const auto type = [&](qsizetype i) { return QChar::joiningType(text.at(i)); };
    qsizetype before = at - 1;
    while (before >= 0 && type(before) == QChar::Joining_Transparent)
        --before;
    qsizetype after = at + 1;
    while (after < text.size() && type(after) == QChar::Joining_Transparent)
        ++after;
    if (before < 0 || after >= text.size())
        return false;
    return (type(before) == QChar::Joining_Left || type(before) == QChar::Joining_Dual)
        && (type(after) == QChar::Joining_Right || type(after) == QChar::Joining_Dual);
}

bool hasOneOf(const QList<uint> &text, char32_t first, char32_t last)
{
    return std::any_of(text.begin(), text.end(), [=](uint c) { return c >= first && c <= last; });
}

bool hasKanaOrHan(const QList<uint> &text)
{
    return std::any_of(text.begin(), text.end(), [](uint c) {
        const auto script = QChar::script(c);
        return script == QChar::Script_Hiragana || script == QChar::Script_Katakana || script == QChar::Script_Han;
    });
}

} // namespace

Property property(char32_t c)
{
    if (const auto fixed = exception(c))
        return *fixed;
    if (QChar::category(c) == QChar::Other_NotAssigned && !isNonCharacter(c))
        return Property::Unassigned;
    if (c >= 0x21 && c <= 0x7E)
        return Property::Valid;
    if (c == zeroWidthNonJoiner || c == zeroWidthJoiner)
        return Property::Context;
    if (contains(oldHangulJamo, c) || contains(defaultIgnorable, c) || isNonCharacter(c))
        return Property::Disallowed;
    if (QChar::category(c) == QChar::Other_Control)
        return Property::Disallowed;
    if (hasCompatibilityForm(c))
        return Property::FreeValid;
    return byCategory(c);
}

bool isAllowedInContext(const QList<uint> &text, qsizetype at)
{
    const char32_t c = text.at(at);
    const char32_t before = at > 0 ? text.at(at - 1) : 0;
    const char32_t after = at + 1 < text.size() ? text.at(at + 1) : 0;
    switch (c) {
    case zeroWidthNonJoiner: return QChar::combiningClass(before) == virama || joinsBothSides(text, at);
    case zeroWidthJoiner: return QChar::combiningClass(before) == virama;
    case 0x00B7: // MIDDLE DOT: Catalan ela geminada
        return before == U'l' && after == U'l';
    case 0x0375: // GREEK LOWER NUMERAL SIGN
        return after != 0 && QChar::script(after) == QChar::Script_Greek;
    case 0x05F3: // HEBREW PUNCTUATION GERESH
    case 0x05F4: // HEBREW PUNCTUATION GERSHAYIM
        return before != 0 && QChar::script(before) == QChar::Script_Hebrew;
    case 0x30FB: // KATAKANA MIDDLE DOT
        return hasKanaOrHan(text);
    default: break;
    }
    if (c >= 0x0660 && c <= 0x0669)
        return !hasOneOf(text, 0x06F0, 0x06F9);
    if (c >= 0x06F0 && c <= 0x06F9)
        return !hasOneOf(text, 0x0660, 0x0669);
    return false;
}

bool satisfiesBidiRule(const QList<uint> &text)
{
    const auto isRightToLeft = [](uint c) {
        const auto d = QChar::direction(c);
        return d == QChar::DirR || d == QChar::DirAL || d == QChar::DirAN;
    };
    if (std::none_of(text.begin(), text.end(), isRightToLeft))
        return true;
    const auto first = QChar::direction(text.first());
    // An LTR label (rules 5 and 6) has none of R, AL and AN; a text that has any must be an RTL label.
    if (first != QChar::DirR && first != QChar::DirAL)
        return false;
    bool european = false;
    bool arabic = false;
    auto last = first; // not counting non-spacing marks
    for (const uint c : text) {
        const auto d = QChar::direction(c);
        switch (d) {
        case QChar::DirR:
        case QChar::DirAL:
        case QChar::DirES:
        case QChar::DirCS:
        case QChar::DirET:
        case QChar::DirON:
        case QChar::DirBN: break;
        case QChar::DirEN: european = true; break;
        case QChar::DirAN: arabic = true; break;
        case QChar::DirNSM: continue;
        default: return false; // rule 2
        }
        last = d;
    }
    const bool endsWell = last == QChar::DirR || last == QChar::DirAL || last == QChar::DirEN || last == QChar::DirAN;
    return endsWell && !(european && arabic); // rules 3 and 4
}

} // namespace base::unicode
