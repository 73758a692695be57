// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/signin.h"

#include "net/clientcertificate.h"

namespace xmpp {

bool SignIn::isUs(const Jid &jid) const
{
    if (proof == Proof::Guest)
        return !jid.local().isEmpty() && jid.domain() == account.domain();
    return jid.bare() == account.bare();
}

Result<> SignIn::isReady() const
{
    const bool isReady = proof == Proof::Password ? password != nullptr
        : proof == Proof::Certificate             ? destination.certificate != nullptr
                                                  : true;
    if (isReady)
        return {};
    return fail(Error::Kind::Auth, QStringLiteral("needs-password"),
                QStringLiteral("The account's password is not known."));
}

QByteArray SignIn::initial() const
{
    switch (proof) {
    case Proof::Guest: return {}; // XEP-0175 3: no trace of who we are
    case Proof::Certificate: {
        // XEP-0178 2.1: who it is for goes without saying, but where it is for others too.
        const QStringList &addresses = destination.certificate->addresses();
        const bool isForUs =
            addresses.isEmpty() || (addresses.size() == 1 && Jid::fromWire(addresses.front()).bare() == account.bare());
        return isForUs ? QByteArray() : account.bare().toString().toUtf8();
    }
    case Proof::Password: break;
    }
    QByteArray message("\0", 1); // RFC 4616
    message += account.local().toUtf8() + '\0';
    message.append(password->data(), qsizetype(password->size()));
    return message;
}

} // namespace xmpp
