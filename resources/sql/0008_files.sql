-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Files that are part of messages: what goes to an upload service (XEP-0363), and what others say is to be had (XEP-0447, XEP-0066).
CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES messages (key) ON DELETE CASCADE ON UPDATE CASCADE,
    place INTEGER NOT NULL, -- among those of its message
    state INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER, -- NULL: nobody said
    url TEXT NOT NULL, -- empty: it is nowhere (yet)
    hash_name TEXT NOT NULL,
    hash BLOB NOT NULL,
    path TEXT NOT NULL, -- on this computer; empty: it is not here
    payload BLOB, -- the whole description, as it came
    failure_kind INTEGER,
    failure_condition TEXT,
    failure_detail TEXT,
    UNIQUE (message, place)
) STRICT;
CREATE INDEX files_state ON files (state, id);
ALTER TABLE messages ADD COLUMN has_files INTEGER NOT NULL DEFAULT 0;
