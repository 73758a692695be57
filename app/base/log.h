// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/redact.h"

#include <QLoggingCategory>
#include <QString>

#include <memory>

namespace base {

/// Where Qt's log messages go while this object lives: to standard error, or to a file of mode 0600 that starts anew at
/// 8 MiB and keeps one older part beside it (`FILE.1`). Every record is one line with the time in UTC, a level and a
/// category, and passes redacted(). Any thread may log. At most one LogFile at a time.
class LogFile
{
public:
    /// Empty `path`: standard error, warnings and worse only unless QT_LOGGING_RULES is set. `largest`: bytes of a part.
    explicit LogFile(const QString &path, qint64 largest = 8 * 1024 * 1024);
    ~LogFile();
    LogFile(const LogFile &) = delete;
    LogFile &operator=(const LogFile &) = delete;

    /// False where the file could not be opened; the log then goes to standard error.
    bool isOpen() const;

private:
    struct Sink;
    std::unique_ptr<Sink> m_sink;
};

} // namespace base
