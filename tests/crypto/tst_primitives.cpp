// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/primitives.h"
#include "support/testmain.h"

/// What the encryption to come stands on is there, and says no to changed data.
class TestPrimitives : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void allAreThere();
    void vector();
    void changedDataIsRefused();
    void wrongSizes();

private:
    crypto::Primitives m_primitives;
};

namespace {

SecretBytes secret(const char *hex)
{
    QByteArray bytes = QByteArray::fromHex(hex);
    return SecretBytes::take(bytes);
}

} // namespace

void TestPrimitives::allAreThere()
{
    const auto checked = m_primitives.check();
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
}

// Test case 14 of the GCM specification (McGrew, Viega): AES-256, one block of zeros.
void TestPrimitives::vector()
{
    const SecretBytes key = secret("0000000000000000000000000000000000000000000000000000000000000000");
    const QByteArray nonce = QByteArray::fromHex("000000000000000000000000");
    const auto sealed = crypto::aead::seal(key, nonce, QByteArray(16, '\0'));
    QVERIFY(sealed);
    QCOMPARE(sealed->data.toHex(), QByteArray("cea7403d4d606b6e074ec5d3baf39d18"));
    QCOMPARE(sealed->tag.toHex(), QByteArray("d0d1c8a799996bf0265b98b5d48ab919"));
    const auto opened = crypto::aead::open(key, nonce, *sealed);
    QVERIFY(opened);
    QCOMPARE(*opened, QByteArray(16, '\0'));
}

void TestPrimitives::changedDataIsRefused()
{
    const SecretBytes key = secret("0102030405060708091011121314151617181920212223242526272829303132");
    const QByteArray nonce("123456789012");
    auto sealed = crypto::aead::seal(key, nonce, "Wherefore art thou");
    QVERIFY(sealed);
    sealed->data[3] = char(sealed->data[3] ^ 1);
    QCOMPARE(crypto::aead::open(key, nonce, *sealed).error().condition, QStringLiteral("tampered"));
    sealed->data[3] = char(sealed->data[3] ^ 1);
    sealed->tag.chop(1);
    QCOMPARE(crypto::aead::open(key, nonce, *sealed).error().condition, QStringLiteral("tampered"));
}

void TestPrimitives::wrongSizes()
{
    const SecretBytes key = secret("0102");
    QCOMPARE(crypto::aead::seal(key, "123456789012", "x").error().condition, QStringLiteral("bad-key"));
}

BALCONY_TEST(TestPrimitives)
#include "tst_primitives.moc"
