// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "looks.h"
#include "support/testmain.h"
#include "ui/chat/composer.h"
#include "ui/theme/style.h"
#include "ui/widgets/plaintext.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QVBoxLayout>

using ui::Composer;

/// What a person types is never lost, and is sent when it is meant to be.
class TestComposer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QApplication::setStyle(new ui::Style(ui::Theme::make({})));
        m_window = std::make_unique<QWidget>();
        m_window->resize(500, 600);
        auto *column = new QVBoxLayout(m_window.get());
        m_composer = new Composer(m_window.get());
        column->addStretch(1);
        column->addWidget(m_composer);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_composer->focusText();
    }

    void cleanup() { m_window.reset(); }

    void enterSendsAndOnlyAcceptedEmpties()
    {
        QSignalSpy spy(m_composer, &Composer::sendRequested);
        QTest::keyClicks(edit(), QStringLiteral("Hello"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.at(0).at(0).toString(), QStringLiteral("Hello"));
        QCOMPARE(m_composer->text(), QStringLiteral("Hello"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 1);
        m_composer->accepted();
        QCOMPARE(m_composer->text(), QString());
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 1);
    }

    void typedMeanwhileStays()
    {
        QTest::keyClicks(edit(), QStringLiteral("Hello"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), QStringLiteral("wor"));
        m_composer->accepted();
        QCOMPARE(m_composer->text(), QStringLiteral("wor"));
        QTest::keyClicks(edit(), QStringLiteral("ld"));
        QCOMPARE(m_composer->text(), QStringLiteral("world"));
    }

    void rejectedKeepsEverything()
    {
        QSignalSpy spy(m_composer, &Composer::sendRequested);
        QTest::keyClicks(edit(), QStringLiteral("Hello"));
        QTest::keyClick(edit(), Qt::Key_Return);
        m_composer->rejected();
        QCOMPARE(m_composer->text(), QStringLiteral("Hello"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 2);
        // Something else was written over it: nothing of that goes.
        m_composer->edit()->selectAll();
        QTest::keyClicks(edit(), QStringLiteral("Other"));
        m_composer->accepted();
        QCOMPARE(m_composer->text(), QStringLiteral("Other"));
    }

    void shiftEnterBreaksAndCanBeSwapped()
    {
        QSignalSpy spy(m_composer, &Composer::sendRequested);
        QTest::keyClicks(edit(), QStringLiteral("a"));
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(edit(), QStringLiteral("b"));
        QCOMPARE(m_composer->text(), QStringLiteral("a\nb"));
        QCOMPARE(spy.size(), 0);
        m_composer->setEnterSends(false);
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 0);
        QTest::keyClicks(edit(), QStringLiteral("c"));
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.at(0).at(0).toString(), QStringLiteral("a\nb\nc"));
        m_composer->rejected();
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(spy.size(), 2);
    }

    void neverSendsWhileComposing()
    {
        QSignalSpy spy(m_composer, &Composer::sendRequested);
        QTest::keyClicks(edit(), QStringLiteral("ni"));
        compose(QStringLiteral("hao"), {});
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 0);
        compose({}, QStringLiteral("好"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 1);
        QVERIFY(spy.at(0).at(0).toString().endsWith(QStringLiteral("好")));
    }

    void takesPlainTextThatXmlCanCarry()
    {
        auto *data = new QMimeData;
        data->setHtml(QStringLiteral("<b>bold</b>"));
        data->setText(QStringLiteral("bo") + QChar(0x01) + QStringLiteral("ld") + QChar(0xffff) + QChar(0xd800)
                      + QStringLiteral("\r\n2"));
        QGuiApplication::clipboard()->setMimeData(data);
        m_composer->edit()->paste();
        QCOMPARE(m_composer->text(), QStringLiteral("bo\uFFFDld\uFFFD\uFFFD\n2"));
        QCOMPARE(m_composer->edit()->textCursor().charFormat().fontWeight(), int(QFont::Normal));
        m_composer->setText(QString());
        compose({}, QStringLiteral("x") + QChar(0x0b));
        QCOMPARE(m_composer->text(), QStringLiteral("x\uFFFD"));
        m_composer->setText(QStringLiteral("a\u00A0b"));
        QCOMPARE(m_composer->text(), QStringLiteral("a\u00A0b"));
        const QString emoji = QStringLiteral("😀");
        QCOMPARE(ui::sendable(emoji), emoji);
    }

    void keysForOthers()
    {
        QSignalSpy edits(m_composer, &Composer::editLastRequested);
        QSignalSpy escapes(m_composer, &Composer::escapePressed);
        QSignalSpy scrolls(m_composer, &Composer::scrollKeyPressed);
        QTest::keyClick(edit(), Qt::Key_Up);
        QTest::keyClick(edit(), Qt::Key_Escape);
        QTest::keyClick(edit(), Qt::Key_PageUp);
        QTest::keyClick(edit(), Qt::Key_End);
        QCOMPARE(edits.size(), 1);
        QCOMPARE(escapes.size(), 1);
        QCOMPARE(scrolls.size(), 2);
        QTest::keyClicks(edit(), QStringLiteral("a"));
        QTest::keyClick(edit(), Qt::Key_Up);
        QTest::keyClick(edit(), Qt::Key_Home);
        QCOMPARE(edits.size(), 1);
        QCOMPARE(scrolls.size(), 2);
    }

    void tellsTypingAndDrafts()
    {
        QSignalSpy typing(m_composer, &Composer::typing);
        QSignalSpy drafts(m_composer, &Composer::draftChanged);
        QTest::keyClicks(edit(), QStringLiteral("abc"));
        QCOMPARE(typing.size(), 1);
        QCOMPARE(typing.at(0).at(0).toBool(), true);
        QCOMPARE(drafts.size(), 0);
        QTRY_COMPARE(drafts.size(), 1);
        QCOMPARE(drafts.at(0).at(0).toString(), QStringLiteral("abc"));
        QTest::keyClick(edit(), Qt::Key_Return);
        m_composer->accepted();
        QCOMPARE(typing.size(), 2);
        QCOMPARE(typing.at(1).at(0).toBool(), false);
        QCOMPARE(drafts.size(), 2);
        QCOMPARE(drafts.at(1).at(0).toString(), QString());
        m_composer->setText(QStringLiteral("a draft"));
        QCOMPARE(typing.size(), 2);
        m_composer->setTypingEnabled(false);
        QTest::keyClicks(edit(), QStringLiteral("x"));
        QCOMPARE(typing.size(), 2);
        m_composer->hide();
        QCOMPARE(drafts.constLast().at(0).toString(), QStringLiteral("a draftx"));
    }

    void growsToAThird()
    {
        const int one = edit()->height();
        m_composer->setText(QStringLiteral("a\nb\nc\nd"));
        QTRY_VERIFY(edit()->height() > one);
        m_composer->setText(QStringLiteral("a\n").repeated(200));
        QTRY_COMPARE(edit()->height(), m_window->height() / 3);
        m_composer->setText(QString());
        QTRY_COMPARE(edit()->height(), one);
    }

    void busySendsNothing()
    {
        QSignalSpy spy(m_composer, &Composer::sendRequested);
        auto *button = m_composer->findChild<QAbstractButton *>(QStringLiteral("sendButton"));
        QVERIFY(!button->isEnabled());
        QTest::keyClicks(edit(), QStringLiteral("Hello"));
        QVERIFY(button->isEnabled());
        m_composer->setBusy(true);
        QVERIFY(!button->isEnabled());
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 0);
        m_composer->setBusy(false);
        button->click();
        QCOMPARE(spy.size(), 1);
    }

    void aReplyHasABar()
    {
        QSignalSpy spy(m_composer, &Composer::sendRequested);
        QSignalSpy escapes(m_composer, &Composer::escapePressed);
        QVERIFY(!bar()->isVisible());
        m_composer->startReply(7, QStringLiteral("Juliet <b>"), QStringLiteral("O Romeo,\nRomeo"));
        QVERIFY(bar()->isVisible());
        QVERIFY(bar()->accessibleName().contains(QStringLiteral("Juliet <b>")));
        QVERIFY(bar()->accessibleName().contains(QStringLiteral("O Romeo, Romeo")));
        QCOMPARE(m_composer->replyKey(), 7);
        QCOMPARE(m_composer->editKey(), 0);
        QVERIFY(edit()->hasFocus());
        // The first Escape ends the answer, the second one is somebody else's.
        QTest::keyClick(edit(), Qt::Key_Escape);
        QVERIFY(!bar()->isVisible());
        QCOMPARE(m_composer->replyKey(), 0);
        QCOMPARE(escapes.size(), 0);
        QTest::keyClick(edit(), Qt::Key_Escape);
        QCOMPARE(escapes.size(), 1);

        m_composer->startReply(7, QStringLiteral("Juliet"), QStringLiteral("O Romeo"));
        QTest::keyClicks(edit(), QStringLiteral("Here"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(m_composer->replyKey(), 7);
        m_composer->rejected();
        QVERIFY(bar()->isVisible());
        QCOMPARE(m_composer->text(), QStringLiteral("Here"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 2);
        m_composer->accepted();
        QVERIFY(!bar()->isVisible());
        QCOMPARE(m_composer->replyKey(), 0);
        QCOMPARE(m_composer->text(), QString());
    }

    /// What stood there comes back after an edit, with the answer it was to be; and an edit is never kept as a draft.
    void anEditGivesTheDraftBack()
    {
        QSignalSpy spy(m_composer, &Composer::sendRequested);
        QSignalSpy drafts(m_composer, &Composer::draftChanged);
        m_composer->startReply(7, QStringLiteral("Juliet"), QStringLiteral("O Romeo"));
        QTest::keyClicks(edit(), QStringLiteral("My draft"));
        m_composer->startEdit(5, QStringLiteral("Old text"));
        QCOMPARE(drafts.size(), 1);
        QCOMPARE(drafts.at(0).at(0).toString(), QStringLiteral("My draft"));
        QCOMPARE(m_composer->text(), QStringLiteral("Old text"));
        QCOMPARE(m_composer->editKey(), 5);
        QCOMPARE(m_composer->replyKey(), 0);
        QVERIFY(bar()->accessibleName().contains(QStringLiteral("Edit message")));
        QTest::keyClicks(edit(), QStringLiteral("!"));
        m_composer->hide();
        m_composer->show();
        QTest::keyClick(edit(), Qt::Key_Escape);
        QCOMPARE(m_composer->text(), QStringLiteral("My draft"));
        QCOMPARE(m_composer->editKey(), 0);
        QCOMPARE(m_composer->replyKey(), 7);
        QVERIFY(bar()->accessibleName().contains(QStringLiteral("Juliet")));

        m_composer->startEdit(5, QStringLiteral("Old text"));
        QTest::keyClicks(edit(), QStringLiteral("!"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.constLast().at(0).toString(), QStringLiteral("Old text!"));
        m_composer->accepted();
        QCOMPARE(m_composer->text(), QStringLiteral("My draft"));
        QCOMPARE(m_composer->editKey(), 0);
        QCOMPARE(drafts.size(), 1);
        // Nothing changed: nothing goes out.
        m_composer->startEdit(5, QStringLiteral("Old text"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(m_composer->text(), QStringLiteral("My draft"));
    }

    void anEditThatFailsStays()
    {
        m_composer->startEdit(5, QStringLiteral("Old text"));
        QTest::keyClicks(edit(), QStringLiteral("!"));
        QTest::keyClick(edit(), Qt::Key_Return);
        // Meanwhile it cannot be turned into something else, nor be left.
        m_composer->startReply(7, QStringLiteral("Juliet"), QStringLiteral("O Romeo"));
        QVERIFY(!m_composer->leave());
        QCOMPARE(m_composer->editKey(), 5);
        m_composer->rejected();
        QCOMPARE(m_composer->text(), QStringLiteral("Old text!"));
        QCOMPARE(m_composer->editKey(), 5);
        // What was typed behind it meanwhile belongs to what comes next.
        QTest::keyClick(edit(), Qt::Key_Return);
        QTest::keyClicks(edit(), QStringLiteral("Next"));
        m_composer->accepted();
        QCOMPARE(m_composer->text(), QStringLiteral("Next"));
        QCOMPARE(m_composer->editKey(), 0);
        QVERIFY(!bar()->isVisible());
    }

    void theBarIsLeftByItsButton()
    {
        m_composer->startEdit(5, QStringLiteral("Old text"));
        auto *close = bar()->findChild<QAbstractButton *>(QStringLiteral("composerBarClose"));
        QVERIFY(!close->accessibleName().isEmpty());
        close->click();
        QCOMPARE(m_composer->editKey(), 0);
        QCOMPARE(m_composer->text(), QString());
        QVERIFY(edit()->hasFocus());
        m_composer->startReply(5, QStringLiteral("Juliet"), QStringLiteral("O Romeo"));
        close->setFocus();
        QTest::keyClick(close, Qt::Key_Escape);
        QCOMPARE(m_composer->replyKey(), 0);
    }

    void looks_data() { tests::addLooks(); }

    /// The bar in each look: everything readable and named.
    void looks()
    {
        QFETCH(int, which);
        const QTemporaryDir folder;
        m_window.reset();
        const tests::InLook look(tests::looks().at(which), folder.path());
        QWidget window;
        window.resize(440, 200);
        auto *column = new QVBoxLayout(&window);
        column->addStretch(1);
        QVector<Composer *> composers;
        for (int i = 0; i < 2; ++i) {
            composers.append(new Composer(&window));
            column->addWidget(composers.constLast());
        }
        composers.at(0)->startReply(7, QStringLiteral("Juliet"),
                                    QStringLiteral("O Romeo, Romeo! wherefore art thou Romeo? Deny thy father"));
        composers.at(0)->edit()->setPlainText(QStringLiteral("Shall I hear more?"));
        composers.at(1)->startEdit(5, QStringLiteral("I take thee at thy word"));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCOMPARE(tests::clipped(window), QStringList());
        QCOMPARE(tests::nameless(window), QStringList());
        QVERIFY(look.shoot(window, "composer-bars"));
    }

private:
    QWidget *bar() const { return m_composer->findChild<QWidget *>(QStringLiteral("composerBar")); }
    QWidget *edit() const { return m_composer->edit(); }

    void compose(const QString &preedit, const QString &commit)
    {
        QInputMethodEvent event(preedit, {});
        event.setCommitString(commit);
        QCoreApplication::sendEvent(edit(), &event);
    }

    std::unique_ptr<QWidget> m_window;
    Composer *m_composer = nullptr;
};

BALCONY_TEST(TestComposer)
#include "tst_composer.moc"
