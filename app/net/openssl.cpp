// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/openssl.h"

#include <openssl/err.h>

namespace net::ossl {

X509Ptr certificate(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    const auto *end = at + der.size();
    X509Ptr result(d2i_X509(nullptr, &at, long(der.size())));
    ERR_clear_error();
    return at == end ? std::move(result) : nullptr;
}

QByteArray der(X509 *certificate)
{
    unsigned char *bytes = nullptr;
    const int length = i2d_X509(certificate, &bytes);
    const QByteArray result(reinterpret_cast<const char *>(bytes), std::max(length, 0));
    OPENSSL_free(bytes);
    return result;
}

QString text(const X509_NAME *name)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ulong(ASN1_STRFLGS_ESC_MSB));
    char *bytes = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &bytes);
    return QString::fromUtf8(bytes, length);
}

QString takeReason()
{
    const unsigned long code = ERR_peek_last_error();
    const char *reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    const QString result = QString::fromLatin1(reason);
    ERR_clear_error();
    return result;
}

} // namespace net::ossl
