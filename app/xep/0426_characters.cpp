// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0426_characters.h"

#include <algorithm>
#include <limits>

namespace xep {

CodePoints::CodePoints(QStringView text) : m_units(text.size())
{
    qint64 index = 0;
    for (qsizetype i = 0; i < text.size(); ++i, ++index) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            m_pairs.push_back(index);
            ++i;
        }
    }
}

qsizetype CodePoints::toUnits(qint64 index) const
{
    const qint64 inside = std::clamp<qint64>(index, 0, count());
    // Each pair before it takes one unit more.
    const auto pairs = std::lower_bound(m_pairs.begin(), m_pairs.end(), inside) - m_pairs.begin();
    return qsizetype(inside + pairs);
}

qint64 CodePoints::fromUnits(qsizetype units) const
{
    const qint64 inside = std::clamp<qint64>(units, 0, m_units);
    // The n-th pair starts at its index and n units; what lies behind its first unit has it before itself.
    qint64 first = 0;
    qint64 last = qint64(m_pairs.size());
    while (first < last) {
        const qint64 middle = first + (last - first) / 2;
        if (m_pairs[size_t(middle)] + middle + 1 < inside)
            first = middle + 1;
        else
            last = middle;
    }
    const bool isWithin = first < qint64(m_pairs.size()) && m_pairs[size_t(first)] + first + 1 == inside;
    return inside - first - (isWithin ? 1 : 0);
}

std::optional<TextRange> CodePoints::range(const std::optional<CodePoint> &begin,
                                           const std::optional<CodePoint> &end) const
{
    if ((begin && begin->isNowhere()) || (end && end->isNowhere()))
        return {};
    const TextRange range{begin ? toUnits(begin->index) : 0, end ? toUnits(end->index) : qsizetype(m_units)};
    if (range.begin >= range.end)
        return {};
    return range;
}

} // namespace xep

std::optional<xep::CodePoint> xml::Value<xep::CodePoint>::parse(std::string_view text)
{
    if (const auto number = Value<qint64>::parse(text))
        return xep::CodePoint{std::max(*number, xep::CodePoint::nowhere)};
    const std::string_view word = trimmed(text);
    const bool isHuge =
        !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    return xep::CodePoint{isHuge ? std::numeric_limits<qint64>::max() : xep::CodePoint::nowhere};
}
