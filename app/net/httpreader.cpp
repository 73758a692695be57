// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpreader.h"

#include <algorithm>

namespace net {
namespace {

constexpr qsizetype longestChunkLine = 4096;

/// Digits alone (RFC 9110 8.6); -1: no such number.
qint64 lengthOf(const QByteArray &text)
{
    const bool isNumber =
        !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const qint64 number = text.toLongLong(&fits);
    return isNumber && fits ? number : -1;
}

/// RFC 9110 5.6.2
bool isToken(const QByteArray &text)
{
    static const QByteArray others("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || others.contains(c);
    });
}

} // namespace

QByteArray HttpReader::take(const QByteArray &bytes)
{
    QByteArray body;
    m_unread += bytes;
    while (m_state == State::Head && takeHead()) { }
    if (m_state != State::Body) {
        if (m_state != State::Head)
            m_unread.clear();
        return body;
    }
    switch (m_framing) {
    case Framing::Chunks: return takeChunked();
    case Framing::Connection: return std::exchange(m_unread, {});
    case Framing::Length: break;
    }
    body = m_unread.left(m_left);
    m_unread.clear();
    m_left -= body.size();
    if (m_left == 0)
        m_state = State::Done;
    return body;
}

void HttpReader::end(bool inOrder)
{
    if (m_state == State::Body && m_framing == Framing::Connection && inOrder) {
        m_state = State::Done;
    } else if (m_state == State::Head || m_state == State::Body) {
        m_state = State::Failed;
        m_error = {Error::Kind::Network, QStringLiteral("connection-lost"),
                   QStringLiteral("The web server closed the connection before its answer was complete.")};
    }
}

QByteArray HttpReader::header(const QByteArray &name) const
{
    for (const HttpHeader &header : m_headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

/// True where another head may follow.
bool HttpReader::takeHead()
{
    const qsizetype end = m_unread.indexOf("\r\n\r\n");
    const qsizetype size = end < 0 ? m_unread.size() : end + 4;
    if (m_headBytes + size > mostHead) {
        giveUp(QStringLiteral("its head is too long"));
        return false;
    }
    if (end < 0)
        return false;
    m_headBytes += size;
    const QByteArray head = m_unread.left(end);
    m_unread.remove(0, size);
    if (!readHead(head))
        return false;
    if (m_status >= 100 && m_status < 200 && m_status != 101)
        return true;
    if (readFraming())
        m_state = m_framing == Framing::Length && m_left == 0 ? State::Done : State::Body;
    return false;
}

bool HttpReader::readHead(const QByteArray &head)
{
    m_headers.clear();
    const QByteArrayList lines = head.split('\n');
    if (size_t(lines.size()) > mostHeaders) {
        giveUp(QStringLiteral("it has too many headers"));
        return false;
    }
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QByteArray line = lines[i];
        if (i + 1 < lines.size()) {
            if (!line.endsWith('\r')) {
                giveUp(QStringLiteral("a line does not end as it has to"));
                return false;
            }
            line.chop(1);
        }
        if (i == 0) {
            if (!readStatus(line))
                return false;
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(std::max<qsizetype>(colon, 0));
        if (!isToken(name)) { // a folded line, too (RFC 9112 5.2)
            giveUp(QStringLiteral("a header is none"));
            return false;
        }
        m_headers.push_back({name, line.mid(colon + 1).trimmed()});
    }
    return true;
}

/// RFC 9112 4
bool HttpReader::readStatus(const QByteArray &line)
{
    const bool isHttp = line.startsWith("HTTP/1.0 ") || line.startsWith("HTTP/1.1 ");
    const qint64 status = isHttp && (line.size() == 12 || line.mid(12, 1) == " ") ? lengthOf(line.mid(9, 3)) : -1;
    if (status < 100 || status > 599) {
        giveUp(QStringLiteral("it does not speak HTTP/1.1"));
        return false;
    }
    m_status = int(status);
    return true;
}

/// How long the body is (RFC 9112 6.3).
bool HttpReader::readFraming()
{
    QByteArrayList lengths;
    QByteArrayList codings;
    for (const HttpHeader &header : m_headers) {
        if (header.name.compare("content-length", Qt::CaseInsensitive) == 0)
            lengths.append(header.value);
        else if (header.name.compare("transfer-encoding", Qt::CaseInsensitive) == 0)
            codings.append(header.value);
    }
    if (m_status == 204 || m_status == 304) {
        m_framing = Framing::Length;
        m_length = 0;
        return true;
    }
    if (!codings.isEmpty()) {
        if (codings.size() > 1 || !lengths.isEmpty() || codings.first().compare("chunked", Qt::CaseInsensitive) != 0) {
            giveUp(QStringLiteral("it says in two ways how long its answer is, or in one that nobody knows"));
            return false;
        }
        m_framing = Framing::Chunks;
        return true;
    }
    if (lengths.isEmpty())
        return true;
    m_length = lengthOf(lengths.first());
    if (m_length < 0 || lengths.size() > 1) {
        giveUp(QStringLiteral("the length of its answer is none"));
        return false;
    }
    m_framing = Framing::Length;
    m_left = m_length;
    return true;
}

/// RFC 9112 7.1
QByteArray HttpReader::takeChunked()
{
    QByteArray body;
    qsizetype at = 0;
    while (m_state == State::Body && at < m_unread.size()) {
        if (m_chunk == Chunk::Bytes) {
            const qsizetype size = qsizetype(std::min<qint64>(m_left, m_unread.size() - at));
            body += m_unread.mid(at, size);
            at += size;
            m_left -= size;
            if (m_left == 0)
                m_chunk = Chunk::End;
            continue;
        }
        const qsizetype end = m_unread.indexOf("\r\n", at);
        if (end < 0) {
            if (m_unread.size() - at > longestChunkLine + 1)
                giveUp(QStringLiteral("a chunk's line is too long"));
            break;
        }
        const QByteArray line = m_unread.mid(at, end - at);
        at = end + 2;
        if (line.size() > longestChunkLine)
            giveUp(QStringLiteral("a chunk's line is too long"));
        else if (m_chunk == Chunk::End && !line.isEmpty())
            giveUp(QStringLiteral("a chunk is longer than it said"));
        else if (m_chunk == Chunk::End)
            m_chunk = Chunk::Size;
        else if (m_chunk == Chunk::Size)
            readChunkSize(line);
        else if (line.isEmpty())
            m_state = State::Done;
        else if ((m_headBytes += line.size()) > mostHead)
            giveUp(QStringLiteral("its trailer is too long"));
    }
    m_unread.remove(0, at);
    if (m_state != State::Body)
        m_unread.clear();
    return body;
}

bool HttpReader::readChunkSize(const QByteArray &line)
{
    const QByteArray digits = line.left(line.indexOf(';') < 0 ? line.size() : line.indexOf(';')).trimmed();
    bool isNumber = false;
    const qint64 size = digits.toLongLong(&isNumber, 16);
    const bool isPlain = !digits.isEmpty() && digits.size() <= 15
        && std::all_of(digits.begin(), digits.end(),
                       [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
    if (!isNumber || !isPlain) {
        giveUp(QStringLiteral("a chunk's size is none"));
        return false;
    }
    m_left = size;
    m_chunk = size == 0 ? Chunk::Trailer : Chunk::Bytes;
    return true;
}

void HttpReader::giveUp(const QString &detail)
{
    m_state = State::Failed;
    m_error = {Error::Kind::Network, QStringLiteral("web-server-failed"),
               QStringLiteral("The web server's answer cannot be read: %1.").arg(detail)};
}

} // namespace net
