// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/exif.h"
#include "media/imagebytes.h"
#include "media/strip.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace media::strip {
namespace {

/// What pixels need, their colours and their size on paper. Everything else tells of something else.
constexpr std::array keptChunks{"IHDR", "PLTE", "IDAT", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP",
                                "mDCV", "cLLI", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT"};
constexpr QByteArrayView endChunk("\0\0\0\0IEND\xae\x42\x60\x82", 12);

/// The checksum of a chunk (PNG 5.5, ISO 3309).
quint32 checksum(const QByteArray &bytes)
{
    quint32 sum = 0xffffffff;
    for (const char byte : bytes) {
        sum ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = sum & 1 ? (sum >> 1) ^ 0xedb88320 : sum >> 1;
    }
    return ~sum;
}

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// The orientation, as PNG's third edition writes it.
QByteArray turnChunk(int orientation)
{
    const QByteArray tiff = orientationTiff(orientation);
    const QByteArray body = "eXIf" + tiff;
    return bigEndian(quint32(tiff.size())) + body + bigEndian(checksum(body));
}

} // namespace

Result<QByteArray> png(QByteArrayView image, int orientation)
{
    constexpr qint64 signature = 8, around = 12; // length, type and checksum
    constexpr quint32 mostLength = 0x7fffffff;
    const ImageBytes bytes(image);
    QByteArray kept = bytes.part(0, signature).toByteArray();
    kept.reserve(image.size() + 64);
    bool hasData = false;
    for (qint64 at = signature;;) {
        const quint32 length = bytes.big32(at);
        const QByteArrayView type = bytes.part(at + 4, 4);
        if (length > mostLength || !bytes.has(at, around + length))
            return fail(damaged());
        if (type == "IEND")
            break;
        const bool isCritical = quint8(type[0]) < 'a';
        if (std::any_of(keptChunks.begin(), keptChunks.end(), [type](const char *name) { return type == name; }))
            kept += bytes.part(at, around + length);
        else if (isCritical) // nobody can decode what has a part of this kind
            return fail(damaged());
        if (orientation != 1 && type == "IHDR")
            kept += turnChunk(orientation);
        hasData = hasData || type == "IDAT";
        at += around + length;
    }
    if (!hasData)
        return fail(damaged());
    return kept += endChunk;
}

} // namespace media::strip
