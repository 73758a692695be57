// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/http.h"
#include "net/httpwire.h"
#include "net/publichosts.h"
#include "net/verifier.h"

namespace net {

/// HTTP/1.1 over the same sockets, proxies and TLS as the streams, with the one Verifier; a connection for each request, which
/// carries no cookie, no name of ours and no kept session.
class WebClient final : public Http
{
public:
    static constexpr int mostRedirects = 3;
    static constexpr qsizetype pieceSize = 64 * 1024;

    WebClient(Resolver &resolver, Verifier &verifier, Clock &clock)
        : m_resolver(resolver), m_publicHosts(resolver), m_verifier(verifier), m_clock(clock)
    {
    }

    Task<Result<>> put(HttpRequest request, HttpSource *source) override;
    Task<Result<qint64>> get(HttpRequest request, HttpSink *sink) override;

private:
    /// Where a redirect leads, or what came.
    struct Got {
        QUrl elsewhere;
        qint64 bytes = 0;
    };
    Task<Result<std::unique_ptr<HttpWire>>> connect(HttpRequest request);
    Task<Result<Got>> getOnce(HttpRequest request, HttpSink *sink);

    Resolver &m_resolver;
    PublicHosts m_publicHosts;
    Verifier &m_verifier;
    Clock &m_clock;
};

} // namespace net
