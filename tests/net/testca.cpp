// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/testca.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace tests {
namespace {

using net::ossl::BioPtr;

std::shared_ptr<EVP_PKEY> makeKey()
{
    return {EVP_EC_gen("P-256"), EVP_PKEY_free};
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const QString &value)
{
    if (value.isEmpty())
        return;
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    // OpenSSL takes the bytes of a UTF8 value as Latin-1 and converts them.
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.toLatin1().constData());
    if (!extension)
        qFatal("extension %d: %s", nid, qPrintable(net::ossl::takeReason()));
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

} // namespace

QByteArray Issued::pem() const
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate.get());
    char *bytes = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &bytes);
    return QByteArray(bytes, length);
}

QString srvName(const QString &name)
{
    return QStringLiteral("otherName:1.3.6.1.5.5.7.8.7;IA5STRING:") + name;
}

QString xmppAddr(const QString &name)
{
    return QStringLiteral("otherName:1.3.6.1.5.5.7.8.5;UTF8:") + name;
}

Issued issue(const Paper &paper, const Issued *issuer)
{
    static long serial = 1000;
    Issued result{net::ossl::X509Ptr(X509_new()), makeKey()};
    X509 *certificate = result.certificate.get();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), paper.fromDays * 86400L);
    X509_gmtime_adj(X509_getm_notAfter(certificate), paper.toDays * 86400L);
    X509_set_pubkey(certificate, result.key.get());
    const QByteArray name = paper.commonName.toUtf8();
    X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(name.constData()), int(name.size()), -1, 0);
    X509 *parent = issuer ? issuer->certificate.get() : certificate;
    X509_set_issuer_name(certificate, X509_get_subject_name(parent));
    addExtension(certificate, parent, NID_basic_constraints,
                 paper.authority ? QStringLiteral("critical,CA:TRUE") : QStringLiteral("critical,CA:FALSE"));
    addExtension(certificate, parent, NID_key_usage,
                 paper.authority ? QStringLiteral("critical,keyCertSign,cRLSign,digitalSignature")
                                 : QStringLiteral("critical,digitalSignature"));
    addExtension(certificate, parent, NID_subject_alt_name, paper.names.join(u','));
    addExtension(certificate, parent, NID_ext_key_usage, paper.usage);
    addExtension(certificate, parent, NID_name_constraints, paper.constraints);
    if (X509_sign(certificate, issuer ? issuer->key.get() : result.key.get(), paper.digest) == 0)
        qFatal("signing: %s", qPrintable(net::ossl::takeReason()));
    // Read back, so that nothing half computed stays in the object.
    result.certificate = net::ossl::certificate(result.der());
    return result;
}

Issued makeAuthority(const QString &name)
{
    Paper paper;
    paper.commonName = name;
    paper.authority = true;
    return issue(paper);
}

} // namespace tests
