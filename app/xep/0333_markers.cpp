// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0333_markers.h"

#include "xep/0334_hints.h"
#include "xmpp/message.h"

namespace xep {

bool Markers::tell(const Jid &peer, const QString &id)
{
    if (!m_enabled || id.isEmpty() || !m_client.isOnline() || !m_audience.allows(peer))
        return false;
    xmpp::Message message;
    message.to = peer;
    message.id = m_client.random().id();
    message.type = xmpp::Message::Type::Chat;
    message.add(Displayed{id});
    // For our other devices' archives, and for the one who is offline (XEP-0333 6).
    message.add(hints::Store{});
    m_client.send(message);
    return true;
}

} // namespace xep
