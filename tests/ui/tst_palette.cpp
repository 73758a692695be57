// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.h"
#include "support/testmain.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/composer.h"
#include "ui/chat/composertools.h"
#include "ui/chat/timelineview.h"
#include "ui/emoji/emojigrid.h"
#include "ui/emoji/emojipicker.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/roster/sidebar.h"
#include "ui/search/searchpanel.h"
#include "ui/switcher.h"
#include "ui/widgets/panels.h"

#include <QApplication>
#include <QDialog>
#include <QMenu>

using tests::Stage;
using ui::ActionModel;
using ui::Appearance;

/// What the window can do, from its palette; and emoji and commands where they meet the window.
class TestPalette : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_appearance = std::make_unique<Appearance>(); }

    void init()
    {
        m_stage = std::make_unique<Stage>();
        makeWindow();
    }

    void cleanup()
    {
        m_window.reset();
        m_stage.reset();
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
        m_appearance->setTextScale(1);
        m_appearance->setScheme(Appearance::Choice::Light);
    }

    void listsEveryAction()
    {
        openPalette();
        const QAbstractItemModel &rows = *m_window->switcher()->list()->model();
        QStringList names;
        for (int i = 0; i < rows.rowCount(); ++i) {
            names.append(rows.index(i, 0).data().toString());
            QVERIFY(!names.constLast().isEmpty());
        }
        for (const QAction *action : m_window->actions())
            QVERIFY2(names.contains(QString(action->text()).remove(u'…')), qPrintable(action->text()));
        QVERIFY(names.contains(QStringLiteral("View: Dark")));
        names.removeDuplicates();
        QCOMPARE(names.size(), rows.rowCount());
    }

    void findsAndRuns()
    {
        openPalette();
        QTest::keyClicks(field(), QStringLiteral("short"));
        QCOMPARE(m_window->switcher()->list()->currentIndex().data().toString(), QStringLiteral("Keyboard shortcuts"));
        QCOMPARE(m_window->switcher()->list()->currentIndex().data(ActionModel::KeysRole).toString(),
                 QStringLiteral("F1"));
        QTest::keyClick(field(), Qt::Key_Return);
        QVERIFY(!m_window->switcher()->isVisible());
        auto *dialog = m_window->findChild<QDialog *>(QStringLiteral("shortcutsDialog"));
        QVERIFY(dialog);
        dialog->close();
        // Words in any order, in the switcher that is open already; a word taken away leads back to chats.
        m_window->switcher()->open();
        QTest::keyClicks(field(), QStringLiteral(">dark view"));
        QCOMPARE(m_window->switcher()->list()->currentIndex().data().toString(), QStringLiteral("View: Dark"));
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(m_appearance->theme().scheme, ui::Scheme::Dark);
        m_window->switcher()->open();
        QTest::keyClicks(field(), QStringLiteral(">nothing is called so"));
        QVERIFY(!m_window->switcher()->list()->isVisible());
        QTest::keyClick(field(), Qt::Key_Return);
        QVERIFY(m_window->switcher()->isVisible());
        field()->setText(QStringLiteral("juliet"));
        QVERIFY(m_window->switcher()->list()->isVisible());
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_COMPARE(m_window->pane()->openChat(), m_stage->chatWith("juliet@capulet.example"));
    }

    void saysWhyNot()
    {
        openPalette();
        QTest::keyClicks(field(), QStringLiteral("close this chat"));
        const QModelIndex row = m_window->switcher()->list()->model()->index(0, 0);
        QVERIFY(!(row.flags() & Qt::ItemIsEnabled));
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("No chat is open")));
        QTest::keyClick(field(), Qt::Key_Return);
        QVERIFY(m_window->switcher()->isVisible());
        m_window->switcher()->close();
        openChat();
        openPalette();
        QTest::keyClicks(field(), QStringLiteral("close this chat"));
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_COMPARE(m_window->pane()->openChat(), 0);
    }

    void theShortcutsWork()
    {
        openChat();
        QWidget *edit = m_window->pane()->page()->composer()->edit();
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClick(edit, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_window->switcher()->isVisible());
        QCOMPARE(field()->text(), QStringLiteral(">"));
        QTest::keyClicks(field(), QStringLiteral("emoji"));
        QTest::keyClick(field(), Qt::Key_Return);
        ui::EmojiPicker *picker = m_window->pane()->page()->tools()->picker();
        QVERIFY(picker && picker->isVisible());
        QTest::keyClicks(picker->field(), QStringLiteral("tada"));
        QTest::keyClick(picker->field(), Qt::Key_Return);
        QCOMPARE(m_window->pane()->page()->composer()->text(), QStringLiteral("🎉"));
        QTest::keyClick(edit, Qt::Key_E, Qt::ControlModifier);
        QVERIFY(picker->isVisible());
        // Alt+Down is the grid's while it is open, and not the way to another chat.
        const qint64 chat = m_window->pane()->openChat();
        QTest::keyClicks(picker->field(), QStringLiteral("thumbs up"));
        QTest::keyClick(picker->field(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_window->pane()->openChat(), chat);
        auto *tones = picker->findChild<QMenu *>(QStringLiteral("toneMenu"));
        QVERIFY(tones);
        tones->close();
        QTest::keyClick(picker->field(), Qt::Key_E, Qt::ControlModifier);
        QVERIFY(!picker->isVisible());
        // Whoever goes to another chat does not take it along.
        QTest::keyClick(edit, Qt::Key_E, Qt::ControlModifier);
        m_window->openChat(m_stage->chatWith("mercutio@verona.example"));
        QVERIFY(!picker->isVisible());
    }

    void commandsReachTheWindow()
    {
        QVERIFY(m_stage->goesOnline());
        openChat();
        type("/status dnd In a duel");
        QTRY_COMPARE(m_stage->account()->presence().show, xmpp::Presence::Show::DoNotDisturb);
        QCOMPARE(m_stage->account()->presence().status, QStringLiteral("In a duel"));
        type("/status away");
        QTRY_COMPARE(m_stage->account()->presence().show, xmpp::Presence::Show::Away);
        QCOMPARE(m_stage->account()->presence().status, QStringLiteral("In a duel"));
        type("/search light");
        QTRY_VERIFY(m_window->searchPanel()->isVisible());
        QVERIFY(m_window->pane()->page()->composer()->text().isEmpty());
        m_stage->server().heard.clear();
        type("/me waves");
        QTRY_VERIFY(m_stage->server().heard.contains("<body>/me waves</body>"));
        QTRY_VERIFY(m_window->pane()->page()->composer()->text().isEmpty());
        type("/dance");
        QVERIFY(m_window->pane()->page()->tools()->note()->isVisible());
        QVERIFY(!m_stage->server().heard.contains("dance"));
    }

    void reactsWithAny()
    {
        QVERIFY(m_stage->goesOnline());
        openChat();
        ui::TimelineView *view = m_window->pane()->page()->timeline();
        const qint64 key = view->shown().constLast().key;
        view->openMenu(key, m_window->mapToGlobal(QPoint(400, 300)));
        auto *more = view->findChild<QAction *>(QStringLiteral("moreReactionsAction"));
        QVERIFY(more);
        more->trigger();
        ui::EmojiPicker *picker = m_window->pane()->page()->tools()->picker();
        QVERIFY(picker && picker->isVisible());
        m_stage->server().heard.clear();
        QTest::keyClicks(picker->field(), QStringLiteral("rocket"));
        QTest::keyClick(picker->field(), Qt::Key_Return);
        QTRY_VERIFY(m_stage->server().heard.contains("<reaction>\xF0\x9F\x9A\x80</reaction>"));
        QVERIFY(m_window->pane()->page()->composer()->text().isEmpty());
    }

    void looks_data()
    {
        QTest::addColumn<QString>("look");
        for (const char *look : {"light", "dark", "zh_CN", "large", "rtl", "narrow"})
            QTest::newRow(look) << QString::fromLatin1(look);
    }

    void looks()
    {
        QFETCH(QString, look);
        m_window.reset();
        if (look == u"zh_CN")
            ui::installTranslators(*QCoreApplication::instance(), QStringLiteral("zh_CN"), {});
        if (look == u"dark")
            m_appearance->setScheme(Appearance::Choice::Dark);
        if (look == u"large")
            m_appearance->setTextScale(2);
        QGuiApplication::setLayoutDirection(look == u"rtl" ? Qt::RightToLeft : Qt::LeftToRight);
        makeWindow();
        if (look == u"narrow")
            m_window->resize(420, 700);
        openPalette();
        tests::shoot(*m_window, QStringLiteral("palette-") + look);
        m_window->switcher()->close();
        openChat();
        m_window->pane()->page()->toggleEmoji();
        const auto isDrawn = [this] {
            const auto *grid = m_window->findChild<ui::EmojiGrid *>();
            return grid && grid->isVisible() && grid->isDrawn();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isDrawn(), 60000);
        tests::shoot(*m_window, QStringLiteral("emoji-window-") + look);
        m_window.reset();
        ui::installTranslators(*QCoreApplication::instance(), QStringLiteral("en_GB"), {});
    }

private:
    void makeWindow()
    {
        m_window = std::make_unique<ui::MainWindow>(m_stage->profile(), *m_appearance);
        m_window->resize(1040, 720);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void openPalette()
    {
        m_window->switcher()->openActions();
        QVERIFY(m_window->switcher()->isVisible());
    }

    void openChat()
    {
        m_window->openChat(m_stage->chatWith("juliet@capulet.example"));
        QTRY_VERIFY(m_window->pane()->page());
        QTRY_VERIFY(!m_window->pane()->page()->timeline()->shown().isEmpty());
        m_window->pane()->page()->focusComposer();
    }

    void type(const char *text)
    {
        QWidget *edit = m_window->pane()->page()->composer()->edit();
        m_window->pane()->page()->focusComposer();
        QTest::keyClicks(edit, QString::fromUtf8(text));
        QTest::keyClick(edit, Qt::Key_Return);
    }

    ui::SearchField *field() const { return m_window->switcher()->field(); }

    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<ui::MainWindow> m_window;
};

BALCONY_TEST(TestPalette)
#include "tst_palette.moc"
