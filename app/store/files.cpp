// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/files.h"

namespace store {
namespace {

#define FILE_COLUMNS                                                                                                   \
    "f.id, f.message, f.place, f.state, f.name, f.type, f.size, f.url, f.hash_name, f.hash, f.path, f.payload, "       \
    "f.failure_kind, f.failure_condition, f.failure_detail"

File readFile(const Statement &row)
{
    File file;
    file.id = row.integer(0);
    file.message = row.integer(1);
    file.place = row.small(2);
    file.state = FileState(row.small(3));
    file.name = row.text(4);
    file.type = row.text(5);
    if (!row.isNull(6))
        file.size = row.integer(6);
    file.url = row.text(7);
    file.hashName = row.text(8);
    file.hash = row.bytes(9);
    file.path = row.text(10);
    file.payload = row.bytes(11);
    if (!row.isNull(12))
        file.failure = {Error::Kind(row.small(12)), row.text(13), row.text(14)};
    return file;
}

} // namespace

Result<qint64> Files::add(const File &file)
{
    auto done = m_database
                    .query("INSERT INTO files (message, place, state, name, type, url, hash_name, hash, path) "
                           "VALUES (?, ?, ?, '', '', '', '', x'', '')",
                           file.message, file.place, file.state)
                    .run();
    if (!done)
        return fail(done.error());
    File added = file;
    added.id = m_database.lastInsertId();
    const auto filled = update(added);
    if (!filled)
        return fail(filled.error());
    done = m_database.query("UPDATE messages SET has_files = 1 WHERE key = ?", file.message).run();
    if (!done)
        return fail(done.error());
    return added.id;
}

Result<bool> Files::update(const File &file)
{
    const bool isFailed = file.state == FileState::Failed;
    auto done =
        m_database
            .query("UPDATE files SET state = ?, name = ?, type = ?, size = nullif(?, -1), url = ?, "
                   "hash_name = ?, hash = ?, path = ?, payload = ?, failure_kind = nullif(?, -1), "
                   "failure_condition = ?, failure_detail = ? WHERE id = ?",
                   file.state, orEmpty(file.name), orEmpty(file.type), file.size.value_or(-1), orEmpty(file.url),
                   orEmpty(file.hashName), orEmpty(file.hash), orEmpty(file.path), file.payload,
                   isFailed ? int(file.failure.kind) : -1, isFailed ? orEmpty(file.failure.condition) : QString(),
                   isFailed ? orEmpty(file.failure.detail) : QString(), file.id)
            .run();
    if (!done)
        return fail(done.error());
    return m_database.changes() > 0;
}

Result<> Files::removeOf(qint64 message)
{
    auto done = m_database.query("DELETE FROM files WHERE message = ?", message).run();
    if (done)
        done = m_database.query("UPDATE messages SET has_files = 0 WHERE key = ?", message).run();
    return done;
}

Result<std::optional<File>> Files::byId(qint64 id) const
{
    return m_database.query("SELECT " FILE_COLUMNS " FROM files f WHERE f.id = ?", id).one<File>(readFile);
}

Result<std::vector<File>> Files::of(qint64 message) const
{
    return m_database.query("SELECT " FILE_COLUMNS " FROM files f WHERE f.message = ? ORDER BY f.place", message)
        .all<File>(readFile);
}

Result<std::vector<File>> Files::inState(const Jid &account, FileState state, int limit) const
{
    return m_database
        .query("SELECT " FILE_COLUMNS " FROM files f JOIN conversations c ON c.id = f.message >> 43 "
               "WHERE f.state = ? AND c.account = ? ORDER BY f.id LIMIT ?",
               state, account, limit)
        .all<File>(readFile);
}

Result<QStringList> Files::pathsOf(const Jid &account) const
{
    auto rows = m_database.query("SELECT f.path FROM files f JOIN conversations c ON c.id = f.message >> 43 "
                                 "WHERE c.account = ? AND f.path <> ''",
                                 account);
    QStringList paths;
    while (rows.next())
        paths.append(rows.text(0));
    if (auto done = rows.finish(); !done)
        return fail(done.error());
    return paths;
}

Result<std::vector<std::pair<qint64, QString>>> Files::all() const
{
    using Place = std::pair<qint64, QString>;
    return m_database.query("SELECT id, path FROM files").all<Place>([](const Statement &row) {
        return Place(row.integer(0), row.text(1));
    });
}

} // namespace store
