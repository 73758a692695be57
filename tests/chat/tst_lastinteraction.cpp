// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/lastinteraction.h"
#include "support/manualclock.h"
#include "support/testmain.h"

#include <QSignalSpy>

using chat::LastInteraction;

class TestLastInteraction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhenItIsWorthIt()
    {
        tests::ManualClock clock;
        LastInteraction last(clock);
        QSignalSpy changed(&last, &LastInteraction::changed);
        last.setActive(true);
        clock.advance(LastInteraction::worthTelling);
        QCOMPARE(changed.count(), 0);
        // Somebody goes, and is back in time.
        last.setActive(false);
        clock.advance(LastInteraction::worthTelling - std::chrono::seconds(1));
        last.setActive(true);
        clock.advance(LastInteraction::worthTelling);
        QCOMPARE(changed.count(), 0);
        // Since when, and not since it was worth it.
        const QDateTime left = clock.now();
        last.setActive(false);
        clock.advance(std::chrono::seconds(10));
        last.setActive(false); // another window
        clock.advance(LastInteraction::worthTelling);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(last.idleSince(), left);
        last.setActive(true);
        QCOMPARE(changed.count(), 2);
        QVERIFY(!last.idleSince().isValid());
    }
};

BALCONY_TEST(TestLastInteraction)
#include "tst_lastinteraction.moc"
