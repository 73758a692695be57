// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/client.h"

#include <QDateTime>
#include <QHash>
#include <QObject>

#include <vector>

namespace chat {

/// What one resource of somebody says of itself.
struct ResourcePresence {
    QString resource;
    xmpp::Presence::Show show = xmpp::Presence::Show::Online;
    QString status;
    int priority = 0;
    QDateTime idleSince; ///< Nobody has touched the device since then (XEP-0319); invalid: not said.

    friend bool operator==(const ResourcePresence &, const ResourcePresence &) = default;
};

/// Who is there, per account: gathered from presence stanzas, forgotten when the stream ends.
class Presences : public QObject
{
    Q_OBJECT
public:
    explicit Presences(xmpp::Client &client);

    /// All available resources of `bare`, the best first: by priority, then by availability. Empty: offline.
    std::vector<ResourcePresence> of(const Jid &bare) const;
    /// The best of them, or nothing.
    std::optional<ResourcePresence> best(const Jid &bare) const;

Q_SIGNALS:
    /// Something changed for this bare JID; null: for everybody.
    void changed(const Jid &bare);
    /// One resource came, changed or (not `available`) went.
    void resourceChanged(const Jid &full, const chat::ResourcePresence &presence, bool available);

private:
    void take(const xmpp::Incoming &incoming);

    xmpp::Client &m_client;
    QHash<Jid, std::vector<ResourcePresence>> m_resources;
};

} // namespace chat
