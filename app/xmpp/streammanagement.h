// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "base/result.h"
#include "xml/element.h"

#include <QDateTime>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace xmpp {

namespace detail {

/// The stanzas received on one stream, and which of them somebody still has to deal with.
struct Inbound {
    quint32 handled = 0;   ///< All up to this one, modulo 2^32.
    std::deque<bool> done; ///< Those behind it.
    std::function<void()> changed;
    void finish(quint32 number);
};

struct Handled {
    Handled(quint32 n, std::weak_ptr<Inbound> in) : number(n), inbound(std::move(in)) { }
    Handled(const Handled &) = delete;
    Handled &operator=(const Handled &) = delete;
    ~Handled();
    quint32 number;
    std::weak_ptr<Inbound> inbound;
};

} // namespace detail

/// Held by whoever has to deal with a received stanza; when the last copy is gone the stanza counts as handled. Null
/// where nobody counts. Copies stay on the main thread.
using HandledToken = std::shared_ptr<const detail::Handled>;

/// The counting of XEP-0198, without a socket: what was sent and not acknowledged, what was received and dealt with, and
/// what a session needs to be resumed. Counters wrap at 2^32 (XEP-0198 4).
class StreamManagement
{
public:
    /// What a later stream, also of a later start of the program, needs to resume.
    struct Session {
        QString id;
        Jid jid;                     ///< The bound full address.
        QString location;            ///< Where the server wants us back: `host:port`, may be empty.
        std::chrono::seconds max{0}; ///< How long the server keeps the session; 0: it did not say.
        quint32 handled = 0;         ///< What we have dealt with; never ahead of what is stored.
        friend bool operator==(const Session &, const Session &) = default;
    };
    /// A stanza that the server has not acknowledged.
    struct Pending {
        quint32 number = 0;
        xml::Element stanza;
        qint64 tag = 0; ///< The sender's own mark; 0: none.
        QDateTime time; ///< When it was sent first.
    };
    /// How far the server got with an earlier session: what it said when we wanted that one back.
    struct Settled {
        QString id;
        std::optional<quint32> handled; ///< Nothing where it did not say.
    };

    /// As long an id as the XEP allows (5); what is longer is not kept.
    static constexpr qsizetype longestId = 4000;

    StreamManagement();

    /// True where `a` is `b` or comes later, for counters at most 2^31 apart.
    static bool isAtLeast(quint32 a, quint32 b) { return qint32(a - b) >= 0; }

    /// Whether these stream features offer it.
    static bool isOffered(const xml::Element &features);

    /// The request to begin.
    static xml::Element enableRequest();
    /// The same, for a stream that it is sent on now; all counters are 0 from here on and an older session is forgotten.
    xml::Element enable();
    /// Its answer: the session is `jid`'s. Error: Protocol where nobody asked.
    Result<> takeEnabled(const xml::Element &enabled, const Jid &jid);
    /// The answer to enable() was <failed/>: nothing is counted on this stream.
    void takeRefused();
    /// Stanzas are counted.
    bool isEnabled() const { return m_state == State::Enabled; }
    /// True between enable() and its answer.
    bool isEnabling() const { return m_state == State::Enabling; }

    /// Counts a stanza as sent and keeps it until it is acknowledged. Also between a lost stream and the next: then it
    /// goes out when that one resumes.
    quint32 sent(const xml::Element &stanza, qint64 tag, const QDateTime &now);
    /// The number of the stanza sent last.
    quint32 sentCount() const { return m_sent; }
    const std::deque<Pending> &pending() const { return m_pending; }

    /// Counts a stanza as received. Null where nothing is counted.
    HandledToken received();
    /// How many were dealt with, without a hole: what `h` says.
    quint32 handled() const { return m_inbound->handled; }
    /// What the server may be told. Where the session is kept for a later start of the program this is what is kept: a
    /// later start must not ask for less than was told.
    quint32 tellable() const { return m_keep && canResume() ? m_kept : handled(); }
    /// `keep` stores handled() and then calls setKept(); without it nothing is kept, and all that is handled is told.
    void setKeeper(std::function<void()> keep) { m_keep = std::move(keep); }
    /// Asks for handled() to be kept where it is not.
    void keep();
    /// `count` of the session `id` is stored for a later start.
    void setKept(const QString &id, quint32 count);
    /// What handled() will be when these are dealt with, and those that are already.
    quint32 handledWith(const std::vector<HandledToken> &tokens) const;
    /// How many were received: handled() gets there when all is dealt with.
    quint32 receivedCount() const { return m_inbound->handled + quint32(m_inbound->done.size()); }
    /// Called each time handled() or tellable() has grown. On the main thread, perhaps deep inside the code that dropped a token.
    void setHandledObserver(std::function<void()> observer);

    static xml::Element request();
    xml::Element acknowledgement() const;
    /// The server's <a/>: gives the tags that it acknowledged, in order. Errors, Protocol: `bad-format` without a number,
    /// `undefined-condition` for more than was sent (complaint() then has the XEP's own condition) or less than before.
    Result<std::vector<qint64>> takeAck(const xml::Element &ack);
    /// The application-specific condition that belongs to the last error (XEP-0198 6); null where none does.
    const xml::Element &complaint() const { return m_complaint; }

    /// There is a session to ask back.
    bool canResume() const { return !m_session.id.isEmpty(); }
    /// The request to resume. What was received and is not dealt with comes again: its tokens count no more.
    xml::Element resume();
    /// <resumed/>: as takeAck(). Afterwards all of pending() must be sent again, in order. Errors as takeAck(), and
    /// Protocol `undefined-condition` for another session than ours.
    Result<std::vector<qint64>> takeResumed(const xml::Element &resumed);
    /// <failed/> after resume(): the session is gone. Gives the tags that the server had got all the same.
    std::vector<qint64> takeFailed(const xml::Element &failed);
    /// What was said about the last session that we wanted back, until the next resume() or forget().
    const std::optional<Settled> &settled() const { return m_settled; }
    /// Nothing is counted any more, and nothing can be resumed.
    void forget();

    /// The session as it stands; nothing where it cannot be resumed.
    std::optional<Session> session() const;
    /// A session of an earlier start of the program, to be asked back: how much was sent in it is not known.
    void restore(const Session &session);

private:
    enum class State { Off, Enabling, Enabled };
    void reset();
    std::vector<qint64> drop(quint32 upTo);
    Error tooHigh(quint32 said);

    State m_state = State::Off;
    Session m_session;
    std::shared_ptr<detail::Inbound> m_inbound;
    std::function<void()> m_observer;
    std::function<void()> m_keep;
    quint32 m_kept = 0;
    std::deque<Pending> m_pending;
    quint32 m_sent = 0;
    quint32 m_acknowledged = 0;
    bool m_restored = false; ///< m_sent is not known.
    std::optional<Settled> m_settled;
    xml::Element m_complaint;
};

} // namespace xmpp
