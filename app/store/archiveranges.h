// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/sqlite.h"

#include <vector>

namespace store {

/// A stretch of an archive without holes (ARCHITECTURE rule 8): what lies between two of them is not known.
struct ArchiveRange {
    QString first; ///< Archive id (XEP-0313) of its oldest message; empty: the archive's start.
    QString last;  ///< Of its newest one; empty: open at the end while live.

    friend bool operator==(const ArchiveRange &, const ArchiveRange &) = default;
};

/// The known stretches of each archive, oldest first. Moved only in the transaction that stores the messages which they
/// cover (I6). Reads are const. The account must be stored.
class ArchiveRanges
{
public:
    explicit ArchiveRanges(Database &database) : m_database(database) { }

    /// Puts all ranges of the archive anew; none forgets it.
    Result<> replace(const Jid &account, const Jid &archive, const std::vector<ArchiveRange> &ranges);

    Result<std::vector<ArchiveRange>> ranges(const Jid &account, const Jid &archive) const;

private:
    Database &m_database;
};

} // namespace store
