// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// In the place of balcony-decoder: does what the picture says it should, in a text chunk. It is the helper as an attacker
// would have it.
#include "media/protocol.h"

#include <QByteArray>

#include <cstdio>
#include <cstdlib>

namespace {

using namespace media::protocol;

bool readAll(QByteArray &bytes)
{
    return std::fread(bytes.data(), 1, size_t(bytes.size()), stdin) == size_t(bytes.size());
}

void say(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

Answer good(const Job &job)
{
    Answer answer{Status::Done, true, 4, 4, 4, 4, 0};
    answer.length = job.want == Want::Pixels ? 64 : 3;
    return answer;
}

void act(const QByteArray &image, const Job &job)
{
    Answer answer = good(job);
    if (image.contains("do: crash"))
        std::abort();
    if (image.contains("do: hang")) {
        char nothing = 0;
        while (std::fread(&nothing, 1, 1, stdin) == 1) { }
        return;
    }
    if (image.contains("do: half")) {
        say(answer.bytes());
        say(QByteArray(10, 'p'));
        std::_Exit(0);
    }
    if (image.contains("do: long"))
        answer.length = mostOutput;
    if (image.contains("do: endless"))
        answer.length = 0xffffffff;
    if (image.contains("do: wide")) {
        answer.width = 0x10000;
        answer.height = 0x10000;
    }
    if (image.contains("do: huge")) {
        answer.fullWidth = 0xffffffff;
        answer.fullHeight = 0xffffffff;
    }
    say(answer.bytes());
    say(QByteArray(qsizetype(answer.length <= mostOutput ? answer.length : 64), 'p'));
    if (image.contains("do: more"))
        say(QByteArray(1000, 'm'));
}

} // namespace

int main()
{
    say(readyBytes());
    for (;;) {
        QByteArray head(Job::size, '\0');
        if (!readAll(head))
            return 0;
        const auto job = Job::read(head);
        if (!job)
            return 2;
        QByteArray image(qsizetype(job->length), '\0');
        if (!readAll(image))
            return 0;
        act(image, *job);
    }
}
