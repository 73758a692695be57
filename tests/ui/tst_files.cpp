// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "stage.h"
#include "support/testmain.h"
#include "ui/chat/captionedit.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/composer.h"
#include "ui/chat/fileactions.h"
#include "ui/chat/picturecanvas.h"
#include "ui/chat/pictures.h"
#include "ui/chat/pictureviewer.h"
#include "ui/chat/sendfiles.h"
#include "ui/chat/timelineview.h"
#include "ui/language.h"
#include "ui/theme/style.h"

#include "faketimeline.h"
#include "openprofile.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QSignalSpy>
#include <QTemporaryDir>

using model::FilePlace;
using model::RowFile;
using model::TimelineRow;
using tests::Stage;
using ui::FileAction;
using ui::RowLayout;
using ui::TimelineView;

namespace {

constexpr qint64 fileRows = 40;

TimelineRow rowOfFiles(const QList<RowFile> &files, bool outgoing = false)
{
    TimelineRow row;
    row.outgoing = outgoing;
    row.authorName = outgoing ? QStringLiteral("Romeo") : QStringLiteral("Juliet");
    row.delivery = outgoing ? model::Delivery::Delivered : model::Delivery::Received;
    row.time = QDateTime(QDate(2020, 1, 1), QTime(10, 42), Qt::UTC);
    row.files = files;
    return row;
}

RowFile pictureFile(const QSize &pixels, FilePlace place = FilePlace::Here)
{
    RowFile file;
    file.id = 7;
    file.place = place;
    file.name = QStringLiteral("balcony.png");
    file.type = QStringLiteral("image/png");
    file.size = 2'400'000;
    file.url = QStringLiteral("https://files.capulet.example/1/balcony.png");
    file.pixels = pixels;
    file.isPicture = true;
    return file;
}

RowFile documentFile(FilePlace place)
{
    RowFile file = pictureFile({}, place);
    file.name = QStringLiteral("banns.pdf");
    file.type = QStringLiteral("application/pdf");
    file.isPicture = false;
    return file;
}

ui::RowContext contextOf(const TimelineRow &row, int width = 700)
{
    ui::RowContext context;
    context.width = width;
    context.showAuthors = false;
    for (int i = 0; i < row.files.size(); ++i)
        context.pictures.append(QSize());
    return context;
}

QString madePicture(const QTemporaryDir &folder, const QString &name, const QSize &size, const QColor &color)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    const QString path = folder.filePath(name);
    return image.save(path) ? path : QString();
}

} // namespace

