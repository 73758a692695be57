// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/client.h"
#include "xmpp/extension.h"

namespace xep {

/// Tells the server whether somebody is looking, so that it can hold back what nobody needs at once (XEP-0352). No other
/// side hears of it.
class ClientState : public xmpp::Extension
{
    Q_OBJECT
public:
    explicit ClientState(xmpp::Client &client);

    /// Whether these stream features offer it.
    static bool isOffered(const xml::Element &features);
    /// The features of the stream that comes up; without a call those of the one before count.
    void setFeatures(const xml::Element &features) { m_offered = isOffered(features); }

    /// Told at once where a stream is up, and anew on each stream: all begin as active (XEP-0352 4.2, 6).
    void setActive(bool active);
    bool isActive() const { return m_active; }

private:
    void begin();
    void tell();

    xmpp::Client &m_client;
    bool m_offered = false;
    bool m_active = true;
    bool m_told = true; ///< What this stream's server takes us for.
};

} // namespace xep
