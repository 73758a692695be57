// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/worker.h"
#include "chat/exportformats.h"
#include "store/store.h"

#include <QObject>

#include <memory>

namespace chat {

/// Writes a chat into a file: page by page, on threads of their own, so that nobody waits for it and nothing large is held.
/// The file is there only when all of it is; an end before that, by an error or of the task, leaves what was there before.
class ChatExport : public QObject
{
    Q_OBJECT
public:
    static constexpr int pageSize = 200;

    explicit ChatExport(store::Store &store);
    ~ChatExport() override;

    /// Gives how many messages were written. Errors: Storage `disk-full`, `storage-failed`, and what reading gives.
    Task<Result<qint64>> run(exportformats::Request request);

Q_SIGNALS:
    /// So many messages of about so many.
    void progress(qint64 done, qint64 total);

private:
    store::Store &m_store;
    std::unique_ptr<Worker> m_disk;
};

} // namespace chat
