// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/exif.h"

#include "media/imagebytes.h"

namespace media {

int exifOrientation(QByteArrayView tiff)
{
    constexpr int mostEntries = 1000;
    constexpr quint16 orientationTag = 0x0112, shortType = 3;
    const ImageBytes bytes(tiff);
    const bool isLittle = bytes.is(0, QByteArrayView("II\x2a\0", 4));
    if (!isLittle && !bytes.is(0, QByteArrayView("MM\0\x2a", 4)))
        return 1;
    const auto number = [&](qint64 at) { return isLittle ? bytes.little16(at) : bytes.big16(at); };
    const qint64 folder = isLittle ? bytes.little32(4) : bytes.big32(4);
    const int entries = qMin<int>(number(folder), mostEntries);
    for (int i = 0; i < entries; ++i) {
        const qint64 entry = folder + 2 + qint64(i) * 12;
        if (!bytes.has(entry, 12))
            break;
        if (number(entry) != orientationTag || number(entry + 2) != shortType)
            continue;
        const int value = number(entry + 8);
        return value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

QByteArray orientationTiff(int orientation)
{
    // Little-endian; the one folder at 8, with one entry; no other folder behind it.
    QByteArray tiff("II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0", 26);
    tiff[18] = char(orientation);
    return tiff;
}

} // namespace media
