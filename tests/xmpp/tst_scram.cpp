// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "xmpp/scramlogin.h"

using xmpp::Scram;

namespace {

/// Gives the client nonce of an RFC's example: its text is the base64 of these bytes, or is put in by force.
class GivenNonce : public Random
{
public:
    explicit GivenNonce(QByteArray bytes) : m_bytes(std::move(bytes)) { }
    QByteArray bytes(int) override { return m_bytes; }

private:
    QByteArray m_bytes;
};

} // namespace

/// SCRAM against the examples of RFC 5802 and RFC 7677, and against servers that cheat.
class TestScram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectors_data();
    void vectors();
    void cheatingServers_data();
    void cheatingServers();
    void emptyProofIsNoProof();
    void extensionsOfTheChallenge();
    void keysAsBytes();
    void wrongProof();
    void bindingStandsInTheFinalMessage();
    void namesAreEscaped();
    void passwordPreparation_data();
    void passwordPreparation();
};

void TestScram::vectors_data()
{
    QTest::addColumn<int>("hash");
    QTest::addColumn<QByteArray>("nonce");
    QTest::addColumn<QByteArray>("serverFirst");
    QTest::addColumn<QByteArray>("clientFinal");
    QTest::addColumn<QByteArray>("serverFinal");
    // The nonces of the examples are base64 themselves, so that decoding them gives the bytes to hand in.
    QTest::newRow("RFC 5802 5")
        << int(Scram::Hash::Sha1) << QByteArray("fyko+d2lbbFgONRv9qkxdawL")
        << QByteArray("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096")
        << QByteArray("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")
        << QByteArray("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    QTest::newRow("RFC 7677 3")
        << int(Scram::Hash::Sha256) << QByteArray("rOprNGfwEbeRWgbNEkqO")
        << QByteArray("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")
        << QByteArray(
               "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
        << QByteArray("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    // No RFC has one for SHA-512; this one was computed by Python's hashlib and hmac.
    QTest::newRow("SHA-512") << int(Scram::Hash::Sha512) << QByteArray("fyko+d2lbbFgONRv9qkxdawL")
                             << QByteArray("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096")
                             << QByteArray("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=VdS8LkrURiej1tG6"
                                           "iX+fqCXQfUnBb//d9llXYaH+ylUbDwBUz9geyR9fC4TewskRUM2tlYSalhAT4Aay1Q5dTA"
                                           "==")
                             << QByteArray("v=14PAAuavk9hxBEkgB0brDxUhvWu+N16meYk+qxVNFqchR8QPohM09Y4Z6WaTCuX4C6nq"
                                           "MB9KIJTDm6RpSM990g==");
}

void TestScram::vectors()
{
    QFETCH(int, hash);
    QFETCH(QByteArray, nonce);
    QFETCH(QByteArray, serverFirst);
    QFETCH(QByteArray, clientFinal);
    QFETCH(QByteArray, serverFinal);
    GivenNonce random(QByteArray::fromBase64(nonce));
    Scram scram(Scram::Hash(hash), QStringLiteral("user"), "n,,", {}, random);
    QCOMPARE(scram.clientFirst(), "n,,n=user,r=" + nonce);
    const auto challenge = scram.takeServerFirst(serverFirst);
    QVERIFY(challenge);
    const Scram::Keys keys = Scram::derive(Scram::Hash(hash), "pencil", challenge->salt, challenge->iterations);
    QCOMPARE(scram.clientFinal(keys), clientFinal);
    QVERIFY(scram.takeServerFinal(serverFinal));
}

void TestScram::cheatingServers_data()
{
    QTest::addColumn<QByteArray>("serverFirst");
    QTest::addColumn<QString>("condition");
    const QByteArray nonce = QByteArray("fyko+d2lbbFgONRv9qkxdawL");
    const auto row = [](const char *name, const QByteArray &message, const char *condition) {
        QTest::newRow(name) << message << QString::fromLatin1(condition);
    };
    row("another nonce", "r=AAAA" + nonce + ",s=QSXCR+Q6sek8bf92,i=4096", "wrong-nonce");
    row("our nonce alone", "r=" + nonce + ",s=QSXCR+Q6sek8bf92,i=4096", "wrong-nonce");
    row("no salt", "r=" + nonce + "x,i=4096", "malformed-challenge");
    row("empty salt", "r=" + nonce + "x,s=,i=4096", "malformed-challenge");
    row("salt no base64", "r=" + nonce + "x,s=*,i=4096", "malformed-challenge");
    row("count 1", "r=" + nonce + "x,s=QSXCR+Q6sek8bf92,i=1", "weak-iterations");
    row("count 4095", "r=" + nonce + "x,s=QSXCR+Q6sek8bf92,i=4095", "weak-iterations");
    row("count 10^7", "r=" + nonce + "x,s=QSXCR+Q6sek8bf92,i=10000000", "excessive-iterations");
    row("count 2^31", "r=" + nonce + "x,s=QSXCR+Q6sek8bf92,i=2147483648", "malformed-challenge");
    row("count negative", "r=" + nonce + "x,s=QSXCR+Q6sek8bf92,i=-5", "weak-iterations");
    row("unknown extension", "m=x,r=" + nonce + "x,s=QSXCR+Q6sek8bf92,i=4096", "malformed-challenge");
    row("nothing", "", "malformed-challenge");
    row("huge salt", "r=" + nonce + "x,s=" + QByteArray(200000, 'A') + ",i=4096", "malformed-challenge");
}

void TestScram::cheatingServers()
{
    QFETCH(QByteArray, serverFirst);
    QFETCH(QString, condition);
    GivenNonce random(QByteArray::fromBase64("fyko+d2lbbFgONRv9qkxdawL"));
    Scram scram(Scram::Hash::Sha1, QStringLiteral("user"), "n,,", {}, random);
    const auto challenge = scram.takeServerFirst(serverFirst);
    QVERIFY(!challenge);
    QCOMPARE(challenge.error().kind, Error::Kind::Auth);
    QCOMPARE(challenge.error().condition, condition);
}

/// XEP-0474 5.3 and XEP-0515 3.3: their examples.
void TestScram::extensionsOfTheChallenge()
{
    GivenNonce random(QByteArray::fromBase64("12C4CD5C"));
    Scram scram(Scram::Hash::Sha1, QStringLiteral("user"), "p=tls-exporter,,", {}, random);
    const QByteArray first = QByteArray::fromBase64(
        "cj0xMkM0Q0Q1Qy1FMzhFLTRBOTgtOEY2RC0xNUMzOEY1MUNDQzZhMDkxMTdhNi1hYzUwLTRmMmYtOTNmMS05Mzc5OWMyYmRkZjYscz1RU1hDUitRNn"
        "NlazhiZjkyLGk9NDA5NixoPUc2ay9yQkxEcWdPaFJSYUN1dWF0U0RGa0owOD0sdD0wMzA0");
    const auto challenge = scram.takeServerFirst(first);
    QVERIFY(challenge);
    xmpp::Offer offer;
    offer.mechanisms = {QStringLiteral("SCRAM-SHA-1-PLUS"), QStringLiteral("SCRAM-SHA-1")};
    offer.bindings = {QStringLiteral("tls-server-end-point"), QStringLiteral("tls-exporter")};
    offer.listsBindings = true;
    QCOMPARE(challenge->offerHash, offer.hash(Scram::Hash::Sha1).toBase64());
    QCOMPARE(challenge->tlsVersion, QByteArray("0304"));
    offer.listsBindings = false;
    QVERIFY(challenge->offerHash != offer.hash(Scram::Hash::Sha1).toBase64());
}

void TestScram::keysAsBytes()
{
    for (const auto hash : {Scram::Hash::Sha1, Scram::Hash::Sha256, Scram::Hash::Sha512}) {
        xmpp::KnownKeys known;
        known.hash = hash;
        known.salt = QByteArray("sa\0lt", 5);
        known.iterations = 100000;
        known.keys = Scram::derive(hash, "pencil", known.salt, 4096);
        const SecretBytes bytes = known.toBytes();
        const auto again = xmpp::KnownKeys::fromBytes(bytes);
        QVERIFY(again);
        QCOMPARE(again->hash, hash);
        QCOMPARE(again->salt, known.salt);
        QCOMPARE(again->iterations, known.iterations);
        QVERIFY(again->keys.client.equals(known.keys.client.view()));
        QVERIFY(again->keys.server.equals(known.keys.server.view()));
        for (size_t size = 0; size < bytes.size(); ++size)
            QVERIFY(!xmpp::KnownKeys::fromBytes(SecretBytes(bytes.view().substr(0, size))));
    }
    QVERIFY(!xmpp::KnownKeys::fromBytes(SecretBytes(std::string_view("\2nonsense and more"))));
}

void TestScram::emptyProofIsNoProof()
{
    GivenNonce random("0123456789");
    Scram scram(Scram::Hash::Sha1, QStringLiteral("user"), "n,,", {}, random);
    for (const QByteArray &message : {QByteArray("v="), QByteArray(), QByteArray("v=AAAA")}) {
        const auto proven = scram.takeServerFinal(message);
        QVERIFY(!proven);
        QCOMPARE(proven.error().condition, QStringLiteral("server-not-proven"));
    }
}

void TestScram::wrongProof()
{
    GivenNonce random(QByteArray::fromBase64("fyko+d2lbbFgONRv9qkxdawL"));
    Scram scram(Scram::Hash::Sha1, QStringLiteral("user"), "n,,", {}, random);
    const auto challenge =
        scram.takeServerFirst("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
    QVERIFY(challenge);
    const Scram::Keys keys = Scram::derive(Scram::Hash::Sha1, "pencil", challenge->salt, challenge->iterations);
    scram.clientFinal(keys);
    QVERIFY(!scram.takeServerFinal("v=smF9pqV8S7suAoZWja4dJRkFsKQ="));
    QVERIFY(!scram.takeServerFinal("v="));
    QCOMPARE(scram.takeServerFinal("e=invalid-proof").error().condition, QStringLiteral("not-authorized"));
}

void TestScram::bindingStandsInTheFinalMessage()
{
    GivenNonce random("0123456789");
    Scram scram(Scram::Hash::Sha256, QStringLiteral("user"), "p=tls-exporter,,", "binding", random);
    const QByteArray nonce = QByteArray("0123456789").toBase64();
    QVERIFY(scram.clientFirst().startsWith("p=tls-exporter,,n=user,r="));
    const auto challenge = scram.takeServerFirst("r=" + nonce + "more,s=QSXCR+Q6sek8bf92,i=4096");
    QVERIFY(challenge);
    const Scram::Keys keys = Scram::derive(Scram::Hash::Sha256, "pencil", challenge->salt, challenge->iterations);
    const QByteArray expected = "c=" + QByteArray("p=tls-exporter,,binding").toBase64() + ",r=" + nonce + "more,p=";
    QVERIFY(scram.clientFinal(keys).startsWith(expected));
}

void TestScram::namesAreEscaped()
{
    GivenNonce random("0123456789");
    const Scram scram(Scram::Hash::Sha1, QStringLiteral("a=b,c"), "n,,", {}, random);
    QVERIFY(scram.clientFirst().startsWith("n,,n=a=3Db=2Cc,r="));
}

void TestScram::passwordPreparation_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("expected"); // empty: refused
    // RFC 4013 3
    QTest::newRow("soft hyphen") << QByteArray("I\xC2\xADX") << QByteArray("IX");
    QTest::newRow("ascii") << QByteArray("user") << QByteArray("user");
    QTest::newRow("case kept") << QByteArray("USER") << QByteArray("USER");
    QTest::newRow("NFKC a") << QByteArray("\xC2\xAA") << QByteArray("a");
    QTest::newRow("NFKC IX") << QByteArray("\xE2\x85\xA8") << QByteArray("IX");
    QTest::newRow("control") << QByteArray("\x07") << QByteArray();
    QTest::newRow("non-ASCII space") << QByteArray("a\xC2\xA0z") << QByteArray("a z");
    QTest::newRow("empty") << QByteArray("\xC2\xAD") << QByteArray();
}

void TestScram::passwordPreparation()
{
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, expected);
    const auto prepared = xmpp::preparePassword(SecretBytes(std::string_view(given.constData(), size_t(given.size()))));
    QCOMPARE(prepared.has_value(), !expected.isEmpty());
    if (prepared)
        QVERIFY(prepared->view() == std::string_view(expected.constData(), size_t(expected.size())));
}

BALCONY_TEST(TestScram)
#include "tst_scram.moc"
