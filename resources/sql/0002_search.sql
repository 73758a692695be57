-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Full-text search. The index holds no text of its own; its rowid is the message's key.

CREATE VIRTUAL TABLE message_words USING fts5 (
    body,
    content = '',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);

-- Messages that are not in the index yet.
CREATE TABLE unindexed (
    message INTEGER PRIMARY KEY
) STRICT;
INSERT INTO unindexed (message) SELECT key FROM messages;
