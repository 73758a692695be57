// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace media {

/// The same picture, to the pixel, without what it tells of its maker: EXIF with places and small pictures, XMP, IPTC,
/// comments, texts, times, what stands behind its end. Colours (ICC) and turns stay: where the picture has to be turned, an
/// EXIF block with the orientation and nothing else is written (RELIABILITY 1.49). Works on all four types of ImageType,
/// animated ones too, whatever their size. Time is linear, and the result never longer than the picture by more than 64
/// bytes. Errors, both Input: `image-type-unsupported`, `image-damaged` where its parts cannot be told apart.
Result<QByteArray> withoutMetadata(const QByteArray &image);

} // namespace media
