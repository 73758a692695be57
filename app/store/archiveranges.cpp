// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/archiveranges.h"

namespace store {

Result<> ArchiveRanges::replace(const Jid &account, const Jid &archive, const std::vector<ArchiveRange> &ranges)
{
    if (auto done =
            m_database.query("DELETE FROM archive_ranges WHERE account = ? AND archive = ?", account, archive).run();
        !done)
        return done;
    qint64 position = 0;
    for (const ArchiveRange &range : ranges) {
        auto done =
            m_database
                .query("INSERT INTO archive_ranges (account, archive, position, first, last) VALUES (?, ?, ?, ?, ?)",
                       account, archive, position++, orEmpty(range.first), orEmpty(range.last))
                .run();
        if (!done)
            return done;
    }
    return {};
}

Result<std::vector<ArchiveRange>> ArchiveRanges::ranges(const Jid &account, const Jid &archive) const
{
    return m_database
        .query("SELECT first, last FROM archive_ranges WHERE account = ? AND archive = ? ORDER BY position", account,
               archive)
        .all<ArchiveRange>([](const Statement &row) {
            return ArchiveRange{row.text(0), row.text(1)};
        });
}

} // namespace store
