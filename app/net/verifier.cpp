// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/verifier.h"

#include "net/identity.h"
#include "net/revocation.h"

#include <openssl/err.h>

namespace net {
namespace {

using StackPtr = std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_pop_free(s, X509_free); })>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, ossl::Free<X509_STORE_CTX_free>>;

// RSA 2048 and SHA-256 at least, as for the handshake itself.
constexpr int leastStrength = 2;
constexpr qsizetype mostCertificates = 32;

Result<> bad(const QString &condition, const QString &detail, X509 *certificate = nullptr,
             const ASN1_TIME *since = nullptr)
{
    Error error{Error::Kind::Tls, condition, detail};
    if (certificate) {
        error.certificate = factsOf(certificate);
        error.certificate->since = since ? ossl::time(since) : QDateTime();
    }
    return fail(std::move(error));
}

/// "The certificate of verona.test", or that of the authority above it where that one is at fault.
QString whose(const Claim &claim, X509_STORE_CTX *context)
{
    X509 *current = X509_STORE_CTX_get_current_cert(context);
    if (X509_STORE_CTX_get_error_depth(context) == 0 || !current)
        return QStringLiteral("The certificate of %1").arg(claim.domain);
    return QStringLiteral("The certificate of the authority \"%1\", which vouches for %2,")
        .arg(ossl::text(X509_get_subject_name(current)), claim.domain);
}

Result<> chainError(const Claim &claim, X509_STORE_CTX *context)
{
    const int error = X509_STORE_CTX_get_error(context);
    X509 *current = X509_STORE_CTX_get_current_cert(context);
    const QString subject = whose(claim, context);
    const QString issuer = current ? ossl::text(X509_get_issuer_name(current)) : QString();
    switch (error) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return bad(QStringLiteral("certificate-self-signed"),
                   QStringLiteral("%1 was issued by itself (\"%2\"), not by an authority that this computer trusts.")
                       .arg(subject, issuer),
                   current);
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
        return bad(QStringLiteral("certificate-unknown-issuer"),
                   QStringLiteral("%1 was issued by \"%2\", which this computer does not trust.").arg(subject, issuer),
                   current);
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return bad(QStringLiteral("certificate-expired"),
                   QStringLiteral("%1 has been invalid since %2.")
                       .arg(subject, ossl::text(ossl::time(X509_get0_notAfter(current)))),
                   current, X509_get0_notAfter(current));
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return bad(QStringLiteral("certificate-not-yet-valid"),
                   QStringLiteral("%1 will be valid only from %2. Is this computer's clock right?")
                       .arg(subject, ossl::text(ossl::time(X509_get0_notBefore(current)))),
                   current, X509_get0_notBefore(current));
    case X509_V_ERR_CERT_REVOKED:
        return bad(QStringLiteral("certificate-revoked"), QStringLiteral("%1 has been revoked.").arg(subject), current);
    default:
        return bad(QStringLiteral("certificate-invalid"),
                   QStringLiteral("%1 is not acceptable: %2.")
                       .arg(subject, QString::fromLatin1(X509_verify_cert_error_string(error))),
                   current);
    }
}

void setRules(X509_STORE_CTX *context, const QDateTime &now)
{
    X509_STORE_CTX_set_default(context, "ssl_server");
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER);
    X509_VERIFY_PARAM_set_trust(rules, X509_TRUST_SSL_SERVER);
    X509_VERIFY_PARAM_set_auth_level(rules, leastStrength);
    X509_VERIFY_PARAM_set_time(rules, time_t(now.toSecsSinceEpoch()));
}

/// An authority under name constraints could otherwise name anybody in the kinds of names that they leave out.
bool isConstrained(const STACK_OF(X509) * chain)
{
    for (int i = 1; i < sk_X509_num(chain); ++i) {
        if (X509_get_ext_by_NID(sk_X509_value(chain, i), NID_name_constraints, -1) >= 0)
            return true;
    }
    return false;
}

Result<> judgeName(const Claim &claim, X509 *leaf, bool special)
{
    const Identity identity = Identity::of(leaf);
    if (identity.covers(claim.domain, claim.service, special))
        return {};
    const QString names = identity.describe();
    const QString condition = QStringLiteral("certificate-name-mismatch");
    if (names.isEmpty())
        return bad(
            condition,
            QStringLiteral("The certificate (\"%1\") does not say for which domain it is, so it does not prove %2.")
                .arg(identity.subject, claim.domain),
            leaf);
    return bad(condition, QStringLiteral("The certificate is for %1 and not for %2.").arg(names, claim.domain), leaf);
}

} // namespace

Result<> Verifier::judge(const Claim &claim, X509_STORE *anchors, const QDateTime &now)
{
    ERR_clear_error();
    const StackPtr sent(sk_X509_new_null());
    for (const QByteArray &der : claim.chain.mid(0, mostCertificates)) {
        auto certificate = ossl::certificate(der);
        if (certificate && sk_X509_push(sent.get(), certificate.get()) > 0)
            (void)certificate.release(); // the stack's now
        else if (sk_X509_num(sent.get()) == 0)
            break; // without the peer's own certificate the rest proves nothing
    }
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (sk_X509_num(sent.get()) == 0 || !context)
        return bad(QStringLiteral("certificate-invalid"),
                   QStringLiteral("%1 showed no readable certificate.").arg(claim.domain));
    X509 *leaf = sk_X509_value(sent.get(), 0);
    if (X509_STORE_CTX_init(context.get(), anchors, leaf, sent.get()) != 1)
        return bad(QStringLiteral("certificate-invalid"), ossl::takeReason());
    setRules(context.get(), now);
    const bool trusted = X509_verify_cert(context.get()) == 1;
    ERR_clear_error();
    if (!trusted)
        return chainError(claim, context.get());
    const STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(context.get());
    if (auto named = judgeName(claim, leaf, !isConstrained(chain)); !named)
        return named;
    return judgeRevocation(claim.ocspResponse, chain, anchors, now, claim.domain);
}

Task<Result<>> Verifier::verify(Claim claim)
{
    StorePtr anchors = co_await m_trust.anchors();
    auto result = judge(claim, anchors.get(), m_clock.now());
    if (result
        || (result.error().condition != u"certificate-unknown-issuer"
            && result.error().condition != u"certificate-self-signed"))
        co_return result;
    const bool changed = co_await m_trust.refresh();
    if (!changed)
        co_return result;
    anchors = co_await m_trust.anchors();
    co_return judge(claim, anchors.get(), m_clock.now());
}

} // namespace net
