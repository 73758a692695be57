// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cstdio>
#include <memory>
#include <vector>

namespace {

struct Entry {
    QString name;
    QObject *(*make)();
};

std::vector<Entry> &entries()
{
    static std::vector<Entry> list;
    return list;
}

} // namespace

tests::Registration::Registration(const char *file, QObject *(*make)())
{
    entries().push_back({QFileInfo(QString::fromUtf8(file)).completeBaseName(), make});
}

/// Runs the class named by `--class tst_name`, or all of them; other arguments go to Qt Test.
int balconyTestMain(const QStringList &arguments)
{
    QStringList rest = arguments;
    QString only;
    if (const auto at = rest.indexOf(QStringLiteral("--class")); at > 0 && at + 1 < rest.size()) {
        only = rest.at(at + 1);
        rest.remove(at, 2);
    }
    int failures = 0;
    int run = 0;
    for (const Entry &entry : entries()) {
        if (!only.isEmpty() && entry.name != only)
            continue;
        ++run;
        const std::unique_ptr<QObject> test(entry.make());
        failures += QTest::qExec(test.get(), rest);
    }
    if (run == 0) {
        std::fprintf(stderr, "no test class named %s\n", qPrintable(only));
        return 1;
    }
    return failures;
}
