// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/theme/appearance.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>

/// How the theme comes to the widgets.
class TestAppearance : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // A plain system, whose wishes are all the ordinary ones, gets our style too.
    void givesOurStyleAtOnce()
    {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setFont(QFont());
        const ui::Appearance appearance;
        QVERIFY(qobject_cast<ui::Style *>(QApplication::style()));
        QCOMPARE(QApplication::palette().color(QPalette::Window), appearance.theme().colors.window);
    }

    void changesOnlyWhatChanges()
    {
        ui::Appearance appearance;
        QSignalSpy changed(&appearance, &ui::Appearance::changed);
        appearance.setScheme(ui::Appearance::Choice::Dark);
        QCOMPARE(changed.size(), 1);
        appearance.setScheme(ui::Appearance::Choice::Dark);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(appearance.theme().scheme, ui::Scheme::Dark);
    }
};

BALCONY_TEST(TestAppearance)
#include "tst_appearance.moc"
