// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace automation {

/// Bytes that wait for somebody who does not read; more is not kept for them.
constexpr qint64 mostUnread = 32 * 1024 * 1024;

/// Cuts what comes in into lines. A line that is longer than longestLine is told as soon as that is known, and the rest
/// of it is passed over; nothing larger is ever held. Work is linear in what comes in.
class LineBuffer
{
public:
    struct Line {
        QByteArray bytes; ///< Without white space around it; never empty, unless it was too long.
        bool isTooLong = false;
    };

    void add(const char *bytes, qsizetype size);
    /// The next line, nothing where there is no whole one.
    std::optional<Line> next();

    /// The answer to a line that is too long.
    static QJsonObject tooLongAnswer();

private:
    QByteArray m_bytes;
    qsizetype m_begin = 0;   ///< Before this all lines were given out.
    qsizetype m_scanned = 0; ///< From m_begin up to here there is no line end.
    bool m_skipping = false; ///< In the rest of a line that was too long.
};

} // namespace automation
