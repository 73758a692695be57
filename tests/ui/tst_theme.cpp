// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/namecolor.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace ui;

namespace {

QVector<Theme::Wish> wishes()
{
    QVector<Theme::Wish> all;
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        for (const bool high : {false, true}) {
            for (const char *accent : {"", "#ffdd00", "#101010", "#ff0000", "#3584e4", "#ffffff"}) {
                Theme::Wish wish;
                wish.scheme = scheme;
                wish.highContrast = high;
                wish.accent = QColor(QLatin1String(accent));
                all.append(wish);
            }
        }
    }
    return all;
}

} // namespace

/// The table of colours keeps its promises, in each theme and with any accent.
class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_font = QApplication::font(); }

    /// Each test begins with the system's own look, whatever the one before left.
    void init()
    {
        QApplication::setStyle(QStringLiteral("Fusion"));
        QApplication::setPalette(QApplication::style()->standardPalette());
        QApplication::setFont(m_font);
    }

    void contrasts()
    {
        for (const Theme::Wish &wish : wishes()) {
            const Theme theme = Theme::make(wish);
            const Theme::Colors &c = theme.colors;
            const QString name = QStringLiteral("scheme %1 high %2 accent %3")
                                     .arg(int(wish.scheme))
                                     .arg(wish.highContrast)
                                     .arg(wish.accent.name());
            const auto reads = [&name](const QColor &ink, const QColor &ground, double least, int line) {
                const double value = contrast(ink, ground);
                if (value < least - 1e-6)
                    QTest::qFail(
                        qPrintable(
                            QStringLiteral("%1: %2 on %3 is %4").arg(name, ink.name(), ground.name()).arg(value)),
                        __FILE__, line);
            };
            for (const QColor &ground : {c.window, c.sidebar, c.surface, c.raised, c.hover, c.selected, c.bubbleIn,
                                         c.bubbleOut, c.quietIn, c.quietOut}) {
                reads(c.text, ground, 4.5, __LINE__);
                reads(c.textMuted, ground, 4.5, __LINE__);
                reads(c.focus, ground, 3, __LINE__);
            }
            for (const QColor &ground : {c.surface, c.window, c.sidebar, c.hover, c.selected})
                reads(c.accentText, ground, 4.5, __LINE__);
            for (const QColor &ground : {c.surface, c.bubbleIn, c.bubbleOut, c.quietIn, c.quietOut}) {
                reads(c.link, ground, 4.5, __LINE__);
                reads(c.dangerText, ground, 4.5, __LINE__);
            }
            reads(c.dangerText, c.dangerGround, 4.5, __LINE__);
            reads(c.warningText, c.warningGround, 4.5, __LINE__);
            reads(c.text, c.infoGround, 4.5, __LINE__);
            reads(c.onAccent, c.accent, 4.5, __LINE__);
            reads(c.onAccent, c.accentHover, 4.5, __LINE__);
            reads(c.onDanger, c.danger, 4.5, __LINE__);
            reads(c.onHighlight, c.highlight, 4.5, __LINE__);
            reads(c.onTooltip, c.tooltip, 4.5, __LINE__);
            reads(c.borderStrong, c.surface, 3, __LINE__);
            for (const QColor &dot : {c.online, c.away, c.busy, c.offline}) {
                reads(dot, c.surface, 3, __LINE__);
                reads(dot, c.sidebar, 3, __LINE__);
            }
        }
    }

    /// The vectors of XEP-0392 (its section of test vectors).
    void nameColors_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("angle");
        QTest::addColumn<QVector<double>>("rgb");
        QTest::newRow("Romeo") << QStringLiteral("Romeo") << 327.255249 << QVector<double>{0.865, 0.0, 0.686};
        QTest::newRow("juliet") << QStringLiteral("juliet@capulet.lit") << 209.410400
                                << QVector<double>{0.0, 0.515, 0.573};
        QTest::newRow("emoji") << QStringLiteral("😺") << 331.199341 << QVector<double>{0.872, 0.0, 0.659};
        QTest::newRow("council") << QStringLiteral("council") << 359.994507 << QVector<double>{0.918, 0.0, 0.394};
    }

    void nameColors()
    {
        QFETCH(QString, name);
        QFETCH(double, angle);
        QFETCH(QVector<double>, rgb);
        QVERIFY(std::abs(nameAngle(name) - angle) < 1e-5);
        const QColor color = fromHsluv(angle, 100, 50);
        QVERIFY(std::abs(color.redF() - rgb.at(0)) < 0.002);
        QVERIFY(std::abs(color.greenF() - rgb.at(1)) < 0.002);
        QVERIFY(std::abs(color.blueF() - rgb.at(2)) < 0.002);
    }

    void namesReadOnEveryGround()
    {
        for (const Theme::Wish &wish : wishes()) {
            const Theme theme = Theme::make(wish);
            for (int i = 0; i < 200; ++i) {
                for (const QColor &ground : {theme.colors.surface, theme.colors.bubbleIn, theme.colors.sidebar})
                    QVERIFY(contrast(nameColor(QString::number(i), ground), ground) >= 4.5);
            }
        }
    }

    void changesAtOnce()
    {
        Appearance appearance;
        appearance.setScheme(Appearance::Choice::Light);
        QPushButton button;
        button.show();
        const QColor light = button.palette().color(QPalette::Window);
        QCOMPARE(light, appearance.theme().colors.window);
        QSignalSpy spy(&appearance, &Appearance::changed);
        appearance.setScheme(Appearance::Choice::Dark);
        QCOMPARE(spy.size(), 1);
        QTRY_COMPARE(button.palette().color(QPalette::Window), appearance.theme().colors.window);
        QCOMPARE(Theme::of(&button).scheme, Scheme::Dark);
        QVERIFY(light != button.palette().color(QPalette::Window));
        const double size = button.font().pointSizeF();
        appearance.setTextScale(2);
        QTRY_COMPARE(button.font().pointSizeF(), size * 2);
        appearance.setTextScale(7);
        QCOMPARE(appearance.textScale(), 2.0);
        appearance.setTextScale(1);
        appearance.setContrast(Appearance::Contrast::High);
        QVERIFY(appearance.theme().highContrast);
        appearance.setScheme(Appearance::Choice::Dark);
        QCOMPARE(spy.size(), 4);
    }

    /// A palette that somebody else sets is the system's: the scheme follows its lightness.
    void followsTheSystemPalette()
    {
        Appearance appearance;
        QCOMPARE(appearance.theme().scheme, Scheme::Light);
        QPalette dark = QApplication::palette();
        dark.setColor(QPalette::Window, Qt::black);
        dark.setColor(QPalette::WindowText, Qt::white);
        QApplication::setPalette(dark);
        QTRY_COMPARE(appearance.theme().scheme, Scheme::Dark);
        QCOMPARE(QApplication::palette().color(QPalette::Window), appearance.theme().colors.window);
    }

    void iconsAreDrawn()
    {
        for (const Theme::Wish &wish : wishes()) {
            const Theme theme = Theme::make(wish);
            for (int i = 0; i < iconCount; ++i) {
                const QColor color = iconColor(theme, IconRole::Text);
                const QImage image = iconPixmap(Icon(i), color, 24, 1.25).toImage();
                QCOMPARE(image.size(), QSize(30, 30));
                int inked = 0;
                for (int y = 0; y < image.height(); ++y) {
                    for (int x = 0; x < image.width(); ++x) {
                        if (image.pixelColor(x, y).alpha() < 200)
                            continue;
                        ++inked;
                        QVERIFY(std::abs(image.pixelColor(x, y).red() - color.red()) <= 2);
                    }
                }
                QVERIFY2(inked > 10, qPrintable(QString::number(i)));
            }
        }
    }

    void iconsFollowTheTheme()
    {
        const QIcon icon = themedIcon(Icon::Send);
        QApplication::setStyle(new Style(Theme::make({})));
        const QImage light = icon.pixmap(24).toImage();
        Theme::Wish wish;
        wish.scheme = Scheme::Dark;
        QApplication::setStyle(new Style(Theme::make(wish)));
        QVERIFY(icon.pixmap(24).toImage() != light);
        QVERIFY(icon.pixmap(24, QIcon::Disabled).toImage() != icon.pixmap(24).toImage());
        QCOMPARE(icon.pixmap(QSize(24, 24), 2.0).toImage().size(), QSize(48, 48));
        for (const int side : {16, 512})
            QVERIFY(!applicationIcon().pixmap(side).isNull());
    }

private:
    QFont m_font;
};

BALCONY_TEST(TestTheme)
#include "tst_theme.moc"
