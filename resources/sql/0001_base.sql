-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first schema. Times are milliseconds since 1970 UTC. Enumerations are those of app/store/enums.h.

PRAGMA application_id = 0x426c636e; -- "Blcn"

CREATE TABLE accounts (
    jid TEXT NOT NULL UNIQUE,
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    enabled INTEGER NOT NULL,
    config TEXT NOT NULL,
    roster_version TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE roster_items (
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    jid TEXT NOT NULL,
    name TEXT NOT NULL,
    groups TEXT NOT NULL, -- a JSON list
    subscription TEXT NOT NULL,
    asked INTEGER NOT NULL,
    approved INTEGER NOT NULL,
    PRIMARY KEY (account, jid)
) STRICT, WITHOUT ROWID;

CREATE TABLE subscription_requests (
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    jid TEXT NOT NULL,
    status TEXT NOT NULL,
    time INTEGER,
    PRIMARY KEY (account, jid)
) STRICT, WITHOUT ROWID;

-- The id is the upper part of its messages' keys, so it is never used again.
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    peer TEXT NOT NULL,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    unread INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    muted_until INTEGER,
    pinned INTEGER NOT NULL DEFAULT 0,
    archived INTEGER NOT NULL DEFAULT 0,
    draft TEXT NOT NULL DEFAULT '',
    last_key INTEGER NOT NULL DEFAULT 0,
    last_preview TEXT NOT NULL DEFAULT '',
    last_outgoing INTEGER NOT NULL DEFAULT 0,
    last_author TEXT NOT NULL DEFAULT '',
    last_state INTEGER NOT NULL DEFAULT 0,
    last_time INTEGER,
    read_key INTEGER NOT NULL DEFAULT 0,
    message_count INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, peer)
) STRICT;

-- Clustered: the key is conversation << 43 | quarter milliseconds since 2000, so a page is one range of the table.
CREATE TABLE messages (
    key INTEGER PRIMARY KEY,
    outgoing INTEGER NOT NULL,
    state INTEGER NOT NULL,
    unread INTEGER NOT NULL, -- 0 seen or ours, 1 counts as unread, 2 counts as a mention too
    encryption INTEGER NOT NULL,
    edited INTEGER NOT NULL,
    retracted INTEGER NOT NULL,
    time INTEGER NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    stanza_id TEXT,
    origin_id TEXT, -- empty where it equals stanza_id
    archive_id TEXT,
    occupant_id TEXT,
    replaces TEXT,
    reply_to TEXT,
    payload BLOB,
    failure_kind INTEGER,
    failure_condition TEXT,
    failure_detail TEXT
) STRICT;

-- Finds messages by what identifies them: a digest of (scope, author, id), see Messages::append().
CREATE TABLE message_ids (
    digest INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (digest, message)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    message INTEGER NOT NULL UNIQUE REFERENCES messages (key) ON DELETE CASCADE,
    stanza BLOB NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_account ON outbox (account, id);
CREATE INDEX outbox_conversation ON outbox (conversation);

CREATE TABLE archive_ranges (
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    archive TEXT NOT NULL,
    position INTEGER NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    PRIMARY KEY (account, archive, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE caches (
    space TEXT NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX caches_used ON caches (space, used);

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;
