// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/revocation.h"

#include "net/identity.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>

namespace net {
namespace {

using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, ossl::Free<OCSP_RESPONSE_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, ossl::Free<OCSP_BASICRESP_free>>;
using IdPtr = std::unique_ptr<OCSP_CERTID, ossl::Free<OCSP_CERTID_free>>;

constexpr long tolerance = 5 * 60; // seconds that clocks may differ

struct Status {
    bool revoked = false;
    QDateTime since;
};

bool isCurrent(const ASN1_GENERALIZEDTIME *from, const ASN1_GENERALIZEDTIME *until, const QDateTime &now)
{
    const time_t early = time_t(now.toSecsSinceEpoch() - tolerance);
    const time_t late = time_t(now.toSecsSinceEpoch() + tolerance);
    return from && ASN1_TIME_cmp_time_t(from, late) <= 0 && until && ASN1_TIME_cmp_time_t(until, early) >= 0;
}

/// What the response says of the chain's first certificate, where its signature is proven.
Status statusOf(const QByteArray &der, const STACK_OF(X509) * chain, X509_STORE *anchors, const QDateTime &now)
{
    Status status;
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    const ResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &at, long(der.size())));
    if (!response || OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return status;
    const BasicPtr basic(OCSP_response_get1_basic(response.get()));
    // The chain is at hand for the responder's own; the certificate itself is not used to sign.
    if (!basic || OCSP_basic_verify(basic.get(), const_cast<STACK_OF(X509) *>(chain), anchors, 0) != 1)
        return status;
    const IdPtr id(OCSP_cert_to_id(nullptr, sk_X509_value(chain, 0), sk_X509_value(chain, 1)));
    int state = V_OCSP_CERTSTATUS_UNKNOWN;
    ASN1_GENERALIZEDTIME *revokedAt = nullptr;
    ASN1_GENERALIZEDTIME *from = nullptr;
    ASN1_GENERALIZEDTIME *until = nullptr;
    if (!id || OCSP_resp_find_status(basic.get(), id.get(), &state, nullptr, &revokedAt, &from, &until) != 1
        || !isCurrent(from, until, now))
        return status;
    status.revoked = state == V_OCSP_CERTSTATUS_REVOKED;
    status.since = revokedAt ? ossl::time(revokedAt) : QDateTime();
    return status;
}

} // namespace

Result<> judgeRevocation(const QByteArray &response, const STACK_OF(X509) * chain, X509_STORE *anchors,
                         const QDateTime &now, const QString &domain)
{
    if (response.isEmpty() || sk_X509_num(chain) < 2)
        return {};
    ERR_clear_error();
    const Status status = statusOf(response, chain, anchors, now);
    ERR_clear_error();
    if (!status.revoked)
        return {};
    Error error{Error::Kind::Tls, QStringLiteral("certificate-revoked"),
                QStringLiteral("The certificate of %1 was revoked by its authority at %2.")
                    .arg(domain, ossl::text(status.since))};
    error.certificate = factsOf(sk_X509_value(chain, 0));
    error.certificate->since = status.since;
    return fail(std::move(error));
}

} // namespace net
