// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include <QCoreApplication>
#include <QDir>

/// replay TARGET FOLDER: gives the target each file of its corpus, and each whole file cut off at up to 64 places.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto found = argc == 3 ? fuzz::targets().find(argv[1]) : fuzz::targets().end();
    if (found == fuzz::targets().end()) {
        std::fprintf(stderr, "usage: test_fuzz TARGET FOLDER\n");
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[2]));
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return 1;
        const QByteArray input = file.readAll();
        std::printf("%s\n", qPrintable(name));
        found->second(input);
        const qsizetype step = input.size() / 64 + 1;
        for (qsizetype size = 0; size < input.size(); size += step)
            found->second(input.left(size));
    }
    return names.isEmpty() ? 1 : 0;
}
