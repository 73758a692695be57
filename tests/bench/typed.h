// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/element.h"

/// From an element to what the product's layers work with: addresses prepared, words turned into enumerations, every
/// text of the captures a QString, the one OMEMO key that is ours decoded. Payloads whose XEP has its pair in app/xep are
/// read by it; the others by descriptions of the same kind that stand here until theirs come.
namespace bench {

/// How much was understood: so that nothing is optimised away, and a capture that stopped making sense is noticed.
struct Understood {
    qint64 addresses = 0;
    qint64 texts = 0; ///< UTF-16 units.
    qint64 payloads = 0;
};

void understand(const xml::Element &stanza, Understood &sum);

} // namespace bench
