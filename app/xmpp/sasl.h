// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport.h"
#include "xml/element.h"
#include "xmpp/scram.h"

#include <QStringList>

#include <optional>

namespace xmpp {

struct Mechanism;

/// What a server offers to sign in by, as it came.
struct Offer {
    QStringList mechanisms;
    QStringList bindings;       ///< XEP-0440's list.
    bool listsBindings = false; ///< There was such a list.

    /// `mechanisms` are the element's children of that name (RFC 6120 6.3.3, XEP-0388 2.2).
    static Offer of(const xml::Element &mechanisms, const xml::Element &features);
    /// False where a part of it must be missing, as `chosen` was all that could be taken of it (XEP-0440 3).
    bool isWhole(const Mechanism &chosen, bool isSasl2) const;
    /// What XEP-0474's `h` must be, before base64 (5.1).
    QByteArray hash(Scram::Hash hash) const;
};

/// A SASL mechanism that we speak (RFC 6120 6, RFC 5802).
struct Mechanism {
    enum class Kind { Scram, Plain, External, Anonymous };
    QString name; ///< As on the wire: `SCRAM-SHA-256-PLUS`.
    Kind kind = Kind::Scram;
    Scram::Hash hash = Scram::Hash::Sha1;
    net::ChannelBinding binding = net::ChannelBinding::None;
    QByteArray bindingData;
    QByteArray gs2Header = "n,,";
    std::optional<Error> unlessProven; ///< Why it is refused, unless XEP-0474 proves the server's offer genuine.

    /// The strongest of what the server offers: hash first with binding, then without; PLAIN only where `allowPlain`.
    /// `bindings` are the types the server lists by XEP-0440, empty where it lists none.
    /// Error: Auth `no-mechanism`, or `plain-not-allowed` where PLAIN is all there is.
    static Result<Mechanism> choose(const QStringList &offered, const QStringList &bindings,
                                    const net::Transport &transport, bool allowPlain);
    /// The mechanism that a certificate or a guest signs in by. Error: Auth `certificate-not-taken`, `no-guests`.
    static Result<Mechanism> external(const QStringList &offered, const net::Transport &transport);
    static Result<Mechanism> anonymous(const QStringList &offered);
};

/// How an account has signed in before, at its best. Less is a step back that only the person may allow (RELIABILITY 1.31,
/// 1.33): it may be somebody in the middle who takes the good mechanisms away.
struct Pin {
    QString mechanism; ///< As Mechanism::name; null where nothing is known.
    net::ChannelBinding binding = net::ChannelBinding::None;

    bool operator==(const Pin &) const = default;
    /// Error: Auth `sign-in-weaker` where `chosen` has a weaker hash, sends the readable password, or binds less.
    Result<> check(const Mechanism &chosen) const;
    /// The better of both in each respect: what to remember after a sign-in by `used`.
    Pin raised(const Pin &used) const;
};

/// What a refusal means for a sign-in by `mechanism`: `not-authorized` is about a password only where there is one. Auth
/// `own-certificate-refused`, `no-guests`; every other error as it is.
Error meaningOf(const Error &error, const Mechanism &mechanism);

/// A SASL <failure/> as a value: Kind Auth, the RFC's condition (RFC 6120 6.5); `not-authorized` where there is none or an
/// unknown one, as servers before the RFC mean just that.
Error saslFailure(const xml::Element &failure);

/// RFC 5929 3: `tls-unique` is the first Finished, which is the server's where a session goes on. Servers take the client's
/// all the same (Prosody), and a sign-in with the right password would fail: after it the next connection begins anew.
void dropSessionWhereBound(net::Transport &transport, net::ChannelBinding binding);

/// Auth `offer-incomplete`: the server contradicts itself, or somebody took a part of its offer away.
Error offerIncomplete();

/// As saslFailure(), for the answer to the first message by `mechanism`, which has nothing of the password yet.
Error firstRefusal(const xml::Element &failure, const Mechanism &mechanism);

} // namespace xmpp
