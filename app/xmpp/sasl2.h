// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/scramsignin.h"
#include "xmpp/stream.h"
#include "xmpp/streammanagement.h"

namespace xmpp {

/// Signs in and binds or resumes in one go (XEP-0388, XEP-0386, XEP-0198 9), by a token where there is one (XEP-0484), and
/// gives the server a better hash of the password where it asks for one (XEP-0480).
class Sasl2
{
public:
    /// Without `management` no stream is managed or resumed.
    Sasl2(Stream &stream, Clock &clock, Random &random, Worker &worker, StreamManagement *management)
        : m_stream(stream), m_clock(clock), m_random(random), m_worker(worker), m_management(management)
    {
    }

    /// The request that may follow our stream header at once; null where there is no token for this connection.
    xml::Element early(const SignIn &signIn);
    /// The answer to early(), after `features`. Errors: Auth. After one other than `server-not-proven` and `temporary-auth-failure` run()
    /// may still sign in.
    Task<Result<>> finishEarly(SignIn signIn, xml::Element features, SignedIn *result);
    /// Signs in by `mechanism`, which is one of `features`'. Sets in `result` what came of it, the address too where it
    /// is bound; what the server says about resuming and about counting is left in `resumption` and `bound`. Errors: as ScramLogin; Auth with the server's words, `server-not-proven`, `wrong-identity`,
    /// `task-unknown` where the server wants something beside the password.
    Task<Result<>> run(SignIn signIn, xml::Element features, Offer offer, Mechanism mechanism, SignedIn *result);
    /// The request had <enable/> in its <bind/>.
    bool asksToManage() const { return m_asksToManage; }

private:
    xml::Element request(const SignIn &signIn, const QString &mechanism, const QByteArray &initial);
    Task<Result<>> scram(SignIn signIn, Offer offer, SignedIn *result);
    Task<Result<>> exchange(SignIn signIn, Offer offer, ScramLogin *login, SignedIn *result);
    Task<Result<>> succeed(SignIn signIn, xml::Element success, SignedIn *result);
    Task<Result<xml::Element>> upgrade(SignIn signIn, xml::Element tasks);
    Task<Result<xml::Element>> next();

    Stream &m_stream;
    Clock &m_clock;
    Random &m_random;
    Worker &m_worker;
    StreamManagement *m_management;
    Mechanism m_mechanism;
    QByteArray m_tokenBinding;
    InlineOffer m_asked;   ///< What our request may hold: what is offered, or was when the token came.
    InlineOffer m_offered; ///< On this stream.
    bool m_asksToManage = false;
    bool m_asksToResume = false;
    QString m_tokenMechanism; ///< Of the token that is asked for; null where none is.
    QString m_upgrade;        ///< The task that is asked for (XEP-0480); null where none is.
};

} // namespace xmpp
