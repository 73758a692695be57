-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- What other stanzas say of a message: corrections, retractions, reactions. They may come before it.
CREATE TABLE message_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    message INTEGER REFERENCES messages (key) ON DELETE CASCADE ON UPDATE CASCADE, -- NULL: it is not here (yet)
    kind INTEGER NOT NULL,
    outgoing INTEGER NOT NULL,
    author TEXT NOT NULL,
    target TEXT NOT NULL, -- the message's id
    time INTEGER NOT NULL,
    -- Clocks differ, so time alone does not tell which came last: what came live after all changes up to `place`, what an
    -- archive told after all live ones up to it.
    place INTEGER NOT NULL,
    archived INTEGER NOT NULL,
    page INTEGER NOT NULL DEFAULT 0, -- pages of an archive whose stamps are the same: the greater one is the newer
    in_force INTEGER NOT NULL, -- of one author's corrections, or reactions, of a message
    state INTEGER NOT NULL,
    failure_kind INTEGER,
    failure_condition TEXT,
    failure_detail TEXT,
    stanza_id TEXT,
    archive_id TEXT,
    stand_in INTEGER REFERENCES messages (key) ON DELETE SET NULL ON UPDATE CASCADE, -- shown until the message is here
    body TEXT NOT NULL,
    payload BLOB
) STRICT;
CREATE INDEX message_changes_message ON message_changes (message) WHERE message IS NOT NULL;
CREATE INDEX message_changes_waiting ON message_changes (conversation, target) WHERE message IS NULL;
CREATE INDEX message_changes_stanza ON message_changes (conversation, stanza_id);
CREATE INDEX message_changes_stand_in ON message_changes (stand_in) WHERE stand_in IS NOT NULL;
ALTER TABLE messages ADD COLUMN has_changes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE archive_gaps ADD COLUMN changes_before INTEGER NOT NULL DEFAULT 0; -- they came before what is in the gap

-- A change of ours goes out as a message does.
CREATE TABLE outbox_next (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    message INTEGER UNIQUE REFERENCES messages (key) ON DELETE CASCADE,
    change INTEGER UNIQUE REFERENCES message_changes (id) ON DELETE CASCADE,
    stanza BLOB NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    created INTEGER NOT NULL,
    CHECK ((message IS NULL) <> (change IS NULL))
) STRICT;
INSERT INTO outbox_next (id, account, conversation, message, stanza, state, attempts, created)
    SELECT id, account, conversation, message, stanza, state, attempts, created FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
CREATE INDEX outbox_account ON outbox (account, id);
CREATE INDEX outbox_conversation ON outbox (conversation);
