-- SPDX-FileCopyrightText: 2026 The Balcony authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- When one of our messages came to each state; NULL where it did not, or nobody knows.
ALTER TABLE messages ADD COLUMN written_time INTEGER;
ALTER TABLE messages ADD COLUMN accepted_time INTEGER;
ALTER TABLE messages ADD COLUMN delivered_time INTEGER;
ALTER TABLE messages ADD COLUMN displayed_time INTEGER;
ALTER TABLE messages ADD COLUMN failed_time INTEGER;
