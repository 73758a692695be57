// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "media/imageheader.h"
#include "media/metadata.h"

/// F16, Z13: the header of a picture and the picture without its metadata: total, bounded, and once is enough.
FUZZ_TARGET(media)
{
    const auto header = media::readImageHeader(input);
    FUZZ_CHECK(header || !header.error().condition.isEmpty());
    if (header) {
        FUZZ_CHECK(!header->size.isEmpty() && header->orientation >= 1 && header->orientation <= 8);
        FUZZ_CHECK(qint64(header->size.width()) * header->size.height() <= media::mostPicturePixels);
        const QSize small = media::scaledDown(header->size, {128, 128});
        FUZZ_CHECK(small.width() >= 1 && small.height() >= 1 && small.width() <= 128 && small.height() <= 128);
    }
    const auto clean = media::withoutMetadata(input);
    if (!clean)
        return;
    FUZZ_CHECK(clean->size() <= input.size() + 64);
    const auto again = media::withoutMetadata(*clean);
    FUZZ_CHECK(again && *again == *clean);
    constexpr qint64 any = std::numeric_limits<qint64>::max();
    const auto before = media::readImageHeader(input, any), after = media::readImageHeader(*clean, any);
    FUZZ_CHECK(before && after && before->size == after->size && before->orientation == after->orientation);
}
