// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/await.h"
#include "net/identity.h"
#include "net/testca.h"
#include "net/verifier.h"
#include "support/testmain.h"

#include <QTemporaryDir>

#include <openssl/ocsp.h>

using namespace tests;
using net::Claim;
using net::Verifier;

namespace {

net::StorePtr storeOf(const Issued &authority)
{
    net::StorePtr store(X509_STORE_new(), X509_STORE_free);
    X509_STORE_add_cert(store.get(), authority.certificate.get());
    return store;
}

QString conditionOf(const Result<> &result)
{
    return result ? QString() : result.error().condition;
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

Task<void> verifyInto(Verifier &verifier, Claim claim, std::optional<Result<>> &place)
{
    place = co_await verifier.verify(std::move(claim));
}

Task<void> anchorsInto(net::TrustStore &trust, net::StorePtr &place)
{
    place = co_await trust.anchors();
}

} // namespace

/// Certificates, good and bad, against the one judgement.
class tst_verifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void wildcardPatterns();
    void nullByteInName();
    void times();
    void issuers();
    void leafMayNotSign();
    void purpose();
    void brokenChains();
    void nameConstraintsHoldForSrvNames();
    void stapledRevocation();
    void detailsAreSentences();
    void anchorsComeFromTheEnvironment();
    void anchorsAreReadAgainWhenChanged();

private:
    Result<> judge(const Paper &paper, const QString &domain, const QString &service = QStringLiteral("xmpp-client"))
    {
        const Issued leaf = issue(paper, &m_authority);
        return Verifier::judge({{leaf.der()}, domain, service}, m_store.get(), QDateTime::currentDateTimeUtc());
    }
    Issued m_authority = makeAuthority();
    net::StorePtr m_store = storeOf(m_authority);
};

void tst_verifier::names_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<bool>("good");
    const QString d = QStringLiteral("verona.test");
    const auto row = [](const char *tag, const QString &name, const QString &domain, bool good) {
        QTest::newRow(tag) << QStringList{name} << domain << good;
    };
    row("dns", QStringLiteral("DNS:verona.test"), d, true);
    row("dns, case", QStringLiteral("DNS:VERONA.Test"), d, true);
    row("other dns", QStringLiteral("DNS:mantua.test"), d, false);
    row("subdomain", QStringLiteral("DNS:im.verona.test"), d, false);
    row("parent", QStringLiteral("DNS:test"), d, false);
    row("wildcard", QStringLiteral("DNS:*.verona.test"), QStringLiteral("im.verona.test"), true);
    row("wildcard, two deep", QStringLiteral("DNS:*.verona.test"), QStringLiteral("a.im.verona.test"), false);
    row("wildcard, bare", QStringLiteral("DNS:*.verona.test"), d, false);
    row("wildcard over a top level", QStringLiteral("DNS:*.test"), d, false);
    row("wildcard alone", QStringLiteral("DNS:*"), d, false);
    row("partial wildcard", QStringLiteral("DNS:ver*.verona.test"), QStringLiteral("verily.verona.test"), false);
    row("wildcard inside", QStringLiteral("DNS:im.*.test"), QStringLiteral("im.verona.test"), false);
    row("srv", srvName(QStringLiteral("_xmpp-client.verona.test")), d, true);
    row("srv, server", srvName(QStringLiteral("_xmpp-server.verona.test")), d, false);
    row("srv, other", srvName(QStringLiteral("_xmpp-client.mantua.test")), d, false);
    row("xmppAddr", xmppAddr(QStringLiteral("verona.test")), d, true);
    row("xmppAddr, other", xmppAddr(QStringLiteral("mantua.test")), d, false);
    row("xmppAddr of a person", xmppAddr(QStringLiteral("romeo@verona.test")), d, false);
    row("xmppAddr, U-label", xmppAddr(QStringLiteral("b\u00fccher.test")), QStringLiteral("xn--bcher-kva.test"), true);
    row("IDN", QStringLiteral("DNS:xn--bcher-kva.test"), QStringLiteral("xn--bcher-kva.test"), true);
    row("IDN, other", QStringLiteral("DNS:bucher.test"), QStringLiteral("xn--bcher-kva.test"), false);
    row("ip", QStringLiteral("IP:127.0.0.1"), QStringLiteral("127.0.0.1"), true);
    row("ip, other", QStringLiteral("IP:127.0.0.2"), QStringLiteral("127.0.0.1"), false);
    row("ip as dns", QStringLiteral("DNS:127.0.0.1"), QStringLiteral("127.0.0.1"), false);
    row("ip6", QStringLiteral("IP:::1"), QStringLiteral("::1"), true);
    row("mail", QStringLiteral("email:verona.test@verona.test"), d, false);
    QTest::newRow("second of two") << QStringList{QStringLiteral("DNS:mantua.test"), QStringLiteral("DNS:verona.test")}
                                   << d << true;
    QTest::newRow("common name only") << QStringList{} << d << false;
}

