// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace xml {

/// What a stream may be at most (docs/limits.md). Beyond it the stream ends with `policy-violation`.
struct Limits {
    qint64 elementBytes = 10 * 1024 * 1024; ///< One top-level element, its tags and text.
    qint64 totalBytes = -1;                 ///< All bytes of the stream; -1: no limit.
    int depth = 128;                        ///< Open elements below the stream header.
    int attributes = 128;                   ///< Per element, namespace declarations among them.
    int nameBytes = 1024;                   ///< A tag's or attribute's name.
    int namespaces = 64;                    ///< Declarations in force at once, those of the header apart.
    int elements = 200000;                  ///< Per top-level element.

    /// Before sign-in a server needs little (RELIABILITY 3.3).
    static Limits beforeLogin()
    {
        Limits limits;
        limits.elementBytes = 64 * 1024;
        limits.totalBytes = 256 * 1024;
        return limits;
    }
};

} // namespace xml
