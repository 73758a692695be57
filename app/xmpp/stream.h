// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"
#include "base/jid.h"
#include "net/transport.h"
#include "xml/reader.h"
#include "xml/writer.h"

#include <QObject>
#include <QPointer>

namespace xmpp {

/// What is legal from the server at each step of a stream; anything else ends it (RELIABILITY 1.22).
enum class Step {
    PlainFeatures,  ///< Before TLS: features alone.
    StartTls,       ///< proceed or failure.
    SecureFeatures, ///< After TLS, before sign-in.
    Sasl,           ///< challenge, success, failure.
    Sasl2,          ///< challenge, success, failure, continue, task-data (XEP-0388).
    BindFeatures,   ///< After sign-in.
    Resume,         ///< XEP-0198: resumed or failed.
    Bind,           ///< The answer to our bind.
    Enable,         ///< XEP-0198: enabled or failed, and stanzas already.
    Session,        ///< Stanzas, and the acknowledgements of XEP-0198.
};
/// True where the table allows `element` at `step`. A stream error is legal at every step and is not asked for here.
bool isLegal(Step step, const xml::Element &element);

/// One TCP connection's life: bytes of a transport to elements and back. Pulled element by element while the stream is
/// negotiated, pushing stanzas by signal afterwards.
class Stream : public QObject
{
    Q_OBJECT
public:
    Stream(std::unique_ptr<net::Transport> transport, Clock &clock);
    ~Stream() override;

    net::Transport &transport() { return *m_transport; }
    /// Where a see-other-host of the proven server sends us (RFC 6120 4.9.3.19); empty where none came.
    const QString &seeOther() const { return m_seeOther; }

    /// Connects; true where direct TLS is already up.
    Task<Result<bool>> open(net::Destination destination);
    /// Opens or restarts the XML stream and reads the server's header; the header's id is checked to be there.
    /// `first`, where it is one, is sent right behind the header, without waiting for the server's.
    Task<Result<xml::Element>> openXml(xml::Writer::StreamHeader header, xml::Limits limits, xml::Element first = {});
    /// The next element, which must be legal at `step`. A stream error, the end of the stream, and 30 s of silence are
    /// errors.
    Task<Result<xml::Element>> next(Step step);
    /// After <proceed/>: nothing may be left of the plain stream.
    Task<Result<>> startTls();
    /// The server has proven itself, without a new stream (XEP-0388 2.6.1): it may say more from here on.
    void trust() { m_reader->setLimits(xml::Limits{}); }
    /// From here on stanzas come by received(), the end by ended().
    void startSession();

    void send(const xml::Element &element);
    /// Ends the stream in order: our end tag, theirs or 2 s, then TLS and TCP. ended() follows where a session ran.
    void close();
    /// Tells the server what is wrong, where it is our finding, and ends with our end tag. ended() follows.
    /// `specific` goes into that stream error.
    void breakOff(const Error &error, const xml::Element &specific = {});
    /// Leaves the stream as it is, unfinished, so that the server keeps the session (XEP-0198 7). ended() follows.
    void abandon(const Error &error);

Q_SIGNALS:
    void received(const xml::Element &stanza);
    /// The server has ended the session's stream, and our end tag is about to answer: the last chance to say something.
    void answersEnd();
    /// The stream is over; once. Kind Cancelled where close() asked for it.
    void ended(const Error &error);

private:
    void takeBytes(const QByteArray &bytes);
    void takeEnd(const Error &error);
    void pump();
    Task<Result<xml::Reader::Event>> nextEvent();
    Task<Result<xml::Element>> nextElement(Step step);
    void finish(const Error &error);
    void sendEnd(const Error &error, const xml::Element &specific);
    Error takeError(const xml::Element &element);

    std::unique_ptr<net::Transport> m_transport;
    Clock &m_clock;
    std::unique_ptr<xml::Reader> m_reader;
    std::optional<Later<Result<bool>>> m_ready;
    std::optional<Later<bool>> m_bytes;
    std::optional<Error> m_end;
    QString m_seeOther;
    QByteArray m_first; ///< What came first, while the server's header is read.
    bool m_readsHeader = false;
    bool m_session = false;
    bool m_closing = false;
    bool m_xmlOpen = false;
    bool m_ended = false;
    bool m_pumping = false;
    Timer m_closeTimer;
};

} // namespace xmpp
