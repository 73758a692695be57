// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace net {

/// A line of an HTTP head.
struct HttpHeader {
    QByteArray name;
    QByteArray value;
};

/// Reads one answer of HTTP/1.1 (RFC 9112) from bytes that come split anywhere: the head, then the body by its length, by
/// chunks, or to the end of the connection. Interim answers are passed over. What could be read in two ways is an error.
class HttpReader
{
public:
    enum class State { Head, Body, Done, Failed };
    static constexpr qsizetype mostHead = 64 * 1024; ///< Bytes of all heads together, and of a chunk's trailer.
    static constexpr size_t mostHeaders = 200;

    /// Takes what came, and gives what of it belongs to the body. What follows the answer is passed over.
    QByteArray take(const QByteArray &bytes);
    /// The connection ended. `inOrder`: by TLS's own end, without which a body whose length nobody said may be cut.
    void end(bool inOrder);

    State state() const { return m_state; }
    /// Where State::Failed: Network `web-server-failed` or `connection-lost`.
    const Error &error() const { return m_error; }
    /// From State::Body on.
    int status() const { return m_status; }
    /// The first with this name, whatever its case; null where there is none.
    QByteArray header(const QByteArray &name) const;
    /// What the body will have, where that is said; -1: not said.
    qint64 length() const { return m_length; }

private:
    enum class Framing { Length, Chunks, Connection };
    enum class Chunk { Size, Bytes, End, Trailer };

    bool takeHead();
    bool readHead(const QByteArray &head);
    bool readStatus(const QByteArray &line);
    bool readFraming();
    QByteArray takeChunked();
    bool readChunkSize(const QByteArray &line);
    void giveUp(const QString &detail);

    State m_state = State::Head;
    Error m_error;
    QByteArray m_unread;
    qsizetype m_headBytes = 0;
    int m_status = 0;
    std::vector<HttpHeader> m_headers;
    Framing m_framing = Framing::Connection;
    qint64 m_length = -1;
    qint64 m_left = 0; ///< Of the body, or of its chunk.
    Chunk m_chunk = Chunk::Size;
};

} // namespace net
