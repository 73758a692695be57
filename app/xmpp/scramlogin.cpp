// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/scramlogin.h"

#include <QtEndian>

namespace xmpp {
namespace {

constexpr char format = 1;
constexpr size_t headSize = 8; // format, hash, iterations (4), length of the salt (2)

size_t keySize(Scram::Hash hash)
{
    switch (hash) {
    case Scram::Hash::Sha1: return 20;
    case Scram::Hash::Sha256: return 32;
    case Scram::Hash::Sha512: return 64;
    }
    Q_UNREACHABLE();
}

/// XEP-0515 3: the version's number on the wire, as four hexadecimal digits.
QByteArray versionDigits(const QString &version)
{
    return version == u"TLSv1.3" ? "0304" : version == u"TLSv1.2" ? "0303" : QByteArray();
}

/// A job for the worker: PBKDF2 with its own hold on the password.
struct Derive {
    Scram::Hash hash;
    std::shared_ptr<const SecretBytes> password;
    Scram::Challenge challenge;
    Scram::Keys operator()() const
    {
        return Scram::derive(hash, password->view(), challenge.salt, challenge.iterations);
    }
};

Error tampered(const QString &detail)
{
    return {Error::Kind::Auth, QStringLiteral("offer-tampered"), detail};
}

} // namespace

SecretBytes KnownKeys::toBytes() const
{
    const size_t saltSize = size_t(salt.size());
    const size_t size = keySize(hash);
    SecretBytes result(headSize + saltSize + 2 * size);
    char *at = result.data();
    at[0] = format;
    at[1] = char(hash);
    qToBigEndian(qint32(iterations), at + 2);
    qToBigEndian(quint16(saltSize), at + 6);
    at = std::copy(salt.begin(), salt.end(), at + headSize);
    at = std::copy_n(keys.client.data(), size, at);
    std::copy_n(keys.server.data(), size, at);
    return result;
}

std::shared_ptr<const KnownKeys> KnownKeys::fromBytes(const SecretBytes &bytes)
{
    const char *at = bytes.data();
    if (bytes.size() < headSize || at[0] != format || at[1] < 0 || at[1] > char(Scram::Hash::Sha512))
        return nullptr;
    auto result = std::make_shared<KnownKeys>();
    result->hash = Scram::Hash(at[1]);
    result->iterations = qFromBigEndian<qint32>(at + 2);
    const size_t saltSize = qFromBigEndian<quint16>(at + 6);
    const size_t size = keySize(result->hash);
    if (bytes.size() != headSize + saltSize + 2 * size)
        return nullptr;
    at += headSize;
    result->salt = QByteArray(at, qsizetype(saltSize));
    result->keys.client = SecretBytes(std::string_view(at + saltSize, size));
    result->keys.server = SecretBytes(std::string_view(at + saltSize + size, size));
    return result;
}

ScramLogin::ScramLogin(const Mechanism &mechanism, const QString &user, std::shared_ptr<const SecretBytes> password,
                       std::shared_ptr<const KnownKeys> known, Random &random, Worker &worker)
    : m_mechanism(mechanism), m_password(std::move(password)), m_keys(std::move(known)), m_worker(worker),
      m_scram(mechanism.hash, user, mechanism.gs2Header, mechanism.bindingData, random)
{
}

// XEP-0474 5.2 and XEP-0515 3.2. That `h` and `t` are the server's own is proven at the end: they are under its signature.
Result<> ScramLogin::check(const Scram::Challenge &challenge, const Offer &offer, const QString &tlsVersion) const
{
    if (!challenge.offerHash.isNull() && challenge.offerHash != offer.hash(m_mechanism.hash).toBase64())
        return fail(tampered(QStringLiteral(
            "The mechanisms that came are not those that the server offered. Somebody may be in between.")));
    if (!challenge.tlsVersion.isNull() && challenge.tlsVersion != versionDigits(tlsVersion))
        return fail(tampered(QStringLiteral(
            "The server's end of the connection has another version of TLS. Somebody may be in between.")));
    if (challenge.offerHash.isNull() && m_mechanism.unlessProven)
        return fail(*m_mechanism.unlessProven);
    return {};
}

Task<Result<std::shared_ptr<const KnownKeys>>> ScramLogin::derive()
{
    auto prepared = preparePassword(*m_password);
    if (!prepared)
        co_return fail(prepared.error());
    Derive job{m_mechanism.hash, std::make_shared<const SecretBytes>(std::move(*prepared)), m_challenge};
    auto working = m_worker.run(std::move(job));
    auto keys = std::make_shared<KnownKeys>();
    keys->hash = m_mechanism.hash;
    keys->salt = m_challenge.salt;
    keys->iterations = m_challenge.iterations;
    keys->keys = co_await std::move(working);
    ++m_derivations;
    co_return keys;
}

Task<Result<QByteArray>> ScramLogin::answer(QByteArray serverFirst, Offer offer, QString tlsVersion)
{
    auto challenge = m_scram.takeServerFirst(serverFirst);
    if (!challenge)
        co_return fail(challenge.error());
    m_challenge = *challenge;
    if (auto genuine = check(m_challenge, offer, tlsVersion); !genuine)
        co_return fail(genuine.error());
    m_usedKnown = m_keys && m_keys->hash == m_mechanism.hash && m_keys->salt == m_challenge.salt
        && m_keys->iterations == m_challenge.iterations;
    if (!m_usedKnown) {
        auto derived = co_await derive();
        if (!derived)
            co_return fail(derived.error());
        m_keys = *derived;
    }
    co_return m_scram.clientFinal(m_keys->keys);
}

Task<bool> ScramLogin::wasStale()
{
    if (!m_usedKnown)
        co_return false;
    auto derived = co_await derive();
    co_return derived && !(*derived)->keys.client.equals(m_keys->keys.client.view());
}

} // namespace xmpp
