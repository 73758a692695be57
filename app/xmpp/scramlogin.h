// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/worker.h"
#include "xmpp/sasl.h"

#include <memory>

namespace xmpp {

/// The keys of a password as a server asked for them once: they save a later sign-in the PBKDF2. As secret as the
/// password itself.
struct KnownKeys {
    Scram::Hash hash = Scram::Hash::Sha1;
    QByteArray salt;
    int iterations = 0;
    Scram::Keys keys;

    /// For the keychain.
    SecretBytes toBytes() const;
    /// Null where `bytes` are none.
    static std::shared_ptr<const KnownKeys> fromBytes(const SecretBytes &bytes);
};

/// One SCRAM exchange with all that Scram leaves open: which keys, whether the server's lists are genuine (XEP-0474,
/// XEP-0515). The same for both profiles of SASL.
class ScramLogin
{
public:
    /// `password` as typed; `known` may be null. `mechanism` and `worker` outlive the exchange.
    ScramLogin(const Mechanism &mechanism, const QString &user, std::shared_ptr<const SecretBytes> password,
               std::shared_ptr<const KnownKeys> known, Random &random, Worker &worker);

    QByteArray first() const { return m_scram.clientFirst(); }
    /// Our answer to the server's first message; derives the keys on the worker where they are not known. Errors: as
    /// Scram::takeServerFirst; Auth `offer-tampered` where what the server offered was changed on its way, and
    /// `mechanism.unlessProven` where it is not proven genuine; Input `password-not-allowed`.
    Task<Result<QByteArray>> answer(QByteArray serverFirst, Offer offer, QString tlsVersion);
    Result<> finish(const QByteArray &serverFinal) const { return m_scram.takeServerFinal(serverFinal); }
    /// After a refusal: whether the keys that were known are not those of the password. Then it was not tried yet.
    Task<bool> wasStale();

    /// The keys in use, after answer().
    const std::shared_ptr<const KnownKeys> &keys() const { return m_keys; }
    /// How often PBKDF2 ran.
    int derivations() const { return m_derivations; }

private:
    Result<> check(const Scram::Challenge &challenge, const Offer &offer, const QString &tlsVersion) const;
    Task<Result<std::shared_ptr<const KnownKeys>>> derive();

    const Mechanism &m_mechanism;
    std::shared_ptr<const SecretBytes> m_password;
    std::shared_ptr<const KnownKeys> m_keys;
    Worker &m_worker;
    Scram m_scram;
    Scram::Challenge m_challenge;
    bool m_usedKnown = false;
    int m_derivations = 0;
};

} // namespace xmpp
