// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0428_fallback.h"

#include "xep/payloads.h"

#include <algorithm>

namespace xep {
namespace {

/// The parts of one kind that `member` names, in `text`.
template<class Part>
std::vector<TextRange> partsOf(const QString &text, const std::vector<Fallback> &fallbacks,
                               const QStringList &namespaces, std::vector<Part> Fallback::*member)
{
    const CodePoints points(text);
    std::vector<TextRange> found;
    const auto add = [&](const std::optional<CodePoint> &start, const std::optional<CodePoint> &end) {
        if (const auto range = points.range(start, end))
            found.push_back(*range);
    };
    for (const Fallback &fallback : fallbacks) {
        if (fallback.ns.isNull() || !namespaces.contains(fallback.ns))
            continue;
        if (fallback.isForAll())
            add({}, {});
        for (const Part &part : fallback.*member)
            add(part.start, part.end);
    }
    std::sort(found.begin(), found.end(), [](const TextRange &a, const TextRange &b) { return a.begin < b.begin; });
    std::vector<TextRange> merged;
    for (const TextRange &range : found) {
        if (!merged.empty() && range.begin <= merged.back().end)
            merged.back().end = std::max(merged.back().end, range.end);
        else
            merged.push_back(range);
    }
    return merged;
}

QString without(const QString &text, const std::vector<TextRange> &parts)
{
    if (parts.empty())
        return text;
    QString rest;
    rest.reserve(text.size());
    qsizetype from = 0;
    for (const TextRange &part : parts) {
        rest += QStringView(text).mid(from, part.begin - from);
        from = part.end;
    }
    rest += QStringView(text).mid(from);
    return rest.isEmpty() ? QString() : rest;
}

} // namespace

std::vector<Fallback> Fallback::of(const xml::Element &message)
{
    std::vector<Fallback> all = findAll<Fallback>(message, mostPerMessage);
    for (Fallback &each : all) {
        each.bodies.resize(std::min(each.bodies.size(), mostParts));
        each.subjects.resize(std::min(each.subjects.size(), mostParts));
    }
    return all;
}

std::vector<TextRange> fallbackParts(const QString &body, const std::vector<Fallback> &fallbacks,
                                     const QStringList &namespaces)
{
    return partsOf(body, fallbacks, namespaces, &Fallback::bodies);
}

QString withoutFallback(const QString &body, const std::vector<Fallback> &fallbacks, const QStringList &namespaces)
{
    return without(body, fallbackParts(body, fallbacks, namespaces));
}

std::optional<TextRange> rangeWithout(TextRange range, const std::vector<TextRange> &parts)
{
    const auto moved = [&parts](qsizetype place) {
        qsizetype taken = 0;
        for (const TextRange &part : parts) {
            if (part.begin >= place)
                break;
            taken += std::min(part.end, place) - part.begin;
        }
        return place - taken;
    };
    const TextRange rest{moved(range.begin), moved(range.end)};
    if (rest.begin >= rest.end)
        return {};
    return rest;
}

QString subjectWithoutFallback(const QString &subject, const std::vector<Fallback> &fallbacks,
                               const QStringList &namespaces)
{
    return without(subject, partsOf(subject, fallbacks, namespaces, &Fallback::subjects));
}

} // namespace xep
