// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema.h"

#include <QDir>
#include <QFile>

namespace store::schema {
namespace {

/// resources/sql/NNNN_*.sql, in order; the version after a step is its place.
QStringList steps()
{
    return QDir(QStringLiteral(":/sql")).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
}

Result<> runStep(Database &database, const QString &name, int version)
{
    QFile file(QStringLiteral(":/sql/") + name);
    if (!file.open(QFile::ReadOnly))
        return fail(Error::Kind::Storage, QStringLiteral("storage-failed"),
                    QStringLiteral("The program lacks %1.").arg(name));
    if (auto begun = database.begin(); !begun)
        return begun;
    auto done = database.execute(file.readAll());
    if (done)
        done = database.execute("PRAGMA user_version = " + QByteArray::number(version));
    if (!done) {
        database.rollback();
        return done;
    }
    return database.commit();
}

} // namespace

int newestVersion()
{
    return int(steps().size());
}

Result<int> migrate(Database &database, int target)
{
    const auto version = database.pragma("PRAGMA user_version");
    if (!version)
        return fail(version.error());
    const QStringList all = steps();
    if (*version > all.size())
        return fail(Error::Kind::Storage, QStringLiteral("database-newer"),
                    QStringLiteral("The database has version %1; this program knows version %2.")
                        .arg(*version)
                        .arg(all.size()));
    const int last = target > 0 ? target : int(all.size());
    for (int step = int(*version); step < last; ++step) {
        if (auto done = runStep(database, all[step], step + 1); !done)
            return fail(done.error());
    }
    return int(*version);
}

} // namespace store::schema
