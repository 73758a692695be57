-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- The keys by which the server of an account has proven itself, and when.

CREATE TABLE server_keys (
    account TEXT NOT NULL REFERENCES accounts (jid) ON DELETE CASCADE,
    fingerprint BLOB NOT NULL, -- SHA-256 of the SubjectPublicKeyInfo
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    subject TEXT NOT NULL, -- this and the rest: of the newest certificate with this key
    issuer TEXT NOT NULL,
    valid_from INTEGER,
    valid_to INTEGER,
    told INTEGER NOT NULL, -- the person knows that the server has this key
    PRIMARY KEY (account, fingerprint)
) STRICT, WITHOUT ROWID;
