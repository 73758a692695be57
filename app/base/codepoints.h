// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

namespace base::unicode {

/// What PRECIS derives for one code point (RFC 8264 8).
enum class Property {
    Valid,      ///< PVALID: in names and in free text.
    FreeValid,  ///< ID_DIS or FREE_PVAL: in free text only, as spaces and symbols.
    Context,    ///< CONTEXTJ and CONTEXTO: only where isAllowedInContext() says so.
    Disallowed, ///< Nowhere.
    Unassigned, ///< Not known to this version of Unicode: nowhere.
};

Property property(char32_t c);

/// The rules of RFC 5892, appendix A, for the Context code point text[at]: joiners only where they change how a script
/// is written, middle dots and digits only among their own kind.
bool isAllowedInContext(const QList<uint> &text, qsizetype at);

/// The Bidi Rule of RFC 5893 2: true for text without right-to-left code points, and where those that are there cannot
/// change places with their neighbours.
bool satisfiesBidiRule(const QList<uint> &text);

} // namespace base::unicode
