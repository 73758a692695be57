// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/metadata.h"

#include "media/imageheader.h"
#include "media/strip.h"

namespace media {

Result<QByteArray> withoutMetadata(const QByteArray &image)
{
    // Nothing is decoded here, so that its size does not matter.
    const auto header = readImageHeader(image, std::numeric_limits<qint64>::max());
    if (!header)
        return fail(header.error());
    switch (header->type) {
    case ImageType::Jpeg: return strip::jpeg(image, header->orientation);
    case ImageType::Png: return strip::png(image, header->orientation);
    case ImageType::WebP: return strip::webp(image, header->orientation);
    case ImageType::Gif: return strip::gif(image);
    }
    Q_UNREACHABLE();
}

Error strip::damaged()
{
    return {Error::Kind::Input, QStringLiteral("image-damaged"),
            QStringLiteral("The picture is damaged: its parts cannot be told apart.")};
}

} // namespace media
