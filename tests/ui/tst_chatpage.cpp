// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/outbox.h"
#include "stage.h"
#include "support/testmain.h"
#include "ui/account/accountbars.h"
#include "ui/account/keybar.h"
#include "ui/account/passwordbar.h"
#include "ui/account/proxybar.h"
#include "ui/account/statebar.h"
#include "ui/account/weakerbar.h"
#include "ui/chat/chatheader.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/composer.h"
#include "ui/chat/timelineview.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"

#include <QApplication>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>

using tests::Stage;

/// A conversation on screen: what is written, read, kept and told.
class TestChatPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_stage = std::make_unique<Stage>();
        m_pane = std::make_unique<ui::ChatPane>(m_stage->profile());
        m_pane->resize(700, 600);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }

    void cleanup()
    {
        m_pane.reset();
        m_stage.reset();
    }

    /// Offline, a message is stored, the composer empties, and the message waits in the outbox.
    void whatIsWrittenOfflineWaits()
    {
        openChat("juliet@capulet.example");
        const int before = m_pane->page()->timeline()->timeline()->rowCount();
        type(QStringLiteral("I am coming"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_VERIFY(edit()->toPlainText().isEmpty());
        QTRY_COMPARE(m_pane->page()->timeline()->timeline()->rowCount(), before + 1);
        const model::TimelineRow row = m_pane->page()->timeline()->timeline()->row(before);
        QCOMPARE(row.body, QStringLiteral("I am coming"));
        QCOMPARE(row.delivery, model::Delivery::Queued);
        QVERIFY(m_stage->goesOnline());
        QTRY_VERIFY(m_stage->server().heard.contains("I am coming"));
        QTRY_COMPARE(m_pane->page()->timeline()->timeline()->row(before).delivery, model::Delivery::Accepted);
    }

    /// What cannot be stored stays in the composer, and a sentence says why.
    void whatCannotBeStoredStays()
    {
        openChat("juliet@capulet.example");
        QVERIFY(tests::runs(m_stage->profile().store().close()));
        type(QStringLiteral("Lost?"));
        QTest::keyClick(edit(), Qt::Key_Return);
        auto *problem = m_pane->page()->findChild<ui::Banner *>(QStringLiteral("chatProblem"));
        QVERIFY(problem);
        QTRY_VERIFY(problem->isVisible());
        QVERIFY(problem->text().size() > 10);
        QCOMPARE(edit()->toPlainText(), QStringLiteral("Lost?"));
    }

    void aDraftIsKept()
    {
        openChat("juliet@capulet.example");
        type(QStringLiteral("Wherefore"));
        openChat("nurse@capulet.example");
        QCOMPARE(edit()->toPlainText(), QStringLiteral("Commend me to thy lady and mistress"));
        const qint64 juliet = m_stage->chatWith("juliet@capulet.example");
        QTRY_COMPARE(m_stage->profile().conversations().find(juliet)->draft, QStringLiteral("Wherefore"));
        m_pane.reset();
        m_stage->reopens();
        m_pane = std::make_unique<ui::ChatPane>(m_stage->profile());
        m_pane->open(juliet);
        QCOMPARE(edit()->toPlainText(), QStringLiteral("Wherefore"));
    }

    /// Read is what a person can see: the window is in front, and the message shows.
    void whatIsSeenIsRead()
    {
        const qint64 lin = m_stage->chatWith("lin@example.cn");
        QCOMPARE(m_stage->profile().conversations().find(lin)->unread, 2);
        openChat("lin@example.cn");
        m_pane->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
        QTRY_COMPARE(m_stage->profile().conversations().find(lin)->unread, 0);
        QCOMPARE(m_stage->profile().conversations().visible(), lin);
        m_pane->hide();
        QCOMPARE(m_stage->profile().conversations().visible(), 0);
        QVERIFY(m_stage->goesOnline());
        m_stage->receives("lin@example.cn", QStringLiteral("在吗?"), "unseen");
        QTRY_COMPARE(m_stage->profile().conversations().find(lin)->unread, 1);
    }

    /// Ctrl+R from where one writes answers the newest message; Escape leaves that before it leaves the chat.
    void ctrlRReplies()
    {
        openChat("juliet@capulet.example");
        ui::TimelineView *view = m_pane->page()->timeline();
        ui::Composer *composer = m_pane->page()->composer();
        view->setChangesEnabled(true);
        const model::TimelineRow newest = view->timeline()->row(view->timeline()->rowCount() - 1);
        type(QStringLiteral("So"));
        QTest::keyClick(edit(), Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(composer->replyKey(), newest.key);
        QCOMPARE(composer->text(), QStringLiteral("So"));
        QSignalSpy back(m_pane->page(), &ui::ChatPage::backRequested);
        QTest::keyClick(edit(), Qt::Key_Escape);
        QCOMPARE(composer->replyKey(), 0);
        QCOMPARE(back.size(), 0);
    }

    /// A reply, a correction, a reaction and a retraction go from the window to the server, and show here.
    void whatIsSaidOfMessagesGoesOut()
    {
        openChat("juliet@capulet.example");
        QVERIFY(m_stage->goesOnline());
        ui::TimelineView *view = m_pane->page()->timeline();
        ui::Composer *composer = m_pane->page()->composer();
        model::Timeline *timeline = view->timeline();
        const model::TimelineRow theirs = timeline->row(timeline->rowCount() - 1);
        Q_EMIT view->replyRequested(theirs.key);
        type(QStringLiteral("Ay me"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_COMPARE(timeline->row(timeline->rowCount() - 1).delivery, model::Delivery::Accepted);
        const qint64 key = timeline->row(timeline->rowCount() - 1).key;
        const auto own = [timeline, key] { return timeline->row(timeline->indexOf(key)); };
        QVERIFY(own().reply && own().reply->key == theirs.key && own().canChange);
        QVERIFY(m_stage->server().heard.contains("urn:xmpp:reply:0"));
        QCOMPARE(composer->replyKey(), 0);
        Q_EMIT view->editRequested(key);
        QCOMPARE(composer->editKey(), key);
        edit()->selectAll();
        type(QStringLiteral("Ay me!"));
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_COMPARE(own().body, QStringLiteral("Ay me!"));
        QVERIFY(own().edited);
        QTRY_VERIFY(m_stage->server().heard.contains("urn:xmpp:message-correct:0"));
        QTRY_VERIFY(!own().changeWaits);
        Q_EMIT view->reactionToggled(key, QStringLiteral("👍"));
        QTRY_COMPARE(own().reactions.size(), 1);
        QVERIFY(own().reactions.constFirst().own);
        Q_EMIT view->reactionToggled(key, QStringLiteral("👍"));
        QTRY_COMPARE(own().reactions.size(), 0);
        QTRY_VERIFY(m_stage->server().heard.count("urn:xmpp:reactions:0") >= 2);
        Q_EMIT view->retractRequested(key);
        QTRY_VERIFY(own().retracted);
        QVERIFY(own().body.isEmpty() && !own().reply);
        QTRY_VERIFY(m_stage->server().heard.contains("urn:xmpp:message-retract:1"));
    }

    /// They type: the header says so, and stops when their message is there. We type: they are told.
    void typingIsTold()
    {
        openChat("juliet@capulet.example");
        QVERIFY(m_stage->goesOnline());
        auto *line = m_pane->page()->header()->findChild<ui::ElidedLabel *>(QStringLiteral("chatPresence"));
        QCOMPARE(line->text(), QStringLiteral("Available"));
        m_stage->server().say("<message type='chat' from='juliet@capulet.example/balcony' to='romeo@montague.example'>"
                              "<composing xmlns='http://jabber.org/protocol/chatstates'/></message>");
        QTRY_COMPARE(line->text(), QStringLiteral("Typing…"));
        m_stage->server().say(
            "<message type='chat' from='juliet@capulet.example/balcony' to='romeo@montague.example' id='t1'>"
            "<body>Hist!</body><active xmlns='http://jabber.org/protocol/chatstates'/></message>");
        QTRY_COMPARE(line->text(), QStringLiteral("Available"));
        m_stage->server().heard.clear();
        type(QStringLiteral("It"));
        QTRY_VERIFY(m_stage->server().heard.contains("composing"));
    }

    /// A message that came back can be sent again, or taken away.
    void aFailedMessageCanBeTakenAway()
    {
        openChat("juliet@capulet.example");
        QVERIFY(m_stage->goesOnline());
        type(QStringLiteral("To nobody"));
        QTest::keyClick(edit(), Qt::Key_Return);
        model::Timeline *timeline = m_pane->page()->timeline()->timeline();
        QTRY_COMPARE(timeline->row(timeline->rowCount() - 1).delivery, model::Delivery::Accepted);
        const model::TimelineRow sent = timeline->row(timeline->rowCount() - 1);
        const QByteArray heard = m_stage->server().heard;
        const qsizetype message = heard.lastIndexOf("<message", heard.indexOf("To nobody"));
        const QByteArray head = heard.mid(message, heard.indexOf('>', message) - message);
        const qsizetype id = head.indexOf(" id=") + 5;
        m_stage->server().say(
            "<message type='error' from='juliet@capulet.example' id='"
            + head.mid(id, head.indexOf(head.at(id - 1), id) - id)
            + "'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        QTRY_COMPARE(timeline->row(timeline->indexOf(sent.key)).delivery, model::Delivery::Failed);
        tests::shoot(*m_pane, QStringLiteral("chat-failed"));
        Q_EMIT m_pane->page()->timeline()->deleteRequested(sent.key);
        QTRY_COMPARE(timeline->indexOf(sent.key), -1);
    }

    /// The bar says why there is no connection, and when the next try comes.
    void theBarSaysWhy()
    {
        ui::StateBar bar(*m_stage->account(), nullptr);
        QVERIFY(!bar.isHidden());
        QVERIFY(bar.text().contains(QStringLiteral("offline")));
        m_stage->server().refuses = true;
        QByteArray password("secret");
        m_stage->account()->goOnline(SecretBytes::take(password));
        QTRY_COMPARE(m_stage->account()->state(), chat::Account::State::Waiting);
        QTRY_VERIFY(bar.text().contains(QStringLiteral("Next try in")));
        bar.resize(700, bar.sizeHint().height());
        tests::shoot(bar, QStringLiteral("bar-waiting"));
        m_stage->server().refuses = false;
        QTest::mouseClick(bar.findChild<QPushButton *>(), Qt::LeftButton);
        QTRY_COMPARE(m_stage->account()->state(), chat::Account::State::Online);
        QTRY_VERIFY(bar.isHidden());
    }

    /// RELIABILITY 1.31: a weaker sign-in is a question with three answers, and staying offline is the first of them.
    void theBarAsksAboutAWeakerSignIn()
    {
        chat::Account *account = m_stage->account();
        const xmpp::Pin best{QStringLiteral("SCRAM-SHA-256-PLUS"), net::ChannelBinding::TlsExporter};
        account->memory().setPin(best);
        ui::AccountBars bars(m_stage->profile());
        bars.resize(900, 160);
        bars.show();
        const auto ask = [&] {
            QByteArray password("secret");
            account->goOnline(SecretBytes::take(password));
            return QTest::qWaitFor([&] { return bars.findChild<ui::WeakerBar *>() != nullptr; }, 20'000);
        };
        QVERIFY(ask());
        auto *bar = bars.findChild<ui::WeakerBar *>();
        QVERIFY(bar->isVisible());
        QVERIFY(bars.findChild<ui::StateBar *>()->isHidden());
        QVERIFY(bar->text().contains(QStringLiteral("SCRAM-SHA-256-PLUS")));
        QVERIFY(bar->text().contains(QStringLiteral("PLAIN")));
        QVERIFY(!m_stage->server().heard.contains("<auth"));
        tests::shoot(bars, QStringLiteral("bar-weaker"));
        QTest::mouseClick(bar->findChild<QPushButton *>(QStringLiteral("stayOffline")), Qt::LeftButton);
        QTRY_VERIFY(!bars.findChild<ui::WeakerBar *>());
        QCOMPARE(account->state(), chat::Account::State::Offline);
        QVERIFY(!account->error());

        QVERIFY(ask());
        bar = bars.findChild<ui::WeakerBar *>();
        QTest::mouseClick(bar->findChild<QPushButton *>(QStringLiteral("once")), Qt::LeftButton);
        QTRY_COMPARE(account->state(), chat::Account::State::Online);
        QCOMPARE(account->memory().pin(), best);
        QTRY_VERIFY(!bars.findChild<ui::WeakerBar *>());

        m_stage->server().cut();
        QTRY_VERIFY_WITH_TIMEOUT(bars.findChild<ui::WeakerBar *>(), 20'000);
        bar = bars.findChild<ui::WeakerBar *>();
        QTest::mouseClick(bar->findChild<QPushButton *>(QStringLiteral("fromNowOn")), Qt::LeftButton);
        QTRY_COMPARE(account->state(), chat::Account::State::Online);
        QCOMPARE(account->memory().pin().mechanism, QStringLiteral("PLAIN"));
    }

    /// RELIABILITY 1.31: a new key of the server is told plainly, and closed it is told no more.
    void theBarTellsOfANewKey()
    {
        chat::Account *account = m_stage->account();
        ui::AccountBars bars(m_stage->profile());
        bars.resize(900, 160);
        bars.show();
        net::TlsFacts facts;
        facts.verified = true;
        for (const char *key : {"aa", "bb"}) {
            QVERIFY(!bars.findChild<ui::KeyBar *>());
            facts.key = key;
            facts.authority = QStringLiteral("The authority of %1").arg(QLatin1String(key));
            account->serverKeys().take(facts);
        }
        auto *bar = bars.findChild<ui::KeyBar *>();
        QVERIFY(bar && bar->isVisible());
        for (const QString &text :
             {account->jid().toString(), QStringLiteral("The authority of aa"), QStringLiteral("The authority of bb"),
              QLocale().toString(QDate::currentDate(), QLocale::LongFormat)})
            QVERIFY2(bar->text().contains(text), qPrintable(bar->text()));
        tests::shoot(bars, QStringLiteral("bar-key"));
        QTest::mouseClick(bar->findChild<ui::IconButton *>(), Qt::LeftButton);
        QTRY_VERIFY(!bars.findChild<ui::KeyBar *>());
        QVERIFY(!account->serverKeys().news());
    }

    /// A proxy that refuses asks for its own user name and password, and not for the account's.
    void theBarAsksForTheProxy()
    {
        chat::Account *account = m_stage->account();
        const auto usual = m_stage->profile().services().makeTransport;
        m_stage->profile().services().makeTransport = [] {
            auto transport = std::make_unique<tests::FakeTransport>();
            transport->openError = Error{Error::Kind::Network, QStringLiteral("proxy-auth"), {}};
            return transport;
        };
        chat::AccountSettings settings = account->settings();
        settings.proxy = {net::Proxy::Kind::Socks5, QStringLiteral("proxy.example"), 1080, {}, {}};
        account->change(settings);
        ui::AccountBars bars(m_stage->profile());
        bars.resize(900, 160);
        bars.show();
        account->goOnline(SecretBytes(std::string_view("secret")));
        QTRY_VERIFY_WITH_TIMEOUT(bars.findChild<ui::ProxyBar *>(), 20'000);
        QVERIFY(!bars.findChild<ui::PasswordBar *>());
        auto *bar = bars.findChild<ui::ProxyBar *>();
        QVERIFY(bar->isVisible() && bar->accessibleName().contains(QStringLiteral("proxy.example")));
        tests::shoot(bars, QStringLiteral("bar-proxy"));
        m_stage->profile().services().makeTransport = usual;
        const auto edits = bar->findChildren<QLineEdit *>();
        QTest::keyClicks(edits.at(0), QStringLiteral("verona"));
        QTest::keyClicks(edits.at(1), QStringLiteral("balcony"));
        QTest::keyClick(edits.at(1), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(account->state(), chat::Account::State::Online, 20'000);
        QCOMPARE(account->settings().proxy.user, QStringLiteral("verona"));
        QTRY_VERIFY(!bars.findChild<ui::ProxyBar *>());
    }

private:
    QTextEdit *edit() const { return m_pane->page()->composer()->edit(); }

    void openChat(const char *peer)
    {
        m_pane->open(m_stage->chatWith(peer));
        QTRY_VERIFY(!m_pane->page()->timeline()->shown().isEmpty());
    }

    void type(const QString &text)
    {
        edit()->setFocus();
        QTest::keyClicks(edit(), text);
    }

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<ui::ChatPane> m_pane;
};

BALCONY_TEST(TestChatPage)
#include "tst_chatpage.moc"
