// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/identity.h"

#include <QUrl>

#include <openssl/err.h>

namespace net {
namespace {

constexpr int mostShown = 5;
constexpr qsizetype longestNames = 300;

/// An IA5String that really is printable ASCII, else empty: a NUL in a name once fooled many programs.
QString asciiText(const ASN1_STRING *string)
{
    const QByteArray bytes(reinterpret_cast<const char *>(ASN1_STRING_get0_data(string)), ASN1_STRING_length(string));
    const bool printable = std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return printable ? QString::fromLatin1(bytes) : QString();
}

void addOther(Identity &identity, const OTHERNAME *other)
{
    const int type = OBJ_obj2nid(other->type_id);
    if (type == NID_SRVName && other->value->type == V_ASN1_IA5STRING) {
        identity.services.append(asciiText(other->value->value.ia5string));
    } else if (type == NID_XmppAddr && other->value->type == V_ASN1_UTF8STRING) {
        const ASN1_STRING *string = other->value->value.utf8string;
        identity.addresses.append(QString::fromUtf8(reinterpret_cast<const char *>(ASN1_STRING_get0_data(string)),
                                                    ASN1_STRING_length(string)));
    }
}

QHostAddress address(const ASN1_OCTET_STRING *string)
{
    const unsigned char *bytes = ASN1_STRING_get0_data(string);
    if (ASN1_STRING_length(string) == 16)
        return QHostAddress(bytes);
    if (ASN1_STRING_length(string) == 4)
        return QHostAddress(quint32(bytes[0]) << 24 | quint32(bytes[1]) << 16 | quint32(bytes[2]) << 8 | bytes[3]);
    return {};
}

} // namespace

bool coversDomain(const QString &pattern, const QString &domain)
{
    const auto trimmed = [](const QString &name) { return name.endsWith(u'.') ? name.chopped(1) : name; };
    const QString name = trimmed(domain);
    const QString offered = trimmed(pattern);
    if (name.isEmpty() || offered.isEmpty())
        return false;
    if (!offered.startsWith(QStringLiteral("*.")))
        return !offered.contains(u'*') && offered.compare(name, Qt::CaseInsensitive) == 0;
    const QString parent = offered.mid(2);
    if (parent.contains(u'*') || !parent.contains(u'.'))
        return false;
    const auto dot = name.indexOf(u'.');
    return dot > 0 && name.mid(dot + 1).compare(parent, Qt::CaseInsensitive) == 0;
}

Identity Identity::of(X509 *certificate)
{
    Identity identity;
    identity.subject = ossl::text(X509_get_subject_name(certificate));
    const ossl::NamesPtr names(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS)
            identity.dns.append(asciiText(name->d.dNSName));
        else if (name->type == GEN_IPADD)
            identity.hosts.append(address(name->d.iPAddress));
        else if (name->type == GEN_OTHERNAME)
            addOther(identity, name->d.otherName);
    }
    ERR_clear_error();
    identity.dns.removeAll(QString());
    identity.services.removeAll(QString());
    return identity;
}

bool Identity::covers(const QString &domain, const QString &service, bool special) const
{
    if (const QHostAddress host(domain); !host.isNull())
        return hosts.contains(host);
    const auto matches = [&](const QString &pattern) { return coversDomain(pattern, domain); };
    if (std::any_of(dns.begin(), dns.end(), matches))
        return true;
    if (service.isEmpty() || !special)
        return false;
    const QString prefix = u'_' + service + u'.';
    const auto serves = [&](const QString &name) {
        return name.startsWith(prefix, Qt::CaseInsensitive) && matches(name.mid(prefix.size()));
    };
    // RFC 6120 13.7.1.4: a whole address in its own spelling; no wildcards.
    const auto isDomain = [&](const QString &name) {
        return !name.contains(u'@') && !name.contains(u'/') && !name.contains(u'*')
            && matches(QString::fromLatin1(QUrl::toAce(name)));
    };
    return std::any_of(services.begin(), services.end(), serves)
        || std::any_of(addresses.begin(), addresses.end(), isDomain);
}

QString Identity::describe() const
{
    QStringList names = dns + services + addresses;
    for (const QHostAddress &host : hosts)
        names.append(host.toString());
    names.removeDuplicates();
    const auto left = names.size() - mostShown;
    names = names.mid(0, mostShown);
    for (QString &name : names)
        name = u'"' + name.left(253) + u'"';
    if (left > 0)
        names.append(QStringLiteral("%1 more").arg(left));
    return names.join(QStringLiteral(", "));
}

CertificateFacts factsOf(X509 *certificate)
{
    const Identity identity = Identity::of(certificate);
    QStringList names = identity.dns + identity.addresses;
    if (names.isEmpty())
        names = identity.services;
    QString name = names.mid(0, mostShown).join(QStringLiteral(", ")).left(longestNames);
    if (name.isEmpty())
        name = ossl::shortText(X509_get_subject_name(certificate));
    return {name,
            ossl::shortText(X509_get_issuer_name(certificate)),
            ossl::time(X509_get0_notBefore(certificate)),
            ossl::time(X509_get0_notAfter(certificate)),
            {}};
}

} // namespace net
