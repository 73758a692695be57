// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

/// The domainpart of an address (RFC 7622 3.2): a name in any script, or an IP address.
namespace base::idna {

/// The normal form: U-labels in lower case without the last dot, an IPv4 address, or an IPv6 address in brackets. Names
/// are mapped by UTS-46 and must then be labels of IDNA2008 (RFC 5890-5893), at most 63 bytes each in ASCII.
/// Error: Input, `text-malformed`.
Result<QString> normalized(const QString &domain);

/// A normal form as A-labels, for DNS, TLS and certificates. IP addresses stay as they are.
QString ascii(const QString &normalDomain);

} // namespace base::idna
