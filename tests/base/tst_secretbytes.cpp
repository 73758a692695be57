// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretbytes.h"

#include "support/testmain.h"

#include <QFile>

using base::constantTimeEquals;

/// Secrets: one owner, gone when they are done with.
class TestSecretBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsBytes()
    {
        const SecretBytes secret(std::string_view("a\0b", 3));
        QCOMPARE(secret.size(), size_t(3));
        QCOMPARE(secret.view(), std::string_view("a\0b", 3));
        QVERIFY(SecretBytes().isEmpty() && SecretBytes(std::string_view()).isEmpty());
        QVERIFY(SecretBytes().view().empty());
        const SecretBytes zeros(size_t(5000)); // more than a page
        QCOMPARE(zeros.view(), std::string_view(std::string(5000, '\0')));
    }

    void movesAndCopies()
    {
        SecretBytes a(std::string_view("secret"));
        SecretBytes b = std::move(a);
        QVERIFY(a.isEmpty() && a.data() == nullptr);
        QCOMPARE(b.view(), std::string_view("secret"));
        const SecretBytes c = b.copy();
        QVERIFY(c.data() != b.data());
        QCOMPARE(c.view(), b.view());
        SecretBytes d(std::string_view("other"));
        d = std::move(b);
        QCOMPARE(d.view(), std::string_view("secret"));
        SecretBytes &same = d;
        d = std::move(same);
        QCOMPARE(d.view(), std::string_view("secret"));
    }

    void takesTheTextAway()
    {
        QString text = QStringLiteral("passwörd");
        QByteArray bytes("token-1");
        const SecretBytes fromText = SecretBytes::take(text);
        const SecretBytes fromBytes = SecretBytes::take(bytes);
        QVERIFY(text.isEmpty() && bytes.isEmpty());
        QCOMPARE(fromText.view(), std::string_view("passw\xC3\xB6rd"));
        QCOMPARE(fromBytes.view(), std::string_view("token-1"));
    }

    void leavesSharedTextAlone()
    {
        QString text = QStringLiteral("sha");
        text += QStringLiteral("red");
        const QString other = text;
        const SecretBytes secret = SecretBytes::take(text);
        QCOMPARE(other, QStringLiteral("shared"));
        QVERIFY(text.isEmpty());
        QByteArray bytes("by");
        bytes += "tes";
        const QByteArray otherBytes = bytes;
        const SecretBytes second = SecretBytes::take(bytes);
        QCOMPARE(otherBytes, QByteArray("bytes"));
    }

    void isKeptOutOfCoreFiles()
    {
#ifdef Q_OS_LINUX
        const SecretBytes secret(std::string_view("secret"));
        QFile maps(QStringLiteral("/proc/self/smaps"));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        bool inside = false;
        QByteArray flags;
        const auto lines = maps.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (const auto dash = line.indexOf('-'); dash > 0 && line.indexOf(' ') > dash) {
                const auto first = line.left(dash).toULongLong(nullptr, 16);
                const auto last = line.mid(dash + 1, line.indexOf(' ') - dash - 1).toULongLong(nullptr, 16);
                inside = first <= quintptr(secret.data()) && quintptr(secret.data()) < last;
            } else if (inside && line.startsWith("VmFlags:")) {
                flags = line;
            }
        }
        QVERIFY2(flags.contains(" dd"), flags.constData()); // do not dump
#else
        QSKIP("Linux tells of its pages; others do not.");
#endif
    }

    void comparesInConstantTime()
    {
        QVERIFY(constantTimeEquals("", ""));
        QVERIFY(constantTimeEquals("same", "same"));
        QVERIFY(!constantTimeEquals("same", "sane"));
        QVERIFY(!constantTimeEquals("same", "samesame"));
        QVERIFY(!constantTimeEquals(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
        QVERIFY(!constantTimeEquals("\x80", std::string_view("\0", 1)));
        const SecretBytes secret(std::string_view("secret"));
        QVERIFY(secret.equals("secret") && !secret.equals("Secret") && !secret.equals(""));
    }
};

BALCONY_TEST(TestSecretBytes)
#include "tst_secretbytes.moc"
