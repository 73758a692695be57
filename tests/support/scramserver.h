// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>

namespace tests {

/// The server's side of SCRAM (RFC 5802), on Qt's functions and not on libcrypto's: an oracle for the client's.
class ScramServer
{
public:
    explicit ScramServer(QCryptographicHash::Algorithm hash, QByteArray password)
        : m_hash(hash), m_password(std::move(password))
    {
    }

    /// The server's first message.
    QByteArray challenge(const QByteArray &clientFirst)
    {
        const auto gs2End = clientFirst.indexOf(',', clientFirst.indexOf(',') + 1) + 1;
        gs2Header = clientFirst.left(gs2End);
        m_bare = clientFirst.mid(gs2End);
        const auto nonceAt = m_bare.indexOf(",r=");
        user = m_bare.mid(2, nonceAt - 2);
        m_nonce = m_bare.mid(nonceAt + 3) + "server-nonce";
        m_first = "r=" + m_nonce + ",s=" + salt.toBase64() + ",i=" + QByteArray::number(iterations) + extensions;
        return m_first;
    }
    /// The server's final message; empty where the client did not prove the password, or binds to another channel.
    QByteArray final(const QByteArray &clientFinal)
    {
        const auto proofAt = clientFinal.indexOf(",p=");
        const QByteArray withoutProof = clientFinal.left(proofAt);
        if (withoutProof != "c=" + (gs2Header + bindingData).toBase64() + ",r=" + m_nonce)
            return {};
        const QByteArray salted = QPasswordDigestor::deriveKeyPbkdf2(m_hash, m_password, salt, iterations,
                                                                     quint64(QCryptographicHash::hashLength(m_hash)));
        const QByteArray message = m_bare + ',' + m_first + ',' + withoutProof;
        const QByteArray clientKey = mac(salted, "Client Key");
        QByteArray proof = mac(QCryptographicHash::hash(clientKey, m_hash), message);
        for (qsizetype i = 0; i < proof.size(); ++i)
            proof[i] = char(proof[i] ^ clientKey[i]);
        if (QByteArray::fromBase64(clientFinal.mid(proofAt + 3)) != proof)
            return {};
        return "v=" + mac(mac(salted, "Server Key"), message).toBase64();
    }

    QByteArray salt = "a pinch of salt";
    int iterations = 4096;
    QByteArray bindingData; ///< What the channel is bound to, where the client says `p=`.
    QByteArray extensions;  ///< Of the first message: `,h=...`.
    QByteArray gs2Header;   ///< What the client sent.
    QByteArray user;        ///< What the client sent.

private:
    QByteArray mac(const QByteArray &key, const QByteArray &message) const
    {
        return QMessageAuthenticationCode::hash(message, key, m_hash);
    }
    QCryptographicHash::Algorithm m_hash;
    QByteArray m_password;
    QByteArray m_bare;
    QByteArray m_first;
    QByteArray m_nonce;
};

} // namespace tests
