// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/clientcertificate.h"

#include "net/identity.h"

#include <QScopeGuard>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include <algorithm>

namespace net {
namespace {

using KeyPtr = std::shared_ptr<EVP_PKEY>;
using Pkcs12Ptr = std::unique_ptr<PKCS12, ossl::Free<PKCS12_free>>;

constexpr size_t mostInFile = 32;

tl::unexpected<Error> unreadable(const QString &detail)
{
    ERR_clear_error();
    return fail(Error::Kind::Secret, QStringLiteral("certificate-unreadable"), detail);
}

tl::unexpected<Error> needsPassphrase(bool isWrong)
{
    ERR_clear_error();
    return fail(Error::Kind::Auth, QStringLiteral("certificate-passphrase"),
                isWrong ? QStringLiteral("The passphrase does not open the certificate file.")
                        : QStringLiteral("The certificate file has a passphrase, which is not known."));
}

ossl::BioPtr bioOf(const SecretBytes &bytes)
{
    return ossl::BioPtr(BIO_new_mem_buf(bytes.data(), int(bytes.size())));
}

/// What a PEM reader asks for, and whether it did.
struct Asked {
    const SecretBytes &passphrase;
    bool asked = false;
};

int givePassphrase(char *buffer, int size, int, void *data)
{
    auto *asked = static_cast<Asked *>(data);
    asked->asked = true;
    const int length = int(asked->passphrase.size());
    if (length == 0 || length > size)
        return -1;
    std::copy_n(asked->passphrase.data(), length, buffer);
    return length;
}

/// Old PKCS#12 files use ciphers that OpenSSL 3 has put aside; they are looked up in a library context of its own.
class OldCiphers
{
public:
    OldCiphers()
        : m_context(OSSL_LIB_CTX_new()), m_legacy(OSSL_PROVIDER_load(m_context, "legacy")),
          m_usual(OSSL_PROVIDER_load(m_context, "default"))
    {
    }
    ~OldCiphers()
    {
        for (OSSL_PROVIDER *provider : {m_legacy, m_usual}) {
            if (provider)
                OSSL_PROVIDER_unload(provider);
        }
        OSSL_LIB_CTX_free(m_context);
    }
    OldCiphers(const OldCiphers &) = delete;
    OldCiphers &operator=(const OldCiphers &) = delete;
    OSSL_LIB_CTX *context() const { return m_legacy && m_usual ? m_context : nullptr; }

private:
    OSSL_LIB_CTX *m_context;
    OSSL_PROVIDER *m_legacy;
    OSSL_PROVIDER *m_usual;
};

/// The contents of a PKCS#12 file.
struct Pkcs12Parts {
    KeyPtr key;
    std::vector<std::shared_ptr<X509>> certificates;
};

/// Nothing where the file cannot be opened with this passphrase and the ciphers of `context`.
std::optional<Pkcs12Parts> parse(const SecretBytes &file, const char *passphrase, OSSL_LIB_CTX *context)
{
    PKCS12 *box = PKCS12_init_ex(NID_pkcs7_data, context, nullptr);
    const auto bio = bioOf(file);
    const Pkcs12Ptr owner(d2i_PKCS12_bio(bio.get(), &box) ? box : nullptr);
    EVP_PKEY *key = nullptr;
    X509 *leaf = nullptr;
    STACK_OF(X509) *others = nullptr;
    if (!owner || PKCS12_parse(owner.get(), passphrase, &key, &leaf, &others) != 1)
        return {};
    Pkcs12Parts parts{KeyPtr(key, EVP_PKEY_free), {}};
    if (leaf)
        parts.certificates.emplace_back(leaf, X509_free);
    while (sk_X509_num(others) > 0) {
        std::shared_ptr<X509> other(sk_X509_shift(others), X509_free);
        if (parts.certificates.size() < mostInFile)
            parts.certificates.push_back(std::move(other));
    }
    sk_X509_free(others);
    return parts;
}

/// The same key among OpenSSL's usual ones: what it came from may end before it.
KeyPtr usual(const KeyPtr &key)
{
    unsigned char *bytes = nullptr;
    const int length = key ? i2d_PrivateKey(key.get(), &bytes) : 0;
    if (length <= 0)
        return nullptr;
    const unsigned char *at = bytes;
    KeyPtr result(d2i_AutoPrivateKey(nullptr, &at, length), EVP_PKEY_free);
    OPENSSL_clear_free(bytes, size_t(length));
    return result;
}

std::shared_ptr<X509> usual(const std::shared_ptr<X509> &certificate)
{
    return ossl::certificate(ossl::der(certificate.get()));
}

} // namespace

Result<ClientCertificate> ClientCertificate::read(const SecretBytes &file, const SecretBytes &passphrase)
{
    ERR_clear_error();
    const bool isPem = file.view().find("-----BEGIN ") != std::string_view::npos;
    auto result = isPem ? readPem(file, passphrase) : readPkcs12(file, passphrase);
    ERR_clear_error();
    return result;
}

Result<ClientCertificate> ClientCertificate::readPem(const SecretBytes &file, const SecretBytes &passphrase)
{
    std::vector<Shared> certificates;
    const auto bio = bioOf(file);
    while (certificates.size() < mostInFile) {
        X509 *certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr);
        if (!certificate)
            break;
        certificates.emplace_back(certificate, X509_free);
    }
    ERR_clear_error();
    const auto again = bioOf(file);
    Asked asked{passphrase};
    KeyPtr key(PEM_read_bio_PrivateKey(again.get(), nullptr, givePassphrase, &asked), EVP_PKEY_free);
    if (!key && asked.asked)
        return needsPassphrase(!passphrase.isEmpty());
    return of(std::move(certificates), std::move(key));
}

