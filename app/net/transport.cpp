// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport.h"

namespace net {

QString word(ChannelBinding type)
{
    switch (type) {
    case ChannelBinding::None: return {};
    case ChannelBinding::TlsServerEndPoint: return QStringLiteral("tls-server-end-point");
    case ChannelBinding::TlsUnique: return QStringLiteral("tls-unique");
    case ChannelBinding::TlsExporter: return QStringLiteral("tls-exporter");
    }
    Q_UNREACHABLE();
}

bool isWebAnswer(const QByteArray &first)
{
    const QByteArray version("HTTP/1.");
    return !first.isEmpty() && version.startsWith(first.left(version.size())); // also where less has come yet
}

} // namespace net
