// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/stdio.h"

#include "automation/jsonline.h"

#include <QPointer>
#include <QSocketNotifier>

#include <cerrno>
#include <cstdio>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#define read _read
#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#else
#include <poll.h>
#include <unistd.h>
#endif

namespace automation {
namespace {

/// A pipe that poll() calls writable takes so much without blocking (POSIX: PIPE_BUF). The descriptors are not made
/// non-blocking: that would hold for the terminal's other programs, too.
constexpr qsizetype oneWrite = 4096;

/// Whether standard input (output) can be read (written) without blocking, now or within `timeout` ms.
bool isReady([[maybe_unused]] int descriptor, [[maybe_unused]] bool forWriting, [[maybe_unused]] int timeout)
{
#ifdef Q_OS_WIN
    return true;
#else
    pollfd poll{descriptor, short(forWriting ? POLLOUT : POLLIN), 0};
    return ::poll(&poll, 1, timeout) > 0;
#endif
}

} // namespace

Stdio::Stdio(Port &port)
    : m_port(port), m_reading(std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read)),
      m_writing(std::make_unique<QSocketNotifier>(STDOUT_FILENO, QSocketNotifier::Write))
{
#ifdef Q_OS_WIN
    _setmode(STDIN_FILENO, _O_BINARY);
#endif
    m_writing->setEnabled(false);
    connect(m_reading.get(), &QSocketNotifier::activated, this, &Stdio::takeBytes);
    connect(m_writing.get(), &QSocketNotifier::activated, this, &Stdio::flush);
    connect(&port, &Port::happened, this, &Stdio::write);
}

Stdio::~Stdio() = default;

void Stdio::write(const QJsonObject &object)
{
    if (unread() > mostUnread && object.contains(QStringLiteral("event"))) {
        ++m_lost;
        return;
    }
    m_output += toLine(object);
    flush();
}

/// Writes a piece; false where the reader takes none within `timeout` ms, or nothing is left.
bool Stdio::writeSome(int timeout)
{
    if (unread() == 0 || !isReady(STDOUT_FILENO, true, timeout))
        return false;
    const auto size = std::min(unread(), oneWrite);
    const auto count = ::write(STDOUT_FILENO, m_output.constData() + m_written, size_t(size));
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return errno == EINTR;
    m_written += count < 0 ? unread() : qsizetype(count); // a reader that is gone needs nothing any more
    if (unread() == 0 || m_written > 1024 * 1024) {
        m_output.remove(0, m_written);
        m_written = 0;
    }
    return true;
}

void Stdio::flush()
{
    while (writeSome(0)) { }
    m_writing->setEnabled(unread() > 0);
    m_reading->setEnabled(!m_ended && unread() <= mostUnread);
    if (unread() == 0 && m_lost > 0) {
        const auto lost = std::exchange(m_lost, 0);
        write({{QStringLiteral("event"), QStringLiteral("limit")},
               {QStringLiteral("what"),
                QStringLiteral("%1 events were left out, because standard output was not read").arg(lost)}});
    }
}

void Stdio::drain(std::chrono::milliseconds limit)
{
    const base::SystemClock clock;
    const auto end = clock.monotonic() + limit;
    while (unread() > 0 && clock.monotonic() < end) {
        if (!writeSome(int(limit.count())))
            return;
    }
}

void Stdio::takeBytes()
{
    if (!isReady(STDIN_FILENO, false, 0))
        return;
    char buffer[65536];
    const auto count = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        m_ended = true;
        m_reading->setEnabled(false);
        Q_EMIT finished();
        return;
    }
    m_input.add(buffer, qsizetype(count));
    takeLines();
}

void Stdio::takeLines()
{
    const QPointer<Stdio> self = this;
    while (auto line = m_input.next()) {
        if (line->isTooLong) {
            write(LineBuffer::tooLongAnswer());
            continue;
        }
        m_port.take(line->bytes, [self](const QJsonObject &answer) {
            if (self)
                self->write(answer);
        });
        if (!self)
            return;
    }
}

} // namespace automation
