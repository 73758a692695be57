// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/exif.h"
#include "media/imagebytes.h"
#include "media/strip.h"

#include <QtEndian>

namespace media::strip {
namespace {

constexpr quint8 webpIcc = 0x20, webpAlpha = 0x10, webpExif = 0x08, webpAnimation = 0x02;
constexpr qint64 webpFrameHead = 16; ///< Of ANMF, before the parts of the frame.

QByteArray littleEndian(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

void appendChunk(QByteArray &kept, QByteArrayView type, QByteArrayView content)
{
    kept += type;
    kept += littleEndian(quint32(content.size()));
    kept += content;
    if (content.size() & 1)
        kept += '\0';
}

bool isPixels(QByteArrayView type)
{
    return type == "VP8 " || type == "VP8L" || type == "ALPH";
}

/// A part: what it is and what it holds. Moves `at` behind it; nothing where it does not end before `end`.
struct WebPChunk {
    QByteArrayView type;
    QByteArrayView content;
};
std::optional<WebPChunk> nextChunk(const ImageBytes &bytes, qint64 &at)
{
    const qint64 length = bytes.little32(at + 4);
    if (!bytes.has(at, 8 + length))
        return std::nullopt;
    const WebPChunk chunk{bytes.part(at, 4), bytes.part(at + 8, length)};
    at += 8 + length + (length & 1);
    return chunk;
}

/// A frame of an animation with its pixels alone.
std::optional<QByteArray> keptOfFrame(QByteArrayView frame)
{
    const ImageBytes bytes(frame);
    if (!bytes.has(0, webpFrameHead))
        return std::nullopt;
    QByteArray kept = bytes.part(0, webpFrameHead).toByteArray();
    for (qint64 at = webpFrameHead; at < bytes.size();) {
        const auto chunk = nextChunk(bytes, at);
        if (!chunk)
            return std::nullopt;
        if (isPixels(chunk->type))
            appendChunk(kept, chunk->type, chunk->content);
    }
    return kept;
}

/// Adds what is kept of a part. False where it is damaged.
bool takeChunk(QByteArray &kept, const WebPChunk &chunk, int orientation)
{
    if (chunk.type == "VP8X") {
        if (chunk.content.size() < 10)
            return false;
        QByteArray content = chunk.content.first(10).toByteArray();
        content[0] = char(quint8(content[0]) & (webpIcc | webpAlpha | webpAnimation));
        if (orientation != 1)
            content[0] = char(quint8(content[0]) | webpExif);
        appendChunk(kept, chunk.type, content);
    } else if (chunk.type == "ANMF") {
        const auto frame = keptOfFrame(chunk.content);
        if (!frame)
            return false;
        appendChunk(kept, chunk.type, *frame);
    } else if (isPixels(chunk.type) || chunk.type == "ANIM" || chunk.type == "ICCP") {
        appendChunk(kept, chunk.type, chunk.content);
    }
    return true;
}

} // namespace

Result<QByteArray> webp(QByteArrayView image, int orientation)
{
    constexpr qint64 riffHead = 8, headSize = 12;
    const ImageBytes all(image);
    const ImageBytes bytes(all.part(0, riffHead + all.little32(4)));
    QByteArray kept = bytes.part(0, headSize).toByteArray();
    kept.reserve(image.size() + 64);
    const bool isExtended = bytes.is(headSize, "VP8X");
    bool hasPixels = false;
    for (qint64 at = headSize; at < bytes.size();) {
        const auto chunk = nextChunk(bytes, at);
        if (!chunk || !takeChunk(kept, *chunk, orientation))
            return fail(damaged());
        hasPixels = hasPixels || isPixels(chunk->type) || chunk->type == "ANMF";
        if (!isExtended) // is one part alone
            break;
    }
    if (!hasPixels)
        return fail(damaged());
    if (isExtended && orientation != 1)
        appendChunk(kept, "EXIF", orientationTiff(orientation));
    kept.replace(4, 4, littleEndian(quint32(kept.size() - riffHead)));
    return kept;
}

} // namespace media::strip
