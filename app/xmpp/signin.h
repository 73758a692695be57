// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "xmpp/fast.h"
#include "xmpp/scramlogin.h"

namespace xmpp {

/// What signing in needs to know.
struct SignIn {
    /// What shows the server who we are. One and no other: nothing is tried after it.
    enum class Proof {
        Password,
        Certificate, ///< destination.certificate, which TLS has shown (XEP-0178).
        Guest,       ///< Nothing: the server gives an address for this session (XEP-0175).
    };

    Jid account; ///< Bare; for a guest the server alone.
    Proof proof = Proof::Password;
    net::Destination destination;
    QString resource; ///< Asked for; the server may give another. Empty: the server chooses.
    QString language; ///< xml:lang of the stream, may be null.
    bool allowPlain = false;
    Pin pin; ///< The best sign-in of this account so far.
    std::shared_ptr<const SecretBytes> password;
    std::shared_ptr<const KnownKeys> keys;  ///< Of this password, from a sign-in before; may be null.
    QString device;                         ///< This installation's id for the account, a UUID (XEP-0388 2.4).
    std::shared_ptr<const FastToken> token; ///< Safe in the keychain; may be null.
    bool wantsToken = false;                ///< There is a safe place for one.
    bool carbons = false;                   ///< To be on from the session's first moment (XEP-0386 4.4).
    bool inactive = false;                  ///< The session begins in the background (XEP-0352).
    bool endsToken = false; ///< The token is used for the last time: the server forgets it (XEP-0484 3.6). No session.

    /// Whether the server may sign us in as `jid`: nobody else's address (RELIABILITY 1.36).
    bool isUs(const Jid &jid) const;
    /// What the SASL mechanism says at first, where it is not SCRAM. As secret as the password.
    QByteArray initial() const;
    /// Nothing, or the error for a sign-in that lacks its proof.
    Result<> isReady() const;
};

/// What signing in came to.
struct SignedIn {
    Jid jid; ///< The bound full address.
    net::TlsFacts tls;
    QString mechanism;
    net::ChannelBinding binding = net::ChannelBinding::None;
    bool sasl2 = false;                    ///< By XEP-0388.
    xml::Element features;                 ///< The stream features after sign-in.
    std::shared_ptr<const KnownKeys> keys; ///< What saves the next sign-in the PBKDF2; null without SCRAM.
    int derivations = 0;                   ///< How often PBKDF2 ran for this sign-in.
    /// A token for next time; not to be used before it is safe (RELIABILITY 1.37). Null where none came.
    std::shared_ptr<const FastToken> newToken;
    bool tokenRefused = false; ///< The one we had is worth nothing any more.
    bool carbons = false;      ///< They are on.
    xml::Element bound;        ///< Bind 2's answer; null after a bind of RFC 6120.
    /// An earlier session goes on; `acknowledged` tells what the server had got of it (XEP-0198 5).
    bool resumed = false;
    xml::Element
        resumption; ///< What was said to that inside of SASL2 (XEP-0198 9.2); null where it was not asked there.
    std::vector<qint64> acknowledged;
    std::vector<xml::Element> early; ///< Stanzas that came before the answer to <enable/>; they are not counted.
};

} // namespace xmpp
