// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <QSize>

namespace media {

/// What is taken for a picture; nothing else ever reaches a decoder.
enum class ImageType { Png, Jpeg, Gif, WebP };

/// Pixels of a picture, in all. Beyond them it is not decoded.
constexpr qint64 mostPicturePixels = 50'000'000;
/// The same for a picture of a person.
constexpr qint64 mostAvatarPixels = 4'000'000;

/// What a picture says of itself before anything is decoded. A claim: it decides what is refused, not what is reserved.
struct ImageHeader {
    ImageType type = ImageType::Png;
    QSize size;            ///< Pixels as it is displayed: `orientation` is applied.
    int orientation = 1;   ///< 1 to 8, as EXIF counts them; 1: as it is stored.
    bool animated = false; ///< Has more than one frame.

    friend bool operator==(const ImageHeader &, const ImageHeader &) = default;
};

/// By its first bytes, never by its name; nothing where it is none of the four.
std::optional<ImageType> imageType(QByteArrayView first);
/// `image/png` and its like.
QString mediaType(ImageType type);

/// Reads the header of a picture from its first bytes, all of it or as many as there are: 256 KiB hold the size of nearly
/// every one. Where only a part is given, an animation or an orientation that is told of later may go unnoticed. Time is
/// linear; nothing is decoded. Errors, all Input: `image-type-unsupported`, `image-damaged` (also where the part is too
/// short), `image-too-large` for more than `mostPixels`.
Result<ImageHeader> readImageHeader(QByteArrayView first, qint64 mostPixels = mostPicturePixels);

/// The size of a picture of `size` that has to fit into `within` and into `mostPixels`: never larger than it is, with its
/// proportions, at least one pixel high and wide. An empty `within` is no bound.
QSize scaledDown(QSize size, QSize within, qint64 mostPixels = mostPicturePixels);

} // namespace media
