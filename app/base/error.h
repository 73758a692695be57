// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <optional>

namespace base {

/// Which certificate an error is about, for people and for programs. May come from outside: plain text.
struct CertificateFacts {
    QString name;   ///< Whom it names.
    QString issuer; ///< Who vouches for that.
    QDateTime validFrom;
    QDateTime validTo;
    QDateTime since; ///< Since when it has been wrong, or until when it will be; null where that is no matter of time.

    friend bool operator==(const CertificateFacts &, const CertificateFacts &) = default;
};

/// What went wrong, as a value. Text for people is made from it in one place only (ui/errortext);
/// `detail` is an English sentence for logs and for the automation port.
struct Error {
    enum class Kind {
        Cancelled,   ///< The owner dropped the work.
        Timeout,     ///< No answer within the deadline.
        Network,     ///< DNS, TCP, proxy: nothing came through. Trying again later may help.
        Tls,         ///< The handshake or the certificate. `condition` says which.
        Auth,        ///< SASL: the server refused us, or did not prove itself (RFC 6120 6.5).
        Stream,      ///< A stream error, theirs or ours (RFC 6120 4.9.3).
        Stanza,      ///< A stanza error in an answer (RFC 6120 8.3.3).
        Protocol,    ///< The peer broke the protocol.
        Storage,     ///< Disk or database.
        Secret,      ///< The keychain.
        Input,       ///< What was asked makes no sense: a bad address, a missing field.
        Unsupported, ///< The other side, or this version, cannot do it.
    };

    Kind kind = Kind::Protocol;
    /// A stable word, lower case with hyphens: the RFC's own where it has one (`not-authorized`), else ours (`disk-full`).
    QString condition;
    /// What, where, and what to do, in English. May quote the peer, so it is always shown as plain text.
    QString detail;
    std::optional<CertificateFacts> certificate{}; ///< Where it is about one.

    friend bool operator==(const Error &, const Error &) = default;
};

/// The word for `kind` on the automation port: `network`, `tls`, `auth` ...
QString word(Error::Kind kind);

} // namespace base

using base::CertificateFacts;
using base::Error;
Q_DECLARE_METATYPE(base::Error)
