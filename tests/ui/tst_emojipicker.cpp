// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "looks.h"
#include "openprofile.h"
#include "support/testmain.h"
#include "ui/chat/composer.h"
#include "ui/chat/composertools.h"
#include "ui/emoji/emojigrid.h"
#include "ui/emoji/emojipicker.h"
#include "ui/emoji/tonemenu.h"
#include "ui/theme/style.h"
#include "ui/widgets/panels.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>
#include <QVBoxLayout>

using ui::Composer;
using ui::EmojiPicker;

/// Emoji are found and put into the text, by key and by pointer.
class TestEmojiPicker : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QApplication::setStyle(new ui::Style(ui::Theme::make({})));
        m_profile = std::make_unique<tests::OpenProfile>();
        QVERIFY(m_profile->isOpen);
        m_book = std::make_unique<ui::EmojiBook>((*m_profile)->settings());
        makeWindow({640, 620});
    }

    void cleanup()
    {
        m_window.reset();
        m_book.reset();
        m_profile.reset();
    }

    void findsAndInserts()
    {
        open();
        QVERIFY(picker()->field()->hasFocus());
        QTest::keyClicks(picker()->field(), QStringLiteral("tada"));
        QVERIFY(picker()->footText().contains(QStringLiteral("party popper")));
        QTest::keyClick(picker()->field(), Qt::Key_Return);
        QCOMPARE(m_composer->text(), QStringLiteral("🎉"));
        QVERIFY(!picker()->isVisible());
        QVERIFY(m_composer->edit()->hasFocus());
        QCOMPARE(m_book->recent().signs(), QStringList(QStringLiteral("🎉")));
        // The next time it stands in front, and nothing of the search is left.
        open();
        QVERIFY(picker()->field()->text().isEmpty());
        QCOMPARE(picker()->grid()->table()->heading(0), QStringLiteral("Used Recently"));
        QTest::keyClick(picker()->field(), Qt::Key_Return);
        QCOMPARE(m_composer->text(), QStringLiteral("🎉🎉"));
    }

    void staysWithShift()
    {
        open();
        QTest::keyClicks(picker()->field(), QStringLiteral("joy"));
        QTest::keyClick(picker()->field(), Qt::Key_Return, Qt::ShiftModifier);
        QVERIFY(picker()->isVisible());
        QTest::keyClick(picker()->field(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(m_composer->text(), QStringLiteral("😂😂"));
        QTest::keyClick(picker()->field(), Qt::Key_Escape);
        QVERIFY(!picker()->isVisible());
    }

    void walksTheGrid()
    {
        open();
        ui::EmojiGrid *grid = picker()->grid();
        QCOMPARE(current(), QStringLiteral("😀"));
        QTest::keyClick(picker()->field(), Qt::Key_Right);
        QCOMPARE(current(), QStringLiteral("😃"));
        QVERIFY(picker()->field()->hasFocus());
        QTest::keyClick(picker()->field(), Qt::Key_Down);
        QVERIFY(grid->hasFocus());
        QCOMPARE(current(), QStringLiteral("😃"));
        const int columns = grid->table()->columnCount();
        QVERIFY(columns > 4);
        QTest::keyClick(grid, Qt::Key_Down);
        QCOMPARE(grid->currentIndex().row(), 2);
        for (int i = 0; i < columns; ++i)
            QTest::keyClick(grid, Qt::Key_Right);
        QCOMPARE(grid->currentIndex().row(), 3);
        QTest::keyClick(grid, Qt::Key_End);
        QCOMPARE(current(), QStringLiteral("🏴󠁧󠁢󠁷󠁬󠁳󠁿"));
        QTest::keyClick(grid, Qt::Key_Right);
        QCOMPARE(current(), QStringLiteral("🏴󠁧󠁢󠁷󠁬󠁳󠁿"));
        QTest::keyClick(grid, Qt::Key_PageUp, Qt::ControlModifier);
        QVERIFY(!current().isEmpty());
        QTest::keyClick(grid, Qt::Key_Home);
        QCOMPARE(current(), QStringLiteral("😀"));
        QCOMPARE(grid->verticalScrollBar()->value(), 0);
        QTest::keyClick(grid, Qt::Key_Up);
        QVERIFY(picker()->field()->hasFocus());
        // Tab goes round and stays in the panel; letters go to the search from anywhere.
        QTest::keyClick(picker()->field(), Qt::Key_Tab);
        QVERIFY(grid->hasFocus());
        QTest::keyClick(grid, 'c');
        QVERIFY(picker()->field()->hasFocus());
        QCOMPARE(picker()->field()->text(), QStringLiteral("c"));
        QTest::keyClick(picker()->field(), Qt::Key_Tab);
        QTest::keyClick(grid, Qt::Key_Tab);
        QVERIFY(picker()->findChild<QToolButton *>(QStringLiteral("emojiTone"))->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(picker()->field()->hasFocus());
    }

    /// From every group into every other, through all rows: nothing is left out and nothing is empty.
    void everySignIsReached()
    {
        open();
        const ui::EmojiModel &table = *picker()->grid()->table();
        int count = 1;
        for (QModelIndex at = table.first(); at != table.last(); ++count) {
            const QModelIndex next = table.moved(at, 1);
            QVERIFY(next != at);
            QVERIFY(!table.sign(next).isEmpty());
            QVERIFY(!next.data(Qt::AccessibleTextRole).toString().isEmpty());
            QCOMPARE(table.moved(next, -1), at);
            at = next;
        }
        QCOMPARE(count, m_book->set().count());
    }

    void byPointer()
    {
        open();
        ui::EmojiGrid *grid = picker()->grid();
        const QModelIndex third = grid->table()->moved(grid->table()->first(), 2);
        const QPoint place = grid->visualRect(third).center();
        QTest::mouseClick(grid->viewport(), Qt::LeftButton, Qt::ShiftModifier, place);
        QVERIFY(picker()->isVisible());
        QTest::mouseClick(grid->viewport(), Qt::LeftButton, Qt::NoModifier, place);
        QCOMPARE(m_composer->text(), QStringLiteral("😄😄"));
        QVERIFY(!picker()->isVisible());
        open();
        // A group's button leads to its first sign.
        const auto tabs = picker()->findChildren<QToolButton *>();
        const auto flags = std::find_if(tabs.begin(), tabs.end(), [](const QToolButton *tab) {
            return tab->accessibleName() == QStringLiteral("Flags");
        });
        QVERIFY(flags != tabs.end());
        QTest::mouseClick(*flags, Qt::LeftButton);
        QCOMPARE(current(), QStringLiteral("🏁"));
        QTest::mouseClick(picker(), Qt::LeftButton, Qt::NoModifier, QPoint(2, 2));
        QVERIFY(!picker()->isVisible());
        QVERIFY(m_composer->edit()->hasFocus());
        auto *button = m_composer->findChild<QAbstractButton *>(QStringLiteral("emojiButton"));
        QVERIFY(!button->accessibleName().isEmpty());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(picker()->isVisible());
    }

    void skinTones()
    {
        open();
        QTest::keyClicks(picker()->field(), QStringLiteral("tada"));
        QTest::keyClick(picker()->field(), Qt::Key_Down, Qt::AltModifier);
        QVERIFY(!picker()->findChild<QMenu *>(QStringLiteral("toneMenu")));
        picker()->field()->setText(QStringLiteral("thumbs up"));
        QTest::keyClick(picker()->field(), Qt::Key_Down, Qt::AltModifier);
        auto *menu = picker()->findChild<QMenu *>(QStringLiteral("toneMenu"));
        QVERIFY(menu);
        QTRY_VERIFY(menu->isVisible());
        QCOMPARE(menu->actions().size(), 6);
        QVERIFY(menu->actions().at(0)->isChecked());
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(m_composer->text(), QStringLiteral("👍🏼"));
        QCOMPARE(m_book->recent().tone(), 2);
        QTRY_VERIFY(!picker()->findChild<QMenu *>(QStringLiteral("toneMenu")));
        // From now on it is that one.
        open();
        QTest::keyClicks(picker()->field(), QStringLiteral("thumbs down"));
        QCOMPARE(current(), QStringLiteral("👎🏼"));
        QVERIFY(picker()
                    ->findChild<QToolButton *>(QStringLiteral("emojiTone"))
                    ->accessibleName()
                    .contains(QStringLiteral("Medium-light")));
        // The pointer opens the menu, too, by its other button and by staying.
        auto *viewport = picker()->grid()->viewport();
        const QPoint place = picker()->grid()->visualRect(picker()->grid()->currentIndex()).center();
        QTest::mousePress(viewport, Qt::LeftButton, Qt::NoModifier, place);
        QTRY_VERIFY(picker()->findChild<QMenu *>(QStringLiteral("toneMenu")));
        QTRY_VERIFY(picker()->findChild<QMenu *>(QStringLiteral("toneMenu"))->isVisible());
        picker()->findChild<QMenu *>(QStringLiteral("toneMenu"))->close();
        QTest::mouseRelease(viewport, Qt::LeftButton, Qt::NoModifier, place);
        QVERIFY(picker()->isVisible());
        QCOMPARE(m_composer->text(), QStringLiteral("👍🏼"));
    }

    void saysThatNothingIsFound()
    {
        open();
        QTest::keyClicks(picker()->field(), QStringLiteral("nothing is called so"));
        QVERIFY(!picker()->grid()->isVisible());
        QVERIFY(picker()->field()->accessibleDescription().contains(QStringLiteral("No emoji")));
        QTest::keyClick(picker()->field(), Qt::Key_Return);
        QVERIFY(m_composer->text().isEmpty());
        QTest::keyClick(picker()->field(), Qt::Key_Down);
        QVERIFY(picker()->field()->hasFocus());
    }

    void reacts()
    {
        QSignalSpy spy(m_tools, &ui::ComposerTools::reactionPicked);
        m_tools->pickReaction(7, m_window->mapToGlobal(QPoint(20, 20)));
        QVERIFY(picker()->isVisible());
        QTest::keyClicks(picker()->field(), QStringLiteral("tada"));
        QTest::keyClick(picker()->field(), Qt::Key_Return);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.at(0).at(0).toLongLong(), 7);
        QCOMPARE(spy.at(0).at(1).toString(), QStringLiteral("🎉"));
        QVERIFY(m_composer->text().isEmpty());
    }

    /// It is drawn bit by bit, and soon whole; only what shows is drawn.
    void drawsWhatShows()
    {
        open();
        QTRY_VERIFY(picker()->grid()->isDrawn());
        const int side = ui::Theme::of(picker()).scaled(28);
        const qreal ratio = picker()->devicePixelRatioF();
        QVERIFY(m_book->drawn(QStringLiteral("😀"), side, ratio));
        QVERIFY(!m_book->drawn(QStringLiteral("🏁"), side, ratio));
        picker()->grid()->scrollToBottom();
        QTRY_VERIFY(m_book->drawn(QStringLiteral("🏁"), side, ratio)
                    || m_book->drawn(QStringLiteral("🇿🇼"), side, ratio));
        QTRY_VERIFY(picker()->grid()->isDrawn());
        qInfo("longest drawing: %.1f ms", picker()->grid()->longestDrawing());
    }

    void looks_data() { tests::addLooks(); }

    void looks()
    {
        QFETCH(int, which);
        const QTemporaryDir folder;
        m_window.reset();
        const tests::InLook look(tests::looks().at(which), folder.path());
        m_book = std::make_unique<ui::EmojiBook>((*m_profile)->settings());
        m_book->recent().use(QStringLiteral("🎉"));
        m_book->recent().use(QStringLiteral("👍🏽"));
        m_book->recent().setTone(3);
        makeWindow(tests::looks().at(which).textScale > 1 ? QSize(1000, 1000) : QSize(560, 620));
        m_composer->edit()->setPlainText(QStringLiteral("Shall I hear more?"));
        open();
        QTRY_VERIFY(picker()->grid()->isDrawn());
        QCOMPARE(tests::clipped(*m_window), QStringList());
        QCOMPARE(tests::nameless(*m_window), QStringList());
        QVERIFY(look.shoot(*m_window, "emoji-picker"));
        picker()->field()->setText(QStringLiteral("笑"));
        QTRY_VERIFY(picker()->grid()->isDrawn());
        QVERIFY(look.shoot(*m_window, "emoji-found"));
        picker()->close();
        m_composer->setText(QString());
        m_composer->focusText();
        QTest::keyClicks(m_composer->edit(), QStringLiteral("Well :he"));
        QTRY_VERIFY(m_tools->completions()->isVisible());
        QVERIFY(look.shoot(*m_window, "emoji-codes"));
    }

private:
    void makeWindow(const QSize &size)
    {
        m_window = std::make_unique<QWidget>();
        m_window->resize(size);
        auto *column = new QVBoxLayout(m_window.get());
        m_composer = new Composer(m_window.get());
        m_tools = new ui::ComposerTools(*m_composer, *m_book);
        column->addStretch(1);
        column->addWidget(m_tools->note());
        column->addWidget(m_composer);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_composer->focusText();
    }

    void open()
    {
        m_tools->toggleEmoji();
        QVERIFY(picker()->isVisible());
    }

    EmojiPicker *picker() const { return m_tools->picker(); }
    QString current() const { return picker()->grid()->table()->sign(picker()->grid()->currentIndex()); }

    std::unique_ptr<tests::OpenProfile> m_profile;
    std::unique_ptr<ui::EmojiBook> m_book;
    std::unique_ptr<QWidget> m_window;
    Composer *m_composer = nullptr;
    ui::ComposerTools *m_tools = nullptr;
};

BALCONY_TEST(TestEmojiPicker)
#include "tst_emojipicker.moc"
