// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/jid.h"
#include "store/sqlite.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace store {

// The numbers are in the files of users: never change one, only add.

enum class FileState {
    Remote = 0,  ///< Theirs: to be had at its address.
    Loading = 1, ///< Theirs: asked for, and not here yet; also after a restart.
    Here = 2,    ///< At `path`; ours has its address, too.
    Waiting = 3, ///< Ours: has to go to an upload service first; also while it goes.
    Failed = 4,  ///< See `failure`.
};

/// A file of a message. What others say of it is a claim: the name is for a label, the size no promise.
struct File {
    qint64 id = 0;
    qint64 message = 0; ///< Its key.
    int place = 0;      ///< Among the files of its message.
    FileState state = FileState::Remote;
    QString name;               ///< Plain text from outside; never a path.
    QString type;               ///< Media type; empty: not said.
    std::optional<qint64> size; ///< Bytes.
    QString url;                ///< Empty: it is nowhere (yet).
    QString hashName;           ///< XEP-0300; empty: none.
    QByteArray hash;
    QString path;       ///< On this computer; empty: it is not here.
    QByteArray payload; ///< The description (XEP-0447) as it came, as XML: dimensions, thumbnails.
    Error failure;      ///< Where the state is Failed.
};

/// The files of the messages. A file goes with its message. Reads are const.
class Files
{
public:
    explicit Files(Database &database) : m_database(database) { }

    /// Gives its id. Error: Storage where its message is not there.
    Result<qint64> add(const File &file);
    /// Everything but its message and its place. False where it is gone.
    Result<bool> update(const File &file);
    /// All of a message's.
    Result<> removeOf(qint64 message);

    Result<std::optional<File>> byId(qint64 id) const;
    /// Of a message, in their order.
    Result<std::vector<File>> of(qint64 message) const;
    /// The account's in that state, the oldest first.
    Result<std::vector<File>> inState(const Jid &account, FileState state, int limit) const;
    /// Where those of an account are on this computer.
    Result<QStringList> pathsOf(const Jid &account) const;
    /// The ids of all, and where they are on this computer: what lies on the disk of any other is nobody's.
    Result<std::vector<std::pair<qint64, QString>>> all() const;

private:
    Database &m_database;
};

} // namespace store
