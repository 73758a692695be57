// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/scram.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <QList>
#include <QString>

#include <algorithm>

namespace xmpp {
namespace {

const EVP_MD *digest(Scram::Hash hash)
{
    switch (hash) {
    case Scram::Hash::Sha1: return EVP_sha1();
    case Scram::Hash::Sha256: return EVP_sha256();
    case Scram::Hash::Sha512: return EVP_sha512();
    }
    Q_UNREACHABLE();
}

SecretBytes hmac(const EVP_MD *md, std::string_view key, std::string_view data)
{
    SecretBytes result(size_t(EVP_MD_get_size(md)));
    unsigned int size = 0;
    HMAC(md, key.data(), int(key.size()), reinterpret_cast<const unsigned char *>(data.data()), data.size(),
         reinterpret_cast<unsigned char *>(result.data()), &size);
    return result;
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), size_t(bytes.size())};
}

/// RFC 5802 5.1: `=` and `,` in a name.
QByteArray saslName(const QString &name)
{
    QByteArray bytes = name.toUtf8();
    bytes.replace('=', "=3D").replace(',', "=2C");
    return bytes;
}

Error authError(const char *condition, const QString &detail)
{
    return Error{Error::Kind::Auth, QString::fromLatin1(condition), detail};
}

/// key=value fields divided by commas, in order; an empty list where a field has no such form.
QList<std::pair<char, QByteArray>> fields(const QByteArray &message)
{
    QList<std::pair<char, QByteArray>> result;
    for (const QByteArray &part : message.split(',')) {
        if (part.size() < 2 || part[1] != '=')
            return {};
        result.append({part[0], part.mid(2)});
    }
    return result;
}

