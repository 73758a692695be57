-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Pictures of persons by their names, and who has which (XEP-0084, XEP-0153). All of it can be fetched again.
CREATE TABLE avatars (
    id TEXT NOT NULL PRIMARY KEY, -- SHA-1 of the picture, in hexadecimal
    picture BLOB NOT NULL,
    kept INTEGER NOT NULL -- when it came
) STRICT;

CREATE TABLE avatar_owners (
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    jid TEXT NOT NULL, -- bare; the account's own for its picture
    avatar TEXT NOT NULL, -- need not be in avatars (yet)
    bytes INTEGER NOT NULL, -- how many it is said to have; 0: not said
    source INTEGER NOT NULL,
    PRIMARY KEY (account, jid)
) STRICT, WITHOUT ROWID;
CREATE INDEX avatar_owners_avatar ON avatar_owners (avatar);
