// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secretbytes.h"

#include <memory>

namespace net {

/// The way to the network that a person chose for an account. Under a proxy the proxy resolves the server's name, and no
/// packet about the account goes elsewhere (RELIABILITY 4.5).
struct Proxy {
    enum class Kind {
        None,
        System, ///< What the desktop or the environment says for the server at hand.
        Socks5, ///< RFC 1928; also Tor.
        Http,   ///< CONNECT (RFC 9110 9.3.6).
    };

    Kind kind = Kind::None;
    QString host;     ///< A name or an address, for Socks5 and Http.
    quint16 port = 0; ///< Not 0, for Socks5 and Http.
    QString user;     ///< Empty where the proxy asks for none.
    std::shared_ptr<const SecretBytes> password{};

    bool isNone() const { return kind == Kind::None; }
    /// `none`, `system`, `socks5://user@host:port`, `http://host:port`; without the password.
    QString toText() const;
    /// Reads toText(), and a password before the @ too; an empty text is None. The ports 1080 and 3128 where it has none.
    /// Error: Input `bad-proxy`.
    static Result<Proxy> fromText(const QString &text);
    /// The same way, whatever the password.
    bool isLike(const Proxy &other) const;
};

} // namespace net
