-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is not known of the archives (XEP-0313): gaps. All else in them is known.

DROP TABLE archive_ranges;

-- The newest message that is known of each archive.
CREATE TABLE archives (
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    archive TEXT NOT NULL,
    newest TEXT NOT NULL,
    newest_time INTEGER, -- by the archive's clock; NULL: it did not say
    PRIMARY KEY (account, archive)
) STRICT, WITHOUT ROWID;

-- In the order of their ids they are in the order of the archive.
CREATE TABLE archive_gaps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    archive TEXT NOT NULL,
    after_id TEXT NOT NULL, -- the last known message before it; empty: the archive's start
    after_time INTEGER,
    before_id TEXT NOT NULL, -- the first known message behind it; empty: none
    before_time INTEGER,
    stuck INTEGER NOT NULL
) STRICT;
CREATE INDEX archive_gaps_archive ON archive_gaps (account, archive, id);

-- Where a gap lies in a chat, and how far it was filled for this chat alone.
CREATE TABLE chat_gaps (
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    gap INTEGER NOT NULL REFERENCES archive_gaps (id) ON DELETE CASCADE,
    low_key INTEGER NOT NULL,  -- all up to here is older than what is missing
    seen_key INTEGER NOT NULL, -- all behind here came after the gap was opened
    high_key INTEGER NOT NULL, -- the oldest message that filled it; 0: none
    before_id TEXT NOT NULL,   -- where the next page of this chat ends; empty: where the gap does
    before_time INTEGER,
    closed INTEGER NOT NULL,
    PRIMARY KEY (conversation, gap)
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_gaps_gap ON chat_gaps (gap);
