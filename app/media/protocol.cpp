// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/protocol.h"

#include "media/imagebytes.h"

#include <QtEndian>

namespace media::protocol {
namespace {

void append(QByteArray &bytes, quint32 number)
{
    char buffer[4];
    qToBigEndian(number, buffer);
    bytes.append(buffer, 4);
}

} // namespace

QByteArray Job::bytes() const
{
    QByteArray bytes;
    bytes.reserve(size);
    append(bytes, quint32(want) << 24 | quint32(quality) << 16);
    for (const quint32 number : {width, height, mostPixels, mostBytes, length})
        append(bytes, number);
    return bytes;
}

std::optional<Job> Job::read(QByteArrayView bytes)
{
    const ImageBytes all(bytes);
    const quint8 want = all.byte(0);
    Job job{Want(want), all.byte(1), all.big32(4), all.big32(8), all.big32(12), all.big32(16), all.big32(20)};
    const bool isWanted = want >= quint8(Want::Pixels) && want <= quint8(Want::Auto);
    if (bytes.size() != size || !isWanted || job.length > mostInput)
        return std::nullopt;
    return job;
}

QByteArray Answer::bytes() const
{
    QByteArray bytes;
    bytes.reserve(size);
    append(bytes, quint32(status) << 24 | quint32(isJpeg) << 16);
    for (const quint32 number : {fullWidth, fullHeight, width, height, length})
        append(bytes, number);
    return bytes;
}

std::optional<Answer> Answer::read(QByteArrayView bytes)
{
    const ImageBytes all(bytes);
    const quint8 status = all.byte(0);
    Answer answer{Status(status), all.byte(1) != 0, all.big32(4), all.big32(8),
                  all.big32(12),  all.big32(16),    all.big32(20)};
    if (bytes.size() != size || status > quint8(Status::Undecodable) || answer.length > mostOutput)
        return std::nullopt;
    return answer;
}

QByteArray readyBytes()
{
    QByteArray bytes;
    append(bytes, readyMark);
    return bytes;
}

} // namespace media::protocol