void tst_verifier::names()
{
    QFETCH(QStringList, names);
    QFETCH(QString, domain);
    QFETCH(bool, good);
    Paper paper;
    paper.commonName = domain; // never counts
    paper.names = names;
    const auto result = judge(paper, domain);
    QCOMPARE(conditionOf(result), good ? QString() : QStringLiteral("certificate-name-mismatch"));
    if (!good)
        QCOMPARE(result.error().kind, Error::Kind::Tls);
    // Without an XMPP service, SRV-ID and XmppAddr prove nothing.
    if (!names.isEmpty() && names.first().startsWith(QStringLiteral("otherName")))
        QCOMPARE(conditionOf(judge(paper, domain, {})), QStringLiteral("certificate-name-mismatch"));
}

void tst_verifier::wildcardPatterns()
{
    QVERIFY(!net::coversDomain(QString(), QString()));
    QVERIFY(!net::coversDomain(QStringLiteral("*.verona.test"), QStringLiteral(".verona.test")));
    QVERIFY(net::coversDomain(QStringLiteral("verona.test."), QStringLiteral("verona.test")));
    QVERIFY(!net::coversDomain(QStringLiteral("*.*.test"), QStringLiteral("a.b.test")));
    QVERIFY(!net::coversDomain(QStringLiteral("*.verona.test"), QStringLiteral("*.im.verona.test")));
}

void tst_verifier::nullByteInName()
{
    Paper paper;
    paper.names = {QStringLiteral("DNS:verona.test"), QStringLiteral("DNS:im.verona.test")};
    Issued leaf = issue(paper, &m_authority);
    // The same length, with a NUL where a careless reader stops.
    net::ossl::NamesPtr names(GENERAL_NAMES_new());
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_IA5STRING *text = ASN1_IA5STRING_new();
    ASN1_STRING_set(text, "verona.test\0.mantua.test", 24);
    GENERAL_NAME_set0_value(name, GEN_DNS, text);
    sk_GENERAL_NAME_push(names.get(), name);
    X509 *certificate = leaf.certificate.get();
    X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_REPLACE);
    QVERIFY(X509_sign(certificate, m_authority.key.get(), EVP_sha256()) != 0);
    const auto result = Verifier::judge({{leaf.der()}, QStringLiteral("verona.test"), {}}, m_store.get(),
                                        QDateTime::currentDateTimeUtc());
    QCOMPARE(conditionOf(result), QStringLiteral("certificate-name-mismatch"));
}

void tst_verifier::times()
{
    Paper paper;
    paper.names = {QStringLiteral("DNS:verona.test")};
    QCOMPARE(conditionOf(judge(paper, QStringLiteral("verona.test"))), QString());
    paper.fromDays = -20;
    paper.toDays = -2;
    QCOMPARE(conditionOf(judge(paper, QStringLiteral("verona.test"))), QStringLiteral("certificate-expired"));
    const Issued old = issue(paper, &m_authority);
    paper.fromDays = 3;
    paper.toDays = 9;
    QCOMPARE(conditionOf(judge(paper, QStringLiteral("verona.test"))), QStringLiteral("certificate-not-yet-valid"));
    // The time is the one handed in.
    Paper now;
    now.names = {QStringLiteral("DNS:verona.test")};
    const Issued good = issue(now, &m_authority);
    const QDateTime later = QDateTime::currentDateTimeUtc().addDays(29);
    QCOMPARE(conditionOf(Verifier::judge({{good.der()}, QStringLiteral("verona.test"), {}}, m_store.get(), later)),
             QString());
    const QDateTime tooLate = QDateTime::currentDateTimeUtc().addDays(31);
    QCOMPARE(conditionOf(Verifier::judge({{good.der()}, QStringLiteral("verona.test"), {}}, m_store.get(), tooLate)),
             QStringLiteral("certificate-expired"));
}

