// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDirIterator>
#include <QFile>

namespace tests {

/// The files under `folder`, by their names, whose raw bytes have `marker` in them; also as UTF-16, and with a letter's case
/// folded, as the index of the search has it.
inline QStringList filesWith(const QString &folder, const QByteArray &marker)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            return {QStringLiteral("unreadable: ") + file.fileName()};
        const QByteArray bytes = file.readAll().toLower();
        QByteArray wide;
        for (const char c : marker.toLower())
            wide.append(c).append('\0');
        if (bytes.contains(marker.toLower()) || bytes.contains(wide))
            found.append(file.fileName().mid(folder.size() + 1));
    }
    return found;
}

} // namespace tests
