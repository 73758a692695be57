// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

/// `text` between FSI and PDI (UAX #9), its own stray bidi controls taken out: it cannot reorder what surrounds it.
QString isolated(const QString &text);
/// `text` as one line: line breaks and other controls become spaces.
QString singleLine(const QString &text);
/// `text` from outside as a menu shows it: one line of `longest` code units at most, without keys that "&" would mark.
QString menuText(const QString &text, int longest = 60);
/// `text` with every character that XML 1.0 cannot carry (2.2), or that a text document takes for its own marks,
/// replaced by U+FFFD. Line breaks of all kinds become \n.
QString sendable(const QString &text);

} // namespace ui
