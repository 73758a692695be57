// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/message.h"
#include "xmpp/ns.h"
#include "xmpp/router.h"

#include <algorithm>
#include <cstring>

// Messages that come wrapped in others (XEP-0297): copies of other devices' (XEP-0280) and an archive's (XEP-0313). Who
// may wrap what is decided here and nowhere else.

namespace xmpp {
namespace {

/// Stamps further in the future than this are no clock that is a little wrong.
constexpr int mostDaysAhead = 366;

xml::Element onlyChild(const xml::Element &parent, std::string_view name, std::string_view ns)
{
    xml::Element found;
    for (const xml::Element &child : parent.children()) {
        if (!child.is(name, ns))
            continue;
        if (found)
            return {};
        found = child;
    }
    return found;
}

/// <sent/> or <received/> of a carbon; null where there is none.
xml::Element carbonOf(const xml::Element &stanza)
{
    for (const xml::Element &child : stanza.children()) {
        if (child.is("sent", ns::carbons) || child.is("received", ns::carbons))
            return child;
    }
    return {};
}

} // namespace

quint64 Router::markOf(const xml::Element &message)
{
    xml::Element wrap = carbonOf(message);
    if (!wrap)
        wrap = message.child("result", ns::archive);
    xml::Element inner = wrap.child("forwarded", ns::forward).child("message", ns::client);
    if (!inner)
        inner = message;
    std::string buffer;
    // It has to be the same in the next process, on this machine.
    quint64 hash = 0xcbf29ce484222325;
    const auto add = [&hash](std::string_view bytes) {
        for (size_t at = 0; at < bytes.size(); at += sizeof(quint64)) {
            quint64 word = 0;
            std::memcpy(&word, bytes.data() + at, std::min(sizeof word, bytes.size() - at));
            hash = (hash ^ word) * 0x9e3779b97f4a7c15;
            hash ^= hash >> 29;
        }
        hash = (hash ^ bytes.size()) * 0x9e3779b97f4a7c15;
    };
    const std::string_view id = inner.attributeView("id");
    const std::string_view body = inner.child("body", ns::client).textView(buffer);
    if (id.empty() && body.empty())
        return 0; // else all of these would be taken for one
    add(id);
    add(body);
    return hash == 0 ? 1 : hash;
}

/// An archive's counts as given, so that what lies around it comes.
void Router::takePoison(const xml::Element &message, const HandledToken &token)
{
    const xml::Element result = message.child("result", ns::archive);
    const auto query = m_archiveQueries.find(result.attribute("queryid"));
    if (query != m_archiveQueries.end()) {
        const ArchiveSink sink = query->second.sink; // it may open and close queries
        sink(result.attribute("id"), nullptr);
        return;
    }
    Q_EMIT poison(message, token);
}

void Router::openArchive(const Jid &archive, const QString &queryId, ArchiveSink sink)
{
    const bool isOwn = archive.isNull() || archive == m_self.bare();
    m_archiveQueries.insert_or_assign(queryId, ArchiveQuery{isOwn ? Jid() : archive, std::move(sink)});
}

void Router::closeArchive(const QString &queryId)
{
    m_archiveQueries.erase(queryId);
}

void Router::takeMessage(const xml::Element &stanza, const Jid &from, HandledToken token)
{
    if (const xml::Element result = stanza.child("result", ns::archive))
        takeResult(result, from, std::move(token));
    else if (const xml::Element carbon = carbonOf(stanza))
        takeCarbon(carbon, from, std::move(token));
    else
        Q_EMIT message(Incoming(judge(stanza), stanza, std::move(token)));
}

// RELIABILITY 1.2 (CVE-2017-5589 and others), XEP-0280 11: only our own account sends carbons, and what is in them is
// its own.
void Router::takeCarbon(const xml::Element &carbon, const Jid &from, HandledToken token)
{
    const xml::Element forwarded = onlyChild(carbon, "forwarded", ns::forward);
    const xml::Element inner = onlyChild(forwarded, "message", ns::client);
    const Jid innerFrom = Jid::fromWire(inner.attribute("from"));
    const Jid innerTo = Jid::fromWire(inner.attribute("to"));
    const bool isSent = carbon.name() == "sent";
    const bool isOurs = (from.isNull() || from == m_self.bare()) && m_carbonsExpected;
    const bool fits = isSent ? innerFrom.bare() == m_self.bare() && !innerTo.isNull()
                             : !innerFrom.isNull() && (innerTo.isNull() || innerTo.bare() == m_self.bare());
    if (!isOurs || !inner || !fits || Message::typeOf(inner) == Message::Type::Groupchat || carbonOf(inner)
        || inner.hasChild("result", ns::archive)) {
        Q_EMIT dropped(QStringLiteral("a carbon that is none of ours"));
        return;
    }
    Origin origin = judgeForwarded(inner, forwarded);
    origin.m_channel = isSent ? Origin::Channel::CarbonSent : Origin::Channel::CarbonReceived;
    origin.m_outgoing = isSent;
    origin.m_addressee = isSent ? innerTo : Jid();
    origin.m_archiveId = ownArchiveId(inner);
    Q_EMIT message(Incoming(std::move(origin), inner, std::move(token)));
}

// RELIABILITY 1.3 (CVE-2019-16237, CVE-2020-26547), XEP-0313 10: by archive and query together; our own archive holds
// only what is from or to us, a room's only what was said in the room.
void Router::takeResult(const xml::Element &result, const Jid &from, HandledToken token)
{
    const auto query = m_archiveQueries.find(result.attribute("queryid"));
    const xml::Element forwarded = onlyChild(result, "forwarded", ns::forward);
    const xml::Element inner = onlyChild(forwarded, "message", ns::client);
    const QString id = result.attribute("id");
    const bool isAsked = query != m_archiveQueries.end() && !id.isEmpty()
        && (query->second.archive.isNull() ? from.isNull() || from == m_self.bare() : from == query->second.archive);
    if (!isAsked) {
        Q_EMIT dropped(QStringLiteral("an archived message that nobody asked for"));
        return;
    }
    // The sink may open and close queries.
    const ArchiveQuery asked = query->second;
    const Jid to = Jid::fromWire(inner.attribute("to"));
    const Jid author = Jid::fromWire(inner.attribute("from"));
    const bool isOutgoing = asked.archive.isNull() && (author.isNull() || author.bare() == m_self.bare());
    const bool fits = asked.archive.isNull()
        ? isOutgoing || to.isNull() || to.bare() == m_self.bare()
        : author.bare() == asked.archive && Message::typeOf(inner) == Message::Type::Groupchat;
    if (!inner || !fits || carbonOf(inner) || inner.hasChild("result", ns::archive)) {
        Q_EMIT dropped(QStringLiteral("an archived message from elsewhere"));
        asked.sink(id, nullptr);
        return;
    }
    Origin origin = judgeForwarded(inner, forwarded);
    origin.m_channel = Origin::Channel::Archive;
    origin.m_archiveId = id;
    origin.m_time = archiveTime(forwarded);
    origin.m_outgoing = isOutgoing;
    origin.m_addressee = isOutgoing ? (to.isNull() ? m_self.bare() : to) : Jid();
    const Incoming message(std::move(origin), inner, std::move(token));
    asked.sink(id, &message);
}

/// What is the same for both: whoever wrapped it is trusted already.
Origin Router::judgeForwarded(const xml::Element &stanza, const xml::Element &forwarded) const
{
    Origin origin;
    const Jid from = Jid::fromWire(stanza.attribute("from"));
    origin.m_ownAccount = from.isNull() || from == m_self.bare();
    origin.m_author = from.isNull() ? m_self.bare() : from;
    const QDateTime now = m_clock.now();
    const auto stamp = xml::Value<QDateTime>::parse(forwarded.child("delay", ns::delay).attribute("stamp"));
    origin.m_time = stamp && *stamp < now && stamp->date().year() >= 1999 ? *stamp : serverTime(stanza, now);
    return origin;
}

// The archive's clock is the authority (RELIABILITY A08), as far as it is one at all (P10).
QDateTime Router::archiveTime(const xml::Element &forwarded) const
{
    const QDateTime now = m_clock.now();
    const auto stamp = xml::Value<QDateTime>::parse(forwarded.child("delay", ns::delay).attribute("stamp"));
    if (!stamp || stamp->date().year() < 1999 || *stamp > now.addDays(mostDaysAhead))
        return now;
    return *stamp;
}

} // namespace xmpp
