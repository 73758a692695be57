// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/sasl.h"

#include <QDateTime>

#include <memory>

namespace xmpp {

/// What a server takes inside a sign-in by SASL2 (XEP-0386 4).
struct InlineOffer {
    bool bind = false;
    bool carbons = false;
    bool clientState = false;
    bool manages = false; ///< Bind 2 takes <enable/> (XEP-0198 9.1).
    bool resumes = false; ///< The request takes <resume/> (XEP-0198 9.2).

    /// Of <authentication/>.
    static InlineOffer of(const xml::Element &authentication);
};

/// A token that a server gave in place of the password (XEP-0484), and the mechanism it is bound to. As secret as the
/// password.
struct FastToken {
    QString mechanism; ///< `HT-SHA-256-EXPR`
    SecretBytes token;
    QDateTime expiry;
    InlineOffer offer; ///< Of the stream on which it came: with it we speak before the server does.

    net::ChannelBinding binding() const;
    /// The mechanism to ask a token for: the best binding of those that this connection has, none only where the sign-in
    /// by `used` had none and `pin` has none. Null where there is none to ask for.
    static QString choose(const QStringList &offered, const net::Transport &transport, const Pin &used, const Pin &pin);
    /// Whether it may be used on this connection: not expired, bound to it, and bound no less than `pin`.
    bool fits(const net::Transport &transport, const Pin &pin, const QDateTime &now) const;

    /// The client's one message (draft-schmaus-kitten-sasl-ht 3.1).
    QByteArray initial(const QString &user, const QByteArray &bindingData) const;
    /// Whether `answer` shows that the server knows the token too; in constant time (3.2).
    bool isProven(const QByteArray &answer, const QByteArray &bindingData) const;

    /// For the keychain.
    SecretBytes toBytes() const;
    /// Null where `bytes` are none.
    static std::shared_ptr<const FastToken> fromBytes(const SecretBytes &bytes);
};

} // namespace xmpp
