// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/linebuffer.h"

#include "automation/jsonline.h"
#include "support/testmain.h"

using automation::LineBuffer;

/// Lines out of bytes that come in any pieces.
class TestLineBuffer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cutsAtAnySplit();
    void passesOverWhatIsTooLong_data();
    void passesOverWhatIsTooLong();
};

void TestLineBuffer::cutsAtAnySplit()
{
    const QByteArray text = "one\n\n  two \r\nthree\n half";
    for (qsizetype piece = 1; piece <= text.size(); ++piece) {
        LineBuffer buffer;
        QByteArrayList lines;
        for (qsizetype i = 0; i < text.size(); i += piece) {
            const QByteArray part = text.mid(i, piece);
            buffer.add(part.constData(), part.size());
            while (const auto line = buffer.next()) {
                QVERIFY(!line->isTooLong);
                lines.append(line->bytes);
            }
        }
        QCOMPARE(lines, (QByteArrayList{"one", "two", "three"}));
    }
}

void TestLineBuffer::passesOverWhatIsTooLong_data()
{
    QTest::addColumn<qsizetype>("piece");
    QTest::newRow("in one piece") << qsizetype(64 * 1024 * 1024);
    QTest::newRow("in pieces") << qsizetype(64 * 1024);
}

void TestLineBuffer::passesOverWhatIsTooLong()
{
    QFETCH(qsizetype, piece);
    const QByteArray text = "before\n" + QByteArray(automation::longestLine * 2, 'x') + "\nbehind\n";
    LineBuffer buffer;
    QByteArrayList lines;
    int tooLong = 0;
    for (qsizetype i = 0; i < text.size(); i += piece) {
        const QByteArray part = text.mid(i, piece);
        buffer.add(part.constData(), part.size());
        while (const auto line = buffer.next()) {
            tooLong += line->isTooLong;
            if (!line->isTooLong)
                lines.append(line->bytes);
        }
    }
    QCOMPARE(tooLong, 1);
    QCOMPARE(lines, (QByteArrayList{"before", "behind"}));
}

BALCONY_TEST(TestLineBuffer)
#include "tst_linebuffer.moc"
