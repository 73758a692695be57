// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/imagebytes.h"
#include "media/strip.h"

namespace media::strip {
namespace {

constexpr quint8 extensionBlock = 0x21, frameBlock = 0x2c;
constexpr quint8 controlLabel = 0xf9, applicationLabel = 0xff;

qint64 colours(quint8 flags)
{
    return flags & 0x80 ? 3LL << ((flags & 7) + 1) : 0;
}

/// Behind the sub-blocks at `at` and their end; -1 where they have none.
qint64 behindSubBlocks(const ImageBytes &bytes, qint64 at)
{
    while (bytes.has(at, 1)) {
        const quint8 length = bytes.byte(at);
        at += 1 + length;
        if (length == 0)
            return at;
    }
    return -1;
}

/// How often an animation is repeated, with nothing beside it; empty where the block at `at` is about something else.
QByteArray repetition(const ImageBytes &bytes, qint64 at)
{
    if (!bytes.is(at + 2, "\x0bNETSCAPE2.0")
        && !bytes.is(at + 2,
                     "\x0b"
                     "ANIMEXTS1.0"))
        return {};
    QByteArray kept = bytes.part(at, 14).toByteArray();
    for (qint64 block = at + 14; bytes.byte(block) != 0; block += 1 + bytes.byte(block)) {
        const bool isCount = bytes.byte(block) == 3 && bytes.byte(block + 1) == 1;
        const bool isBuffer = bytes.byte(block) == 5 && bytes.byte(block + 1) == 2;
        if (isCount || isBuffer)
            kept += bytes.part(block, 1 + bytes.byte(block));
    }
    return kept + '\0';
}

} // namespace

Result<QByteArray> gif(QByteArrayView image)
{
    const ImageBytes bytes(image);
    qint64 at = 13 + colours(bytes.byte(10));
    if (!bytes.has(0, at))
        return fail(damaged());
    QByteArray kept;
    kept.reserve(image.size() + 1);
    kept += bytes.part(0, at);
    QByteArray control; // of the next frame
    bool hasFrame = false;
    while (bytes.byte(at) == extensionBlock || bytes.byte(at) == frameBlock) {
        const bool isFrame = bytes.byte(at) == frameBlock;
        const qint64 data = isFrame ? at + 11 + colours(bytes.byte(at + 9)) : at + 2;
        const qint64 end = behindSubBlocks(bytes, data);
        if (end < 0)
            return fail(damaged());
        const quint8 label = bytes.byte(at + 1);
        if (isFrame) {
            kept += std::exchange(control, {});
            kept += bytes.part(at, end - at);
            hasFrame = true;
        } else if (label == controlLabel) {
            // Four bytes of meaning, and no room for others.
            control = bytes.byte(data) == 4 ? bytes.part(at, 7).toByteArray() + '\0' : QByteArray();
        } else if (label == applicationLabel) {
            kept += repetition(bytes, at);
        } else {
            control.clear(); // a text, which the control was for
        }
        at = end;
    }
    if (!hasFrame)
        return fail(damaged());
    return kept += ';'; // the end; what stands where a block should begin is none, and goes
}

} // namespace media::strip
