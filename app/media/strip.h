// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArrayView>

/// The four formats behind withoutMetadata(). `orientation`: what the picture says now, 1 to 8.
namespace media::strip {

Result<QByteArray> jpeg(QByteArrayView image, int orientation);
Result<QByteArray> png(QByteArrayView image, int orientation);
Result<QByteArray> webp(QByteArrayView image, int orientation);
Result<QByteArray> gif(QByteArrayView image);

/// Input `image-damaged`.
Error damaged();

} // namespace media::strip
