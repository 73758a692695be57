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
    /// A stream is up, and what is sent goes out.
    bool isOnline() const { return bool(m_write); }
    /// Between a lost stream and the next, while the server may still keep our session (XEP-0198 5).
    bool isInterrupted() const { return m_interrupted; }
    Clock &clock() const { return m_clock; }
    Random &random() const { return m_random; }
    Router &router() { return m_router; }

    /// Counts what goes and comes, where the server does so too.
    StreamManagement &management() { return m_management; }
    const StreamManagement &management() const { return m_management; }

    /// Writes a stanza where a stream is up, or keeps it for the next one while interrupted; else drops it: what must
    /// survive goes through the outbox. acknowledged() names `tag`, where it is not 0 and the stream is managed.
    void send(const xml::Element &stanza, qint64 tag = 0);
    void send(const Message &message) { send(message.toElement()); }
    void send(const Presence &presence) { send(presence.toElement()); }

    /// Writes what is no stanza (XEP-0360) and so is not counted. Dropped where no stream is up.
    void sendNonza(const xml::Element &element);

    /// iq get and set; the result's iq. Errors as Router::ask, and Network `offline` where no stream is up. While
    /// interrupted they wait for what comes of that.
    Task<Result<xml::Element>> get(Jid to, xml::Element payload, std::chrono::milliseconds limit = answerLimit);
    Task<Result<xml::Element>> set(Jid to, xml::Element payload, std::chrono::milliseconds limit = answerLimit);
    /// As get(), but gives the iq of an error, too.
    Task<Result<xml::Element>> exchange(Jid to, xml::Element payload, std::chrono::milliseconds limit = answerLimit);
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

    /// While one lives, send() without a tag waits: what is sent with tags gets the numbers behind sentCount().
    class Hold
    {
    public:
        explicit Hold(Client &client) : m_client(&client) { ++client.m_holds; }
        Hold(const Hold &) = delete;
        Hold &operator=(const Hold &) = delete;
        ~Hold()
        {
            if (m_client)
                m_client->release();
        }

    private:
        QPointer<Client> m_client;
    };

    /// Called by the connection: a stream is up, or gone.
    void up(const Jid &full, std::function<void(const xml::Element &)> write);
    void down(const Error &why);
    /// Our end tag goes out: nothing may follow it (RFC 6120 4.4), but what comes until theirs still counts. down() follows.
    void finish();
    /// Between finish() and down().
    bool isFinishing() const { return m_finishing; }
    /// The stream is lost, but its session may be resumed by the next.
    void interrupt(const Error &why);
    /// It was: the session goes on. `tags` are those that the server had got before.
    void resume(std::function<void(const xml::Element &)> write, const std::vector<qint64> &tags);
    /// The server has these.
    void acknowledge(const std::vector<qint64> &tags);
    /// Before the first stream: whose client this is.
    void setAccount(const Jid &bare) { m_router.setSelf(bare); }

Q_SIGNALS:
    /// A stream is up; nothing was sent on it yet.
    void online();
    /// The session is over; also where it was interrupted for too long.
    void offline(const Error &why);
    /// The stream is lost; resumed() or offline() follows.
    void interrupted(const Error &why);
    /// The session goes on, with all that was known in it. Stanzas went out already.
    void resumed();
    /// The server has what was sent with these tags (XEP-0198 4).
    void acknowledged(const std::vector<qint64> &tags);
    void message(const xmpp::Incoming &message);
    void presence(const xmpp::Incoming &presence);
    /// Each stanza that goes out, for counting and the console.
    void sent(const xml::Element &stanza);

private:
    Clock &m_clock;
    Random &m_random;
    Router m_router;
    void release();

    StreamManagement m_management;
    std::function<void(const xml::Element &)> m_write;
    bool m_interrupted = false;
    bool m_finishing = false;
    int m_holds = 0;
    std::vector<xml::Element> m_held;
};

} // namespace xmpp
