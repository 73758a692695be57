// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/router.h"

#include "xmpp/ns.h"

#include <algorithm>

namespace xmpp {

Reply::~Reply()
{
    if (m_send)
        error("internal-server-error");
}

xml::Builder Reply::open(const char *type) const
{
    xml::Builder builder("iq", ns::client);
    builder.attribute("to", m_to.isNull() ? QString() : m_to.toString());
    builder.attribute("id", m_id).attribute("type", QString::fromLatin1(type));
    return builder;
}

void Reply::result(const xml::Element &payload)
{
    if (const auto send = std::exchange(m_send, nullptr))
        send(open("result").child(payload).build());
    m_token.reset();
}

void Reply::error(const StanzaError &error)
{
    if (const auto send = std::exchange(m_send, nullptr))
        send(open("error").child(error.toElement()).build());
    m_token.reset();
}

Router::Router(Clock &clock, Random &random, std::function<void(const xml::Element &)> send)
    : m_clock(clock), m_random(random), m_send(std::move(send))
{
}

Router::~Router() = default;

void Router::setSelf(const Jid &full)
{
    m_self = full;
}

void Router::take(const xml::Element &stanza, HandledToken token)
{
    const quint64 mark = m_marks && stanza.is("message", ns::client) ? markOf(stanza) : 0;
    const bool isPoison = m_marks && m_marks->isPoison(mark);
    const base::CrashMarks::Work work(isPoison ? nullptr : m_marks, base::CrashMarks::Slot::Main, mark);
    Q_EMIT taken(stanza);
    if (isPoison)
        return takePoison(stanza, token);
    if (stanza.ns() != ns::client) {
        Q_EMIT dropped(QStringLiteral("an element outside jabber:client"));
        return;
    }
    const bool hasFrom = stanza.hasAttribute("from");
    const Jid from = hasFrom ? Jid::fromWire(stanza.attribute("from")) : Jid();
    if (hasFrom && from.isNull()) {
        Q_EMIT dropped(QStringLiteral("a stanza whose sender has no legal address"));
        return;
    }
    if (stanza.name() == "iq") {
        const auto type = stanza.attributeView("type");
        if (type == "result" || type == "error")
            takeAnswer(stanza, from);
        else if (type == "get" || type == "set")
            takeRequest(stanza, from, token);
        else
            refuse(stanza, from, "bad-request"); // RFC 6120 8.2.3
    } else if (stanza.name() == "message") {
        takeMessage(stanza, from, std::move(token));
    } else if (stanza.name() == "presence") {
        Q_EMIT presence(Incoming(judge(stanza), stanza, std::move(token)));
    } else {
        Q_EMIT dropped(QStringLiteral("an element that is no stanza"));
    }
}

Origin Router::judge(const xml::Element &stanza) const
{
    Origin origin;
    const Jid from = Jid::fromWire(stanza.attribute("from"));
    // RFC 6120 8.1.2.1: without `from` our server speaks for our account.
    origin.m_ownAccount = from.isNull() || from == m_self.bare();
    origin.m_author = from.isNull() ? m_self.bare() : from;
    const QDateTime now = m_clock.now();
    origin.m_time = serverTime(stanza, now);
    if (origin.m_time != now)
        origin.m_channel = Origin::Channel::Offline;
    // A device of ours writes to our own account; without a resource it is the server that speaks.
    origin.m_outgoing = origin.m_author.isFull() && origin.m_author.bare() == m_self.bare();
    if (origin.m_outgoing)
        origin.m_addressee = m_self.bare();
    origin.m_archiveId = ownArchiveId(stanza);
    return origin;
}

QString Router::ownArchiveId(const xml::Element &stanza) const
{
    QString id;
    if (!m_archiveIdsTrusted)
        return id;
    for (const xml::Element &child : stanza.children()) {
        if (child.is("stanza-id", ns::stanzaIds) && Jid::fromWire(child.attribute("by")) == m_self.bare())
            id = child.attribute("id");
    }
    return id;
}

// XEP-0203 with RELIABILITY 1.9: only our own server may tell the time, and never one that is to come. A server adds its
// own <delay/> behind what the sender wrote, so the last one counts.
QDateTime Router::serverTime(const xml::Element &stanza, const QDateTime &now) const
{
    QDateTime time = now;
    for (const xml::Element &child : stanza.children()) {
        if (!child.is("delay", ns::delay))
            continue;
        const Jid by = Jid::fromWire(child.attribute("from"));
        if (by.isNull() || (by != m_self.bare() && !(by.isDomain() && by.domain() == m_self.domain())))
            continue;
        const auto stamp = xml::Value<QDateTime>::parse(child.attribute("stamp"));
        if (stamp && *stamp < now && stamp->date().year() >= 1999)
            time = *stamp;
    }
    return time;
}

Task<Result<xml::Element>> Router::ask(Jid to, QString type, xml::Element payload, std::chrono::milliseconds limit)
{
    auto exchanging = exchange(std::move(to), std::move(type), std::move(payload), limit);
    auto answer = co_await std::move(exchanging);
    if (answer && answer->attributeView("type") != "result")
        co_return fail(StanzaError::of(*answer).toError());
    co_return answer;
}

Task<Result<xml::Element>> Router::exchange(Jid to, QString type, xml::Element payload, std::chrono::milliseconds limit)
{
    const QString id = m_random.id();
    Later<Result<xml::Element>> later;
    xml::Builder builder("iq", ns::client);
    builder.attribute("to", to.isNull() ? QString() : to.toString()).attribute("id", id).attribute("type", type);
    const xml::Element iq = builder.child(payload).build();
    const bool isHarmless = type == u"get" || payload.is("enable", ns::carbons);
    m_requests.insert_or_assign(id, Request{to, later, isHarmless ? iq : xml::Element()});
    // Forgotten with this frame, however it ends.
    struct Forget {
        QPointer<Router> router;
        QString id;
        ~Forget()
        {
            if (router)
                router->m_requests.erase(id);
        }
    } forget{this, id};

    m_send(iq);
    const Timer deadline = m_clock.after(limit, [later, limit] {
        later.set(fail(Error::Kind::Timeout, QStringLiteral("remote-server-timeout"),
                       QStringLiteral("No answer came within %1 s.").arg(limit.count() / 1000)));
    });
    co_return co_await later;
}

void Router::askAgain()
{
    std::vector<QString> open;
    for (const auto &[id, request] : m_requests) {
        if (request.again)
            open.push_back(id);
    }
    if (open.empty())
        return;
    m_asking = m_clock.after(answersAfterResume, [this, open] {
        for (const QString &id : open) {
            if (const auto request = m_requests.find(id); request != m_requests.end())
                m_send(xml::Element(request->second.again));
        }
    });
}

void Router::dropRequests(const Error &error)
{
    m_asking = {};
    const auto requests = std::exchange(m_requests, {});
    for (const auto &[id, request] : requests)
        request.later.set(fail(error));
}

// RFC 6120 8.1.2.1 and RELIABILITY 1.4: by id, sender and type.
bool Router::mayAnswer(const Request &request, const xml::Element &iq, const Jid &from) const
{
    if (!iq.hasAttribute("from"))
        return request.to.isNull() || request.to == m_self.bare()
            || (request.to.isDomain() && request.to.domain() == m_self.domain());
    if (request.to.isNull() || request.to == m_self.bare())
        return from == m_self.bare() || from == m_self || (from.isDomain() && from.domain() == m_self.domain());
    return from == request.to;
}

void Router::takeAnswer(const xml::Element &iq, const Jid &from)
{
    const auto found = m_requests.find(iq.attribute("id"));
    if (found == m_requests.end() || !mayAnswer(found->second, iq, from)) {
        Q_EMIT dropped(QStringLiteral("an answer that nobody waits for"));
        return;
    }
    const auto later = found->second.later;
    m_requests.erase(found);
    later.set(iq);
}

void Router::answer(const char *type, std::string_view name, std::string_view ns, Handler handler)
{
    m_handlers.insert_or_assign(std::string(type) + ' ' + std::string(name) + ' ' + std::string(ns),
                                std::move(handler));
}

void Router::takeRequest(const xml::Element &iq, const Jid &from, const HandledToken &token)
{
    const xml::Element payload = iq.firstChild();
    if (!payload || payload.nextSibling()) { // RFC 6120 8.2.3: exactly one child
        refuse(iq, from, "bad-request");
        return;
    }
    const auto key =
        std::string(iq.attributeView("type")) + ' ' + std::string(payload.name()) + ' ' + std::string(payload.ns());
    const auto handler = m_handlers.find(key);
    if (handler == m_handlers.end()) {
        refuse(iq, from, "service-unavailable"); // RFC 6120 8.4
        return;
    }
    if (!iq.hasAttribute("id")) {
        Q_EMIT dropped(QStringLiteral("an iq without id"));
        return;
    }
    handler->second(Incoming(judge(iq), iq, token), replyTo(iq, from, token));
}

Reply Router::replyTo(const xml::Element &iq, const Jid &from, const HandledToken &token)
{
    // An answer may come after a commit, when the account is gone already.
    const auto send = [router = QPointer<Router>(this)](const xml::Element &answer) {
        if (router)
            router->m_send(answer);
    };
    return Reply(from, iq.attribute("id"), send, token);
}

/// Refuses what nobody here understands, but not without end: who sends thousands gets no thousands back.
void Router::refuse(const xml::Element &iq, const Jid &from, const char *condition)
{
    if (!iq.hasAttribute("id")) {
        Q_EMIT dropped(QStringLiteral("an iq without id"));
        return;
    }
    const auto now = m_clock.monotonic();
    const auto refilled = (now - m_refusalsAt) / refusalPause;
    if (refilled > 0) {
        m_refusals = int(std::min<qint64>(mostRefusals, m_refusals + refilled));
        m_refusalsAt = now;
    }
    if (m_refusals <= 0) {
        Q_EMIT dropped(QStringLiteral("a request beyond those that are refused with an answer"));
        return;
    }
    --m_refusals;
    replyTo(iq, from).error(condition);
}

} // namespace xmpp
