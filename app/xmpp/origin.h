// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "xml/describe.h"
#include "xmpp/streammanagement.h"

#include <QDateTime>

namespace xmpp {

class Router;

/// Where a stanza really comes from: judged once, by the Router, and never again (ARCHITECTURE rule 3). Feature code
/// asks this and not `from`, <delay/>, <stanza-id/> or <forwarded/>.
class Origin
{
public:
    enum class Channel {
        Live,           ///< Straight from the stream.
        Offline,        ///< Kept for us by our own server (XEP-0160, XEP-0203).
        CarbonSent,     ///< Another device of ours sent it just now (XEP-0280).
        CarbonReceived, ///< Another device of ours got it just now (XEP-0280).
        Archive,        ///< An archive has it, and was asked for it (XEP-0313).
    };

    Channel channel() const { return m_channel; }
    /// Who speaks: the full address of the sender; our own bare JID where our server speaks for our account.
    const Jid &author() const { return m_author; }
    /// True where our own account, through our server, says it: the only authority for roster, blocking and private PEP.
    bool isOwnAccount() const { return m_ownAccount; }
    /// Our own account wrote it, on whichever device, to peer().
    bool isOutgoing() const { return m_outgoing; }
    /// The other side of it: whom it went to where it is outgoing, else the author. Null where neither is said.
    const Jid &peer() const { return m_outgoing ? m_addressee : m_author; }
    /// When our server (or the archive) got it where it says so and may say so, else when we got it; never later than
    /// that, except that an archive's clock is believed before ours. UTC.
    const QDateTime &time() const { return m_time; }
    /// The id in the archive it belongs to: the one that gave it, else our own (XEP-0359). Null where none can be
    /// trusted.
    const QString &archiveId() const { return m_archiveId; }
    /// Comes as it happens, by our own stream or as a copy of another device's.
    bool isLive() const { return m_channel != Channel::Offline && m_channel != Channel::Archive; }
    /// A copy, which another device of ours is there to answer.
    bool isCarbon() const { return m_channel == Channel::CarbonSent || m_channel == Channel::CarbonReceived; }

private:
    friend class Router;
    Origin() = default;
    Channel m_channel = Channel::Live;
    Jid m_author;
    bool m_ownAccount = false;
    bool m_outgoing = false;
    Jid m_addressee; ///< Where it is outgoing.
    QDateTime m_time;
    QString m_archiveId;
};

/// A received stanza with its origin. Only the Router makes one.
class Incoming
{
public:
    const Origin &origin() const { return m_origin; }
    const Jid &author() const { return m_origin.author(); }
    const xml::Element &element() const { return m_element; }
    QString id() const { return m_element.attribute("id"); }
    /// Keep it until the stanza is dealt with (I5): the server is told when the last copy is gone. Null where nobody counts.
    const HandledToken &token() const { return m_token; }
    /// The same without its token, for other threads.
    Incoming untracked() const { return Incoming(m_origin, m_element, {}); }

    /// The payload of type T, decoded now; nothing where it is absent or illegal.
    template<xml::Described T>
    std::optional<T> get() const
    {
        return xml::find<T>(m_element);
    }

private:
    friend class Router;
    Incoming(Origin origin, xml::Element element, HandledToken token)
        : m_origin(std::move(origin)), m_element(std::move(element)), m_token(std::move(token))
    {
    }
    Origin m_origin;
    xml::Element m_element;
    HandledToken m_token;
};

} // namespace xmpp
