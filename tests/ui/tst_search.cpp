// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "looks.h"
#include "stage.h"
#include "support/testmain.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/composer.h"
#include "ui/chat/findbar.h"
#include "ui/chat/timelineview.h"
#include "ui/mainwindow.h"
#include "ui/roster/rowlist.h"
#include "ui/roster/sidebar.h"
#include "ui/search/searchpanel.h"
#include "ui/search/searchtext.h"
#include "ui/shortcutsdialog.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/panels.h"
#include "ui/widgets/textprompt.h"

#include <QAccessible>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>

using model::SearchModel;
using tests::Stage;
using ui::Appearance;

/// Finding messages in the window: over all chats, and in the one that is open.
class TestSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void cleanup()
    {
        m_window.reset();
        m_stage.reset();
        m_appearance.reset();
    }

    void looks_data() { tests::addLooks(); }

    /// Every state of the panel and of the bar in every look; nothing is cut off, and all has a name.
    void looks()
    {
        QFETCH(int, which);
        const tests::Look look = tests::looks().at(which);
        Stage stage;
        const tests::InLook worn(look, stage.folder());
        ui::SearchPanel panel(stage.profile());
        panel.resize(340 * int(look.textScale), 720);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        const auto shows = [&](const char *text, SearchModel::State state, const char *name) {
            panel.field()->setText(QString::fromUtf8(text));
            if (!QTest::qWaitFor([&] { return panel.results().state() == state; }, slow))
                return false;
            QTest::qWait(0);
            // A list lays its rows out when it comes to it.
            if (state == SearchModel::State::Found)
                (void)panel.list()->visualRect(panel.list()->model()->index(0, 0));
            const QStringList cut = tests::clipped(panel);
            const QStringList mute = tests::nameless(panel);
            if (!cut.isEmpty() || !mute.isEmpty())
                qWarning() << name << "clipped:" << cut << "nameless:" << mute;
            return worn.shoot(panel, name) && cut.isEmpty() && mute.isEmpty();
        };
        QVERIFY(shows("", SearchModel::State::Idle, "search-help"));
        QVERIFY(shows("the", SearchModel::State::Found, "search-found"));
        QVERIFY(shows("火锅", SearchModel::State::Found, "search-chinese"));
        QVERIFY(shows("nothing of the sort", SearchModel::State::Nothing, "search-nothing"));
        QVERIFY(shows("before:soon from:paris has:wings", SearchModel::State::NotUnderstood, "search-problem"));
        QVERIFY(tests::runs(stage.profile().store().close()));
        QVERIFY(shows("rose", SearchModel::State::Failed, "search-failed"));
    }

    void barLooks_data() { tests::addLooks(); }

    void barLooks()
    {
        QFETCH(int, which);
        const tests::Look look = tests::looks().at(which);
        Stage stage;
        const tests::InLook worn(look, stage.folder());
        ui::ChatPane pane(stage.profile());
        pane.resize(520 * int(look.textScale), 560);
        pane.show();
        QVERIFY(QTest::qWaitForWindowExposed(&pane));
        pane.open(stage.chatWith("juliet@capulet.example"));
        QTRY_VERIFY(!pane.page()->timeline()->shown().isEmpty());
        pane.page()->openFind();
        ui::FindBar *bar = pane.page()->findBar();
        bar->field()->setText(QStringLiteral("name"));
        QTRY_COMPARE(bar->find().state(), model::ChatFind::State::Found);
        QTest::qWait(0);
        QCOMPARE(tests::clipped(*bar), QStringList());
        QCOMPARE(tests::nameless(*bar), QStringList());
        QVERIFY(worn.shoot(pane, "find-found"));
        bar->field()->setText(QStringLiteral("xyzzy"));
        QTRY_COMPARE(bar->find().state(), model::ChatFind::State::Nothing);
        QTest::qWait(0);
        QCOMPARE(tests::clipped(*bar), QStringList());
        QVERIFY(worn.shoot(pane, "find-nothing"));
    }

    /// From anywhere to the message, by keyboard alone, and back.
    void theKeyboardFindsAMessage()
    {
        show({1040, 720});
        openChat("mercutio@verona.example");
        page()->focusComposer();
        press(page()->composer()->edit(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        ui::SearchPanel *panel = m_window->searchPanel();
        QTRY_VERIFY(panel->field()->hasFocus());
        QVERIFY(!m_window->sidebar()->isVisible());
        QTest::keyClicks(panel->field(), QStringLiteral("wherefore"));
        QTRY_COMPARE(panel->results().state(), SearchModel::State::Found);
        QTRY_COMPARE(panel->results().rowCount(), 2);
        QCOMPARE(panel->results().row(0).chat, QStringLiteral("Juliet Capulet"));
        press(panel->field(), Qt::Key_Down);
        QTRY_VERIFY(panel->list()->hasFocus());
        press(panel->list(), Qt::Key_Down);
        const qint64 key = panel->results().row(1).key;
        press(panel->list(), Qt::Key_Return);
        QTRY_COMPARE(m_window->pane()->openChat(), m_stage->chatWith("juliet@capulet.example"));
        QTRY_COMPARE(page()->timeline()->currentKey(), key);
        QTRY_VERIFY(!page()->timeline()->rowRect(key).isEmpty());
        QVERIFY(page()->timeline()->hasFocus());
        tests::shoot(*m_window, QStringLiteral("search-window"));
        // The words are still there for the next one.
        press(page()->timeline(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(panel->field()->hasFocus());
        QCOMPARE(panel->field()->selectedText(), QStringLiteral("wherefore"));
        press(panel->field(), Qt::Key_Escape);
        QTRY_VERIFY(m_window->sidebar()->isVisible());
        QVERIFY(!panel->isVisible());
    }

    void aClickOpensAResult()
    {
        show({1040, 720});
        m_window->openSearch(QStringLiteral("from:lin 火锅"));
        ui::SearchPanel *panel = m_window->searchPanel();
        QTRY_COMPARE(panel->results().rowCount(), 1);
        const QRect row = panel->list()->visualRect(panel->list()->model()->index(0, 0));
        QVERIFY(row.height() > 20);
        QTest::mouseClick(panel->list()->viewport(), Qt::LeftButton, {}, row.center());
        QTRY_COMPARE(m_window->pane()->openChat(), m_stage->chatWith("lin@example.cn"));
        QCOMPARE(page()->timeline()->currentKey(), panel->results().row(0).key);
    }

    /// One step back: from a message that was found to the results, where there is room for one pane only.
    void aNarrowWindowGoesToAndFro()
    {
        show({480, 700});
        m_window->openSearch(QStringLiteral("wherefore"));
        ui::SearchPanel *panel = m_window->searchPanel();
        QTRY_COMPARE(panel->results().rowCount(), 2);
        press(panel->field(), Qt::Key_Return);
        QTRY_VERIFY(m_window->pane()->isVisible());
        QVERIFY(!panel->isVisible());
        QTRY_VERIFY(page()->timeline()->currentKey() != 0);
        // Off the message, to the newest, to the results, to the chat that was there before: there was none.
        for (int i = 0; i < 4 && !panel->isVisible(); ++i) {
            press(page()->timeline(), Qt::Key_Escape);
            QTest::qWait(0);
        }
        QTRY_VERIFY(panel->isVisible());
        QVERIFY(panel->list()->hasFocus());
        press(panel->list(), Qt::Key_Escape);
        QTRY_VERIFY(m_window->sidebar()->isVisible());
    }

    /// What cannot be answered is said, and a filter is one press away.
    void thePanelHelps()
    {
        show({1040, 720});
        m_window->openSearch();
        ui::SearchPanel *panel = m_window->searchPanel();
        auto *help = panel->findChild<QWidget *>(QStringLiteral("searchHelp"));
        QVERIFY(help && help->isVisible());
        const auto filters = help->findChildren<QPushButton *>(QStringLiteral("searchFilter"));
        QVERIFY(filters.size() >= 8);
        for (const QPushButton *filter : filters)
            QVERIFY(filter->accessibleName().size() > filter->text().size());
        filters.constFirst()->click();
        QCOMPARE(panel->field()->text(), QStringLiteral("from:"));
        QVERIFY(panel->field()->hasFocus());
        QCOMPARE(panel->results().state(), SearchModel::State::NotUnderstood);
        auto *note = panel->findChild<ui::EmptyState *>(QStringLiteral("searchNote"));
        QVERIFY(note->isVisible());
        QVERIFY(note->text().contains(QStringLiteral("from:")));
        QTest::keyClicks(panel->field(), QStringLiteral("paris"));
        QVERIFY(note->text().contains(QStringLiteral("paris")));
        QVERIFY(panel->field()->accessibleDescription().contains(QStringLiteral("paris")));
        panel->field()->setText(QStringLiteral("from:me has:link"));
        QTRY_COMPARE(panel->results().state(), SearchModel::State::Nothing);
        panel->field()->setText(QStringLiteral("has:link"));
        QTRY_COMPARE(panel->results().rowCount(), 1);
    }

    /// A result is a sentence; markup from outside is text.
    void resultsAreSpoken()
    {
        show({1040, 720});
        m_window->openSearch(QStringLiteral("dance"));
        ui::SearchPanel *panel = m_window->searchPanel();
        QTRY_COMPARE(panel->results().rowCount(), 1);
        const QString spoken = panel->list()->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
        for (const char *part : {"Mercutio", "gentle Romeo"})
            QVERIFY2(spoken.contains(QString::fromLatin1(part)), qPrintable(spoken));
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(panel->list());
        QVERIFY(list && list->child(0));
        QCOMPARE(list->child(0)->text(QAccessible::Name), spoken);
        QCOMPARE(panel->findChild<ui::PlainLabel *>(QStringLiteral("searchStatus"))->text(),
                 QStringLiteral("1 message found"));
    }

    /// The sidebar's search leads on to the messages.
    void theSidebarLeadsToMessages()
    {
        show({1040, 720});
        ui::SearchField *field = m_window->sidebar()->search();
        QTest::keyClicks(field, QStringLiteral("wherefore"));
        press(field, Qt::Key_Return);
        ui::SearchPanel *panel = m_window->searchPanel();
        QTRY_VERIFY(panel->isVisible());
        QCOMPARE(panel->field()->text(), QStringLiteral("wherefore"));
        QTRY_COMPARE(panel->results().rowCount(), 2);
        press(panel->field(), Qt::Key_Escape);
        QTRY_VERIFY(m_window->sidebar()->isVisible());
        QTest::keyClicks(field, QStringLiteral("juliet"));
        ui::RowList *results = m_window->sidebar()->results();
        QTRY_VERIFY(results->isVisible());
        const QModelIndex last = results->model()->index(results->model()->rowCount() - 1, 0);
        QVERIFY(last.data().toString().contains(QStringLiteral("juliet")));
        Q_EMIT results->chosen(last);
        QTRY_VERIFY(panel->isVisible());
        QCOMPARE(panel->field()->text(), QStringLiteral("juliet"));
    }

    /// Ctrl+F: the count, the way through what was found, and out.
    void theBarFindsInTheChat()
    {
        show({1040, 720});
        openChat("juliet@capulet.example");
        page()->focusComposer();
        press(page()->composer()->edit(), Qt::Key_F, Qt::ControlModifier);
        ui::FindBar *bar = page()->findBar();
        QTRY_VERIFY(bar->field()->hasFocus());
        QTest::keyClicks(bar->field(), QStringLiteral("name"));
        QTRY_COMPARE(bar->countText(), QStringLiteral("1 of 3"));
        ui::TimelineView *view = page()->timeline();
        QTRY_COMPARE(view->currentKey(), bar->find().current());
        const qint64 newest = bar->find().current();
        press(bar->field(), Qt::Key_Return);
        QCOMPARE(bar->countText(), QStringLiteral("2 of 3"));
        press(bar->field(), Qt::Key_F3);
        QTRY_COMPARE(bar->countText(), QStringLiteral("3 of 3"));
        QTRY_COMPARE(view->currentKey(), bar->find().current());
        QTRY_VERIFY(!view->rowRect(bar->find().current()).isEmpty());
        press(bar->field(), Qt::Key_Return); // round
        QCOMPARE(bar->find().current(), newest);
        press(bar->field(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(bar->countText(), QStringLiteral("3 of 3"));
        press(bar->field(), Qt::Key_F3, Qt::ShiftModifier);
        QTRY_COMPARE(bar->countText(), QStringLiteral("2 of 3"));
        press(bar->field(), Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        QTRY_VERIFY(page()->composer()->edit()->hasFocus());
        // F3 alone opens it again, with the same words.
        press(page()->composer()->edit(), Qt::Key_F3);
        QTRY_VERIFY(bar->isVisible());
        QTRY_COMPARE(bar->find().count(), 3);
        QCOMPARE(bar->field()->selectedText(), QStringLiteral("name"));
        // The button of the header does the same.
        press(bar->field(), Qt::Key_Escape);
        auto *button = page()->findChild<ui::IconButton *>(QStringLiteral("chatFindButton"));
        QVERIFY(button);
        button->click();
        QTRY_VERIFY(bar->field()->hasFocus());
    }

    /// What was found is marked in the messages that show, and nothing is when the bar is closed.
    void matchesAreMarked()
    {
        show({1040, 720});
        openChat("juliet@capulet.example");
        page()->openFind();
        ui::TimelineView *view = page()->timeline();
        const auto accent = [this, view] {
            const QImage image = view->viewport()->grab().toImage();
            const QRgb wanted = m_appearance->theme().colors.accent.rgb();
            qint64 count = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    count += image.pixel(x, y) == wanted;
            }
            return count;
        };
        const qint64 before = accent();
        page()->findBar()->field()->setText(QStringLiteral("murder"));
        QTRY_COMPARE(page()->findBar()->find().count(), 1);
        QTRY_VERIFY(accent() > before + 100);
        page()->findBar()->close();
        QTRY_COMPARE(view->viewport()->isVisible() && accent() <= before + 100, true);
    }

    /// Ctrl+G: a day, and the first message of it.
    void aDateIsGoneTo()
    {
        show({1040, 720});
        openChat("juliet@capulet.example");
        const QDate yesterday = QDate::currentDate().addDays(-1);
        const auto ask = [this](const QString &text) {
            m_window->activateWindow();
            (void)QTest::qWaitForWindowActive(m_window.get());
            press(page()->composer()->edit(), Qt::Key_G, Qt::ControlModifier);
            auto *prompt = m_window->findChild<ui::TextPrompt *>();
            if (!prompt)
                return prompt;
            auto *edit = prompt->findChild<QLineEdit *>();
            edit->setText(text);
            QTest::keyClick(edit, Qt::Key_Return);
            return prompt;
        };
        QPointer<ui::TextPrompt> prompt = ask(QStringLiteral("soon"));
        QVERIFY(prompt && prompt->isVisible()); // it says why
        tests::shoot(*prompt, QStringLiteral("date-refused"));
        prompt->reject();
        QTRY_VERIFY(!prompt);
        prompt = ask(yesterday.toString(Qt::ISODate));
        QVERIFY(prompt);
        QTRY_VERIFY(!prompt);
        ui::TimelineView *view = page()->timeline();
        QTRY_VERIFY(view->currentKey() != 0);
        const auto row = [view] { return view->timeline()->row(view->timeline()->indexOf(view->currentKey())); };
        QVERIFY(row().body.startsWith(QStringLiteral("O Romeo, Romeo!")));
        prompt = ask(QDate::currentDate().addDays(30).toString(Qt::ISODate)); // behind the end: the newest
        QVERIFY(prompt);
        QTRY_VERIFY(!prompt);
        QTRY_VERIFY(row().body.startsWith(QStringLiteral("If they do see thee")));
    }

    void shortcutsAreListed()
    {
        show({1040, 720});
        const ui::ShortcutsDialog dialog(m_window->actions(), nullptr);
        QStringList texts;
        for (const QLabel *label : dialog.findChildren<QLabel *>())
            texts.append(label->text());
        for (const char *text :
             {"Search in messages", "Ctrl+Shift+F", "Search in this chat", "Ctrl+F", "F3", "Shift+F3"})
            QVERIFY2(texts.contains(QString::fromLatin1(text)), text);
    }

private:
    static constexpr int slow = 60000;

    void show(QSize size)
    {
        m_appearance = std::make_unique<Appearance>();
        m_appearance->setScheme(Appearance::Choice::Light);
        m_stage = std::make_unique<Stage>();
        m_window = std::make_unique<ui::MainWindow>(m_stage->profile(), *m_appearance);
        m_window->resize(size);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    ui::ChatPage *page() { return m_window->pane()->page(); }
    void openChat(const char *peer)
    {
        m_window->openChat(m_stage->chatWith(peer));
        QTRY_VERIFY(page());
        QTRY_VERIFY(!page()->timeline()->shown().isEmpty());
    }
    static void press(QWidget *widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(widget, key, modifiers);
    }

    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<ui::MainWindow> m_window;
};

BALCONY_TEST(TestSearch)
#include "tst_search.moc"
