// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jid.h"
#include "base/precis.h"
#include "fuzz/fuzz.h"

/// Z09: addresses and the profiles of PRECIS have a normal form, which is its own.
FUZZ_TARGET(addresses)
{
    const QString text = QString::fromUtf8(input);
    if (const auto jid = Jid::parse(text)) {
        const auto again = Jid::parse(jid->toString());
        FUZZ_CHECK(again && *again == *jid);
        FUZZ_CHECK(!jid->isNull() && jid->bare().resource().isEmpty());
        FUZZ_CHECK(Jid::fromWire(text) == *jid);
        FUZZ_CHECK(jid->local().toUtf8().size() <= Jid::longestPart
                   && jid->resource().toUtf8().size() <= Jid::longestPart);
    }
    const Jid wire = Jid::fromWire(text);
    FUZZ_CHECK(Jid::fromWire(wire.toString()) == wire);
    using Profile = Result<QString> (*)(const QString &);
    for (const Profile profile :
         {&base::precis::usernameCaseMapped, &base::precis::opaqueString, &base::precis::nickname}) {
        if (const auto prepared = profile(text)) {
            const auto again = profile(*prepared);
            FUZZ_CHECK(again && *again == *prepared);
        }
    }
}
