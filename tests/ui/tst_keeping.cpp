// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "looks.h"
#include "stage.h"
#include "support/testmain.h"
#include "ui/actionmodel.h"
#include "ui/chat/chatheader.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/composer.h"
#include "ui/chat/exportdialog.h"
#include "ui/chat/timelineview.h"
#include "ui/mainwindow.h"
#include "ui/roster/sidebar.h"
#include "ui/settings/historypage.h"
#include "ui/settings/keepwords.h"
#include "ui/switcher.h"
#include "ui/widgets/panels.h"
#include "ui/widgets/textprompt.h"

#include <QAction>
#include <QFileDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>

using tests::Stage;
using ui::Appearance;

/// What a person does with a chat as a whole: deleting it, or a message of it, here; exporting it; and how long it is kept.
class TestKeeping : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        m_appearance = std::make_unique<Appearance>();
    }

    void cleanup()
    {
        m_window.reset();
        m_stage.reset();
    }

    void aChatIsDeletedOnlyWhenSaidSo()
    {
        show();
        const qint64 chat = openJuliet();
        m_window->pane()->page()->composer()->setText(QStringLiteral("half a thought"));
        triggerInMenu("eraseChatAction");
        QDialog *question = dialog("eraseChatQuestion");
        QVERIFY(question);
        // What goes, what stays, and what does not go out any more.
        for (const char *part : {"this computer", "not sent", "your server", "the other side", "Balcony's folder"})
            QVERIFY2(textOf(question).contains(QString::fromLatin1(part)), part);
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(!dialog("eraseChatQuestion"));
        QVERIFY(m_window->pane()->page()->timeline()->timeline()->rowCount() > 0);
        triggerInMenu("eraseChatAction");
        press(dialog("eraseChatQuestion"), "Delete the history");
        QTRY_COMPARE(m_stage->profile().conversations().find(chat)->count, 0);
        QTRY_COMPARE(m_window->pane()->page()->timeline()->timeline()->rowCount(), 0);
        QVERIFY(m_window->pane()->page()->composer()->text().isEmpty());
        QVERIFY(m_stage->profile().conversations().find(chat)->draft.isEmpty());
        // The chat itself stays in the list.
        QVERIFY(m_stage->profile().conversations().find(chat));
    }

    void aMessageIsDeletedByTheKeyboard()
    {
        show();
        const qint64 chat = openJuliet();
        ui::TimelineView *view = m_window->pane()->page()->timeline();
        const int before = view->timeline()->rowCount();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Up);
        const qint64 key = view->currentKey();
        QVERIFY(key != 0);
        QTest::keyClick(view, Qt::Key_Delete, Qt::ShiftModifier);
        QDialog *question = dialog("eraseQuestion");
        QVERIFY(question);
        QVERIFY(textOf(question).contains(QStringLiteral("keep theirs")));
        press(question, "Delete Here");
        QTRY_COMPARE(view->timeline()->rowCount(), before - 1);
        QCOMPARE(view->timeline()->indexOf(key), -1);
        QTRY_COMPARE(m_stage->profile().conversations().find(chat)->count, before - 1);
    }

    /// By the keyboard: the message, a chat, and only then it is sent.
    void aMessageIsForwarded()
    {
        show();
        openJuliet();
        ui::TimelineView *view = m_window->pane()->page()->timeline();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Up);
        const QString body = view->timeline()->row(view->timeline()->indexOf(view->currentKey())).body;
        QTest::keyClick(view, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        ui::Switcher *chooser = m_window->forwardSwitcher();
        QTRY_VERIFY(chooser->isVisible());
        QTest::keyClicks(chooser->field(), QStringLiteral("nurse"));
        QTest::keyClick(chooser->field(), Qt::Key_Return);
        const qint64 nurse = m_stage->chatWith("nurse@capulet.example");
        QTRY_COMPARE(m_window->pane()->openChat(), nurse);
        ui::Composer *composer = m_window->pane()->page()->composer();
        QTRY_VERIFY(composer->forwardKey() != 0);
        auto *bar = composer->findChild<QWidget *>(QStringLiteral("composerBar"));
        QVERIFY(bar->isVisible());
        QVERIFY(bar->accessibleName().contains(QStringLiteral("Forwarded from")));
        // Escape leaves it.
        QTest::keyClick(composer->edit(), Qt::Key_Escape);
        QCOMPARE(composer->forwardKey(), 0);
        QVERIFY(!bar->isVisible());
        composer->setText({});
        composer->startForward(
            m_stage->profile().conversations().find(m_stage->chatWith("juliet@capulet.example"))->lastKey,
            QStringLiteral("Forwarded from Juliet:"), body);
        const qint64 before = m_stage->profile().conversations().find(nurse)->count;
        QTest::keyClick(composer->edit(), Qt::Key_Return);
        QTRY_COMPARE(m_stage->profile().conversations().find(nurse)->count, before + 1);
        QTRY_COMPARE(composer->forwardKey(), 0);
        QVERIFY(
            m_stage->profile().conversations().find(nurse)->lastPreview.startsWith(QStringLiteral("Forwarded from")));
    }

    void bothAreAmongAllActions()
    {
        show();
        for (const char *name : {"exportChatAction", "eraseChatAction"}) {
            auto *action = m_window->findChild<QAction *>(QLatin1String(name), Qt::FindDirectChildrenOnly);
            QVERIFY2(action, name);
            m_window->pane()->open(0);
            QVERIFY2(!action->isEnabled(), name);
            openJuliet();
            QVERIFY2(action->isEnabled(), name);
        }
    }

    void exportsToAFile()
    {
        show();
        const qint64 chat = openJuliet();
        triggerInMenu("exportChatAction");
        auto *exporter = qobject_cast<ui::ExportDialog *>(dialog("exportDialog"));
        QVERIFY(exporter);
        QVERIFY(textOf(exporter).contains(QStringLiteral("not protected")));
        exporter->findChild<QRadioButton *>(QStringLiteral("exportJson"))->click();
        press(exporter, "Save");
        auto *files = exporter->findChild<QFileDialog *>(QStringLiteral("exportFileDialog"));
        QVERIFY(files);
        QCOMPARE(files->acceptMode(), QFileDialog::AcceptSave);
        QVERIFY(files->selectedFiles().value(0).endsWith(QStringLiteral(".json")));
        files->reject();
        const QString path = m_stage->folder() + QStringLiteral("/chat.json");
        exporter->exportTo(path);
        const auto *note = exporter->findChild<QLabel *>(QStringLiteral("exportNote"));
        QTRY_VERIFY(note->text().contains(QStringLiteral("chat.json")));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject whole = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(whole.value(QStringLiteral("name")).toString(), QStringLiteral("Juliet Capulet"));
        QCOMPARE(qint64(whole.value(QStringLiteral("messages")).toArray().size()),
                 m_stage->profile().conversations().find(chat)->count);
        // What cannot be written is said, and can be tried again.
        exporter->exportTo(m_stage->folder() + QStringLiteral("/not/there/chat.json"));
        QTRY_VERIFY(!note->text().contains(QStringLiteral("chat.json were")) && exporter->isVisible()
                    && note->text() != QStringLiteral("Writing…")
                    && !note->text().contains(QStringLiteral("written to")));
        QVERIFY(!exporter->findChild<QProgressBar *>()->isVisible());
        exporter->reject();
    }

    void howLongAChatIsKept()
    {
        show();
        const qint64 chat = openJuliet();
        const auto choose = [this](const QString &text) {
            QMenu *menu = chatMenu();
            auto *times = menu->findChild<QMenu *>(QStringLiteral("keepMenu"));
            for (QAction *action : times->actions()) {
                if (action->text() == text)
                    action->trigger();
            }
            menu->close();
        };
        choose(ui::keepName(7));
        QDialog *question = dialog("keepLessQuestion");
        QVERIFY(question);
        QVERIFY(textOf(question).contains(QStringLiteral("your server")));
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(!dialog("keepLessQuestion"));
        QVERIFY(!m_stage->profile().conversations().find(chat)->keepDays);
        choose(ui::keepName(7));
        press(dialog("keepLessQuestion"), "Delete older");
        QTRY_COMPARE(m_stage->profile().conversations().find(chat)->keepDays, std::optional<int>(7));
        // Longer needs no question.
        choose(ui::keepName(0));
        QTRY_COMPARE(m_stage->profile().conversations().find(chat)->keepDays, std::optional<int>(0));
        QVERIFY(!dialog("keepLessQuestion"));
    }

    void theSettingAsksToo()
    {
        m_stage = std::make_unique<Stage>();
        ui::HistoryPage page(m_stage->profile().settings(), nullptr);
        page.show();
        auto *days = page.findChild<QComboBox *>(QStringLiteral("keepDays"));
        QCOMPARE(days->currentData().toInt(), 0);
        const int week = days->findData(7);
        days->setCurrentIndex(week);
        Q_EMIT days->activated(week);
        auto *question = page.findChild<QDialog *>(QStringLiteral("keepLessQuestion"));
        QVERIFY(question);
        question->reject();
        QCOMPARE(days->currentData().toInt(), 0);
        Q_EMIT days->activated(week);
        press(page.findChildren<QDialog *>(QStringLiteral("keepLessQuestion")).last(), "Delete older");
        QCOMPARE(chat::Retention::usualDays(m_stage->profile().settings()), 7);
        QCOMPARE(days->currentData().toInt(), 7);
        QCOMPARE(tests::nameless(page), QStringList());
    }

    void looks_data() { tests::addLooks(); }

    void looks()
    {
        QFETCH(int, which);
        m_stage = std::make_unique<Stage>();
        const tests::InLook look(tests::looks().at(which), m_stage->folder());
        {
            ui::ExportDialog dialog(m_stage->profile(), m_stage->chatWith("juliet@capulet.example"),
                                    QStringLiteral("Juliet Capulet"), nullptr);
            dialog.setAttribute(Qt::WA_DeleteOnClose, false);
            dialog.show();
            QVERIFY(QTest::qWaitForWindowExposed(&dialog));
            QVERIFY(look.shoot(dialog, "export"));
            QCOMPARE(tests::clipped(dialog), QStringList());
            QCOMPARE(tests::nameless(dialog), QStringList());
        }
        const std::unique_ptr<ui::Confirmation> question(
            ui::askToKeepLess(90, QStringLiteral("Juliet Capulet"), nullptr));
        question->setAttribute(Qt::WA_DeleteOnClose, false);
        question->show();
        QVERIFY(QTest::qWaitForWindowExposed(question.get()));
        QVERIFY(look.shoot(*question, "keep-less"));
        QCOMPARE(tests::clipped(*question), QStringList());
    }

