// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/attention.h"

#include <QSignalSpy>

#include <qpa/qwindowsysteminterface.h>

namespace {

void programBecomes(Qt::ApplicationState state)
{
    QWindowSystemInterface::handleApplicationStateChanged(state);
    QWindowSystemInterface::sendWindowSystemEvents(QEventLoop::AllEvents);
}

} // namespace

class TestAttention : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aGlanceAwayIsNoNews()
    {
        programBecomes(Qt::ApplicationActive);
        ui::Attention attention;
        QSignalSpy changed(&attention, &ui::Attention::changed);
        QVERIFY(attention.isHere());
        programBecomes(Qt::ApplicationInactive);
        QVERIFY(attention.isHere());
        programBecomes(Qt::ApplicationActive);
        QCOMPARE(changed.count(), 0);
    }

    void goesAndComesBack()
    {
        programBecomes(Qt::ApplicationActive);
        ui::Attention attention(1);
        QSignalSpy changed(&attention, &ui::Attention::changed);
        programBecomes(Qt::ApplicationInactive);
        QTRY_COMPARE(changed.count(), 1);
        QVERIFY(!attention.isHere());
        programBecomes(Qt::ApplicationHidden);
        QCOMPARE(changed.count(), 1);
        programBecomes(Qt::ApplicationActive); // at once
        QCOMPARE(changed.count(), 2);
        QVERIFY(attention.isHere());
    }

    /// Begun in the background nobody is there, though it takes its minute to say so.
    void startsInTheBackground()
    {
        programBecomes(Qt::ApplicationInactive);
        ui::Attention attention(1);
        QVERIFY(attention.isHere());
        QTRY_VERIFY(!attention.isHere());
        programBecomes(Qt::ApplicationActive);
        QVERIFY(attention.isHere());
    }
};

BALCONY_TEST(TestAttention)
#include "tst_attention.moc"
