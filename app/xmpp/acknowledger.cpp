// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/acknowledger.h"

#include <algorithm>

namespace xmpp {
namespace {

constexpr int slices = 3;

} // namespace

Acknowledger::Acknowledger(StreamManagement &management, Clock &clock, Write write, Traffic traffic)
    : m_management(management), m_clock(clock), m_write(std::move(write)), m_traffic(std::move(traffic)),
      m_told(management.tellable())
{
    m_management.setHandledObserver([this] { handledMore(); });
}

Acknowledger::~Acknowledger()
{
    m_management.setHandledObserver({});
}

void Acknowledger::wrote()
{
    if (m_asking || m_scheduled)
        return;
    m_scheduled = true;
    QMetaObject::invokeMethod(this, &Acknowledger::askNow, Qt::QueuedConnection);
}

void Acknowledger::ask(std::chrono::milliseconds limit)
{
    if (!m_asking)
        askNow();
    if (limit < answerLimit)
        startDeadline(limit);
}

void Acknowledger::askNow()
{
    m_scheduled = false;
    if (m_asking)
        return;
    m_asking = true;
    m_again.stop();
    m_askedAt = m_management.sentCount();
    m_write(StreamManagement::request());
    const net::Traffic traffic = m_traffic();
    m_way = traffic.confirmed + traffic.outstanding;
    startDeadline();
}

void Acknowledger::startDeadline(std::chrono::milliseconds limit)
{
    m_slice = limit / slices;
    m_quiet = 0;
    m_signs = signsOfLife();
    m_deadline = m_clock.every(m_slice, [this] { lookForLife(); });
}

/// What is written behind the question proves nothing: a server's system confirms it for a program that hangs.
qint64 Acknowledger::signsOfLife() const
{
    const net::Traffic traffic = m_traffic();
    return traffic.came + std::min(traffic.confirmed, m_way);
}

/// The limit is in slices so that the question's own way out keeps a dead link alive for one of them at most.
void Acknowledger::lookForLife()
{
    const qint64 signs = signsOfLife();
    m_quiet = m_paused || signs > m_signs ? 0 : m_quiet + 1;
    m_signs = signs;
    if (m_quiet < slices)
        return;
    m_deadline.stop();
    Q_EMIT unanswered();
}

Result<std::vector<qint64>> Acknowledger::take(const xml::Element &element)
{
    if (element.name() == "r") {
        m_curious = true;
        m_asked = true;
        m_askedUpTo = m_management.receivedCount();
        m_patience = m_clock.after(patience, [this] { tell(); });
        tellWhereDue();
        return std::vector<qint64>();
    }
    auto tags = m_management.takeAck(element);
    if (!tags)
        return tags;
    m_asking = false;
    m_deadline.stop();
    if (m_management.sentCount() != m_askedAt)
        wrote(); // what was written behind the question
    else if (!m_management.pending().empty())
        m_again = m_clock.after(again, [this] { ask(); });
    return tags;
}

void Acknowledger::tell()
{
    m_asked = false;
    m_patience.stop();
    m_told = m_management.tellable();
    m_write(m_management.acknowledgement());
}

void Acknowledger::tellWhereDue()
{
    const quint32 count = m_management.tellable();
    if (m_asked ? StreamManagement::isAtLeast(count, m_askedUpTo) : count != m_told)
        tell();
    else
        m_management.keep(); // and then again
}

/// In the turn's end: a whole group of stanzas may be let go one by one.
void Acknowledger::handledMore()
{
    if (m_telling || !m_curious)
        return;
    m_telling = true;
    const auto tellOnce = [this] {
        m_telling = false;
        tellWhereDue();
    };
    QMetaObject::invokeMethod(this, tellOnce, Qt::QueuedConnection);
}

} // namespace xmpp
