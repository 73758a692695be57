// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "base/worker.h"
#include "xmpp/scramlogin.h"
#include "xmpp/stream.h"

#include <memory>
#include <optional>

namespace xmpp {

/// What signing in needs to know.
struct SignIn {
    Jid account; ///< Bare.
    net::Destination destination;
    QString resource; ///< Asked for; the server may give another. Empty: the server chooses.
    QString language; ///< xml:lang of the stream, may be null.
    bool allowPlain = false;
    Pin pin; ///< The best sign-in of this account so far.
    std::shared_ptr<const SecretBytes> password;
    std::shared_ptr<const KnownKeys> keys; ///< Of this password, from a sign-in before; may be null.
};

/// What signing in came to.
struct SignedIn {
    Jid jid; ///< The bound full address.
    net::TlsFacts tls;
    QString mechanism;
    net::ChannelBinding binding = net::ChannelBinding::None;
    xml::Element features;                 ///< The stream features after sign-in.
    std::shared_ptr<const KnownKeys> keys; ///< What saves the next sign-in the PBKDF2; null without SCRAM.
    int derivations = 0;                   ///< How often PBKDF2 ran for this sign-in.
};

/// Takes a stream from nothing to bound (RFC 6120 4-7): connect, STARTTLS unless direct, SASL, bind. Reads like the RFC.
class Negotiation
{
public:
    Negotiation(Stream &stream, Clock &clock, Random &random, Worker &worker)
        : m_stream(stream), m_clock(clock), m_random(random), m_worker(worker)
    {
    }

    /// Errors: Network, Tls, Auth, Stream, Protocol, Timeout, as they come.
    Task<Result<SignedIn>> run(SignIn signIn);
    /// The best that the server offered, once it was chosen: what a refusal as `sign-in-weaker` is about.
    const std::optional<Pin> &offered() const { return m_offered; }

private:
    Task<Result<xml::Element>> features(SignIn signIn, Step step);
    Task<Result<>> startTls(SignIn signIn);
    Task<Result<>> authenticate(SignIn signIn, xml::Element features);
    Task<Result<>> scram(SignIn signIn);
    Task<Result<>> exchange(ScramLogin *login);
    Task<Result<>> plain(SignIn signIn);
    Task<Result<>> bind(SignIn signIn);
    Task<Result<>> session();
    Task<Result<xml::Element>> request(xml::Element payload);

    Stream &m_stream;
    Clock &m_clock;
    Random &m_random;
    Worker &m_worker;
    Offer m_offer;
    Mechanism m_mechanism;
    std::optional<Pin> m_offered;
    SignedIn m_result;
};

} // namespace xmpp
