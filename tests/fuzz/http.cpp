// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "net/httpreader.h"

#include <algorithm>

namespace {

struct Read {
    net::HttpReader::State state;
    int status;
    QByteArray body;

    friend bool operator==(const Read &, const Read &) = default;
};

Read read(const QByteArray &input, qsizetype piece)
{
    net::HttpReader reader;
    QByteArray body;
    for (qsizetype at = 0; at < input.size(); at += piece) {
        body += reader.take(input.mid(at, piece));
        FUZZ_CHECK(body.size() <= input.size());
    }
    reader.end(true);
    FUZZ_CHECK(reader.state() == net::HttpReader::State::Done || reader.state() == net::HttpReader::State::Failed);
    const bool isDone = reader.state() == net::HttpReader::State::Done;
    FUZZ_CHECK(isDone || !reader.error().condition.isEmpty());
    // What it says of its length is what came.
    FUZZ_CHECK(!isDone || reader.length() < 0 || reader.length() == body.size());
    return {reader.state(), isDone ? reader.status() : 0, isDone ? body : QByteArray()};
}

} // namespace

/// The answer of a web server: read to the same end at whatever border its bytes were cut.
FUZZ_TARGET(http)
{
    const Read whole = read(input, std::max<qsizetype>(input.size(), 1));
    FUZZ_CHECK(read(input, 1) == whole);
    FUZZ_CHECK(read(input, 7) == whole);
}