Result<ClientCertificate> ClientCertificate::readPkcs12(const SecretBytes &file, const SecretBytes &passphrase)
{
    const auto bio = bioOf(file);
    const Pkcs12Ptr box(d2i_PKCS12_bio(bio.get(), nullptr));
    if (!box)
        return unreadable(QStringLiteral("The certificate file is neither PEM nor PKCS#12."));
    std::string word(passphrase.view());
    const auto wipe = qScopeGuard([&word] { OPENSSL_cleanse(word.data(), word.size()); });
    // "No passphrase" is written in two ways (RFC 7292 appendix B.1).
    const char *used = word.c_str();
    if (PKCS12_mac_present(box.get()) == 1 && PKCS12_verify_mac(box.get(), used, int(word.size())) != 1) {
        if (!word.empty() || PKCS12_verify_mac(box.get(), nullptr, 0) != 1)
            return needsPassphrase(!word.empty());
        used = nullptr;
    }
    if (auto parts = parse(file, used, nullptr))
        return of(std::move(parts->certificates), std::move(parts->key));
    const OldCiphers old;
    auto parts = old.context() ? parse(file, used, old.context()) : std::nullopt;
    if (!parts) {
        const QString reason = ossl::takeReason();
        return unreadable(QStringLiteral("The certificate file cannot be opened: %1.").arg(reason));
    }
    for (Shared &certificate : parts->certificates)
        certificate = usual(certificate);
    parts->key = usual(parts->key);
    return of(std::move(parts->certificates), std::move(parts->key));
}

/// The certificate that belongs to the key is ours; the others vouch for it.
Result<ClientCertificate> ClientCertificate::of(std::vector<Shared> certificates, KeyPtr key)
{
    if (certificates.empty())
        return unreadable(QStringLiteral("There is no certificate in the certificate file."));
    if (!key)
        return unreadable(QStringLiteral("There is no private key in the certificate file."));
    const auto own = std::find_if(certificates.begin(), certificates.end(), [&key](const Shared &certificate) {
        return X509_check_private_key(certificate.get(), key.get()) == 1;
    });
    if (own == certificates.end())
        return unreadable(QStringLiteral("The private key in the certificate file belongs to another certificate."));
    ClientCertificate result;
    result.m_leaf = *own;
    certificates.erase(own);
    result.m_chain = std::move(certificates);
    result.m_key = std::move(key);
    result.m_addresses = Identity::of(result.m_leaf.get()).addresses;
    result.m_facts = factsOf(result.m_leaf.get());
    return result;
}

Result<> ClientCertificate::checkTime(const QDateTime &now) const
{
    const auto refused = [this](const QString &condition, const QString &detail, const QDateTime &since) -> Result<> {
        Error error{Error::Kind::Secret, condition, detail, m_facts};
        error.certificate->since = since;
        return fail(std::move(error));
    };
    if (now > m_facts.validTo)
        return refused(QStringLiteral("own-certificate-expired"),
                       QStringLiteral("The account's own certificate (%1, issued by %2) has been invalid since %3.")
                           .arg(m_facts.name, m_facts.issuer, ossl::text(m_facts.validTo)),
                       m_facts.validTo);
    if (now < m_facts.validFrom)
        return refused(QStringLiteral("own-certificate-not-yet-valid"),
                       QStringLiteral("The account's own certificate (%1, issued by %2) will be valid only from %3.")
                           .arg(m_facts.name, m_facts.issuer, ossl::text(m_facts.validFrom)),
                       m_facts.validFrom);
    return {};
}

bool ClientCertificate::show(SSL *ssl) const
{
    if (SSL_use_certificate(ssl, m_leaf.get()) != 1 || SSL_use_PrivateKey(ssl, m_key.get()) != 1)
        return false;
    return std::all_of(m_chain.begin(), m_chain.end(),
                       [ssl](const Shared &certificate) { return SSL_add1_chain_cert(ssl, certificate.get()) == 1; });
}

} // namespace net
