// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/connection.h"

#include "xml/values.h"
#include "xmpp/diagnosis.h"
#include "xmpp/ns.h"

#include <QPointer>
#include <QUrl>

namespace xmpp {
namespace {

constexpr std::chrono::seconds attemptLimit{90};
/// A second conflict within this is a war of two clients, not an old session of ours (RELIABILITY 2.6).
constexpr std::chrono::seconds conflictLimit{60};

/// How long a server keeps a session where it does not say.
constexpr std::chrono::seconds usualMax{600};

/// Whether the server may still keep the session of a stream that ended so. After stream errors about what was sent it is
/// not asked back: the same stanza would end the next stream too (I14).
bool mayResume(const Error &error)
{
    using Kind = Error::Kind;
    if (error.kind == Kind::Stream)
        return error.condition == u"system-shutdown" || error.condition == u"connection-timeout"
            || error.condition == u"reset";
    return error.kind == Kind::Network || error.kind == Kind::Timeout || error.kind == Kind::Tls;
}

Error silent()
{
    return {Error::Kind::Network, QStringLiteral("connection-lost"),
            QStringLiteral("The server does not answer any more.")};
}

/// As it was, and when that was (I3, XEP-0198 4).
xml::Element sentAgain(const StreamManagement::Pending &pending, const Jid &self)
{
    if (pending.stanza.name() != "message" || pending.stanza.hasChild("delay", ns::delay))
        return pending.stanza;
    return xml::Builder::extend(pending.stanza)
        .start("delay", ns::delay)
        .attribute("from", self.toString())
        .attribute("stamp", xml::Value<QDateTime>::text(pending.time))
        .build();
}

Error closed()
{
    return {Error::Kind::Cancelled, QStringLiteral("closed"), QStringLiteral("The connection was closed as asked.")};
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
    m_acknowledger.reset();
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
        m_acknowledger.reset();
        m_old = std::move(m_stream);
        endSession(closed());
    }
    m_scope.cancel();
    m_acknowledger.reset();
    m_stream.reset();
    if (const auto ready = m_signIn.isReady(); !ready) {
        setState(State::NeedsPassword, ready.error());
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
        m_client.finish();
        setState(State::Closing);
        if (m_acknowledger)
            m_acknowledger->tell(); // XEP-0198 4: or what we have is delivered again
        m_stream->close();
        return;
    }
    if (m_state == State::Closing)
        return;
    m_scope.cancel();
    m_stream.reset();
    leave(closed());
    setState(State::Offline);
}

void Connection::setPaused(bool paused)
{
    if (m_stream)
        m_stream->transport().setPaused(paused);
    if (m_acknowledger)
        m_acknowledger->setPaused(paused);
}

void Connection::probe()
{
    if (m_acknowledger)
        m_acknowledger->ask();
}

void Connection::check()
{
    m_checkedAt = m_clock.monotonic();
    switch (m_state) {
    case State::Online:
        if (m_acknowledger)
            m_acknowledger->ask(Acknowledger::quickLimit);
        return;
    case State::Connecting: // on a way that may not exist any more
        m_reconnect.reset();
        m_scope.cancel();
        m_stream.reset();
        m_scope.run(run());
        return;
    case State::Waiting: retryNow(); return;
    case State::Offline:
    case State::Closing:
    case State::NeedsPassword: return;
    }
}

void Connection::tell()
{
    if (m_acknowledger)
        m_acknowledger->tell();
}

void Connection::breakOff(const Error &error)
{
    if (!m_stream || m_state != State::Online)
        return;
    if (m_client.management().canResume() && mayResume(error))
        m_stream->abandon(error);
    else
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
    if (m_acknowledger && !m_client.management().pending().empty())
        m_acknowledger->wrote();
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
    if (error.kind == Error::Kind::Network && error.condition == u"proxy-auth") {
        setState(State::NeedsPassword, error); // the proxy's; the account's is kept
        return true;
    }
    // Sign-in failures that only a person can mend; temporary-auth-failure is the one that passes (RFC 6120 6.5.11).
    const bool isFinalAuth = (error.kind == Error::Kind::Auth && error.condition != u"temporary-auth-failure")
        || error.condition == u"own-certificate-refused";
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
    Negotiation negotiation(*m_stream, m_clock, m_random, m_worker, &m_client.management());
    SignIn signIn = m_signIn;
    signIn.destination = m_route.next(m_signIn.destination);
    if (m_conflictAt)
        signIn.resource.clear();
    preferLocation(signIn);
    m_weakerOffer.reset();
    auto signedIn = co_await negotiation.run(std::move(signIn));
    if (negotiation.tokenRefused()) {
        m_signIn.token.reset();
        Q_EMIT tokenRefused();
    }
    m_complaint = negotiation.complaint();
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

/// XEP-0198 3: once after a session was lost, where its server wants us back; then as always. The certificate is judged by
/// the account's domain all the same.
void Connection::preferLocation(SignIn &signIn)
{
    const auto session = m_client.management().session();
    if (!session || session->location.isEmpty() || std::exchange(m_locationTried, true))
        return;
    const QUrl url(QStringLiteral("xmpp://") + session->location, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || !url.path().isEmpty())
        return;
    signIn.destination.host = url.host();
    if (url.port() > 0)
        signIn.destination.port = quint16(url.port());
}

void Connection::takeElement(const xml::Element &element)
{
    StreamManagement &management = m_client.management();
    if (element.ns() != ns::streamManagement) {
        m_client.router().take(element, management.received());
        return;
    }
    if (!m_acknowledger) {
        m_stream->breakOff({Error::Kind::Protocol, QStringLiteral("unsupported-stanza-type"),
                            QStringLiteral("The server counts stanzas on a stream that is not managed.")});
        return;
    }
    const auto tags = m_acknowledger->take(element);
    if (tags) {
        m_client.acknowledge(*tags);
        return;
    }
    const xml::Element complaint = management.complaint();
    management.forget();
    m_stream->breakOff(tags.error(), complaint);
}

/// The stream is bound or resumed: everybody is told.
void Connection::begin()
{
    StreamManagement &management = m_client.management();
    const auto send = [this](const xml::Element &stanza) { write(stanza); };
    if (management.isEnabled()) {
        const auto write = [this](const xml::Element &element) {
            if (m_stream)
                m_stream->send(element);
        };
        m_acknowledger = std::make_unique<Acknowledger>(
            management, m_clock, write, [this] { return m_stream ? m_stream->transport().traffic() : net::Traffic(); });
        // Queued: the end of the stream takes the acknowledger with it.
        connect(
            m_acknowledger.get(), &Acknowledger::unanswered, this, [this] { breakOff(silent()); },
            Qt::QueuedConnection);
    }
    m_locationTried = false;
    m_expiry.stop();
    Q_EMIT signedIn();
    if (m_facts.resumed && m_client.isInterrupted()) {
        // Before all else, and in order.
        for (const StreamManagement::Pending &each : management.pending())
            write(sentAgain(each, m_facts.jid));
        m_client.resume(send, m_facts.acknowledged);
        return;
    }
    if (m_client.isInterrupted())
        m_client.down(m_error.value_or(silent())); // the session was not resumed
    m_client.up(m_facts.jid, send);
    for (const xml::Element &stanza : std::exchange(m_facts.early, {}))
        m_client.router().take(stanza);
}

Task<Error> Connection::session()
{
    Later<Error> end;
    QObject context;
    connect(m_stream.get(), &Stream::received, &context, [this](const xml::Element &element) { takeElement(element); });
    connect(m_stream.get(), &Stream::answersEnd, &context, [this] { tell(); });
    connect(m_stream.get(), &Stream::ended, &context, [end](const Error &error) { end.set(error); });
    m_stream->startSession();
    setState(State::Online);
    if (m_state == State::Online) // nobody said stop meanwhile
        begin();
    Error error = co_await end;
    m_acknowledger.reset();
    co_return error;
}

/// A session that may be resumed is only interrupted, for as long as the server keeps it.
void Connection::endSession(const Error &error)
{
    StreamManagement &management = m_client.management();
    if (!management.canResume() || !mayResume(error)) {
        management.forget();
        m_client.down(error);
        return;
    }
    if (m_client.isFinishing()) { // nobody waits for it to go on
        leave(error);
        return;
    }
    const auto max = management.session()->max;
    m_expiry = m_clock.after(max.count() > 0 ? max : usualMax, [this, error] { leave(error); });
    m_client.interrupt(error);
}

/// What waited for the session to go on waits no more; the session itself may still be asked back.
void Connection::leave(const Error &error)
{
    m_expiry.stop();
    StreamManagement &management = m_client.management();
    if (const auto session = management.session())
        management.restore(*session);
    m_client.down(error);
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
            endSession(error);
            if (m_clock.monotonic() - begun >= Reconnect::stable)
                m_reconnect.reset();
        } else {
            error = signedIn.error();
            m_route.failed(endpoint);
            if (m_client.management().canResume() && mayResume(error))
                m_stream->abandon(error); // an end tag would end the session that it may have resumed
            else
                m_stream->breakOff(error, m_complaint);
            if (m_client.isInterrupted() && !m_client.management().canResume())
                leave(error); // it does not go on any more
        }
        const bool isElsewhere = isSentElsewhere(error);
        // The socket may still have an end tag or a stream error to deliver.
        m_old = std::move(m_stream);
        if (isElsewhere)
            continue;
        if (endsForGood(error)) {
            leave(error);
            co_return;
        }
        const bool justChanged = m_checkedAt && m_clock.monotonic() - *m_checkedAt < portalTime;
        error = diagnose(error, m_network, justChanged);
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
