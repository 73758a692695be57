// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/openssl.h"

#include <openssl/err.h>

namespace net::ossl {
namespace {

constexpr qsizetype longestName = 200;

} // namespace

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
    QByteArray result(reinterpret_cast<const char *>(bytes), std::max(length, 0));
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

QString shortText(const X509_NAME *name)
{
    const auto part = [name](int nid) {
        const int at = X509_NAME_get_index_by_NID(name, nid, -1);
        unsigned char *bytes = nullptr;
        const int length =
            at < 0 ? 0 : ASN1_STRING_to_UTF8(&bytes, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
        const QString result = QString::fromUtf8(reinterpret_cast<const char *>(bytes), std::max(length, 0));
        OPENSSL_free(bytes);
        return result.left(longestName).simplified();
    };
    const QString common = part(NID_commonName);
    const QString organisation = part(NID_organizationName);
    if (common.isEmpty() && organisation.isEmpty())
        return text(name).left(longestName);
    if (common.isEmpty() || organisation.isEmpty() || common.contains(organisation))
        return common.isEmpty() ? organisation : common;
    return QStringLiteral("%1 (%2)").arg(common, organisation);
}

QDateTime time(const ASN1_TIME *time)
{
    tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
}

QString text(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(QStringLiteral("yyyy-MM-dd hh:mm 'UTC'"))
                          : QStringLiteral("an unknown time");
}

QString takeReason()
{
    const unsigned long code = ERR_peek_last_error();
    const char *reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    QString result = QString::fromLatin1(reason);
    ERR_clear_error();
    return result;
}

} // namespace net::ossl
