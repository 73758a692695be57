// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "looks.h"
#include "openprofile.h"
#include "support/testmain.h"
#include "ui/chat/composer.h"
#include "ui/chat/composertools.h"
#include "ui/roster/rowlist.h"
#include "ui/theme/style.h"
#include "ui/widgets/panels.h"

#include <QDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QVBoxLayout>

using ui::Command;
using ui::Composer;
using Show = xmpp::Presence::Show;

Q_DECLARE_METATYPE(ui::Command)

/// What is typed after a colon or a slash.
class TestComposerTools : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_profile = std::make_unique<tests::OpenProfile>();
        QVERIFY(m_profile->isOpen);
        m_book = std::make_unique<ui::EmojiBook>((*m_profile)->settings());
    }

    void cleanupTestCase()
    {
        m_book.reset();
        m_profile.reset();
    }

    void init()
    {
        QApplication::setStyle(new ui::Style(ui::Theme::make({})));
        m_window = std::make_unique<QWidget>();
        m_window->resize(500, 600);
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

    void cleanup() { m_window.reset(); }

    void completesCodes()
    {
        type("Well :t");
        QVERIFY(!popup()->isVisible());
        type("a");
        QVERIFY(popup()->isVisible());
        type("d");
        QCOMPARE(popup()->list()->currentIndex().data().toString(), QStringLiteral(":tada:"));
        QVERIFY(edit()->hasFocus());
        QTest::keyClick(edit(), Qt::Key_Tab);
        QCOMPARE(m_composer->text(), QStringLiteral("Well 🎉"));
        QVERIFY(!popup()->isVisible());
        QVERIFY(edit()->hasFocus());
        QCOMPARE(m_book->recent().signs().constFirst(), QStringLiteral("🎉"));
        m_composer->edit()->undo();
        QCOMPARE(m_composer->text(), QStringLiteral("Well :tad"));
        QVERIFY(!popup()->isVisible());
    }

    void choosesWithTheArrows()
    {
        QSignalSpy sent(m_composer, &Composer::sendRequested);
        type(":heart");
        QVERIFY(popup()->isVisible());
        const QString second = popup()->list()->model()->index(1, 0).data().toString();
        QTest::keyClick(edit(), Qt::Key_Down);
        QCOMPARE(popup()->list()->currentIndex().data().toString(), second);
        QTest::keyClick(edit(), Qt::Key_Up);
        QTest::keyClick(edit(), Qt::Key_Up);
        QCOMPARE(popup()->list()->currentIndex().row(), popup()->list()->model()->rowCount() - 1);
        QTest::keyClick(edit(), Qt::Key_Down);
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(m_composer->text(), QStringLiteral("❤️"));
        QCOMPARE(sent.size(), 0);
        // Without the list Enter sends again.
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(sent.size(), 1);
    }

    void escapeLeavesTheWord()
    {
        QSignalSpy escapes(m_composer, &Composer::escapePressed);
        type(":tad");
        QTest::keyClick(edit(), Qt::Key_Escape);
        QVERIFY(!popup()->isVisible());
        QCOMPARE(escapes.size(), 0);
        type("a");
        QVERIFY(!popup()->isVisible());
        type(" :tad");
        QVERIFY(popup()->isVisible());
        // Back to before the word, and away.
        QTest::keyClick(edit(), Qt::Key_Home);
        QVERIFY(!popup()->isVisible());
    }

    void byPointer()
    {
        type(":tad");
        auto *list = popup()->list();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
        QCOMPARE(m_composer->text(), QStringLiteral("🎉"));
    }

    void theClosingColonReplaces()
    {
        type("Well :tada");
        type(":");
        QCOMPARE(m_composer->text(), QStringLiteral("Well 🎉"));
        QVERIFY(!popup()->isVisible());
        type(" done");
        m_composer->setText(QString());
        type("Well :tada:");
        m_composer->edit()->undo();
        QCOMPARE(m_composer->text(), QStringLiteral("Well :tada:"));
        type(" :no_such_code:");
        QCOMPARE(m_composer->text(), QStringLiteral("Well :tada: :no_such_code:"));
        m_composer->setText(QString());
        type(":+1: :Tada: :x:");
        QCOMPARE(m_composer->text(), QStringLiteral("👍 🎉 ❌"));
    }

    void codesThatAreNone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("address") << QStringLiteral("https://example.org/:tada:");
        QTest::newRow("address and Han") << QStringLiteral("https://example.org/好:tada:");
        QTest::newRow("port") << QStringLiteral("localhost:tada:");
        QTest::newRow("xmpp") << QStringLiteral("xmpp:tada:");
        QTest::newRow("mail") << QStringLiteral("romeo@example.org:tada:");
        QTest::newRow("time") << QStringLiteral("10:30:100:");
        QTest::newRow("code") << QStringLiteral("see `a :tada:");
        QTest::newRow("double") << QStringLiteral("std::tada:");
    }

    void codesThatAreNone()
    {
        QFETCH(QString, text);
        type(text);
        QCOMPARE(m_composer->text(), text);
        QVERIFY(!popup()->isVisible());
    }

    void notInPreformattedText()
    {
        type("```");
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
        type("a :tada: :he");
        QVERIFY(!popup()->isVisible());
        QVERIFY(m_composer->text().endsWith(QStringLiteral("a :tada: :he")));
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
        type("```");
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
        type("`a` :tada:");
        QVERIFY(m_composer->text().endsWith(QStringLiteral("`a` 🎉")));
    }

    void inputMethodsAreLeftAlone()
    {
        type(":");
        compose(QStringLiteral("xiao"), {});
        QVERIFY(!popup()->isVisible());
        compose({}, QStringLiteral("笑"));
        QVERIFY(popup()->isVisible());
        QVERIFY(popup()->list()->model()->rowCount() > 3);
        compose(QStringLiteral("ku"), {});
        QVERIFY(!popup()->isVisible());
        compose({}, QStringLiteral("哭"));
        QTest::keyClick(edit(), Qt::Key_Tab);
        QVERIFY(!m_composer->text().contains(u':'));
    }

    void draftsAndPastesAreNotTyped()
    {
        m_composer->setText(QStringLiteral("a draft with :tada"));
        QVERIFY(!popup()->isVisible());
        m_composer->edit()->insertPlainText(QStringLiteral(" and a pasted :tada: :he"));
        QVERIFY(!popup()->isVisible());
        QVERIFY(m_composer->text().endsWith(QStringLiteral(":tada: :he")));
    }

    void readsCommands_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *typed, Command::Kind kind, const char *text) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << int(kind) << QString::fromUtf8(text);
        };
        row("hello", Command::Kind::Text, "hello");
        row("/me waves", Command::Kind::Text, "/me waves");
        row("/me", Command::Kind::Missing, "");
        row("//help", Command::Kind::Text, "/help");
        row("/", Command::Kind::Text, "/");
        row("/ help", Command::Kind::Text, "/ help");
        row("/usr/bin/romeo", Command::Kind::Text, "/usr/bin/romeo");
        row("/o\\", Command::Kind::Text, "/o\\");
        row("/help", Command::Kind::Help, "");
        row("/HELP me", Command::Kind::Help, "");
        row("/search  wherefore art", Command::Kind::Search, "wherefore art");
        row("/search", Command::Kind::Missing, "");
        row("/status", Command::Kind::Missing, "");
        row("/status In the orchard", Command::Kind::Status, "In the orchard");
        row("/dance", Command::Kind::Unknown, "");
        row("/\xe8\xb7\xb3\xe8\x88\x9e", Command::Kind::Unknown, "");
    }

    void readsCommands()
    {
        QFETCH(QString, typed);
        QFETCH(int, kind);
        QFETCH(QString, text);
        const Command command = ui::readCommand(typed);
        QCOMPARE(int(command.kind), kind);
        QCOMPARE(command.text, text);
    }

    void readsPresences()
    {
        QVERIFY(!ui::readCommand(QStringLiteral("/status gone")).show);
        const Command both = ui::readCommand(QStringLiteral("/status dnd In a duel"));
        QCOMPARE(both.show, std::optional(Show::DoNotDisturb));
        QCOMPARE(both.text, QStringLiteral("In a duel"));
        QCOMPARE(ui::readCommand(QStringLiteral("/status XA")).show, std::optional(Show::ExtendedAway));
        QCOMPARE(ui::readCommand(QStringLiteral("/status away")).show, std::optional(Show::Away));
        QCOMPARE(ui::readCommand(QStringLiteral("/status available")).show, std::optional(Show::Online));
    }

    void completesCommands()
    {
        type("/s");
        QVERIFY(popup()->isVisible());
        QCOMPARE(popup()->list()->model()->rowCount(), 2);
        type("e");
        QTest::keyClick(edit(), Qt::Key_Tab);
        QCOMPARE(m_composer->text(), QStringLiteral("/search "));
        QVERIFY(!popup()->isVisible());
        m_composer->setText(QString());
        type("a /");
        QVERIFY(!popup()->isVisible());
        m_composer->setText(QString());
        // An edited message is text.
        m_composer->startEdit(5, QStringLiteral(" "));
        m_composer->edit()->selectAll();
        type("/s");
        QVERIFY(!popup()->isVisible());
    }

    void commandsAreGivenAndNotSent()
    {
        QSignalSpy given(m_tools, &ui::ComposerTools::commandGiven);
        const auto ask = [this](const char *text) {
            std::optional<QString> toSend;
            const auto once = connect(m_composer, &Composer::sendRequested, this,
                                      [&](const QString &asked) { toSend = m_tools->textToSend(asked); });
            m_composer->setText(QString::fromUtf8(text));
            QTest::keyClick(edit(), Qt::Key_Return);
            disconnect(once);
            return toSend;
        };
        QCOMPARE(ask("/search wherefore"), std::nullopt);
        QCOMPARE(given.size(), 1);
        QCOMPARE(given.at(0).at(0).value<Command>().text, QStringLiteral("wherefore"));
        QVERIFY(m_composer->text().isEmpty());
        QCOMPARE(ask("/me waves"), std::optional(QStringLiteral("/me waves")));
        m_composer->accepted();
        QCOMPARE(ask("//me"), std::optional(QStringLiteral("/me")));
        m_composer->accepted();
        QVERIFY(m_composer->text().isEmpty());
        QCOMPARE(given.size(), 1);
    }

    void anUnknownOneIsSaid()
    {
        std::optional<QString> toSend;
        connect(m_composer, &Composer::sendRequested, this,
                [&](const QString &asked) { toSend = m_tools->textToSend(asked); });
        type("/dance <b>now");
        QTest::keyClick(edit(), Qt::Key_Return);
        QVERIFY(!toSend);
        QVERIFY(m_tools->note()->isVisible());
        QVERIFY(m_tools->note()->text().contains(QStringLiteral("/dance")));
        QCOMPARE(m_composer->text(), QStringLiteral("/dance <b>now"));
        // What is changed is another text.
        type("!");
        QVERIFY(!m_tools->note()->isVisible());
        QTest::keyClick(edit(), Qt::Key_Return);
        QVERIFY(m_tools->note()->isVisible());
        auto *button = m_tools->note()->findChild<QPushButton *>();
        QVERIFY(button && button->isVisible());
        button->click();
        QCOMPARE(toSend, std::optional(QStringLiteral("/dance <b>now!")));
        m_composer->accepted();
        QVERIFY(m_composer->text().isEmpty());
        QVERIFY(!m_tools->note()->isVisible());
        QVERIFY(edit()->hasFocus());
    }

    void helpTellsAll()
    {
        connect(m_composer, &Composer::sendRequested, this, [&](const QString &asked) { m_tools->textToSend(asked); });
        type("/help ");
        QTest::keyClick(edit(), Qt::Key_Return);
        auto *help = m_window->findChild<QDialog *>(QStringLiteral("commandHelp"));
        QVERIFY(help);
        QVERIFY(m_composer->text().isEmpty());
        QTRY_VERIFY(help->isVisible());
        QTest::keyClick(help, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->findChild<QDialog *>(QStringLiteral("commandHelp")));
    }

    void looks_data() { tests::addLooks(); }

    void looks()
    {
        QFETCH(int, which);
        const QTemporaryDir folder;
        m_window.reset();
        const tests::InLook look(tests::looks().at(which), folder.path());
        init();
        const tests::InLook again(tests::looks().at(which), folder.path());
        m_window->resize(which == 4 ? QSize(900, 500) : QSize(520, 300));
        connect(m_composer, &Composer::sendRequested, this, [&](const QString &asked) { m_tools->textToSend(asked); });
        type("/");
        QTRY_VERIFY(popup()->isVisible());
        QVERIFY(look.shoot(*m_window, "commands"));
        type("dance now");
        QTest::keyClick(edit(), Qt::Key_Return);
        QVERIFY(m_tools->note()->isVisible());
        QCOMPARE(tests::clipped(*m_window), QStringList());
        QCOMPARE(tests::nameless(*m_window), QStringList());
        QVERIFY(look.shoot(*m_window, "command-unknown"));
        m_composer->setText(QStringLiteral("/help"));
        QTest::keyClick(edit(), Qt::Key_Return);
        auto *help = m_window->findChild<QDialog *>(QStringLiteral("commandHelp"));
        QTRY_VERIFY(help->isVisible());
        QCOMPARE(tests::clipped(*help), QStringList());
        QVERIFY(look.shoot(*help, "command-help"));
    }

private:
    QWidget *edit() const { return m_composer->edit(); }
    ui::CompletionPopup *popup() const { return m_tools->completions(); }
    void type(const char *text) { type(QString::fromUtf8(text)); }
    /// As keys do it: each character by itself, as it comes from the keyboard.
    void type(const QString &text)
    {
        for (const QChar c : text) {
            if (c.unicode() < 0x80)
                QTest::keyClick(edit(), c.toLatin1());
            else
                compose({}, c);
        }
    }
    void compose(const QString &preedit, const QString &commit)
    {
        QInputMethodEvent event(preedit, {});
        event.setCommitString(commit);
        QCoreApplication::sendEvent(edit(), &event);
    }

    std::unique_ptr<tests::OpenProfile> m_profile;
    std::unique_ptr<ui::EmojiBook> m_book;
    std::unique_ptr<QWidget> m_window;
    Composer *m_composer = nullptr;
    ui::ComposerTools *m_tools = nullptr;
};

BALCONY_TEST(TestComposerTools)
#include "tst_composertools.moc"
