// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/stream.h"

#include "xmpp/ns.h"
#include "xmpp/streamerror.h"

namespace xmpp {
namespace {

constexpr std::chrono::seconds stepLimit{30};
constexpr std::chrono::seconds closeLimit{2};
constexpr qsizetype firstWords = 16;

struct Legal {
    Step step;
    std::string_view name;
    std::string_view ns;
};
constexpr Legal legalElements[] = {
    {Step::PlainFeatures, "features", ns::stream},
    {Step::StartTls, "proceed", ns::tls},
    {Step::StartTls, "failure", ns::tls},
    {Step::SecureFeatures, "features", ns::stream},
    {Step::Sasl, "challenge", ns::sasl},
    {Step::Sasl, "success", ns::sasl},
    {Step::Sasl, "failure", ns::sasl},
    {Step::Sasl2, "challenge", ns::sasl2},
    {Step::Sasl2, "success", ns::sasl2},
    {Step::Sasl2, "failure", ns::sasl2},
    {Step::Sasl2, "continue", ns::sasl2},
    {Step::Sasl2, "task-data", ns::sasl2},
    {Step::BindFeatures, "features", ns::stream},
    {Step::Resume, "resumed", ns::streamManagement},
    {Step::Resume, "failed", ns::streamManagement},
    {Step::Bind, "iq", ns::client},
    {Step::Enable, "enabled", ns::streamManagement},
    {Step::Enable, "failed", ns::streamManagement},
    {Step::Enable, "message", ns::client},
    {Step::Enable, "presence", ns::client},
    {Step::Enable, "iq", ns::client},
    {Step::Session, "message", ns::client},
    {Step::Session, "presence", ns::client},
    {Step::Session, "iq", ns::client},
    {Step::Session, "r", ns::streamManagement},
    {Step::Session, "a", ns::streamManagement},
};

// RFC 6120 4.9.3.24; nothing that is not in the table is looked at (RELIABILITY 1.22).
Error outOfPlace(const xml::Element &element)
{
    const auto name = element.name().substr(0, 64);
    return Error{Error::Kind::Protocol, QStringLiteral("unsupported-stanza-type"),
                 QStringLiteral("The server sent <%1/>, which has no place at this step of the stream.")
                     .arg(QString::fromUtf8(name.data(), qsizetype(name.size())))};
}

} // namespace

bool isLegal(Step step, const xml::Element &element)
{
    return std::any_of(std::begin(legalElements), std::end(legalElements),
                       [&](const Legal &legal) { return legal.step == step && element.is(legal.name, legal.ns); });
}

Stream::Stream(std::unique_ptr<net::Transport> transport, Clock &clock)
    : m_transport(std::move(transport)), m_clock(clock)
{
    connect(m_transport.get(), &net::Transport::received, this, &Stream::takeBytes);
    connect(m_transport.get(), &net::Transport::failed, this, &Stream::takeEnd);
    connect(m_transport.get(), &net::Transport::closed, this, [this] {
        takeEnd(Error{Error::Kind::Network, QStringLiteral("connection-lost"),
                      QStringLiteral("The server closed the connection.")});
    });
    connect(m_transport.get(), &net::Transport::ready, this, [this](bool secure) {
        if (m_ready)
            m_ready->set(secure);
    });
    connect(m_transport.get(), &net::Transport::secured, this, [this] {
        if (m_ready)
            m_ready->set(true);
    });
}

Stream::~Stream()
{
    m_transport->disconnect(this);
    m_transport->abort();
}

Task<Result<bool>> Stream::open(net::Destination destination)
{
    m_ready.emplace();
    const auto later = *m_ready;
    m_transport->open(destination);
    co_return co_await later;
}

Task<Result<>> Stream::startTls()
{
    // What came in the same read as <proceed/> was sent in the clear by anybody (RELIABILITY 1.25).
    if (m_reader->hasUnread())
        co_return fail(
            Error::Kind::Tls, QStringLiteral("tls-early-data"),
            QStringLiteral(
                "Data came after the server's go-ahead and before encryption; somebody may have put it there."));
    m_reader.reset();
    m_xmlOpen = false;
    m_ready.emplace();
    const auto later = *m_ready;
    m_transport->startTls();
    const auto secured = co_await later;
    if (!secured)
        co_return fail(secured.error());
    co_return Result<>{};
}

Task<Result<xml::Element>> Stream::openXml(xml::Writer::StreamHeader header, xml::Limits limits, xml::Element first)
{
    m_reader = std::make_unique<xml::Reader>(limits);
    m_first.clear();
    m_readsHeader = true;
    m_transport->write(xml::Writer::openStream(header));
    m_xmlOpen = true;
    if (first)
        send(first);
    auto event = co_await base::within(m_clock, stepLimit, nextEvent());
    if (!event && net::isWebAnswer(m_first))
        co_return fail(Error::Kind::Network, QStringLiteral("captive-portal"),
                       QStringLiteral("What answered is a web server, not the chat server."));
    m_readsHeader = false;
    if (!event)
        co_return fail(event.error());
    const xml::Element element = event->element;
    if (event->kind != xml::Reader::Kind::Opened || !element.is("stream", ns::stream))
        co_return fail(Error::Kind::Protocol, QStringLiteral("invalid-namespace"),
                       QStringLiteral("The server does not speak XMPP on this port: its stream header is not one."));
    // RFC 6120 4.7.5: a missing version is 0.9; a major version that is higher is answered as 1.0.
    if (element.attribute("version").section(u'.', 0, 0).toInt() < 1)
        co_return fail(Error::Kind::Protocol, QStringLiteral("unsupported-version"),
                       QStringLiteral("The server speaks a version of XMPP before 1.0, which has no encryption."));
    if (element.attribute("id").isEmpty())
        co_return fail(Error::Kind::Protocol, QStringLiteral("invalid-xml"),
                       QStringLiteral("The server's stream header has no id."));
    const QString from = element.attribute("from");
    if (!from.isNull() && Jid::fromWire(from) != Jid::fromWire(header.to))
        co_return fail(Error::Kind::Protocol, QStringLiteral("invalid-from"),
                       QStringLiteral("The server says that it is %1 and not %2.").arg(from, header.to));
    co_return element;
}

Task<Result<xml::Reader::Event>> Stream::nextEvent()
{
    for (;;) {
        if (m_reader) {
            auto event = m_reader->next();
            if (!event || event->kind != xml::Reader::Kind::Nothing)
                co_return event;
        }
        if (m_end)
            co_return fail(*m_end);
        m_bytes.emplace();
        const auto later = *m_bytes;
        co_await later;
    }
}

Task<Result<xml::Element>> Stream::nextElement(Step step)
{
    auto event = co_await nextEvent();
    if (!event)
        co_return fail(event.error());
    if (event->kind == xml::Reader::Kind::Closed)
        co_return fail(Error::Kind::Network, QStringLiteral("connection-lost"),
                       QStringLiteral("The server closed the stream while signing in."));
    if (event->element.is("error", ns::stream))
        co_return fail(takeError(event->element));
    if (!isLegal(step, event->element))
        co_return fail(outOfPlace(event->element));
    co_return event->element;
}

/// Before TLS anybody could send us elsewhere (RELIABILITY 1.30).
Error Stream::takeError(const xml::Element &element)
{
    if (m_transport->isSecure())
        m_seeOther = element.child("see-other-host", ns::streamErrors).text().trimmed();
    return streamError(element);
}

Task<Result<xml::Element>> Stream::next(Step step)
{
    co_return co_await base::within(m_clock, stepLimit, nextElement(step));
}

void Stream::send(const xml::Element &element)
{
    if (!m_ended && !m_closing)
        m_transport->write(xml::Writer::write(element, ns::client));
}

void Stream::startSession()
{
    m_session = true;
    m_reader->setLimits(xml::Limits{});
    // From the event loop: whoever starts the session first gets to listen.
    QMetaObject::invokeMethod(this, &Stream::pump, Qt::QueuedConnection);
}

void Stream::takeBytes(const QByteArray &bytes)
{
    if (m_readsHeader && m_first.size() < firstWords)
        m_first += bytes.left(firstWords - m_first.size());
    const bool isDue = !m_reader || m_reader->feed(bytes);
    if (m_session && isDue)
        pump();
    else if (m_session)
        return;
    else if (m_bytes)
        m_bytes->set(true);
}

void Stream::takeEnd(const Error &error)
{
    m_end = error;
    if (m_session)
        pump(); // what came before the end counts
    else if (m_ready && !m_ready->isSet())
        m_ready->set(fail(error));
    else if (m_bytes)
        m_bytes->set(true);
}

void Stream::pump()
{
    if (m_pumping)
        return;
    m_pumping = true;
    const QPointer<Stream> self = this; // a listener may end us
    while (self && !m_ended) {
        auto event = m_reader->next();
        if (!event) {
            m_pumping = false;
            breakOff(event.error());
            return;
        }
        if (event->kind == xml::Reader::Kind::Nothing)
            break;
        if (event->kind == xml::Reader::Kind::Closed) {
            m_pumping = false;
            Q_EMIT answersEnd();
            if (!m_closing)
                m_transport->write(xml::Writer::closeStream());
            m_transport->close();
            finish(Error{Error::Kind::Network, QStringLiteral("connection-lost"),
                         QStringLiteral("The server closed the stream.")});
            return;
        }
        if (event->element.is("error", ns::stream)) {
            m_pumping = false;
            Q_EMIT answersEnd();
            breakOff(takeError(event->element)); // RFC 6120 4.9.1.1: our end tag is the answer
            return;
        }
        if (!isLegal(Step::Session, event->element)) {
            m_pumping = false;
            breakOff(outOfPlace(event->element));
            return;
        }
        Q_EMIT received(event->element);
    }
    if (!self)
        return;
    m_pumping = false;
    if (m_end)
        finish(*m_end);
}

void Stream::close()
{
    if (m_closing || m_ended)
        return;
    m_closing = true;
    if (m_xmlOpen && m_transport->isSecure())
        m_transport->write(xml::Writer::closeStream());
    if (!m_session) {
        m_transport->close();
        finish(Error{Error::Kind::Cancelled, QStringLiteral("closed"),
                     QStringLiteral("The connection was closed as asked.")});
        return;
    }
    // RFC 6120 4.4: wait for the other side's end tag, but not for long.
    m_closeTimer = m_clock.after(closeLimit, [this] {
        m_transport->close();
        finish(Error{});
    });
}

/// RFC 6120 4.9.1.1 and 4.4. Before TLS nothing is said but our header and <starttls/>: somebody may be listening, or
/// answering in the server's place (RELIABILITY G2).
void Stream::sendEnd(const Error &error, const xml::Element &specific)
{
    if (!m_xmlOpen || m_closing || !m_transport->isSecure())
        return;
    if (error.kind == Error::Kind::Protocol)
        m_transport->write(xml::Writer::write(streamErrorElement(error.condition, {}, specific), ns::client));
    m_transport->write(xml::Writer::closeStream());
}

void Stream::breakOff(const Error &error, const xml::Element &specific)
{
    if (m_ended)
        return;
    sendEnd(error, specific);
    m_transport->close();
    finish(error);
}

void Stream::abandon(const Error &error)
{
    if (m_ended)
        return;
    m_transport->abort();
    finish(error);
}

void Stream::finish(const Error &error)
{
    if (m_ended)
        return;
    m_ended = true;
    m_closeTimer.stop();
    Q_EMIT ended(m_closing ? Error{Error::Kind::Cancelled, QStringLiteral("closed"),
                                   QStringLiteral("The connection was closed as asked.")}
                           : error);
}

} // namespace xmpp