/// Files in messages: how they lie, what is done with them, how they are sent and looked at.
class TestFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        ui::installTranslators(*qApp, QStringLiteral("en"), m_folder.path());
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        const ui::Theme theme = ui::Theme::make({});
        QApplication::setStyle(new ui::Style(theme));
        QApplication::setPalette(theme.palette());
    }

    /// A picture has the room that its sender speaks of before it is here, and never more than is good.
    void aPictureHasItsRoom()
    {
        const ui::Theme &theme = ui::Theme::of(nullptr);
        const auto sizeOf = [&](const RowFile &file, int width) {
            const TimelineRow row = rowOfFiles({file});
            const RowLayout layout(row, contextOf(row, width), theme);
            return layout.files().items().constFirst().rect.size();
        };
        const QSize large = sizeOf(pictureFile({4000, 3000}, FilePlace::Remote), 700);
        QVERIFY(large.width() <= theme.scaled(360));
        QVERIFY(std::abs(large.width() * 3 - large.height() * 4) <= 4);
        QCOMPARE(sizeOf(pictureFile({200, 150}), 700), QSize(200, 150));
        QVERIFY(sizeOf(pictureFile({8, 8}), 700).width() > 8);
        // A claim of any size moves nothing out of the window.
        const QSize narrow = sizeOf(pictureFile({65535, 10}), 200);
        QVERIFY(narrow.width() < 200 && narrow.height() >= 10);
        QVERIFY(!sizeOf(pictureFile({}), 700).isEmpty());
        // What was learned counts more than what was not said.
        const TimelineRow row = rowOfFiles({pictureFile({})});
        ui::RowContext context = contextOf(row);
        context.pictures = {QSize(100, 300)};
        const RowLayout known(row, context, theme);
        QCOMPARE(known.files().items().constFirst().rect.size(), QSize(100, 300));
    }

    void severalPicturesAreAMosaic()
    {
        QList<RowFile> files;
        for (int i = 0; i < 4; ++i) {
            files.append(pictureFile({400, 300}));
            files.last().id = i + 1;
        }
        TimelineRow row = rowOfFiles(files);
        row.body = QStringLiteral("Four of them");
        const RowLayout layout(row, contextOf(row), ui::Theme::of(nullptr));
        const auto &items = layout.files().items();
        QCOMPARE(items.size(), 4);
        QCOMPARE(items.at(0).rect.top(), items.at(1).rect.top());
        QCOMPARE(items.at(0).rect.left(), items.at(2).rect.left());
        for (const auto &item : items) {
            QCOMPARE(item.rect.width(), item.rect.height());
            QVERIFY(layout.bubble().contains(item.rect));
            QVERIFY(layout.textPosition().y() >= item.rect.bottom());
        }
    }

    /// A caption under it, the time under that; mirrored, compact and at 200 % nothing leaves its row or overlaps.
    void nothingOverlaps()
    {
        for (const double scale : {1.0, 2.0}) {
            ui::Theme::Wish wish;
            wish.textScale = scale;
            const ui::Theme theme = ui::Theme::make(wish);
            for (const auto density : {ui::Density::Comfortable, ui::Density::Compact}) {
                for (const bool isMirrored : {false, true}) {
                    for (const QString &body : {QString(), QStringLiteral("A caption")}) {
                        TimelineRow row = rowOfFiles({pictureFile({800, 600}), documentFile(FilePlace::Remote)}, true);
                        row.body = body;
                        ui::RowContext context = contextOf(row, 480);
                        context.density = density;
                        context.mirrored = isMirrored;
                        const RowLayout layout(row, context, theme);
                        const auto &items = layout.files().items();
                        QCOMPARE(items.size(), 2);
                        QVERIFY(!items.at(0).rect.intersects(items.at(1).rect));
                        for (const auto &item : items) {
                            QVERIFY(QRect(0, 0, 480, layout.height()).contains(item.rect));
                            QVERIFY(!item.rect.intersects(layout.time()));
                            QVERIFY(!item.rect.intersects(layout.state()));
                        }
                    }
                }
            }
        }
    }

    /// What a click does depends on where the file is.
    void clicksFitTheState()
    {
        const ui::Theme &theme = ui::Theme::of(nullptr);
        const auto target = [&](FilePlace place, bool onButton) {
            const TimelineRow row = rowOfFiles({documentFile(place)});
            const RowLayout layout(row, contextOf(row), theme);
            const auto &item = layout.files().items().constFirst();
            const QPoint point = onButton ? item.button.center() : item.rect.topLeft() + QPoint(3, 3);
            return layout.partAt(point);
        };
        QCOMPARE(target(FilePlace::Remote, false), ui::RowPart::File);
        QCOMPARE(target(FilePlace::Here, false), ui::RowPart::File);
        QCOMPARE(target(FilePlace::Loading, false), ui::RowPart::None);
        QCOMPARE(target(FilePlace::Loading, true), ui::RowPart::File);
        QCOMPARE(target(FilePlace::Waiting, false), ui::RowPart::None);
        QCOMPARE(target(FilePlace::Failed, false), ui::RowPart::File);
    }

    void theViewAsksAndSpeaks()
    {
        RowFile file = documentFile(FilePlace::Remote);
        tests::FakeTimeline timeline(fileRows, [&file](qint64) { return rowOfFiles({file}); });
        TimelineView view;
        view.resize(600, 500);
        view.setTimeline(&timeline);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QVERIFY(view.spoken(fileRows).contains(QStringLiteral("PDF document")));
        QVERIFY(view.spoken(fileRows).contains(QStringLiteral("not downloaded")));
        QSignalSpy asked(&view, &TimelineView::fileActionRequested);
        const auto &shown = view.shown().constLast();
        const QRect button = shown.layout->files().items().constFirst().button.translated(0, shown.top);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, button.center());
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().at(0).toLongLong(), fileRows);
        QCOMPARE(asked.first().at(1).toLongLong(), file.id);
        // The menu has it for the keyboard.
        view.openMenu(fileRows, view.mapToGlobal(QPoint(10, 10)));
        auto *menu = view.findChild<QMenu *>();
        QVERIFY(menu);
        auto *fetch = menu->findChild<QAction *>(QStringLiteral("fetchFileAction"));
        QVERIFY(fetch);
        fetch->trigger();
        QCOMPARE(asked.size(), 2);
        QCOMPARE(asked.last().at(2).value<FileAction>(), FileAction::Fetch);
        menu->close();
    }

    /// Only what opens as a picture, a sound, a film or a page is opened without a question.
    void whatIsHarmless()
    {
        RowFile file = documentFile(FilePlace::Here);
        const auto isHarmless = [&file](const char *path) {
            file.path = QString::fromUtf8(path);
            return ui::isHarmless(file);
        };
        QVERIFY(isHarmless("/files/1/a.PNG"));
        QVERIFY(isHarmless("/files/1/a.pdf"));
        for (const char *path : {"/files/1/a.exe", "/files/1/a.png.desktop", "/files/1/a", "/files/1/a.html",
                                 "/files/1/a.svg", "/files/1/a.docm", "/files/1/a.pdf.sh"})
            QVERIFY2(!isHarmless(path), path);
    }

    /// The real decoder, in its own process.
    void picturesAreDecodedElsewhere()
    {
        base::SystemClock clock;
        ui::Pictures pictures(clock);
        QSignalSpy changed(&pictures, &ui::Pictures::changed);
        RowFile file = pictureFile({});
        file.path = madePicture(m_folder, QStringLiteral("wide.png"), {640, 320}, Qt::green);
        QVERIFY(!file.path.isEmpty());
        QVERIFY(pictures.find(file, {320, 320}).isNull());
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), tests::slow);
        QCOMPARE(pictures.find(file, {320, 320}).size(), QSize(320, 160));
        QCOMPARE(pictures.sizeOf(file.id), QSize(640, 320));
        QCOMPARE(pictures.find(file, {320, 320}).toImage().pixelColor(5, 5), QColor(Qt::green));
        // Another size: the old one until it is here.
        QCOMPARE(pictures.find(file, {100, 100}).size(), QSize(320, 160));
        QTRY_COMPARE_WITH_TIMEOUT(pictures.find(file, {100, 100}).size(), QSize(100, 50), tests::slow);
        // A damaged one is asked for once.
        RowFile damaged = pictureFile({});
        damaged.id = 8;
        damaged.path = m_folder.filePath(QStringLiteral("damaged.png"));
        QFile bad(damaged.path);
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write("\x89PNG\r\n\x1a\n and nothing else");
        bad.close();
        changed.clear();
        QVERIFY(pictures.find(damaged, {100, 100}).isNull());
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, tests::slow);
        QVERIFY(pictures.find(damaged, {100, 100}).isNull());
        QVERIFY(pictures.find(file, {50, 50}).width() > 0);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, tests::slow);
        QCOMPARE(changed.last().first().toLongLong(), file.id);
    }

    /// What is not here yet has its preview (XEP-0264), if there is one.
    void aPreviewStandsForAPicture()
    {
        base::SystemClock clock;
        ui::Pictures pictures(clock);
        QSignalSpy changed(&pictures, &ui::Pictures::changed);
        RowFile file = pictureFile({640, 320}, FilePlace::Remote);
        QFile small(madePicture(m_folder, QStringLiteral("small.png"), {64, 32}, Qt::red));
        QVERIFY(small.open(QIODevice::ReadOnly));
        file.thumbnail = small.readAll();
        QVERIFY(pictures.find(file, {320, 160}).isNull());
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, tests::slow);
        QCOMPARE(pictures.find(file, {320, 160}).size(), QSize(64, 32));
        QVERIFY(pictures.sizeOf(file.id).isEmpty());
    }

    void theDialogTakesFilesOnly()
    {
        base::SystemClock clock;
        media::Decoder decoder(clock);
        auto *dialog = new ui::SendFilesDialog(decoder, 1600, nullptr);
        const QPointer<ui::SendFilesDialog> guard(dialog);
        dialog->open();
        const QString picture = madePicture(m_folder, QStringLiteral("one.png"), {32, 32}, Qt::blue);
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("folder")));
        QSignalSpy ready(dialog, &ui::SendFilesDialog::ready);
        dialog->addFiles(
            {picture, m_folder.filePath(QStringLiteral("folder")), m_folder.filePath(QStringLiteral("no"))});
        QVERIFY(!dialog->isReady());
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, tests::slow);
        QCOMPARE(dialog->files().size(), size_t(1));
        QVERIFY(dialog->files().front().isPicture);
        QCOMPARE(dialog->edge(), 1600);
        auto *problem = dialog->findChild<QLabel *>(QStringLiteral("sendFilesProblem"));
        QVERIFY(problem->isVisible() && problem->text().contains(QStringLiteral("Folders")));
        // A caption that could not be sent stays.
        auto *caption = dialog->findChild<ui::CaptionEdit *>();
        QTest::keyClicks(caption, QStringLiteral("Look"));
        QTest::keyClick(caption, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(caption, QStringLiteral("here"));
        QSignalSpy wanted(dialog, &ui::SendFilesDialog::sendRequested);
        QTest::keyClick(caption, Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QTest::keyClick(caption, Qt::Key_Return);
        QCOMPARE(wanted.size(), 1); // it is on its way
        dialog->refuse(QStringLiteral("The disk is full."));
        QCOMPARE(dialog->caption(), QStringLiteral("Look\nhere"));
        QVERIFY(problem->text().contains(QStringLiteral("disk")));
        QTest::keyClick(caption, Qt::Key_Return);
        QCOMPARE(wanted.size(), 2);
        dialog->sent();
        QTRY_VERIFY(!guard);
    }

    /// F17: ten thousand files are not looked at.
    void thereIsALimit()
    {
        base::SystemClock clock;
        media::Decoder decoder(clock);
        ui::SendFilesDialog dialog(decoder, 0, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        const QString picture = madePicture(m_folder, QStringLiteral("one.png"), {32, 32}, Qt::blue);
        QSignalSpy ready(&dialog, &ui::SendFilesDialog::ready);
        dialog.addFiles(QStringList(10'000, picture));
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, tests::slow);
        QCOMPARE(dialog.files().size(), size_t(ui::SendFilesDialog::mostFiles));
    }

    /// Chosen, pasted: each becomes a message that waits for the server.
    void aPageSendsFiles()
    {
        Stage stage;
        ui::ChatPane pane(stage.profile());
        pane.resize(700, 600);
        pane.show();
        QVERIFY(QTest::qWaitForWindowExposed(&pane));
        pane.open(stage.chatWith("juliet@capulet.example"));
        const auto rows = [&pane] { return pane.page()->timeline()->timeline()->rowCount(); };
        QTRY_VERIFY(rows() > 0);
        const int before = rows();
        const QString picture = madePicture(m_folder, QStringLiteral("moon.png"), {64, 32}, Qt::blue);
        pane.page()->offerFiles({picture});
        auto *dialog = pane.window()->findChild<ui::SendFilesDialog *>();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->isReady());
        QTest::keyClicks(dialog->findChild<ui::CaptionEdit *>(), QStringLiteral("The moon"));
        QTest::mouseClick(dialog->findChild<QAbstractButton *>(QStringLiteral("sendFilesButton")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), before + 1, tests::slow);
        const TimelineRow sent = pane.page()->timeline()->timeline()->row(before);
        QCOMPARE(sent.body, QStringLiteral("The moon"));
        QCOMPARE(sent.files.size(), 1);
        QCOMPARE(sent.files.first().place, FilePlace::Waiting);
        QVERIFY(sent.files.first().isPicture);
        QTRY_VERIFY(!pane.window()->findChild<ui::SendFilesDialog *>());
        // A picture from the clipboard is kept in the profile.
        QMimeData data;
        QImage image(20, 10, QImage::Format_RGB32);
        image.fill(Qt::red);
        data.setImageData(image);
        Q_EMIT pane.page()->composer()->dataOffered(&data);
        dialog = pane.window()->findChild<ui::SendFilesDialog *>();
        QVERIFY(dialog);
        QTest::keyClick(dialog->findChild<ui::CaptionEdit *>(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), before + 2, tests::slow);
        const TimelineRow pasted = pane.page()->timeline()->timeline()->row(before + 1);
        QVERIFY(pasted.body.isEmpty());
        QCOMPARE(QImage(pasted.files.first().path).size(), image.size());
    }

    void theViewerStepsAndZooms()
    {
        base::SystemClock clock;
        media::Decoder decoder(clock);
        QList<ui::PictureViewer::Shown> all;
        for (int i = 0; i < 2; ++i) {
            RowFile file = pictureFile({});
            file.id = i + 1;
            file.path = madePicture(m_folder, QStringLiteral("view%1.png").arg(i), {300 + i, 200}, Qt::blue);
            all.append({i + 1, file, QStringLiteral("Juliet")});
        }
        auto *viewer = new ui::PictureViewer(decoder, all, 1, nullptr);
        const QPointer<ui::PictureViewer> guard(viewer);
        QSignalSpy shown(viewer, &ui::PictureViewer::shown);
        viewer->open();
        QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, tests::slow);
        QCOMPARE(viewer->current(), 1);
        QTest::keyClick(viewer, Qt::Key_Right);
        QCOMPARE(viewer->current(), 1);
        QTest::keyClick(viewer, Qt::Key_Left);
        QCOMPARE(viewer->current(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 2, tests::slow);
        const double fitted = viewer->canvas()->zoom();
        QTest::keyClick(viewer, Qt::Key_Plus);
        QVERIFY(viewer->canvas()->zoom() > fitted);
        QTest::keyClick(viewer, Qt::Key_0);
        QVERIFY(viewer->canvas()->isFitted());
        QSignalSpy saving(viewer, &ui::PictureViewer::saveRequested);
        QTest::keyClick(viewer, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(saving.size(), 1);
        QCOMPARE(saving.first().at(1).toLongLong(), 1);
        QTest::keyClick(viewer, Qt::Key_Escape);
        QTRY_VERIFY(!guard);
    }

    /// A picture larger than the screen is decoded for that first, and as it is when somebody looks closer.
    void theViewerSharpens()
    {
        base::SystemClock clock;
        media::Decoder decoder(clock);
        const QSize screen = QGuiApplication::primaryScreen()->size();
        RowFile file = pictureFile({});
        file.path = madePicture(m_folder, QStringLiteral("large.png"), screen * 2, Qt::blue);
        ui::PictureViewer viewer(decoder, {{1, file, QStringLiteral("Juliet")}}, 0, nullptr);
        viewer.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy shown(&viewer, &ui::PictureViewer::shown);
        viewer.open();
        QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, tests::slow);
        QVERIFY(viewer.canvas()->isFitted());
        QVERIFY(viewer.canvas()->zoom() < 0.6); // of the picture itself, not of what was decoded
        QVERIFY(!viewer.canvas()->wantsMore());
        QTest::keyClick(&viewer, Qt::Key_1);
        QCOMPARE(viewer.canvas()->zoom(), 1.0);
        QVERIFY(viewer.canvas()->wantsMore());
        QTRY_VERIFY_WITH_TIMEOUT(!viewer.canvas()->wantsMore(), tests::slow);
        QCOMPARE(viewer.canvas()->zoom(), 1.0);
    }

private:
    QTemporaryDir m_folder;
};

BALCONY_TEST(TestFiles)
#include "tst_files.moc"