private:
    void show()
    {
        m_stage = std::make_unique<Stage>();
        m_window = std::make_unique<ui::MainWindow>(m_stage->profile(), *m_appearance);
        m_window->resize(1040, 720);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    qint64 openJuliet()
    {
        const qint64 chat = m_stage->chatWith("juliet@capulet.example");
        m_window->openChat(chat);
        const auto isShown = [this] { return m_window->pane()->page()->timeline()->timeline()->rowCount() > 0; };
        if (!QTest::qWaitFor(isShown, 60000))
            QTest::qFail("the chat does not show", __FILE__, __LINE__);
        return chat;
    }
    QMenu *chatMenu()
    {
        Q_EMIT m_window->pane()->page()->header()->menuRequested({});
        const auto all = m_window->findChildren<QMenu *>(QStringLiteral("chatMenu"));
        return all.isEmpty() ? nullptr : all.last();
    }
    void triggerInMenu(const char *name)
    {
        QMenu *menu = chatMenu();
        QVERIFY(menu);
        auto *action = menu->findChild<QAction *>(QLatin1String(name));
        QVERIFY2(action, name);
        action->trigger();
        menu->close();
    }
    QDialog *dialog(const char *name) const
    {
        const auto all = m_window->findChildren<QDialog *>(QLatin1String(name));
        for (QDialog *each : all) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    static QString textOf(const QDialog *dialog)
    {
        QString text;
        for (const auto *label : dialog->findChildren<QLabel *>())
            text += label->text() + u'\n';
        return text;
    }
    static void press(const QDialog *dialog, const char *words)
    {
        QVERIFY(dialog);
        for (auto *button : dialog->findChildren<QPushButton *>()) {
            if (QString(button->text()).remove(u'&').startsWith(QString::fromLatin1(words)))
                return button->click();
        }
        QFAIL(words);
    }

    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<ui::MainWindow> m_window;
};

BALCONY_TEST(TestKeeping)
#include "tst_keeping.moc"
