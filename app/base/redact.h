// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace base {

/// `text` without what nobody may read in a log: SASL payloads, passwords, tokens, keys and message texts, in XML, in
/// JSON, and as programs write `password=...`. What goes is replaced by `[…]`, so that the shape of the line stays
/// (RELIABILITY G7). What is cut off in the middle of a secret is secret to its end. Takes time in proportion to the
/// text, whatever is in it. Any thread.
QString redacted(const QString &text);

} // namespace base
