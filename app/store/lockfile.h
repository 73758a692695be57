// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QString>

#include <memory>

namespace store {

/// Keeps a second process out of a folder. The system lets go of the lock when the process ends in any way, so none is
/// ever left behind.
class LockFile
{
public:
    enum class Outcome {
        Taken,
        InUse,    ///< Another process has it.
        ReadOnly, ///< The folder cannot be written.
    };

    LockFile() = default;
    ~LockFile();
    LockFile(const LockFile &) = delete;
    LockFile &operator=(const LockFile &) = delete;

    Outcome take(const QString &path);
    void release();

private:
    int m_file = -1;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace store
