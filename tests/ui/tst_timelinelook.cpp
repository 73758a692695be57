// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/chat/timelineview.h"
#include "ui/language.h"
#include "ui/theme/style.h"

#include "faketimeline.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTemporaryDir>

using model::Delivery;
using model::TimelineRow;

namespace {

QDateTime at(int day, int hour, int minute)
{
    return QDateTime(QDate(2026, 3, day), QTime(hour, minute), Qt::UTC);
}

TimelineRow says(const char *name, const char *text, const QDateTime &time, Delivery delivery = Delivery::Received)
{
    TimelineRow row;
    row.authorName = QString::fromUtf8(name);
    row.body = QString::fromUtf8(text);
    row.time = time;
    row.delivery = delivery;
    row.outgoing = delivery != Delivery::Received;
    return row;
}

QVector<TimelineRow> verona()
{
    QVector<TimelineRow> rows{
        says("Juliet",
             "O Romeo, Romeo! wherefore art thou Romeo? Deny thy father and refuse thy name; or, if thou wilt "
             "not, be but sworn my love, and I'll no longer be a Capulet.",
             at(2, 20, 12)),
        says("Juliet", "Art thou there?", at(2, 20, 13)),
        says("Romeo", "Shall I hear more, or shall I speak at this?", at(2, 20, 15), Delivery::Displayed),
        says("Nurse", "Madam!", at(3, 9, 1)),
        says("Nurse", "The map to the orchard is at https://verona.example/orchard?wall=high#north (mind the wall).",
             at(3, 9, 2)),
        says("Romeo", "Thank you!", at(3, 9, 4), Delivery::Delivered),
        says("Romeo",
             "I take thee at thy word: call me but love, and I'll be new baptized; henceforth I never will be "
             "Romeo.",
             at(3, 9, 4), Delivery::Accepted),
        says("Juliet", "🌹❤️", at(3, 9, 10)),
        says("Juliet", "What man art thou that thus bescreen'd in night\nSo stumblest on my counsel?", at(3, 9, 11)),
        says("Romeo", "By a name I know not how to tell thee who I am", at(3, 9, 12), Delivery::Written),
        says("Romeo", "My name, dear saint, is hateful to myself", at(3, 9, 12), Delivery::Queued),
        says("Romeo", "Because it is an enemy to thee", at(3, 9, 13), Delivery::Failed),
    };
    rows[0].missing = model::Missing::Older;
    rows[3].missing = model::Missing::Messages;
    rows[7].missing = model::Missing::Stuck;
    rows[3].firstUnread = true;
    rows[4].encrypted = true;
    rows[6].encrypted = true;
    return rows;
}

QVector<TimelineRow> chinese()
{
    return {says("小林", "今天晚上一起去吃火锅吗?我听说学校旁边新开了一家店,味道很不错,价格也便宜。", at(3, 9, 1)),
            says("小林", "地址在这里:https://example.cn/map?id=42。", at(3, 9, 2)),
            says("我", "好啊!几点见面?", at(3, 9, 4), Delivery::Displayed),
            says("王芳", "我也想去 😋 大概七点怎么样,下班以后可以直接过去。", at(3, 9, 10)),
            says("我", "没问题,七点在门口见。", at(3, 9, 12), Delivery::Delivered)};
}

QVector<TimelineRow> hebrew()
{
    return {says("יעל", "שלום! מה שלומך היום? ראיתי את ההודעה שלך ורציתי לשאול אם נפגש מחר בבוקר ליד הספרייה.",
                 at(3, 9, 1)),
            says("יעל", "הקישור: https://example.org/map", at(3, 9, 2)),
            says("אני", "כן, בטח", at(3, 9, 4), Delivery::Displayed),
            says("Romeo", "English inside a right-to-left window", at(3, 9, 10)),
            says("אני", "ההודעה הזאת לא נשלחה", at(3, 9, 12), Delivery::Failed)};
}

/// All that a message can be.
QVector<TimelineRow> kinds()
{
    QVector<TimelineRow> rows{
        says("Juliet",
             "*What's* in a name? That which we call a _rose_ by any other name would smell as ~bad~ `sweet`.",
             at(3, 9, 1)),
        says(
            "Juliet",
            "> Deny thy father and refuse thy name;\n> > or, if thou wilt not\n> be but sworn my love, and I'll no longer be a Capulet, nor anybody else who lives here\nI said that.",
            at(3, 9, 2)),
        says("Romeo", "Here it is:\n```c++\nint main()\n{\n    return love(\"Juliet\", 42);\n}\n```", at(3, 9, 4),
             Delivery::Displayed),
        says("Romeo", "I take thee at thy word", at(3, 9, 5), Delivery::Delivered),
        says("Nurse", "", at(3, 9, 7)),
        says("Romeo", "", at(3, 9, 8), Delivery::Accepted),
        says("Romeo", "By and by, I come", at(3, 9, 9), Delivery::Accepted),
        says("Nurse", "🌹", at(3, 9, 10)),
        says("Nurse", "Madam!", at(3, 9, 11)),
        says("Romeo", "Who calls?", at(3, 9, 12), Delivery::Delivered),
    };
    const QString counsel =
        QStringLiteral("What man art thou that thus bescreen'd in night\nSo stumblest on my counsel?");
    rows[0].reactions = {{QStringLiteral("👍"), {QStringLiteral("Romeo")}, true},
                         {QStringLiteral("🌹"), {QStringLiteral("Nurse")}, false}};
    rows[1].edited = true;
    rows[3].reply = model::RowReply{1, QStringLiteral("Juliet"), counsel, false};
    rows[3].edited = true;
    rows[3].encrypted = true;
    rows[3].reactions = {{QStringLiteral("❤️"), {QStringLiteral("Juliet")}, false},
                         {QStringLiteral("😂"), {}, true},
                         {QStringLiteral("😮"), {QStringLiteral("Nurse"), QStringLiteral("Juliet")}, true}};
    rows[4].retracted = rows[5].retracted = true;
    rows[6].changeWaits = true;
    rows[6].edited = true;
    rows[7].reply = model::RowReply{2, QStringLiteral("Romeo"), QStringLiteral("Shall I hear more?"), false};
    rows[8].reply = model::RowReply{0, QStringLiteral("Juliet"), {}, false};
    rows[9].reply = model::RowReply{5, QStringLiteral("Nurse"), {}, true};
    return rows;
}

QVector<TimelineRow> chineseKinds()
{
    QVector<TimelineRow> rows{says("小林", "*今天晚上*一起去 _吃火锅_ 吗?", at(3, 9, 1)),
                              says("我", "好啊!几点见面?", at(3, 9, 4), Delivery::Displayed),
                              says("小林", "> 几点见面?\n七点。", at(3, 9, 5)), says("小林", "", at(3, 9, 6)),
                              says("我", "没问题。", at(3, 9, 12), Delivery::Delivered)};
    rows[1].reply = model::RowReply{1, QStringLiteral("小林"), QStringLiteral("*今天晚上*一起去 _吃火锅_ 吗?"), false};
    rows[1].edited = true;
    rows[1].reactions = {{QStringLiteral("👍"), {QStringLiteral("小林")}, true}};
    rows[3].retracted = true;
    rows[4].reply = model::RowReply{0, QStringLiteral("王芳"), {}, false};
    return rows;
}

QVector<TimelineRow> hebrewKinds()
{
    QVector<TimelineRow> rows = hebrew();
    rows[0].body = QStringLiteral("> שלום! *מה שלומך* היום?\n> > ראיתי את ההודעה\nכן, בטח\n```\nint main();\n```");
    rows[0].reactions = {{QStringLiteral("👍"), {QStringLiteral("Romeo")}, true},
                         {QStringLiteral("🌹"), {QStringLiteral("Nurse")}, false}};
    rows[2].reply = model::RowReply{1, QStringLiteral("יעל"), QStringLiteral("שלום! מה שלומך היום?"), false};
    rows[2].edited = true;
    rows[2].reactions = rows[0].reactions;
    rows[3].retracted = true;
    rows[4].reply = model::RowReply{1, QStringLiteral("Romeo"),
                                    QStringLiteral("English inside a right-to-left window, which is long"), false};
    return rows;
}

struct Look {
    const char *file;
    ui::Theme::Wish wish;
    ui::Density density = ui::Density::Comfortable;
    QVector<TimelineRow> rows;
    bool mirrored = false;
    QSize size{760, 720};
    const char *language = "en";
};

} // namespace

