// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/worker.h"
#include "net/http.h"

#include <QCryptographicHash>

namespace chat {

/// Reads a file for an upload, on a worker, and hashes what it read.
class DiskReader final : public net::HttpSource
{
public:
    struct State;
    /// What a file is before it is read.
    struct Facts {
        QString name; ///< As it is called on this computer.
        QString type; ///< Media type, by its name and its beginning.
        qint64 size = 0;
    };
    /// Errors: Input `not-a-file`, `file-empty`; Storage `file-unreadable`.
    static Task<Result<Facts>> look(Worker *worker, QString path);
    /// Errors as look().
    static Task<Result<std::unique_ptr<DiskReader>>> open(Worker *worker, QString path);

    DiskReader(Worker *worker, std::shared_ptr<State> state) : m_worker(worker), m_state(std::move(state)) { }

    const Facts &facts() const;
    /// SHA-256 of what was read.
    QByteArray hash() const;
    Task<Result<QByteArray>> read(qsizetype most) override;

private:
    Worker *m_worker;
    std::shared_ptr<State> m_state;
};

/// Writes a file that comes, on a worker: under another name until it is whole, in a folder of its own.
class DiskWriter final : public net::HttpSink
{
public:
    struct State;
    /// `folder` is made, and emptied where it was there; `name` is safe (filenames::safe()). Error: Storage `disk-full`,
    /// `storage-failed`.
    static Task<Result<std::unique_ptr<DiskWriter>>> open(Worker *worker, QString folder, QString name,
                                                          QCryptographicHash::Algorithm algorithm);

    DiskWriter(Worker *worker, std::shared_ptr<State> state) : m_worker(worker), m_state(std::move(state)) { }
    /// What was not finished is gone.
    ~DiskWriter() override;

    /// Error: Storage `disk-full`, `storage-failed`.
    Task<Result<>> write(QByteArray bytes) override;
    /// Of what was written.
    QByteArray hash() const;
    /// All was written: gives its path.
    Task<Result<QString>> finish();

private:
    Worker *m_worker;
    std::shared_ptr<State> m_state;
};

/// How the names of folders begin that hold what keepBytes() kept.
QString keptFolder();
/// Puts bytes into a file of that (safe) name, in a folder of its own under `folder`, where sweepFolders() finds it. Gives
/// its path. Error: Storage `disk-full`, `storage-failed`.
Task<Result<QString>> keepBytes(Worker *worker, QString folder, QString name, QByteArray bytes);

/// Takes the folders away that none of the files is in: those that are named by no id, and hold no path. One of
/// keepBytes() is let be for an hour, as its message may be on its way to the store. For a worker.
void sweepFolders(const QString &folder, const std::vector<std::pair<qint64, QString>> &files);

} // namespace chat
