// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"
#include "base/crashmarks.h"
#include "base/random.h"
#include "xmpp/origin.h"
#include "xmpp/stanzaerror.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>

namespace xmpp {

/// The answer to one received iq, to be given once, now or later (after a commit, say). Dropped unanswered it says
/// internal-server-error, so that nobody waits in vain (RFC 6120 8.2.3).
class Reply
{
public:
    using Send = std::function<void(const xml::Element &)>;
    Reply(Jid to, QString id, Send send, HandledToken token = {})
        : m_to(std::move(to)), m_id(std::move(id)), m_send(std::move(send)), m_token(std::move(token))
    {
    }
    Reply(Reply &&other) noexcept = default;
    Reply &operator=(Reply &&) = delete;
    ~Reply();

    /// type='result', with `payload` where it is not null.
    void result(const xml::Element &payload = {});
    void error(const StanzaError &error);
    void error(const char *condition) { error(StanzaError{{}, QString::fromLatin1(condition), {}, {}}); }

private:
    xml::Builder open(const char *type) const;
    Jid m_to;
    QString m_id;
    Send m_send;
    HandledToken m_token; ///< The request is not dealt with before it is answered.
};

/// Judges each incoming stanza once and brings it to whom it concerns: iq answers to those who asked, iq requests to
/// their handler, messages and presences to all who listen.
class Router : public QObject
{
    Q_OBJECT
public:
    /// Refusals of requests that nobody here understands: so many at once, then one each pause.
    static constexpr int mostRefusals = 100;
    static constexpr std::chrono::milliseconds refusalPause{100};
    /// A stream that took over from another has so much time for the answers to what was asked before.
    static constexpr std::chrono::seconds answersAfterResume{5};

    /// `send` writes a stanza to the stream that is up.
    Router(Clock &clock, Random &random, std::function<void(const xml::Element &)> send);
    ~Router() override;

    /// The bound address; the stanzas of this stream are judged by it.
    void setSelf(const Jid &full);
    const Jid &self() const { return m_self; }
    /// Whether our own server stamps archive ids (it advertises urn:xmpp:sid:0 on the account).
    void setArchiveIdsTrusted(bool trusted) { m_archiveIdsTrusted = trusted; }

    /// Whether copies of other devices' messages count: we asked for them (XEP-0280).
    void setCarbonsExpected(bool expected) { m_carbonsExpected = expected; }

    /// Gets the archive's id of each result in the order they come, and its message; null where the archive had no
    /// business to give it.
    using ArchiveSink = std::function<void(const QString &id, const Incoming *message)>;
    /// Until closeArchive(): what `archive` (null or our bare JID: our own; else a room) gives for this query goes to
    /// `sink` and nowhere else. What nobody asked for is dropped (RELIABILITY 1.3).
    void openArchive(const Jid &archive, const QString &queryId, ArchiveSink sink);
    void closeArchive(const QString &queryId);

    /// Remembers at which message the process is at work; null: nobody does. It outlives the router.
    void setCrashMarks(base::CrashMarks *marks) { m_marks = marks; }
    base::CrashMarks *crashMarks() const { return m_marks; }
    /// What tells a message from others by whichever way it comes, without looking at more of it than its id and its body.
    /// 0 where it has neither.
    static quint64 markOf(const xml::Element &message);

    /// Takes one stanza of the stream. Anything that is not message, presence or iq in jabber:client is counted and left.
    /// Whoever keeps it for later keeps `token` too.
    void take(const xml::Element &stanza, HandledToken token = {});

    /// Sends a request and gives its answer's payload holder (the whole iq). Errors: Stanza (the other side refused),
    /// Timeout, Network `connection-lost` where the stream ended first. `to` null asks our own server.
    Task<Result<xml::Element>> ask(Jid to, QString type, xml::Element payload, std::chrono::milliseconds limit);
    /// The same for those who read more of a refusal than its condition: gives the iq of the error, too.
    Task<Result<xml::Element>> exchange(Jid to, QString type, xml::Element payload, std::chrono::milliseconds limit);
    /// All open requests end with `error`: the stream is gone.
    void dropRequests(const Error &error);
    /// A stream takes over from another. Servers lose answers there (ejabberd does): what only reads, and what does no harm
    /// twice, is asked once more where no answer comes.
    void askAgain();
    int openRequests() const { return int(m_requests.size()); }

    using Handler = std::function<void(const Incoming &iq, Reply reply)>;
    /// Answers iq of `type` (get or set) whose payload is name in ns. One handler each.
    void answer(const char *type, std::string_view name, std::string_view ns, Handler handler);

Q_SIGNALS:
    /// Each stanza as it comes, before anything is made of it: for counting and the console.
    void taken(const xml::Element &stanza);
    void message(const xmpp::Incoming &message);
    /// Presence of any type, subscription requests among them.
    void presence(const xmpp::Incoming &presence);
    /// A message at which the process ended before, and more than once (I14): nobody should look into it.
    void poison(const xml::Element &message, const xmpp::HandledToken &token);
    /// Something was refused: for counting and logs.
    void dropped(const QString &why);

private:
    struct Request {
        Jid to;
        Later<Result<xml::Element>> later;
        xml::Element again; ///< The iq where it may be sent twice; else null.
    };
    struct ArchiveQuery {
        Jid archive; ///< Null: our own.
        ArchiveSink sink;
    };
    Origin judge(const xml::Element &stanza) const;
    void takeMessage(const xml::Element &stanza, const Jid &from, HandledToken token);
    void takePoison(const xml::Element &message, const HandledToken &token);
    void takeCarbon(const xml::Element &carbon, const Jid &from, HandledToken token);
    void takeResult(const xml::Element &result, const Jid &from, HandledToken token);
    Origin judgeForwarded(const xml::Element &stanza, const xml::Element &forwarded) const;
    QDateTime archiveTime(const xml::Element &forwarded) const;
    QString ownArchiveId(const xml::Element &stanza) const;
    QDateTime serverTime(const xml::Element &stanza, const QDateTime &now) const;
    void takeAnswer(const xml::Element &iq, const Jid &from);
    void takeRequest(const xml::Element &iq, const Jid &from, const HandledToken &token);
    Reply replyTo(const xml::Element &iq, const Jid &from, const HandledToken &token = {});
    void refuse(const xml::Element &iq, const Jid &from, const char *condition);
    bool mayAnswer(const Request &request, const xml::Element &iq, const Jid &from) const;

    Clock &m_clock;
    Random &m_random;
    base::CrashMarks *m_marks = nullptr;
    std::function<void(const xml::Element &)> m_send;
    Jid m_self;
    bool m_archiveIdsTrusted = false;
    bool m_carbonsExpected = false;
    std::map<QString, ArchiveQuery> m_archiveQueries;
    int m_refusals = mostRefusals;
    std::chrono::milliseconds m_refusalsAt{0};
    std::map<QString, Request> m_requests;
    Timer m_asking; ///< Until what is left of them is asked again.
    std::map<std::string, Handler> m_handlers;
};

} // namespace xmpp
