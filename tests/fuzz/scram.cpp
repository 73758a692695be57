// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/scram.h"
#include "fuzz/fuzz.h"
#include "support/fixedrandom.h"
#include "xmpp/fast.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

/// Z03: the server's two messages, one a line. Nobody here knows the verifier, so no final message may be a success; `$`
/// stands for our nonce, and `#` for the right verifier, which alone is one. The same bytes are no proof of a token.
FUZZ_TARGET(scram)
{
    using xmpp::Scram;
    tests::FixedRandom random;
    Scram exchange(Scram::Hash::Sha1, QStringLiteral("romeo"), "n,,", {}, random);
    FUZZ_CHECK(!exchange.takeServerFinal("v="));
    const QByteArray first = exchange.clientFirst();
    const qsizetype line = input.indexOf('\n');
    QByteArray challenge = input.left(line);
    challenge.replace('$', first.mid(first.indexOf("r=") + 2));
    QByteArray final = line < 0 ? QByteArray() : input.mid(line + 1);

    xmpp::FastToken token;
    token.mechanism = QStringLiteral("HT-SHA-256-EXPR");
    QByteArray secret = "secret-token";
    token.token = SecretBytes::take(secret);
    FUZZ_CHECK(!token.isProven(final, challenge));

    const auto taken = exchange.takeServerFirst(challenge);
    if (!taken) {
        FUZZ_CHECK(!exchange.takeServerFinal(final));
        return;
    }
    FUZZ_CHECK(taken->iterations >= Scram::minimumIterations && taken->iterations <= Scram::maximumIterations);
    Scram::Keys keys{SecretBytes(size_t(20)), SecretBytes(size_t(20))}; // PBKDF2 is not what is looked at
    const QByteArray answer = exchange.clientFinal(keys);
    const QByteArray message = first.mid(3) + ',' + challenge + ',' + answer.left(answer.lastIndexOf(",p="));
    const QByteArray serverKey(keys.server.data(), qsizetype(keys.server.size()));
    const QByteArray verifier = QMessageAuthenticationCode::hash(message, serverKey, QCryptographicHash::Sha1);
    final.replace('#', verifier.toBase64());
    bool isThere = false;
    for (const QByteArray &part : final.split(','))
        isThere = isThere || (part.startsWith("v=") && QByteArray::fromBase64(part.mid(2)) == verifier);
    FUZZ_CHECK(isThere || !exchange.takeServerFinal(final));
    FUZZ_CHECK(exchange.takeServerFinal("v=" + verifier.toBase64()));
}
