// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/stdio.h"

#include "automation/json.h"
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
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace automation {

Stdio::Stdio(Port &port)
    : m_port(port), m_notifier(std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read))
{
#ifdef Q_OS_WIN
    _setmode(STDIN_FILENO, _O_BINARY);
#else
    ::fcntl(STDIN_FILENO, F_SETFL, ::fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
#endif
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Stdio::takeBytes);
    connect(&port, &Port::event, this, &Stdio::write);
}

Stdio::~Stdio() = default;

void Stdio::write(const QJsonObject &object)
{
    const QByteArray line = toLine(object);
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fflush(stdout);
}

void Stdio::takeBytes()
{
    char buffer[16384];
    const auto count = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        m_notifier->setEnabled(false);
        Q_EMIT finished();
        return;
    }
    m_input.append(buffer, qsizetype(count));
    const QPointer<Stdio> self = this;
    for (auto end = m_input.indexOf('\n'); end >= 0; end = m_input.indexOf('\n')) {
        const QByteArray line = m_input.left(end).trimmed();
        m_input.remove(0, end + 1);
        if (line.isEmpty())
            continue;
        m_port.take(line, [self](const QJsonObject &answer) {
            if (self)
                self->write(answer);
        });
        if (!self)
            return;
    }
    if (m_input.size() > longestLine) {
        m_input.clear();
        write({{QStringLiteral("event"), QStringLiteral("limit")},
               {QStringLiteral("what"), QStringLiteral("a line of more than %1 bytes").arg(longestLine)}});
    }
}

} // namespace automation
