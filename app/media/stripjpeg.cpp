// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/exif.h"
#include "media/imagebytes.h"
#include "media/strip.h"

namespace media::strip {
namespace {

constexpr QByteArrayView startOfImage("\xff\xd8", 2), endOfImage("\xff\xd9", 2);

/// Behind the entropy-coded bytes from `at` on: at the next marker that is none of them (T.81 B.1.1.5), or at the end.
qint64 endOfScan(QByteArrayView image, qint64 at)
{
    const ImageBytes bytes(image);
    for (;;) {
        const qsizetype found = image.indexOf('\xff', qsizetype(at));
        if (found < 0)
            return image.size();
        const quint8 next = bytes.byte(found + 1);
        if (!bytes.has(found, 2))
            return found;
        if (next == 0xff)
            at = found + 1;
        else if (next == 0x00 || (next >= 0xd0 && next <= 0xd7))
            at = found + 2;
        else
            return found;
    }
}

/// What is kept of an application's segment: the colours' profile and what says how the components are to be read.
QByteArray keptOfApplication(QByteArrayView segment, bool &hasJfif, bool &hasAdobe)
{
    const ImageBytes bytes(segment);
    const quint8 marker = bytes.byte(1);
    if (marker == 0xe0 && !hasJfif && segment.size() >= 18 && bytes.is(4, QByteArrayView("JFIF\0", 5))) {
        hasJfif = true;
        // Without its small picture.
        return QByteArray("\xff\xe0\0\x10", 4) + bytes.part(4, 12).toByteArray() + QByteArray(2, '\0');
    }
    if (marker == 0xe2 && bytes.is(4, QByteArrayView("ICC_PROFILE\0", 12)))
        return segment.toByteArray();
    if (marker == 0xee && !hasAdobe && segment.size() >= 16 && bytes.is(4, "Adobe")) {
        hasAdobe = true;
        return QByteArray("\xff\xee\0\x0e", 4) + bytes.part(4, 12).toByteArray();
    }
    return {};
}

} // namespace

Result<QByteArray> jpeg(QByteArrayView image, int orientation)
{
    const ImageBytes bytes(image);
    QByteArray kept = startOfImage.toByteArray();
    kept.reserve(image.size() + 64);
    QByteArray turn;
    if (orientation != 1)
        turn = QByteArray("\xff\xe1\0\x22"
                          "Exif\0\0",
                          10)
            + orientationTiff(orientation);
    bool hasScan = false, hasJfif = false, hasAdobe = false;
    for (qint64 at = 2; bytes.has(at, 2);) {
        const quint8 marker = bytes.byte(at + 1);
        if (bytes.byte(at) != 0xff || marker == 0xff) { // belongs to nothing: decoders pass it over, and here it goes
            ++at;
            continue;
        }
        if (marker == 0x00 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
            at += 2;
            continue;
        }
        if (marker == 0xd9)
            break;
        const qint64 length = bytes.big16(at + 2);
        const bool isKnown = marker >= 0xc0 && marker != 0xc8 && marker != 0xd8 && (marker < 0xf0 || marker == 0xfe);
        if (!isKnown || length < 2 || !bytes.has(at + 2, length))
            return fail(damaged());
        const bool isApplication = marker >= 0xe0 && marker <= 0xef;
        // JFIF comes first, EXIF behind it, both before all others.
        if (!(marker == 0xe0 && kept.size() == 2) && !turn.isEmpty())
            kept += std::exchange(turn, {});
        qint64 end = at + 2 + length;
        if (isApplication) {
            kept += keptOfApplication(bytes.part(at, end - at), hasJfif, hasAdobe);
        } else if (marker != 0xfe) { // a comment
            if (marker == 0xda) {
                end = endOfScan(image, end);
                hasScan = true;
            }
            kept += bytes.part(at, end - at);
        }
        at = end;
    }
    if (!hasScan)
        return fail(damaged());
    return kept += endOfImage; // also where it was cut off: what there is of it can be seen
}

} // namespace media::strip
