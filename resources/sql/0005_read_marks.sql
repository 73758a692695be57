-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who knows up to where a chat was seen: the other side (XEP-0333), and our other devices (XEP-0490).
ALTER TABLE conversations ADD COLUMN markable_key INTEGER NOT NULL DEFAULT 0; -- their newest that asks to be told
ALTER TABLE conversations ADD COLUMN told_key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN synced_key INTEGER NOT NULL DEFAULT 0;
UPDATE conversations SET told_key = read_key, synced_key = read_key;
