// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace automation {

/// What balcony and balcony-headless understand on their command line (docs/automation.md).
struct CommandLine {
    static constexpr int usageError = 2;

    QString profile;      ///< Absolute; the user's own where none was named.
    QString exportFolder; ///< Not empty: write all messages there and leave.
    QString logFile;
    QString language; ///< A locale's name, empty for the system's.
    bool minimized = false;
    bool offline = false;
    QStringList uris; ///< `xmpp:` addresses to open.

    /// Set where the program must leave at once: 0 after --help and --version, 2 for a mistake.
    std::optional<int> exitStatus;
    QString text; ///< What to say then.

    static CommandLine parse(const QStringList &arguments);
    /// Prints `text` (to standard error where it is a mistake) and gives the exit status.
    int say() const;
};

/// First thing in main: umask, signals that must not kill us, no core files with secrets in them.
void prepareProcess();

} // namespace automation
