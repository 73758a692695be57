// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/message.h"
#include "xmpp/presence.h"
#include "xmpp/router.h"

namespace xmpp {

/// What a XEP talks to: sends, asks, answers and hears, whichever stream is up. It outlives the streams of its account.
class Client : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds answerLimit{30};

    Client(Clock &clock, Random &random);
    ~Client() override;

    /// Our full address while online, our bare one otherwise.
    Jid self() const { return m_router.self(); }
    bool isOnline() const { return bool(m_write); }
    Clock &clock() const { return m_clock; }
    Random &random() const { return m_random; }
    Router &router() { return m_router; }

    /// Writes a stanza where a stream is up, else drops it: what must survive goes through the outbox.
    void send(const xml::Element &stanza);
    void send(const Message &message) { send(message.toElement()); }
    void send(const Presence &presence) { send(presence.toElement()); }

    /// iq get and set; the result's iq. Errors as Router::ask, and Network `offline` where no stream is up.
    Task<Result<xml::Element>> get(Jid to, xml::Element payload, std::chrono::milliseconds limit = answerLimit);
    Task<Result<xml::Element>> set(Jid to, xml::Element payload, std::chrono::milliseconds limit = answerLimit);
    /// As get(), with both payloads typed.
    template<xml::Described Answer, xml::Described Question>
    Task<Result<Answer>> get(Jid to, Question question)
    {
        const xml::Element payload = xml::encode(question);
        auto iq = co_await get(to, payload);
        if (!iq)
            co_return fail(iq.error());
        co_return xml::decode<Answer>(iq->firstChild());
    }

    /// Called by the connection: a stream is up, or gone.
    void up(const Jid &full, std::function<void(const xml::Element &)> write);
    void down(const Error &why);
    /// Before the first stream: whose client this is.
    void setAccount(const Jid &bare) { m_router.setSelf(bare); }

Q_SIGNALS:
    /// A stream is up; nothing was sent on it yet.
    void online();
    void offline(const Error &why);
    void message(const xmpp::Incoming &message);
    void presence(const xmpp::Incoming &presence);
    /// Each stanza that goes out, for counting and the console.
    void sent(const xml::Element &stanza);

private:
    Clock &m_clock;
    Random &m_random;
    Router m_router;
    std::function<void(const xml::Element &)> m_write;
};

} // namespace xmpp