void tst_verifier::issuers()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Paper paper;
    paper.names = {QStringLiteral("DNS:verona.test")};
    const Issued alone = issue(paper);
    QCOMPARE(conditionOf(Verifier::judge({{alone.der()}, QStringLiteral("verona.test"), {}}, m_store.get(), now)),
             QStringLiteral("certificate-self-signed"));
    const Issued other = makeAuthority(QStringLiteral("Somebody else's authority"));
    const Issued stranger = issue(paper, &other);
    QCOMPARE(conditionOf(Verifier::judge({{stranger.der()}, QStringLiteral("verona.test"), {}}, m_store.get(), now)),
             QStringLiteral("certificate-unknown-issuer"));
    QCOMPARE(conditionOf(Verifier::judge({{stranger.der(), other.der()}, QStringLiteral("verona.test"), {}},
                                         m_store.get(), now)),
             QStringLiteral("certificate-unknown-issuer"));
    // An authority of the same name with another key.
    const Issued impostor = makeAuthority();
    const Issued forged = issue(paper, &impostor);
    QVERIFY(!Verifier::judge({{forged.der(), impostor.der()}, QStringLiteral("verona.test"), {}}, m_store.get(), now));
    // With its intermediate, in any order after the leaf, and not without.
    Paper middle;
    middle.commonName = QStringLiteral("Middle");
    middle.authority = true;
    const Issued between = issue(middle, &m_authority);
    const Issued leaf = issue(paper, &between);
    QCOMPARE(conditionOf(Verifier::judge({{leaf.der(), other.der(), between.der()}, QStringLiteral("verona.test"), {}},
                                         m_store.get(), now)),
             QString());
    QCOMPARE(conditionOf(Verifier::judge({{leaf.der()}, QStringLiteral("verona.test"), {}}, m_store.get(), now)),
             QStringLiteral("certificate-unknown-issuer"));
}

void tst_verifier::leafMayNotSign()
{
    Paper paper;
    paper.names = {QStringLiteral("DNS:mantua.test")};
    paper.commonName = QStringLiteral("mantua.test");
    const Issued leaf = issue(paper, &m_authority);
    paper.names = {QStringLiteral("DNS:verona.test")};
    paper.commonName = QStringLiteral("verona.test");
    const Issued forged = issue(paper, &leaf);
    const auto result = Verifier::judge({{forged.der(), leaf.der()}, QStringLiteral("verona.test"), {}}, m_store.get(),
                                        QDateTime::currentDateTimeUtc());
    QCOMPARE(conditionOf(result), QStringLiteral("certificate-invalid"));
}

void tst_verifier::purpose()
{
    Paper paper;
    paper.names = {QStringLiteral("DNS:verona.test")};
    paper.usage = QStringLiteral("serverAuth");
    QCOMPARE(conditionOf(judge(paper, QStringLiteral("verona.test"))), QString());
    paper.usage = QStringLiteral("clientAuth");
    QCOMPARE(conditionOf(judge(paper, QStringLiteral("verona.test"))), QStringLiteral("certificate-invalid"));
    paper.usage.clear();
    paper.digest = EVP_sha1();
    QCOMPARE(conditionOf(judge(paper, QStringLiteral("verona.test"))), QStringLiteral("certificate-invalid"));
}

