// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/connection.h"

#include <QPointer>

namespace xmpp {
namespace {

constexpr std::chrono::seconds attemptLimit{90};
/// A second conflict within this is a war of two clients, not an old session of ours (RELIABILITY 2.6).
constexpr std::chrono::seconds conflictLimit{60};

Error closed()
{
    return {Error::Kind::Cancelled, QStringLiteral("closed"), QStringLiteral("The connection was closed as asked.")};
}

Error needsPassword()
{
    return {Error::Kind::Auth, QStringLiteral("needs-password"),
            QStringLiteral("The account's password is not known.")};
}

/// What no second try with the same password can mend (RFC 6120 6.5): asked once, never repeated.
bool isAboutPassword(const Error &error)
{
    static const QStringList conditions{QStringLiteral("not-authorized"), QStringLiteral("credentials-expired"),
                                        QStringLiteral("password-not-allowed"), QStringLiteral("needs-password")};
    return (error.kind == Error::Kind::Auth || error.kind == Error::Kind::Input)
        && conditions.contains(error.condition);
}

} // namespace

Connection::Connection(Client &client, TransportFactory makeTransport, Clock &clock, Random &random, Worker &worker)
    : m_client(client), m_makeTransport(std::move(makeTransport)), m_clock(clock), m_random(random), m_worker(worker),
      m_reconnect(random), m_route(clock)
{
}

Connection::~Connection()
{
    m_scope.cancel();
    m_client.down(closed());
}

void Connection::start()
{
    if (m_state == State::Connecting || m_state == State::Online)
        return;
    if (m_state == State::Waiting) {
        retryNow();
        return;
    }
    if (m_state == State::Closing) { // it ends in order beside the new one
        m_scope.cancel();
        m_old = std::move(m_stream);
        m_client.down(closed());
    }
    m_scope.cancel();
    m_stream.reset();
    if (!m_signIn.password) {
        setState(State::NeedsPassword, needsPassword());
        return;
    }
    m_reconnect.reset();
    m_conflictAt.reset();
    m_scope.run(run());
}

void Connection::retryNow()
{
    m_reconnect.reset();
    if (m_wake)
        m_wake->set(true);
}

void Connection::stop()
{
    if (m_state == State::Online && m_stream) {
        setState(State::Closing);
        m_stream->close();
        return;
    }
    if (m_state == State::Closing)
        return;
    m_scope.cancel();
    m_stream.reset();
    setState(State::Offline);
}

void Connection::setPaused(bool paused)
{
    if (m_stream)
        m_stream->transport().setPaused(paused);
}

void Connection::breakOff(const Error &error)
{
    if (m_stream && m_state == State::Online)
        m_stream->breakOff(error);
}

std::chrono::milliseconds Connection::untilNextTry() const
{
    if (m_state != State::Waiting)
        return {};
    return std::max(m_nextTry - m_clock.monotonic(), std::chrono::milliseconds(0));
}

qint64 Connection::pendingBytes() const
{
    return m_stream ? m_stream->transport().pending() : 0;
}

void Connection::setState(State state, std::optional<Error> error)
{
    m_state = state;
    m_error = std::move(error);
    Q_EMIT stateChanged();
}

void Connection::write(const xml::Element &stanza)
{
    if (m_stream)
        m_stream->send(stanza);
}

bool Connection::endsForGood(const Error &error)
{
    if (error.kind == Error::Kind::Cancelled) {
        setState(State::Offline);
        return true;
    }
    if (isAboutPassword(error)) {
        m_signIn.password.reset();
        setState(State::NeedsPassword, error);
        return true;
    }
    // Sign-in failures that only a person can mend; temporary-auth-failure is the one that passes (RFC 6120 6.5.11).
    const bool isFinalAuth = error.kind == Error::Kind::Auth && error.condition != u"temporary-auth-failure";
    if (isFinalAuth || losesConflict(error)) {
        setState(State::Offline, error);
        return true;
    }
    return false;
}

/// RFC 6120 4.9.3.3: another session took our resource. Once we come back, with a resource of the server's choice; again
/// so soon, and coming back would only be a war.
bool Connection::losesConflict(const Error &error)
{
    if (error.kind != Error::Kind::Stream || error.condition != u"conflict")
        return false;
    const auto now = m_clock.monotonic();
    const bool again = m_conflictAt && now - *m_conflictAt < conflictLimit;
    m_conflictAt = now;
    return again;
}

Task<Result<SignedIn>> Connection::attempt()
{
    m_stream = std::make_unique<Stream>(m_makeTransport(), m_clock);
    Negotiation negotiation(*m_stream, m_clock, m_random, m_worker);
    SignIn signIn = m_signIn;
    signIn.destination = m_route.next(m_signIn.destination);
    if (m_conflictAt)
        signIn.resource.clear();
    m_weakerOffer.reset();
    auto signedIn = co_await negotiation.run(std::move(signIn));
    if (negotiation.tokenRefused()) {
        m_signIn.token.reset();
        Q_EMIT tokenRefused();
    }
    if (!signedIn && signedIn.error().condition == u"sign-in-weaker")
        m_weakerOffer = negotiation.offered();
    co_return signedIn;
}

/// RELIABILITY 1.30.
bool Connection::isSentElsewhere(const Error &error)
{
    return error.kind == Error::Kind::Stream && error.condition == u"see-other-host"
        && m_route.redirect(m_stream->seeOther());
}

Task<Error> Connection::session()
{
    Later<Error> end;
    QObject context;
    connect(m_stream.get(), &Stream::received, &context,
            [this](const xml::Element &stanza) { m_client.router().take(stanza); });
    connect(m_stream.get(), &Stream::ended, &context, [end](const Error &error) { end.set(error); });
    m_stream->startSession();
    setState(State::Online);
    if (m_state == State::Online) { // nobody said stop meanwhile
        Q_EMIT signedIn();
        m_client.up(m_facts.jid, [this](const xml::Element &stanza) { write(stanza); });
    }
    Error error = co_await end;
    co_return error;
}

Task<void> Connection::run()
{
    for (;;) {
        setState(State::Connecting);
        auto attempted = attempt();
        auto signedIn = co_await base::within(m_clock, attemptLimit, std::move(attempted));
        Error error;
        const auto endpoint = m_stream->transport().endpoint();
        if (const net::TlsFacts tls = m_stream->transport().tls(); tls.verified)
            Q_EMIT proven(tls);
        if (signedIn) {
            m_route.succeeded(endpoint);
            m_facts = std::move(*signedIn);
            m_signIn.keys = m_facts.keys;
            const auto begun = m_clock.monotonic();
            error = co_await session();
            m_client.down(error);
            if (m_clock.monotonic() - begun >= Reconnect::stable)
                m_reconnect.reset();
        } else {
            error = signedIn.error();
            m_route.failed(endpoint);
            m_stream->breakOff(error);
        }
        const bool isElsewhere = isSentElsewhere(error);
        // The socket may still have an end tag or a stream error to deliver.
        m_old = std::move(m_stream);
        if (isElsewhere)
            continue;
        if (endsForGood(error))
            co_return;
        const auto pause = m_reconnect.next(error);
        m_nextTry = m_clock.monotonic() + pause;
        m_wake.emplace();
        const auto wake = *m_wake;
        const Timer timer = m_clock.after(pause, [wake] { wake.set(true); });
        setState(State::Waiting, error);
        co_await wake;
        m_wake.reset();
    }
}

} // namespace xmpp