/// Shows the timeline in each look with the corner cases of its drawing, and leaves pictures in screenshots/.
class TestTimelineLook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_font = QApplication::font();
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        m_folder = QDir(QCoreApplication::applicationDirPath() + QStringLiteral("/../screenshots"));
        QVERIFY(m_folder.mkpath(QStringLiteral(".")));
    }

    void draws_data()
    {
        QTest::addColumn<int>("which");
        const QVector<Look> all = looks();
        for (int i = 0; i < all.size(); ++i)
            QTest::newRow(all.at(i).file) << i;
    }

    void draws()
    {
        QFETCH(int, which);
        const Look look = looks().at(which);
        ui::installTranslators(*qApp, QLatin1String(look.language), m_profile.path());
        const auto english =
            qScopeGuard([this] { ui::installTranslators(*qApp, QStringLiteral("en"), m_profile.path()); });
        ui::Theme::Wish wish = look.wish;
        wish.font = m_font;
        const ui::Theme theme = ui::Theme::make(wish);
        QApplication::setStyle(new ui::Style(theme));
        QApplication::setPalette(theme.palette());
        QApplication::setFont(theme.font(ui::TextRole::Body));
        const QVector<TimelineRow> rows = look.rows;
        tests::FakeTimeline timeline(rows.size(), [&rows](qint64 i) { return rows.at(i); });
        ui::TimelineView view;
        view.setLayoutDirection(look.mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        view.setDensity(look.density);
        view.setErrorText([](const Error &) { return QStringLiteral("The server refused the message."); });
        view.resize(look.size);
        view.setTimeline(&timeline);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.showLatest();
        const QImage image = view.grab().toImage();
        QVERIFY(image.save(m_folder.filePath(QStringLiteral("timeline-%1.png").arg(QLatin1String(look.file)))));
        QCOMPARE(image.pixelColor(1, 1), theme.colors.surface);

        // No part of a row leaves it, and no two parts of it meet.
        for (const ui::TimelineView::Shown &shown : view.shown()) {
            const ui::RowLayout &layout = *shown.layout;
            const QRect whole(0, 0, look.size.width(), layout.height());
            for (const QRect &part :
                 {layout.bubble(), layout.avatar(), layout.author(), layout.time(), layout.state(), layout.lock(),
                  layout.failure(), layout.retry(), layout.remove(), layout.edited(), layout.quote().rect()})
                QVERIFY2(part.isNull() || whole.contains(part), qPrintable(layout.text().text()));
            QVERIFY(!layout.time().intersects(layout.state()));
            QVERIFY(!layout.time().intersects(layout.lock()));
            QVERIFY(!layout.edited().intersects(layout.lock()) && !layout.edited().intersects(layout.time()));
            for (const auto &chip : layout.reactions().chips())
                QVERIFY(whole.contains(chip.rect) && !chip.rect.intersects(layout.bubble()));
            for (const auto &backdrop : layout.backdrops())
                QVERIFY2(QRectF(layout.bubble()).contains(backdrop.rect), qPrintable(layout.text().text()));
            QVERIFY(!layout.avatar().intersects(layout.bubble()) || look.density == ui::Density::Compact);
            for (int i = 0; i < layout.text().lineCount(); ++i) {
                const QRectF line = layout.text().lineAt(i).naturalTextRect().translated(layout.textPosition());
                QVERIFY2(QRectF(layout.bubble()).contains(line), qPrintable(layout.text().text()));
                for (const QRect &part :
                     {layout.time(), layout.state(), layout.lock(), layout.edited(), layout.quote().rect()})
                    QVERIFY2(!line.intersects(part), qPrintable(layout.text().text()));
            }
        }
    }

    /// Own messages stand at the end side: right, and left where the interface is mirrored.
    void mirrors()
    {
        const QVector<TimelineRow> rows = hebrew();
        tests::FakeTimeline timeline(rows.size(), [&rows](qint64 i) { return rows.at(i); });
        for (const bool mirrored : {false, true}) {
            ui::TimelineView view;
            view.setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
            view.resize(700, 600);
            view.setTimeline(&timeline);
            view.show();
            QVERIFY(QTest::qWaitForWindowExposed(&view));
            for (const ui::TimelineView::Shown &shown : view.shown()) {
                const int middle = shown.layout->bubble().center().x();
                const bool own = timeline.row(shown.index).outgoing;
                QCOMPARE(middle > 350, own != mirrored);
            }
        }
    }

    void emptyAndLoading()
    {
        tests::FakeTimeline timeline(0, [](qint64) { return TimelineRow(); });
        ui::TimelineView view;
        view.resize(400, 300);
        view.setTimeline(&timeline);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QImage loading = view.grab().toImage();
        Q_EMIT timeline.settled();
        const QImage empty = view.grab().toImage();
        QVERIFY(loading != empty);
        QVERIFY(empty.save(m_folder.filePath(QStringLiteral("timeline-empty.png"))));
    }

private:
    static QVector<Look> looks()
    {
        using ui::Density;
        using ui::Scheme;
        ui::Theme::Wish light;
        ui::Theme::Wish dark;
        dark.scheme = Scheme::Dark;
        ui::Theme::Wish sharp = light;
        sharp.highContrast = true;
        ui::Theme::Wish sharpDark = dark;
        sharpDark.highContrast = true;
        ui::Theme::Wish large = light;
        large.textScale = 2;
        return {{"light", light, Density::Comfortable, verona()},
                {"dark", dark, Density::Comfortable, verona()},
                {"contrast", sharp, Density::Comfortable, verona()},
                {"contrast-dark", sharpDark, Density::Comfortable, verona()},
                {"compact", light, Density::Compact, verona()},
                {"compact-dark", dark, Density::Compact, verona()},
                {"chinese", light, Density::Comfortable, chinese(), false, {620, 420}},
                {"rtl", light, Density::Comfortable, hebrew(), true, {620, 420}},
                {"rtl-compact", dark, Density::Compact, hebrew(), true, {620, 300}},
                {"large", large, Density::Comfortable, verona(), false, {760, 900}},
                {"large-compact", large, Density::Compact, verona(), false, {760, 900}},
                {"narrow", light, Density::Comfortable, verona(), false, {320, 720}},
                {"kinds", light, Density::Comfortable, kinds(), false, {760, 920}},
                {"kinds-dark", dark, Density::Comfortable, kinds(), false, {760, 920}},
                {"kinds-contrast", sharp, Density::Comfortable, kinds(), false, {760, 920}},
                {"kinds-contrast-dark", sharpDark, Density::Comfortable, kinds(), false, {760, 920}},
                {"kinds-compact", light, Density::Compact, kinds()},
                {"kinds-large", large, Density::Comfortable, kinds(), false, {760, 1700}},
                {"kinds-large-compact", large, Density::Compact, kinds(), false, {760, 1200}},
                {"kinds-narrow", light, Density::Comfortable, kinds(), false, {320, 1000}},
                {"kinds-chinese", light, Density::Comfortable, chineseKinds(), false, {620, 420}, "zh_CN"},
                {"kinds-rtl", light, Density::Comfortable, hebrewKinds(), true, {620, 560}},
                {"kinds-rtl-compact", dark, Density::Compact, hebrewKinds(), true, {620, 420}}};
    }

private:
    QFont m_font;
    QDir m_folder;
    QTemporaryDir m_profile;
};

BALCONY_TEST(TestTimelineLook)
#include "tst_timelinelook.moc"
