// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace media {

/// The orientation in an EXIF block, which begins with its TIFF header: 1 to 8; 1 where none is said or it makes no sense.
int exifOrientation(QByteArrayView tiff);
/// The smallest EXIF block, from its TIFF header on, that says this orientation and nothing else.
QByteArray orientationTiff(int orientation);

} // namespace media