QByteArray field(const QList<std::pair<char, QByteArray>> &all, char name)
{
    for (const auto &[key, value] : all) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace

Scram::Scram(Hash hash, const QString &username, QByteArray gs2Header, QByteArray bindingData, Random &random)
    : m_hash(hash), m_gs2Header(std::move(gs2Header)), m_bindingData(std::move(bindingData)),
      m_nonce(random.bytes(24).toBase64()), m_clientFirstBare("n=" + saslName(username) + ",r=" + m_nonce)
{
}

QByteArray Scram::clientFirst() const
{
    return m_gs2Header + m_clientFirstBare;
}

Result<Scram::Challenge> Scram::takeServerFirst(const QByteArray &message)
{
    const auto parts = fields(message);
    // RFC 5802 7: r, s, i in this order; an `m` in front is an extension that we must know.
    if (parts.size() < 3 || parts[0].first != 'r' || parts[1].first != 's' || parts[2].first != 'i')
        return fail(authError("malformed-challenge", QStringLiteral("The server's SCRAM challenge is malformed.")));
    const auto salt = QByteArray::fromBase64Encoding(parts[1].second, QByteArray::AbortOnBase64DecodingErrors);
    bool isNumber = false;
    const int iterations = parts[2].second.toInt(&isNumber);
    if (!salt || salt.decoded.isEmpty() || salt.decoded.size() > 1024 || !isNumber)
        return fail(authError("malformed-challenge", QStringLiteral("The server's SCRAM challenge is malformed.")));
    if (!parts[0].second.startsWith(m_nonce) || parts[0].second.size() == m_nonce.size())
        return fail(
            authError("wrong-nonce", QStringLiteral("The server's SCRAM challenge does not belong to this sign-in.")));
    if (iterations < minimumIterations)
        return fail(authError("weak-iterations",
                              QStringLiteral("The server asks for only %1 SCRAM iterations; at least %2 "
                                             "are needed to keep the password safe.")
                                  .arg(iterations)
                                  .arg(minimumIterations)));
    if (iterations > maximumIterations)
        return fail(authError("excessive-iterations",
                              QStringLiteral("The server asks for %1 SCRAM iterations; %2 is the most "
                                             "that is accepted.")
                                  .arg(iterations)
                                  .arg(maximumIterations)));
    m_serverFirst = message;
    m_serverNonce = parts[0].second;
    const auto more = parts.mid(3);
    return Challenge{*salt, iterations, field(more, 'h'), field(more, 't')};
}

SecretBytes Scram::salted(Hash hash, std::string_view password, const QByteArray &salt, int iterations)
{
    const EVP_MD *md = digest(hash);
    SecretBytes result(size_t(EVP_MD_get_size(md)));
    PKCS5_PBKDF2_HMAC(password.data(), int(password.size()), reinterpret_cast<const unsigned char *>(salt.constData()),
                      int(salt.size()), iterations, md, int(result.size()),
                      reinterpret_cast<unsigned char *>(result.data()));
    return result;
}

Scram::Keys Scram::derive(Hash hash, std::string_view password, const QByteArray &salt, int iterations)
{
    const EVP_MD *md = digest(hash);
    const SecretBytes key = salted(hash, password, salt, iterations);
    return Keys{hmac(md, key.view(), "Client Key"), hmac(md, key.view(), "Server Key")};
}

QByteArray Scram::clientFinal(const Keys &keys)
{
    const EVP_MD *md = digest(m_hash);
    const QByteArray withoutProof = "c=" + (m_gs2Header + m_bindingData).toBase64() + ",r=" + m_serverNonce;
    const QByteArray authMessage = m_clientFirstBare + ',' + m_serverFirst + ',' + withoutProof;

    SecretBytes storedKey(size_t(EVP_MD_get_size(md)));
    EVP_Digest(keys.client.data(), keys.client.size(), reinterpret_cast<unsigned char *>(storedKey.data()), nullptr, md,
               nullptr);
    const SecretBytes signature = hmac(md, storedKey.view(), view(authMessage));
    QByteArray proof(qsizetype(signature.size()), '\0');
    for (qsizetype i = 0; i < proof.size(); ++i)
        proof[i] = char(keys.client.data()[i] ^ signature.data()[i]);
    const SecretBytes serverSignature = hmac(md, keys.server.view(), view(authMessage));
    m_serverSignature = QByteArray(serverSignature.data(), qsizetype(serverSignature.size()));
    return withoutProof + ",p=" + proof.toBase64();
}

Result<> Scram::takeServerFinal(const QByteArray &message) const
{
    const auto parts = fields(message);
    if (const QByteArray refused = field(parts, 'e'); !refused.isEmpty())
        return fail(authError("not-authorized",
                              QStringLiteral("The server refused the sign-in: %1.").arg(QString::fromUtf8(refused))));
    const auto proof = QByteArray::fromBase64Encoding(field(parts, 'v'), QByteArray::AbortOnBase64DecodingErrors);
    // An empty expected signature would equal an empty proof: only after clientFinal() is there something to prove.
    if (m_serverSignature.isEmpty() || !proof || !base::constantTimeEquals(view(*proof), view(m_serverSignature)))
        return fail(authError("server-not-proven",
                              QStringLiteral("The server did not prove that it knows this account. "
                                             "The sign-in was stopped.")));
    return {};
}

Result<SecretBytes> preparePassword(const SecretBytes &password)
{
    const bool isAscii =
        std::all_of(password.view().begin(), password.view().end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (isAscii)
        return password.copy();
    QString text = QString::fromUtf8(password.data(), qsizetype(password.size()));
    QString mapped;
    mapped.reserve(text.size());
    for (const QChar c : text) {
        if (c.unicode() > 0x7F && c.category() == QChar::Separator_Space)
            mapped.append(u' '); // RFC 4013 2.1
        else if (c != QChar(0x00AD) && !(c >= QChar(0x200B) && c <= QChar(0x200D)) && c != QChar(0x2060)
                 && c != QChar(0xFEFF))
            mapped.append(c);
    }
    QString normal = mapped.normalized(QString::NormalizationForm_KC);
    SecretBytes::take(text);
    SecretBytes::take(mapped);
    const bool isLegal = std::none_of(normal.begin(), normal.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_NotAssigned;
    });
    SecretBytes result = SecretBytes::take(normal);
    if (!isLegal || result.isEmpty())
        return fail(Error::Kind::Input, QStringLiteral("password-not-allowed"),
                    QStringLiteral("The password has characters that no server accepts."));
    return result;
}

} // namespace xmpp
