// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "net/transport.h"
#include "xmpp/streammanagement.h"

#include <QObject>

namespace xmpp {

/// When to ask for acknowledgements and when to give them, on one stream (XEP-0198 4): one question at a time, and an
/// answer only when what came before is stored (I5).
class Acknowledger : public QObject
{
    Q_OBJECT
public:
    /// The server answers within this, or the link is dead. It begins anew while the question is still on its way out behind
    /// something long, and while anything comes (a slow link).
    static constexpr std::chrono::seconds answerLimit{15};
    /// The same where the link is in doubt: the network changed, or the computer slept.
    static constexpr std::chrono::seconds quickLimit{6};
    /// An answer that leaves something out is followed by another question after this.
    static constexpr std::chrono::seconds again{1};
    /// A question is answered after this, whatever waits to be stored: XEP-0198 4 lets nobody wait for ever.
    static constexpr std::chrono::seconds patience{5};

    using Write = std::function<void(const xml::Element &)>;
    using Traffic = std::function<net::Traffic()>;
    /// `traffic` is the transport's.
    Acknowledger(StreamManagement &management, Clock &clock, Write write, Traffic traffic);
    ~Acknowledger() override;

    /// A stanza was written: asks for its acknowledgement, once for all that are written in the same turn.
    void wrote();
    /// Asks now, where no question is open; the answer is due within `limit` in any case.
    void ask(std::chrono::milliseconds limit = answerLimit);
    /// The server's <r/> or <a/>. Errors as StreamManagement::takeAck(); gives the acknowledged tags.
    Result<std::vector<qint64>> take(const xml::Element &element);
    /// Tells what was dealt with, before the stream ends in order.
    void tell();
    /// While nothing is read no answer can come.
    void setPaused(bool paused) { m_paused = paused; }

Q_SIGNALS:
    /// No answer came in time.
    void unanswered();

private:
    void askNow();
    void startDeadline(std::chrono::milliseconds limit = answerLimit);
    void lookForLife();
    qint64 signsOfLife() const;
    void tellWhereDue();
    void handledMore();

    StreamManagement &m_management;
    Clock &m_clock;
    Write m_write;
    Traffic m_traffic;
    std::chrono::milliseconds m_slice{0}; ///< What moves in one keeps the link alive.
    qint64 m_signs = 0;                   ///< As of the last slice.
    qint64 m_way = 0;                     ///< The question is with the server's system when so much is confirmed.
    int m_quiet = 0;                      ///< Slices in which nothing moved.
    bool m_asking = false;                ///< A question is open.
    bool m_scheduled = false;             ///< One goes out at the end of this turn.
    bool m_asked = false;                 ///< The server's question waits for our answer.
    bool m_curious = false;               ///< The server has asked before, so it wants to know.
    bool m_telling = false;               ///< We tell at the end of this turn.
    bool m_paused = false;
    quint32 m_askedAt = 0;
    quint32 m_askedUpTo = 0; ///< What had been received when the server asked.
    quint32 m_told = 0;
    Timer m_deadline;
    Timer m_patience;
    Timer m_again;
};

} // namespace xmpp
