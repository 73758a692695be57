// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"
#include "net/httpreader.h"
#include "net/proxy.h"

#include <QUrl>

#include <functional>

namespace net {

/// Gives the bytes of an upload, piece by piece.
class HttpSource
{
public:
    virtual ~HttpSource() = default;
    /// At most `most` bytes; empty: there are no more.
    virtual Task<Result<QByteArray>> read(qsizetype most) = 0;
};

/// Takes the bytes of a download, piece by piece; nothing more is read from the network meanwhile.
class HttpSink
{
public:
    virtual ~HttpSink() = default;
    virtual Task<Result<>> write(QByteArray bytes) = 0;
};

/// What is asked of a web server.
struct HttpRequest {
    QUrl url; ///< https alone.
    std::vector<HttpHeader> headers{};
    Proxy proxy{};
    /// Only hosts that the whole internet can reach (RELIABILITY 1.44). Through a proxy that is asked of the name alone: the
    /// proxy resolves it.
    bool publicOnly = true;
    /// Of put(): the bytes that the source has. Of get(): the most that are taken.
    qint64 size = 0;
    /// Called with the bytes done, and of how many; -1: not said.
    std::function<void(qint64, qint64)> progress{};
};

/// The web, for files. A seam: tests hand in their own. Whoever drops the task ends the connection.
class Http
{
public:
    virtual ~Http() = default;
    /// Puts what `source` has, which outlives the task. Errors: those of a connection (Connector, Verifier), `source`'s own;
    /// Network `transfer-stalled`, `web-server-failed`; Protocol `file-refused`, `file-too-large`; Input `file-changed`
    /// where the source has more or less than it should, `address-private`, `bad-address`.
    virtual Task<Result<>> put(HttpRequest request, HttpSource *source) = 0;
    /// Gets a file into `sink`, which outlives the task; follows a few redirects to https. Gives its length. Errors as
    /// put(), and Protocol `file-gone`.
    virtual Task<Result<qint64>> get(HttpRequest request, HttpSink *sink) = 0;
};

} // namespace net
