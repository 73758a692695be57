// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/crashmarks.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using base::CrashMarks;

/// I14: what a process was at work on when it ended is known to the next.
class TestCrashMarks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsEnds()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("at-work"));
        for (quint32 end = 0; end < CrashMarks::mostEnds; ++end) {
            CrashMarks marks;
            QVERIFY(marks.open(path));
            QVERIFY(!marks.isPoison(7));
            {
                const CrashMarks::Work done(&marks, CrashMarks::Slot::Main, 5);
                const CrashMarks::Work inner(&marks, CrashMarks::Slot::Main, 6);
            }
            alignas(CrashMarks::Work) char never[sizeof(CrashMarks::Work)];
            new (never) CrashMarks::Work(&marks, CrashMarks::Slot::Store, 7); // never ended, as by a fault
        }
        CrashMarks marks;
        QVERIFY(marks.open(path));
        QVERIFY(marks.isPoison(7));
        QVERIFY(!marks.isPoison(5) && !marks.isPoison(6) && !marks.isPoison(0));
        QVERIFY(!(QFile::permissions(path)
                  & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
    }

    void aWorkInAnother()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("at-work"));
        for (quint32 end = 0; end < CrashMarks::mostEnds; ++end) {
            CrashMarks marks;
            QVERIFY(marks.open(path));
            alignas(CrashMarks::Work) char never[sizeof(CrashMarks::Work)];
            new (never) CrashMarks::Work(&marks, CrashMarks::Slot::Main, 8);
            const CrashMarks::Work inner(&marks, CrashMarks::Slot::Main, 9);
        }
        CrashMarks marks;
        QVERIFY(marks.open(path));
        QVERIFY(marks.isPoison(8));
        QVERIFY(!marks.isPoison(9));
    }

    /// The marks that ended it least make room; a file of another kind is begun anew; without one nothing is remembered.
    void staysSmall()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("at-work"));
        QFile other(path);
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(QByteArray(100000, 'x'));
        other.close();
        const auto end = [&path](quint64 mark) {
            CrashMarks marks;
            if (!marks.open(path))
                qFatal("no marks");
            alignas(CrashMarks::Work) char never[sizeof(CrashMarks::Work)];
            new (never) CrashMarks::Work(&marks, CrashMarks::Slot::Main, mark);
        };
        end(1);
        end(1);
        for (quint64 mark = 100; mark < 100 + 3 * CrashMarks::mostKept; ++mark)
            end(mark);
        CrashMarks marks;
        QVERIFY(marks.open(path));
        QVERIFY(marks.isPoison(1));
        QVERIFY(QFileInfo(path).size() < 4096);
        CrashMarks none;
        QVERIFY(!none.open(folder.path()));
        const CrashMarks::Work work(&none, CrashMarks::Slot::Main, 3);
        QVERIFY(!none.isPoison(3));
    }
};

BALCONY_TEST(TestCrashMarks)
#include "tst_crashmarks.moc"
