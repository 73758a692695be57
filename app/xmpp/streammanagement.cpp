// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/streammanagement.h"

#include "xmpp/ns.h"

namespace xmpp {

namespace detail {

void Inbound::finish(quint32 number)
{
    const quint32 index = number - handled - 1;
    if (index >= done.size())
        return;
    done[index] = true;
    const quint32 before = handled;
    while (!done.empty() && done.front()) {
        done.pop_front();
        ++handled;
    }
    if (handled != before && changed)
        changed();
}

Handled::~Handled()
{
    if (const auto in = inbound.lock())
        in->finish(number);
}

} // namespace detail

namespace {

std::optional<quint32> numberOf(const xml::Element &element, std::string_view name)
{
    bool ok = false;
    const quint32 number = element.attribute(name).trimmed().toUInt(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

bool isTrue(std::string_view word)
{
    return word == "true" || word == "1";
}

Error without(const char *name)
{
    return {Error::Kind::Protocol, QStringLiteral("bad-format"),
            QStringLiteral("The server's <%1/> has no number that can be read.").arg(QString::fromLatin1(name))};
}

} // namespace

StreamManagement::StreamManagement() : m_inbound(std::make_shared<detail::Inbound>()) { }

bool StreamManagement::isOffered(const xml::Element &features)
{
    return features.hasChild("sm", ns::streamManagement);
}

void StreamManagement::reset()
{
    m_state = State::Off;
    m_session = {};
    m_inbound = std::make_shared<detail::Inbound>();
    m_inbound->changed = m_observer;
    m_kept = 0;
    m_pending.clear();
    m_sent = 0;
    m_acknowledged = 0;
    m_restored = false;
    m_complaint = {};
}

void StreamManagement::setHandledObserver(std::function<void()> observer)
{
    m_observer = std::move(observer);
    m_inbound->changed = m_observer;
}

xml::Element StreamManagement::enableRequest()
{
    return xml::Builder("enable", ns::streamManagement).attribute("resume", QStringLiteral("true")).build();
}

xml::Element StreamManagement::enable()
{
    reset();
    m_state = State::Enabling;
    return enableRequest();
}

Result<> StreamManagement::takeEnabled(const xml::Element &enabled, const Jid &jid)
{
    if (m_state != State::Enabling)
        return fail(Error::Kind::Protocol, QStringLiteral("undefined-condition"),
                    QStringLiteral("The server enabled stream management that nobody asked for."));
    m_state = State::Enabled;
    const QString id = enabled.attribute("id");
    if (!isTrue(enabled.attributeView("resume")) || id.isEmpty() || id.size() > longestId)
        return {};
    m_session.id = id;
    m_session.jid = jid;
    m_session.location = enabled.attribute("location");
    m_session.max = std::chrono::seconds(numberOf(enabled, "max").value_or(0));
    return {};
}

void StreamManagement::takeRefused()
{
    reset();
}

void StreamManagement::forget()
{
    reset();
    m_settled.reset();
}

quint32 StreamManagement::sent(const xml::Element &stanza, qint64 tag, const QDateTime &now)
{
    ++m_sent;
    m_pending.push_back({m_sent, stanza, tag, now});
    return m_sent;
}

HandledToken StreamManagement::received()
{
    if (m_state != State::Enabled)
        return {};
    m_inbound->done.push_back(false);
    return std::make_shared<const detail::Handled>(m_inbound->handled + quint32(m_inbound->done.size()), m_inbound);
}

quint32 StreamManagement::handledWith(const std::vector<HandledToken> &tokens) const
{
    std::deque<bool> done = m_inbound->done;
    for (const HandledToken &token : tokens) {
        const quint32 index = token ? token->number - m_inbound->handled - 1 : 0;
        if (token && token->inbound.lock() == m_inbound && index < done.size())
            done[index] = true;
    }
    quint32 count = m_inbound->handled;
    for (const bool each : done) {
        if (!each)
            break;
        ++count;
    }
    return count;
}

xml::Element StreamManagement::request()
{
    return xml::Builder("r", ns::streamManagement).build();
}

xml::Element StreamManagement::acknowledgement() const
{
    return xml::Builder("a", ns::streamManagement).attribute("h", QString::number(tellable())).build();
}

void StreamManagement::keep()
{
    if (m_keep && tellable() != handled())
        m_keep();
}

void StreamManagement::setKept(const QString &id, quint32 count)
{
    if (id != m_session.id || isAtLeast(m_kept, count))
        return;
    m_kept = count;
    if (m_observer)
        m_observer();
}

/// Everything up to `upTo` has arrived; the tags of it.
std::vector<qint64> StreamManagement::drop(quint32 upTo)
{
    std::vector<qint64> tags;
    while (!m_pending.empty() && isAtLeast(upTo, m_pending.front().number)) {
        if (m_pending.front().tag != 0)
            tags.push_back(m_pending.front().tag);
        m_pending.pop_front();
    }
    m_acknowledged = upTo;
    return tags;
}

// XEP-0198 6
Error StreamManagement::tooHigh(quint32 said)
{
    m_complaint = xml::Builder("handled-count-too-high", ns::streamManagement)
                      .attribute("h", QString::number(said))
                      .attribute("send-count", QString::number(m_sent))
                      .build();
    return {Error::Kind::Protocol, QStringLiteral("undefined-condition"),
            QStringLiteral("The server acknowledged %1 stanzas, but only %2 were sent.").arg(said).arg(m_sent)};
}

Result<std::vector<qint64>> StreamManagement::takeAck(const xml::Element &ack)
{
    m_complaint = {};
    const auto h = numberOf(ack, "h");
    if (!h)
        return fail(without("a"));
    // Between the last one and what was sent: everything else is a lie, forwards or backwards.
    if (quint32(*h - m_acknowledged) <= quint32(m_sent - m_acknowledged))
        return drop(*h);
    if (!isAtLeast(*h, m_acknowledged))
        return fail(Error::Kind::Protocol, QStringLiteral("undefined-condition"),
                    QStringLiteral("The server acknowledged %1 stanzas after %2.").arg(*h).arg(m_acknowledged));
    return fail(tooHigh(*h));
}

xml::Element StreamManagement::resume()
{
    m_settled.reset();
    m_state = State::Off;
    const quint32 handled = tellable();
    m_inbound = std::make_shared<detail::Inbound>();
    m_inbound->handled = handled;
    m_inbound->changed = m_observer;
    return xml::Builder("resume", ns::streamManagement)
        .attribute("previd", m_session.id)
        .attribute("h", QString::number(handled))
        .build();
}

Result<std::vector<qint64>> StreamManagement::takeResumed(const xml::Element &resumed)
{
    m_complaint = {};
    if (!canResume() || m_state != State::Off || resumed.attribute("previd") != m_session.id)
        return fail(Error::Kind::Protocol, QStringLiteral("undefined-condition"),
                    QStringLiteral("The server resumed another session than ours."));
    const auto h = numberOf(resumed, "h");
    if (!h)
        return fail(without("resumed"));
    if (m_restored) { // what was sent after the last time it was stored, only the server knows
        m_sent = *h;
        m_acknowledged = *h;
        m_restored = false;
    }
    auto tags = takeAck(resumed);
    if (!tags)
        return tags;
    m_settled = Settled{m_session.id, *h};
    m_state = State::Enabled;
    return tags;
}

std::vector<qint64> StreamManagement::takeFailed(const xml::Element &failed)
{
    const auto h = numberOf(failed, "h");
    std::vector<qint64> tags;
    std::optional<quint32> settled;
    // A number that cannot be is as good as none: everything goes again.
    if (h && (m_restored || quint32(*h - m_acknowledged) <= quint32(m_sent - m_acknowledged))) {
        tags = drop(*h);
        settled = *h;
    }
    const QString id = m_session.id;
    reset();
    m_settled = Settled{id, settled};
    return tags;
}

std::optional<StreamManagement::Session> StreamManagement::session() const
{
    if (!canResume())
        return {};
    Session session = m_session;
    session.handled = handled();
    return session;
}

void StreamManagement::restore(const Session &session)
{
    reset();
    m_session = session;
    m_inbound->handled = session.handled;
    m_kept = session.handled;
    m_restored = true;
}

} // namespace xmpp
