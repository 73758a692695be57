// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport.h"

#include <QMap>
#include <QPointer>

#include <functional>
#include <optional>

namespace tests {

/// A transport without a network: the test plays the server. Signals are queued, as the real one's are.
class FakeTransport : public net::Transport
{
public:
    void open(const net::Destination &destination) override
    {
        opened = destination;
        isOpen = true;
        queue([this] {
            secure = direct && !openError;
            if (openError)
                Q_EMIT failed(*openError);
            else
                Q_EMIT ready(direct);
        });
    }
    void startTls() override
    {
        startedTls = true;
        written.clear();
        queue([this] {
            secure = !tlsError;
            if (tlsError)
                Q_EMIT failed(*tlsError);
            else
                Q_EMIT secured();
        });
    }
    void write(const QByteArray &bytes) override
    {
        if (!isOpen)
            return;
        written += bytes;
        all += bytes;
        if (!secure && !startedTls)
            plain += bytes;
    }
    qint64 pending() const override { return pendingBytes; }
    net::Traffic traffic() const override { return moved; }
    void setPaused(bool paused) override { isPaused = paused; }
    void close() override
    {
        isOpen = false;
        queue([this] {
            secure = false;
            Q_EMIT closed();
        });
    }
    void abort() override { isOpen = false; }
    bool isSecure() const override { return secure; }
    net::TlsFacts tls() const override
    {
        net::TlsFacts facts{version, {}, {}, "00", secure, false, key};
        facts.authority = QStringLiteral("An authority");
        return facts;
    }
    Result<QByteArray> channelBinding(net::ChannelBinding type) const override
    {
        if (secure && bindings.contains(type))
            return bindings.value(type);
        return fail(Error::Kind::Unsupported, QStringLiteral("no-channel-binding"), {});
    }

    void dropSession() override { sessionDropped = true; }

    /// The server says `bytes`; in one piece.
    void receive(const QByteArray &bytes) { Q_EMIT received(bytes); }
    /// The connection breaks.
    void lose() { Q_EMIT failed({Error::Kind::Network, QStringLiteral("connection-lost"), QStringLiteral("lost")}); }
    QByteArray takeWritten() { return std::exchange(written, QByteArray()); }

    net::Destination opened;
    QByteArray written; ///< Since the last takeWritten().
    QByteArray all;     ///< Everything.
    QByteArray plain;   ///< What went out before TLS.
    QMap<net::ChannelBinding, QByteArray> bindings;
    QString version = QStringLiteral("TLSv1.3");
    QByteArray key; ///< The server's, as in TlsFacts.
    bool sessionDropped = false;
    std::optional<Error> openError; ///< Connecting fails so.
    std::optional<Error> tlsError;  ///< The handshake of STARTTLS fails so.
    qint64 pendingBytes = 0;        ///< What the socket has not taken.
    net::Traffic moved;             ///< As the system would tell.
    bool direct = false;
    bool secure = false;
    bool startedTls = false;
    bool isOpen = false;
    bool isPaused = false;

private:
    void queue(std::function<void()> f) { QMetaObject::invokeMethod(this, std::move(f), Qt::QueuedConnection); }
};

} // namespace tests
