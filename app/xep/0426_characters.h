// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

/// Places in the body of a message (XEP-0426): on the wire they count Unicode code points, in a QString UTF-16 units.
namespace xep {

/// A place as somebody else gave it. What is no number, or below 0, is nowhere; what is too large for a number is the end.
struct CodePoint {
    static constexpr qint64 nowhere = -1;

    qint64 index = nowhere;

    bool isNowhere() const { return index < 0; }

    friend bool operator==(const CodePoint &, const CodePoint &) = default;
};

/// A part of a text, in UTF-16 units: from `begin` on, up to before `end`.
struct TextRange {
    qsizetype begin = 0;
    qsizetype end = 0;

    qsizetype size() const { return end - begin; }

    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// Counts the code points of one text. A surrogate without its other half counts as one.
class CodePoints
{
public:
    explicit CodePoints(QStringView text);

    /// Code points in the whole text.
    qint64 count() const { return m_units - qint64(m_pairs.size()); }
    /// Where the code point with this index starts, in UTF-16 units; the text's size for all that is behind its end, 0
    /// for what is before its start.
    qsizetype toUnits(qint64 index) const;
    /// The index of the code point that `units` lies in; count() for all that is behind the end.
    qint64 fromUnits(qsizetype units) const;
    /// What lies from `begin` up to before `end`, as far as there is text. A missing `begin` is the start and a missing
    /// `end` the end. Nothing where no text is left, or where one of them is nowhere.
    std::optional<TextRange> range(const std::optional<CodePoint> &begin, const std::optional<CodePoint> &end) const;

private:
    qint64 m_units;
    std::vector<qint64> m_pairs; ///< The indexes of the code points that take two units.
};

} // namespace xep

template<>
struct xml::Value<xep::CodePoint> : xml::detail::ParsedFromUtf8<xep::CodePoint> {
    using ParsedFromUtf8::parse;
    static std::optional<xep::CodePoint> parse(std::string_view text);
    static QString text(xep::CodePoint value) { return value.isNowhere() ? QString() : QString::number(value.index); }
};
