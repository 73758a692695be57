// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace chat::filenames {

/// The most bytes (UTF-8) of a name that safe() gives.
constexpr qsizetype mostBytes = 120;

/// A name from outside as a name on this computer (RELIABILITY 1.43): no path, nothing that cannot be seen or that turns
/// the direction of the text, nothing that some system reads otherwise, and not too long, with its last ending kept. Never
/// empty.
QString safe(const QString &name);
/// What a file that is to be had there may be called; as safe().
QString ofAddress(const QUrl &url);

} // namespace chat::filenames