void tst_verifier::brokenChains()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Paper paper;
    paper.names = {QStringLiteral("DNS:verona.test")};
    const Issued leaf = issue(paper, &m_authority);
    const QString domain = QStringLiteral("verona.test");
    QCOMPARE(conditionOf(Verifier::judge({{}, domain, {}}, m_store.get(), now)), QStringLiteral("certificate-invalid"));
    QCOMPARE(conditionOf(Verifier::judge({{"junk", leaf.der()}, domain, {}}, m_store.get(), now)),
             QStringLiteral("certificate-invalid"));
    QCOMPARE(conditionOf(Verifier::judge({{leaf.der() + 'x'}, domain, {}}, m_store.get(), now)),
             QStringLiteral("certificate-invalid"));
    QByteArray bent = leaf.der();
    bent[bent.size() - 1] = char(bent.back() ^ 1);
    QVERIFY(!Verifier::judge({{bent}, domain, {}}, m_store.get(), now));
}

void tst_verifier::nameConstraintsHoldForSrvNames()
{
    Paper middle;
    middle.commonName = QStringLiteral("Only Mantua");
    middle.authority = true;
    middle.constraints = QStringLiteral("critical,permitted;DNS:mantua.test");
    const Issued between = issue(middle, &m_authority);
    const auto judged = [&](const QString &name, const QString &domain) {
        Paper paper;
        paper.names = {name};
        const Issued leaf = issue(paper, &between);
        return Verifier::judge({{leaf.der(), between.der()}, domain, QStringLiteral("xmpp-client")}, m_store.get(),
                               QDateTime::currentDateTimeUtc());
    };
    QCOMPARE(conditionOf(judged(QStringLiteral("DNS:mantua.test"), QStringLiteral("mantua.test"))), QString());
    QVERIFY(!judged(QStringLiteral("DNS:verona.test"), QStringLiteral("verona.test")));
    QVERIFY(!judged(srvName(QStringLiteral("_xmpp-client.verona.test")), QStringLiteral("verona.test")));
    QVERIFY(!judged(xmppAddr(QStringLiteral("verona.test")), QStringLiteral("verona.test")));
}

void tst_verifier::stapledRevocation()
{
    Paper paper;
    paper.names = {QStringLiteral("DNS:verona.test")};
    const Issued leaf = issue(paper, &m_authority);
    const auto staple = [&](int status, const Issued &signer) {
        OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
        OCSP_CERTID *id = OCSP_cert_to_id(nullptr, leaf.certificate.get(), m_authority.certificate.get());
        ASN1_TIME *from = X509_gmtime_adj(nullptr, -3600);
        ASN1_TIME *until = X509_gmtime_adj(nullptr, 3600);
        OCSP_basic_add1_status(basic, id, status, OCSP_REVOKED_STATUS_KEYCOMPROMISE, from, from, until);
        OCSP_basic_sign(basic, signer.certificate.get(), signer.key.get(), EVP_sha256(), nullptr, 0);
        OCSP_RESPONSE *response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
        unsigned char *bytes = nullptr;
        const int length = i2d_OCSP_RESPONSE(response, &bytes);
        const QByteArray der(reinterpret_cast<char *>(bytes), length);
        OPENSSL_free(bytes);
        OCSP_RESPONSE_free(response);
        OCSP_BASICRESP_free(basic);
        OCSP_CERTID_free(id);
        ASN1_TIME_free(from);
        ASN1_TIME_free(until);
        return Verifier::judge({{leaf.der()}, QStringLiteral("verona.test"), {}, der}, m_store.get(),
                               QDateTime::currentDateTimeUtc());
    };
    QCOMPARE(conditionOf(staple(V_OCSP_CERTSTATUS_GOOD, m_authority)), QString());
    QCOMPARE(conditionOf(staple(V_OCSP_CERTSTATUS_REVOKED, m_authority)), QStringLiteral("certificate-revoked"));
    // Somebody else's word says nothing.
    QCOMPARE(conditionOf(staple(V_OCSP_CERTSTATUS_REVOKED, makeAuthority(QStringLiteral("Stranger")))), QString());
}

