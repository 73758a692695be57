// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/sasl2.h"
#include "xmpp/streammanagement.h"

#include <optional>

namespace xmpp {

/// Takes a stream from nothing to bound (RFC 6120 4-7): connect, STARTTLS unless direct, SASL, bind or resume. Reads like the
/// RFC.
class Negotiation
{
public:
    /// Without `management` no stream is managed or resumed.
    Negotiation(Stream &stream, Clock &clock, Random &random, Worker &worker, StreamManagement *management = nullptr)
        : m_stream(stream), m_clock(clock), m_random(random), m_worker(worker), m_management(management),
          m_sasl2(stream, clock, random, worker, management)
    {
    }

    /// Errors: Network, Tls, Auth, Stream, Protocol, Timeout, as they come.
    Task<Result<SignedIn>> run(SignIn signIn);
    /// Whether the token that SignIn had is to be forgotten, whatever run() came to.
    bool tokenRefused() const { return m_result.tokenRefused; }
    /// The best that the server offered, once it was chosen: what a refusal as `sign-in-weaker` is about.
    const std::optional<Pin> &offered() const { return m_offered; }
    /// What belongs into the stream error besides its condition (RFC 6120 4.9.4); mostly null.
    const xml::Element &complaint() const { return m_complaint; }

private:
    Task<Result<xml::Element>> features(SignIn signIn, Step step, xml::Element first = {});
    Task<Result<>> signOn(SignIn signIn);
    Task<Result<>> startTls(SignIn signIn);
    Task<Result<>> authenticate(SignIn signIn, xml::Element features);
    Task<Result<>> scram(SignIn signIn);
    Task<Result<>> exchange(ScramLogin *login);
    Task<Result<>> oneStep(SignIn signIn);
    Result<Mechanism> choose(const SignIn &signIn) const;
    Task<Result<bool>> resume();
    Task<Result<>> enable();
    Task<Result<>> bind(SignIn signIn);
    Task<Result<>> session();
    Task<Result<xml::Element>> request(xml::Element payload);

    Stream &m_stream;
    Clock &m_clock;
    Random &m_random;
    Worker &m_worker;
    Offer m_offer;
    StreamManagement *m_management;
    Mechanism m_mechanism;
    std::optional<Pin> m_offered;
    SignedIn m_result;
    Sasl2 m_sasl2;
    xml::Element m_complaint;
};

} // namespace xmpp
