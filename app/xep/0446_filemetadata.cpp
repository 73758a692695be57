// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0446_filemetadata.h"

namespace xep {
namespace {

/// A number from 1 (or `least`) to `most`; nothing for all else.
std::optional<qint64> numberIn(const QString &text, qint64 least, qint64 most)
{
    const auto number = xml::Value<qint64>::parse(text);
    if (!number || *number < least || *number > most)
        return {};
    return number;
}

} // namespace

std::optional<qint64> FileMetadata::bytes() const
{
    return numberIn(size, 0, std::numeric_limits<qint64>::max());
}

std::optional<std::pair<int, int>> FileMetadata::dimensions() const
{
    const auto wide = numberIn(width, 1, mostPixels);
    const auto high = numberIn(height, 1, mostPixels);
    if (!wide || !high)
        return {};
    return std::pair(int(*wide), int(*high));
}

std::optional<std::chrono::milliseconds> FileMetadata::duration() const
{
    const auto time = numberIn(length, 0, longestLength);
    if (!time)
        return {};
    return std::chrono::milliseconds(*time);
}

QString FileMetadata::description(const QString &language) const
{
    const FileDescription *found = nullptr;
    for (const FileDescription &each : descriptions) {
        if (!language.isEmpty() && each.language.compare(language, Qt::CaseInsensitive) == 0)
            return each.text;
        if (!found || (each.language.isEmpty() && !found->language.isEmpty()))
            found = &each;
    }
    return found ? found->text : QString();
}

void FileMetadata::setDimensions(int wide, int high)
{
    width = QString::number(wide);
    height = QString::number(high);
}

} // namespace xep
