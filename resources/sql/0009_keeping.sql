-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was deleted here, so that no archive brings it back, and how long chats are kept.
ALTER TABLE conversations ADD COLUMN floor_key INTEGER NOT NULL DEFAULT 0; -- no key up to here is given again
ALTER TABLE conversations ADD COLUMN erased_time INTEGER; -- what an archive has up to here was deleted
ALTER TABLE conversations ADD COLUMN erase_to INTEGER NOT NULL DEFAULT 0; -- all up to here is being deleted; 0: nothing
ALTER TABLE conversations ADD COLUMN keep_days INTEGER; -- 0: for good; NULL: as the settings say

-- Deleted messages that erased_time does not tell of: digests as in message_ids, and nothing of what they said.
CREATE TABLE erased_ids (
    digest INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    time INTEGER NOT NULL
) STRICT;
CREATE INDEX erased_ids_conversation ON erased_ids (conversation, time);
