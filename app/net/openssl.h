// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>

namespace net::ossl {

/// Lets a std::unique_ptr own an OpenSSL object.
template<auto free>
struct Free {
    template<class T>
    void operator()(T *object) const
    {
        free(object);
    }
};
using X509Ptr = std::unique_ptr<X509, Free<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Free<BIO_free_all>>;
using SslPtr = std::unique_ptr<SSL, Free<SSL_free>>;
using ContextPtr = std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>>;

/// A certificate from DER; null where it is none or something follows it.
X509Ptr certificate(const QByteArray &der);
/// A certificate as DER.
QByteArray der(X509 *certificate);
/// A subject or issuer as RFC 2253 text in UTF-8; unprintable characters are escaped.
QString text(const X509_NAME *name);
/// The part of it that people know: the common name, and the organisation where that is another one.
QString shortText(const X509_NAME *name);
/// Null where `time` is none.
QDateTime time(const ASN1_TIME *time);
/// `2026-11-27 08:51 UTC`.
QString text(const QDateTime &time);
/// What the newest entry of this thread's error queue says, in OpenSSL's words; the queue is emptied. Empty where there
/// is none.
QString takeReason();

} // namespace net::ossl
