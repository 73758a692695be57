// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/diskfile.h"

#include <QSize>

#include <optional>

/// Pictures that are to be sent: without what they tell beside what they show.
namespace chat::picturefiles {

/// A picture larger than this is not cleaned, and so not sent as one.
constexpr qint64 mostBytes = 64 << 20;

/// A picture that may go.
struct Clean {
    QString path;
    qint64 size = 0; ///< Bytes.
    QSize pixels;    ///< As it is displayed.
};

/// A copy of a PNG, JPEG, GIF or WebP in `folder`, with the same picture and nothing else in it: no place, no time, no camera,
/// no texts, no earlier versions (RELIABILITY 1.49). Nothing where the file is of another type: it goes as it is. Errors:
/// Storage; Input `picture-not-cleaned` where it cannot be told what is in it.
Task<Result<std::optional<Clean>>> clean(Worker *worker, QString path, QString folder);

} // namespace chat::picturefiles
