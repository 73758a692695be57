// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/exif.h"

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QtEndian>

/// Pictures for tests, and the parts that others put into them.
namespace tests::pictures {

/// Each pixel of its own colour, so that a turn cannot go unnoticed.
inline QImage colourful(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, qRgb(x * 255 / width, y * 255 / height, (x / 4 + y / 4) % 2 * 90));
    }
    return image;
}

inline QByteArray saved(const QImage &image, const char *format, int quality = 90)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, quality);
    return bytes;
}

inline QByteArray big32(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

inline QByteArray little32(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

inline QByteArray jpegSegment(char marker, const QByteArray &content)
{
    return QByteArray(1, '\xff') + marker + big32(quint32(content.size() + 2)).right(2) + content;
}

/// EXIF as a camera writes it: the orientation among others, and a place behind it.
inline QByteArray exif(int orientation, const QByteArray &secret)
{
    QByteArray tiff = media::orientationTiff(orientation);
    return tiff + secret;
}

/// A chunk of PNG with its checksum.
inline QByteArray pngChunk(const QByteArray &type, const QByteArray &content)
{
    quint32 sum = 0xffffffff;
    for (const char byte : type + content) {
        sum ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = sum & 1 ? (sum >> 1) ^ 0xedb88320 : sum >> 1;
    }
    return big32(quint32(content.size())) + type + content + big32(~sum);
}

/// Puts `parts` behind the header of a PNG.
inline QByteArray pngWith(QByteArray png, const QByteArray &parts)
{
    return png.insert(33, parts);
}

/// A PNG that claims this size, with next to nothing behind it.
inline QByteArray claimingPng(quint32 width, quint32 height)
{
    return "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", big32(width) + big32(height) + QByteArray("\x08\x06\0\0\0", 5))
        + pngChunk("IDAT", QByteArray::fromHex("789c030000000001")) + pngChunk("IEND", {});
}

inline QByteArray webpChunk(const QByteArray &type, const QByteArray &content)
{
    return type + little32(quint32(content.size())) + content + QByteArray(content.size() & 1, '\0');
}

inline QByteArray webp(const QByteArray &chunks)
{
    return "RIFF" + little32(quint32(chunks.size() + 4)) + "WEBP" + chunks;
}

/// A WebP of one pixel: the content of its VP8L.
inline QByteArray onePixelVp8l()
{
    return QByteArray::fromBase64("LwAAABAHEBERiIj+BwA=").left(13);
}

inline QByteArray vp8x(char flags, int width, int height)
{
    return webpChunk("VP8X",
                     flags + QByteArray(3, '\0') + little32(quint32(width - 1)).left(3)
                         + little32(quint32(height - 1)).left(3));
}

/// A frame of one pixel, with its control before it.
inline QByteArray gifFrame()
{
    return QByteArray::fromHex("21f90404"
                               "0a00ff00"
                               "2c00000000010001000002024c0100");
}

inline QByteArray gif(const QByteArray &blocks)
{
    return "GIF89a" + QByteArray::fromHex("01000100800000ff0000ffffff") + blocks + ';';
}

} // namespace tests::pictures
