// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

namespace base {

QString word(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Cancelled: return QStringLiteral("cancelled");
    case Error::Kind::Timeout: return QStringLiteral("timeout");
    case Error::Kind::Network: return QStringLiteral("network");
    case Error::Kind::Tls: return QStringLiteral("tls");
    case Error::Kind::Auth: return QStringLiteral("auth");
    case Error::Kind::Stream: return QStringLiteral("stream");
    case Error::Kind::Stanza: return QStringLiteral("stanza");
    case Error::Kind::Protocol: return QStringLiteral("protocol");
    case Error::Kind::Storage: return QStringLiteral("storage");
    case Error::Kind::Secret: return QStringLiteral("secret");
    case Error::Kind::Input: return QStringLiteral("input");
    case Error::Kind::Unsupported: return QStringLiteral("unsupported");
    }
    Q_UNREACHABLE();
}

} // namespace base
