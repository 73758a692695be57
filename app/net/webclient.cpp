// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/webclient.h"

#include "net/sockettransport.h"

namespace net {
namespace {

constexpr int usualPort = 443;

auto badAddress(const QUrl &url)
{
    return fail(Error::Kind::Input, QStringLiteral("bad-address"),
                QStringLiteral("\"%1\" is no address by https.").arg(url.toDisplayString().left(200)));
}

bool isHttps(const QUrl &url)
{
    return url.isValid() && url.scheme() == u"https" && !url.host().isEmpty() && url.userInfo().isEmpty()
        && url.port(usualPort) > 0 && url.port(usualPort) <= 65535;
}

/// RFC 9112 3. What is in `headers` was judged by who made it.
QByteArray headOf(const char *method, const HttpRequest &request)
{
    const QUrl &url = request.url;
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (!target.startsWith('/'))
        target.prepend('/');
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    if (url.port(usualPort) != usualPort)
        host += ':' + QByteArray::number(url.port());
    QByteArray head = QByteArray(method) + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n";
    for (const HttpHeader &header : request.headers)
        head += header.name + ": " + header.value + "\r\n";
    return head;
}

/// What an answer means that is neither a file nor a place for it.
Error refusal(int status, const QString &host)
{
    const auto error = [&](Error::Kind kind, const char *condition, const QString &text) {
        return Error{kind, QString::fromLatin1(condition), text.arg(host).arg(status)};
    };
    if (status == 413)
        return error(Error::Kind::Protocol, "file-too-large",
                     QStringLiteral("%1 says that the file is too large (%2)."));
    if (status == 404 || status == 410)
        return error(Error::Kind::Protocol, "file-gone", QStringLiteral("%1 does not have the file (%2)."));
    if (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429)
        return error(Error::Kind::Protocol, "file-refused", QStringLiteral("%1 refused the file (%2)."));
    return error(Error::Kind::Network, "web-server-failed", QStringLiteral("%1 could not do it (%2)."));
}

Error cutOff(const HttpWire &wire, const HttpReader &reader)
{
    return wire.failure().value_or(reader.error());
}

} // namespace

Task<Result<std::unique_ptr<HttpWire>>> WebClient::connect(HttpRequest request)
{
    if (!isHttps(request.url))
        co_return badAddress(request.url);
    const QString host = request.url.host(QUrl::FullyEncoded);
    const auto port = quint16(request.url.port(usualPort));
    if (request.publicOnly && !isPublicName(host))
        co_return fail(Error::Kind::Input, QStringLiteral("address-private"),
                       QStringLiteral("%1 is in this computer's own network, from where nothing is fetched for others.")
                           .arg(host));
    Proxy proxy = request.proxy;
    if (proxy.kind == Proxy::Kind::System) {
        auto asking = m_resolver.proxyFor(host, port);
        auto found = co_await std::move(asking);
        if (!found)
            co_return fail(found.error());
        proxy = std::move(*found);
    }
    Destination destination{host, host, port, TlsMode::Direct, proxy};
    destination.service = Service::Web;
    // Through a proxy it is the proxy's own address that is looked up here.
    const bool isFiltered = request.publicOnly && proxy.isNone();
    Resolver &resolver = isFiltered ? static_cast<Resolver &>(m_publicHosts) : m_resolver;
    auto wire = std::make_unique<HttpWire>(std::make_unique<SocketTransport>(resolver, m_verifier, m_clock), m_clock);
    auto opening = wire->open(std::move(destination));
    auto opened = co_await std::move(opening);
    if (!opened)
        co_return fail(opened.error());
    co_return std::move(wire);
}

Task<Result<>> WebClient::put(HttpRequest request, HttpSource *source)
{
    auto connecting = connect(request);
    auto connected = co_await std::move(connecting);
    if (!connected)
        co_return fail(connected.error());
    HttpWire &wire = **connected;
    wire.write(headOf("PUT", request) + "Content-Length: " + QByteArray::number(request.size) + "\r\n\r\n");
    HttpReader reader;
    qint64 sent = 0;
    qint64 arrived = 0;
    for (;;) {
        const QByteArray came = wire.take();
        (void)reader.take(came);
        if (reader.state() != HttpReader::State::Head)
            break;
        arrived = std::max(arrived, sent - wire.unconfirmed()); // which counts TLS's own bytes, too
        if (request.progress)
            request.progress(arrived, request.size);
        if (wire.isEnded()) {
            reader.end(wire.isEndedInOrder());
            co_return fail(cutOff(wire, reader));
        }
        if (sent < request.size && wire.hasRoom()) {
            auto reading = source->read(qsizetype(std::min<qint64>(pieceSize, request.size - sent)));
            const auto piece = co_await std::move(reading);
            if (!piece)
                co_return fail(piece.error());
            if (piece->isEmpty())
                co_return fail(Error::Kind::Input, QStringLiteral("file-changed"),
                               QStringLiteral("The file became shorter while it was sent."));
            wire.write(*piece);
            sent += piece->size();
            continue;
        }
        auto changing = wire.change();
        const auto changed = co_await std::move(changing);
        if (!changed)
            co_return changed;
    }
    if (reader.state() == HttpReader::State::Failed)
        co_return fail(reader.error());
    const bool isTaken = reader.status() >= 200 && reader.status() < 300 && sent == request.size;
    if (!isTaken)
        co_return fail(refusal(reader.status(), request.url.host()));
    if (request.progress)
        request.progress(request.size, request.size);
    co_return Result<>{};
}

Task<Result<qint64>> WebClient::get(HttpRequest request, HttpSink *sink)
{
    for (int hops = 0; hops <= mostRedirects; ++hops) {
        auto getting = getOnce(request, sink);
        auto got = co_await std::move(getting);
        if (!got)
            co_return fail(got.error());
        if (got->elsewhere.isEmpty())
            co_return got->bytes;
        request.url = request.url.resolved(got->elsewhere);
        request.headers.clear(); // they were for the one who was asked
    }
    co_return fail(Error::Kind::Network, QStringLiteral("web-server-failed"),
                   QStringLiteral("The web server sends us from one place to the next."));
}

Task<Result<WebClient::Got>> WebClient::getOnce(HttpRequest request, HttpSink *sink)
{
    auto connecting = connect(request);
    auto connected = co_await std::move(connecting);
    if (!connected)
        co_return fail(connected.error());
    HttpWire &wire = **connected;
    const Error tooLarge{Error::Kind::Protocol, QStringLiteral("file-too-large"),
                         QStringLiteral("The file is larger than %1 bytes.").arg(request.size)};
    wire.write(headOf("GET", request) + "Accept: */*\r\nAccept-Encoding: identity\r\n\r\n");
    HttpReader reader;
    Got got;
    bool isJudged = false;
    for (;;) {
        const QByteArray came = wire.take();
        const QByteArray body = reader.take(came);
        if (reader.state() == HttpReader::State::Failed)
            co_return fail(reader.error());
        if (!isJudged && reader.state() != HttpReader::State::Head) {
            isJudged = true;
            const int status = reader.status();
            const QByteArray location = reader.header("location");
            if (status >= 300 && status < 400 && status != 304 && !location.isEmpty()) {
                got.elsewhere = QUrl(QString::fromUtf8(location), QUrl::StrictMode);
                if (got.elsewhere.isEmpty())
                    co_return fail(refusal(500, request.url.host()));
                co_return got;
            }
            if (status != 200)
                co_return fail(refusal(status, request.url.host()));
            if (reader.length() > request.size)
                co_return fail(tooLarge);
        }
        if (!body.isEmpty()) {
            got.bytes += body.size();
            if (got.bytes > request.size)
                co_return fail(tooLarge);
            auto writing = sink->write(body);
            const auto written = co_await std::move(writing);
            if (!written)
                co_return fail(written.error());
            if (request.progress)
                request.progress(got.bytes, reader.length());
        }
        if (reader.state() == HttpReader::State::Done)
            co_return got;
        if (!came.isEmpty())
            continue;
        if (wire.isEnded()) {
            reader.end(wire.isEndedInOrder());
            if (reader.state() == HttpReader::State::Done)
                co_return got;
            co_return fail(cutOff(wire, reader));
        }
        auto changing = wire.change();
        const auto changed = co_await std::move(changing);
        if (!changed)
            co_return fail(changed.error());
    }
}

} // namespace net
