// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/scram.h"
#include "fuzz/fuzz.h"
#include "support/fixedrandom.h"
#include "xmpp/sasl.h"

/// Z03: the server's two messages, one a line. Nobody here knows the verifier, so no final message may be a success;
/// `$` stands for our nonce, and `#` for the right verifier, which then must be one.
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
    const auto taken = exchange.takeServerFirst(challenge);
    if (!taken) {
        FUZZ_CHECK(!exchange.takeServerFinal(input.mid(line + 1)));
        return;
    }
    FUZZ_CHECK(taken->iterations >= Scram::minimumIterations && taken->iterations <= Scram::maximumIterations);
    Scram::Keys keys{SecretBytes(size_t(20)), SecretBytes(size_t(20))}; // PBKDF2 is not what is looked at
    (void)exchange.clientFinal(keys);
    FUZZ_CHECK(!exchange.takeServerFinal(input.mid(line + 1)));
}
