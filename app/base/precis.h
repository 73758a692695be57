// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

/// The profiles of PRECIS (RFC 8264): how a name is prepared, so that what looks and means the same compares equal.
/// Each gives the normal form, which it leaves as it is when it is prepared again. Error: Input, `text-malformed`; the
/// detail says which character, or that nothing is left. Any thread.
namespace base::precis {

/// UsernameCaseMapped (RFC 8265 3.3): the localpart of an address. Width and case are mapped, letters and digits of one
/// writing direction stay.
Result<QString> usernameCaseMapped(const QString &text);

/// OpaqueString (RFC 8265 4.2): passwords, and the resourcepart of an address. Each kind of space becomes a space; case
/// and width stay.
Result<QString> opaqueString(const QString &text);

/// Nickname (RFC 8266 2): for showing and sending. No space at the ends, single ones between words, compatible
/// characters made one; case stays.
Result<QString> nickname(const QString &text);

/// Nickname as it is compared (RFC 8266 2.4): nickname() in lower case. Never shown.
Result<QString> nicknameKey(const QString &text);

} // namespace base::precis
