// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// balcony-decoder: decodes pictures for Balcony, in a process that may crash and can reach nothing.
// media/protocol.h says what is said over its standard input and output; it has no other use.
#include "decoder/job.h"
#include "decoder/sandbox.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#endif

namespace {

bool readAll(QByteArray &bytes)
{
    return std::fread(bytes.data(), 1, size_t(bytes.size()), stdin) == size_t(bytes.size());
}

bool writeAll(const QByteArray &bytes)
{
    return std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout) == size_t(bytes.size());
}

/// One job after the other, until there are no more.
bool serve()
{
    if (!writeAll(media::protocol::readyBytes()) || std::fflush(stdout) != 0)
        return false;
    for (;;) {
        QByteArray head(media::protocol::Job::size, Qt::Uninitialized);
        if (!readAll(head))
            return std::feof(stdin) != 0;
        const auto job = media::protocol::Job::read(head);
        if (!job)
            return false;
        QByteArray image(qsizetype(job->length), Qt::Uninitialized);
        if (!readAll(image))
            return false;
        decoder::limitNextJob();
        const decoder::Made made = decoder::make(*job, std::exchange(image, {}));
        if (!writeAll(made.answer.bytes()) || !writeAll(made.bytes) || std::fflush(stdout) != 0)
            return false;
    }
}

} // namespace

int main(int argc, char **argv)
{
    decoder::limitProcess();
#ifdef Q_OS_WIN
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    const QCoreApplication application(argc, argv); // plug-ins are looked for beside it
    if (QCoreApplication::arguments().contains(QStringLiteral("--version"))) {
        std::printf("balcony-decoder %s\n", BALCONY_VERSION);
        return 0;
    }
    decoder::prepare();
    decoder::closeDoors();
    const bool isDone = serve();
    // Nothing is left to be tidied, and what libraries do at the end may need what is not allowed any more.
    std::_Exit(isDone ? 0 : 1);
}
