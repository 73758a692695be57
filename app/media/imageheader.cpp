// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/imageheader.h"

#include "media/exif.h"
#include "media/imagebytes.h"

#include <cmath>

namespace media {
namespace {

Error damagedHeader()
{
    return {Error::Kind::Input, QStringLiteral("image-damaged"),
            QStringLiteral("The picture is damaged: it does not say how large it is.")};
}

Error tooManyPixels(qint64 most)
{
    return {Error::Kind::Input, QStringLiteral("image-too-large"),
            QStringLiteral("The picture has more than %1 pixels.").arg(most)};
}

/// What a format says, before it is judged.
struct Claim {
    qint64 width = 0; ///< As it is stored; 0: not said.
    qint64 height = 0;
    int orientation = 1;
    bool animated = false;
};

/// SOF0 to SOF15, but for DHT, JPG and DAC, which stand between them (T.81 B.1.1.3).
bool isFrame(quint8 marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

Claim readJpeg(const ImageBytes &bytes)
{
    constexpr QByteArrayView exif("Exif\0\0", 6);
    Claim claim;
    bool hasExif = false;
    for (qint64 at = 2; bytes.has(at, 2);) {
        const quint8 marker = bytes.byte(at + 1);
        if (bytes.byte(at) != 0xff || marker == 0xff) { // what is no marker is passed over, as decoders do
            ++at;
            continue;
        }
        if (marker == 0xd9 || marker == 0xda)
            break;
        if (marker == 0x00 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
            at += 2;
            continue;
        }
        const qint64 length = bytes.big16(at + 2);
        if (length < 2)
            break;
        if (isFrame(marker) && claim.width == 0 && length >= 8 && bytes.has(at, 9)) {
            claim.height = bytes.big16(at + 5);
            claim.width = bytes.big16(at + 7);
        } else if (marker == 0xe1 && !hasExif && length >= 8 && bytes.is(at + 4, exif)) {
            hasExif = true;
            claim.orientation = exifOrientation(bytes.part(at + 10, length - 8));
        }
        at += 2 + length;
    }
    return claim;
}

Claim readPng(const ImageBytes &bytes)
{
    Claim claim;
    if (!bytes.has(0, 33) || bytes.big32(8) != 13 || !bytes.is(12, "IHDR"))
        return claim;
    claim.width = bytes.big32(16);
    claim.height = bytes.big32(20);
    bool hasData = false, hasExif = false;
    for (qint64 at = 33; bytes.has(at, 8) && !bytes.is(at + 4, "IEND");) {
        const qint64 length = bytes.big32(at);
        if (bytes.is(at + 4, "IDAT")) {
            hasData = true;
        } else if (bytes.is(at + 4, "acTL") && !hasData) {
            claim.animated = bytes.big32(at + 8) > 1;
        } else if (bytes.is(at + 4, "eXIf") && !hasExif) {
            hasExif = true;
            claim.orientation = exifOrientation(bytes.part(at + 8, length));
        }
        at += 12 + length;
    }
    return claim;
}

/// Behind the sub-blocks that begin at `at` and their end; -1 where they go on beyond what is there.
qint64 afterSubBlocks(const ImageBytes &bytes, qint64 at)
{
    while (bytes.has(at, 1)) {
        const quint8 length = bytes.byte(at);
        at += 1 + length;
        if (length == 0)
            return at;
    }
    return -1;
}

Claim readGif(const ImageBytes &bytes)
{
    constexpr quint8 extension = 0x21, frame = 0x2c;
    const auto tableSize = [](quint8 flags) { return flags & 0x80 ? 3LL << ((flags & 7) + 1) : 0LL; };
    Claim claim;
    if (!bytes.has(0, 13))
        return claim;
    claim.width = bytes.little16(6);
    claim.height = bytes.little16(8);
    int frames = 0;
    bool repeats = false;
    qint64 at = 13 + tableSize(bytes.byte(10));
    while (at > 0 && bytes.has(at, 1) && frames < 2) {
        if (bytes.byte(at) == extension) {
            repeats = repeats || bytes.is(at + 1, "\xff\x0bNETSCAPE2.0")
                || bytes.is(at + 1,
                            "\xff\x0b"
                            "ANIMEXTS1.0");
            at = afterSubBlocks(bytes, at + 2);
        } else if (bytes.byte(at) == frame && bytes.has(at, 10)) {
            // Decoders make room for the frame, too, and not for the screen alone.
            claim.width = qMax<qint64>(claim.width, frames == 0 && claim.width > 0 ? bytes.little16(at + 5) : 0);
            claim.height = qMax<qint64>(claim.height, frames == 0 && claim.height > 0 ? bytes.little16(at + 7) : 0);
            ++frames;
            at = afterSubBlocks(bytes, at + 11 + tableSize(bytes.byte(at + 9)));
        } else {
            break;
        }
    }
    // Where the first frame reaches beyond what is there, a GIF that wants to be repeated has more of them.
    claim.animated = frames > 1 || (repeats && (at < 0 || !bytes.has(at, 1)));
    return claim;
}

Claim readWebP(const ImageBytes &bytes)
{
    constexpr quint8 hasExif = 0x08, isAnimated = 0x02;
    Claim claim;
    if (bytes.is(12, "VP8 ") && bytes.has(20, 10) && (bytes.byte(20) & 1) == 0 && bytes.is(23, "\x9d\x01\x2a")) {
        claim.width = bytes.little16(26) & 0x3fff;
        claim.height = bytes.little16(28) & 0x3fff;
    } else if (bytes.is(12, "VP8L") && bytes.has(20, 5) && bytes.byte(20) == 0x2f) {
        const quint32 bits = bytes.little32(21);
        claim.width = (bits & 0x3fff) + 1;
        claim.height = ((bits >> 14) & 0x3fff) + 1;
    } else if (bytes.is(12, "VP8X") && bytes.has(20, 10)) {
        claim.width = bytes.little24(24) + 1;
        claim.height = bytes.little24(27) + 1;
        claim.animated = bytes.byte(20) & isAnimated;
        for (qint64 at = 12; (bytes.byte(20) & hasExif) && bytes.has(at, 8);) {
            const qint64 length = bytes.little32(at + 4);
            if (bytes.is(at, "EXIF")) {
                // Some write the prefix that belongs to JPEG, too.
                const qint64 prefix = bytes.is(at + 8, QByteArrayView("Exif\0\0", 6)) ? 6 : 0;
                claim.orientation = exifOrientation(bytes.part(at + 8 + prefix, length - prefix));
                break;
            }
            at += 8 + length + (length & 1);
        }
    }
    return claim;
}

Claim readClaim(ImageType type, const ImageBytes &bytes)
{
    switch (type) {
    case ImageType::Png: return readPng(bytes);
    case ImageType::Jpeg: return readJpeg(bytes);
    case ImageType::Gif: return readGif(bytes);
    case ImageType::WebP: return readWebP(bytes);
    }
    Q_UNREACHABLE();
}

} // namespace

std::optional<ImageType> imageType(QByteArrayView first)
{
    const ImageBytes bytes(first);
    if (bytes.is(0, "\x89PNG\r\n\x1a\n"))
        return ImageType::Png;
    if (bytes.is(0, "\xff\xd8\xff"))
        return ImageType::Jpeg;
    if (bytes.is(0, "GIF87a") || bytes.is(0, "GIF89a"))
        return ImageType::Gif;
    if (bytes.is(0, "RIFF") && bytes.is(8, "WEBP"))
        return ImageType::WebP;
    return std::nullopt;
}

QString mediaType(ImageType type)
{
    switch (type) {
    case ImageType::Png: return QStringLiteral("image/png");
    case ImageType::Jpeg: return QStringLiteral("image/jpeg");
    case ImageType::Gif: return QStringLiteral("image/gif");
    case ImageType::WebP: return QStringLiteral("image/webp");
    }
    Q_UNREACHABLE();
}

Result<ImageHeader> readImageHeader(QByteArrayView first, qint64 mostPixels)
{
    const auto type = imageType(first);
    if (!type)
        return fail(Error::Kind::Input, QStringLiteral("image-type-unsupported"),
                    QStringLiteral("This is no PNG, JPEG, GIF or WebP picture."));
    const Claim claim = readClaim(*type, ImageBytes(first));
    constexpr qint64 mostOfSide = std::numeric_limits<qint32>::max(); // PNG has no more, the others less
    if (claim.width <= 0 || claim.height <= 0 || claim.width > mostOfSide || claim.height > mostOfSide)
        return fail(damagedHeader());
    if (claim.width > mostPixels / claim.height)
        return fail(tooManyPixels(mostPixels));
    QSize size(int(claim.width), int(claim.height));
    if (claim.orientation > 4) // a quarter turn
        size.transpose();
    return ImageHeader{*type, size, claim.orientation, claim.animated};
}

QSize scaledDown(QSize size, QSize within, qint64 mostPixels)
{
    double scale = 1;
    if (!within.isEmpty())
        scale = qMin(1.0, qMin(double(within.width()) / size.width(), double(within.height()) / size.height()));
    scale = qMin(scale, std::sqrt(double(mostPixels) / (double(size.width()) * size.height())));
    if (scale >= 1)
        return size;
    // Down, so that rounding never passes a bound; but where the bound is a whole side, that side is met exactly.
    const auto side = [scale](int length, int most) {
        const int scaled = int(std::floor(length * scale + 1e-6));
        return qBound(1, scaled, most);
    };
    return {side(size.width(), within.isEmpty() ? size.width() : within.width()),
            side(size.height(), within.isEmpty() ? size.height() : within.height())};
}

} // namespace media
