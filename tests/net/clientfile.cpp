// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/clientfile.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

namespace tests {
namespace {

using net::ossl::BioPtr;

SecretBytes bytesOf(BIO *bio)
{
    char *bytes = nullptr;
    const long length = BIO_get_mem_data(bio, &bytes);
    return SecretBytes(std::string_view(bytes, size_t(length)));
}

} // namespace

SecretBytes pemFile(const Issued &own, const Issued *authority, const QByteArray &passphrase)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (authority)
        PEM_write_bio_X509(bio.get(), authority->certificate.get());
    QByteArray word = passphrase;
    PEM_write_bio_PKCS8PrivateKey(bio.get(), own.key.get(), word.isEmpty() ? nullptr : EVP_aes_256_cbc(),
                                  word.isEmpty() ? nullptr : word.data(), int(word.size()), nullptr, nullptr);
    PEM_write_bio_X509(bio.get(), own.certificate.get());
    return bytesOf(bio.get());
}

SecretBytes pkcs12File(const Issued &own, const Issued *authority, const QByteArray &passphrase, bool old)
{
    STACK_OF(X509) *others = sk_X509_new_null();
    if (authority)
        sk_X509_push(others, authority->certificate.get());
    OSSL_LIB_CTX *context = old ? OSSL_LIB_CTX_new() : nullptr;
    OSSL_PROVIDER *legacy = old ? OSSL_PROVIDER_load(context, "legacy") : nullptr;
    OSSL_PROVIDER *usual = old ? OSSL_PROVIDER_load(context, "default") : nullptr;
    const int cipher = old ? NID_pbe_WithSHA1And40BitRC2_CBC : 0;
    PKCS12 *box = PKCS12_create_ex(passphrase.isEmpty() ? nullptr : passphrase.constData(), "own", own.key.get(),
                                   own.certificate.get(), others, old ? NID_pbe_WithSHA1And3_Key_TripleDES_CBC : 0,
                                   cipher, 2048, 1, 0, context, nullptr);
    if (!box)
        qFatal("PKCS#12: %s", qPrintable(net::ossl::takeReason()));
    const BioPtr bio(BIO_new(BIO_s_mem()));
    i2d_PKCS12_bio(bio.get(), box);
    PKCS12_free(box);
    sk_X509_free(others);
    if (old) {
        OSSL_PROVIDER_unload(legacy);
        OSSL_PROVIDER_unload(usual);
        OSSL_LIB_CTX_free(context);
    }
    return bytesOf(bio.get());
}

} // namespace tests