void tst_verifier::detailsAreSentences()
{
    Paper paper;
    paper.names = {QStringLiteral("DNS:mantua.test"), QStringLiteral("DNS:padua.test")};
    auto result = judge(paper, QStringLiteral("verona.test"));
    QCOMPARE(result.error().detail,
             QStringLiteral("The certificate is for \"mantua.test\", \"padua.test\" and not for verona.test."));
    paper.names = {QStringLiteral("DNS:verona.test")};
    paper.fromDays = -9;
    paper.toDays = -2;
    const QString day = QDateTime::currentDateTimeUtc().addDays(-2).toString(QStringLiteral("yyyy-MM-dd"));
    result = judge(paper, QStringLiteral("verona.test"));
    QVERIFY2(result.error().detail.contains(day), qPrintable(result.error().detail));
    QVERIFY(result.error().detail.startsWith(QStringLiteral("The certificate of verona.test has been invalid since ")));
}

void tst_verifier::anchorsComeFromTheEnvironment()
{
    const QTemporaryDir folder;
    const Issued second = makeAuthority(QStringLiteral("Second"));
    const Issued third = makeAuthority(QStringLiteral("Third"));
    // A broken block must not hide what follows it.
    const QByteArray broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    writeFile(folder.filePath(QStringLiteral("bundle")), "words\n" + m_authority.pem() + broken + second.pem());
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("more")));
    writeFile(folder.filePath(QStringLiteral("more/third.crt")), third.der());
    writeFile(folder.filePath(QStringLiteral("more/unread.txt")), makeAuthority(QStringLiteral("Fourth")).pem());
    qputenv("SSL_CERT_FILE", folder.filePath(QStringLiteral("bundle")).toLocal8Bit());
    qputenv("SSL_CERT_DIR", folder.filePath(QStringLiteral("more")).toLocal8Bit());
    base::Worker worker(QStringLiteral("anchors"));
    net::TrustStore trust(&worker);
    base::SystemClock clock;
    Verifier verifier(trust, clock);
    Paper paper;
    paper.names = {QStringLiteral("DNS:verona.test")};
    std::list<std::optional<Result<>>> answers;
    Scope scope;
    for (const Issued *authority : {&std::as_const(m_authority), &second, &third}) {
        answers.emplace_back();
        scope.run(
            verifyInto(verifier, {{issue(paper, authority).der()}, QStringLiteral("verona.test"), {}}, answers.back()));
    }
    // A caller that goes away while the anchors are being read leaves the others be.
    Scope other;
    std::optional<Result<>> never;
    other.run(verifyInto(verifier, {{}, QStringLiteral("verona.test"), {}}, never));
    other.cancel();
    QTRY_VERIFY(answers.back().has_value());
    for (const auto &answer : answers)
        QCOMPARE(conditionOf(*answer), QString());
    QVERIFY(!never);
    Scope last;
    net::StorePtr anchors;
    last.run(anchorsInto(trust, anchors));
    QTRY_VERIFY(anchors);
    QCOMPARE(sk_X509_OBJECT_num(X509_STORE_get0_objects(anchors.get())), 3);
    qunsetenv("SSL_CERT_FILE");
    qunsetenv("SSL_CERT_DIR");
}

void tst_verifier::anchorsAreReadAgainWhenChanged()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("ca.pem"));
    writeFile(file, makeAuthority(QStringLiteral("Old")).pem());
    qputenv("SSL_CERT_FILE", file.toLocal8Bit());
    qputenv("SSL_CERT_DIR", folder.filePath(QStringLiteral("none")).toLocal8Bit());
    net::TrustStore trust;
    base::SystemClock clock;
    Verifier verifier(trust, clock);
    Paper paper;
    paper.names = {QStringLiteral("DNS:verona.test")};
    const Claim claim{{issue(paper, &m_authority).der()}, QStringLiteral("verona.test"), {}};
    std::optional<Result<>> answer;
    Scope scope;
    scope.run(verifyInto(verifier, claim, answer));
    QCOMPARE(conditionOf(answer.value()), QStringLiteral("certificate-unknown-issuer"));
    writeFile(file, m_authority.pem() + "changed\n");
    scope.run(verifyInto(verifier, claim, answer));
    QCOMPARE(conditionOf(answer.value()), QString());
    qunsetenv("SSL_CERT_FILE");
    qunsetenv("SSL_CERT_DIR");
}

BALCONY_TEST(tst_verifier)
#include "tst_verifier.moc"
