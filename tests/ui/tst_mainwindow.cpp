// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.h"
#include "support/testmain.h"
#include "ui/chat/chatheader.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/composer.h"
#include "ui/chat/timelineview.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/roster/chatlist.h"
#include "ui/roster/contacttree.h"
#include "ui/roster/sidebar.h"
#include "ui/startwindow.h"
#include "ui/switcher.h"
#include "ui/widgets/panels.h"

#include <QAccessible>
#include <QApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

using tests::Stage;
using tests::WindowLook;
using ui::Appearance;

/// The window with real data: what it shows, what the keyboard does, what it remembers; and its pictures.
class TestMainWindow : public QObject
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
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
        m_appearance->setTextScale(1);
        m_appearance->setScheme(Appearance::Choice::Light);
    }

    void looks_data()
    {
        QTest::addColumn<int>("which");
        for (int i = 0; i < int(std::size(looksOf)); ++i)
            QTest::newRow(looksOf[i].name) << i;
    }

    void looks()
    {
        QFETCH(int, which);
        const WindowLook &look = looksOf[which];
        QGuiApplication::setLayoutDirection(look.mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        m_appearance->setScheme(look.scheme);
        m_appearance->setTextScale(look.textScale);
        show(look.size);
        QVERIFY(m_stage->goesOnline());
        const QString name = QString::fromLatin1(look.name);
        openChat("mercutio@verona.example");
        openChat("juliet@capulet.example");
        tests::shoot(*m_window, QStringLiteral("window-") + name);
        if (m_window->isNarrow())
            QTest::keyClick(m_window->pane()->page()->composer()->edit(), Qt::Key_Escape);
        m_window->sidebar()->setTab(ui::Sidebar::Tab::Contacts);
        tests::shoot(*m_window, QStringLiteral("contacts-") + name);
        m_window->switcher()->open();
        QTest::keyClicks(m_window->switcher()->field(), QStringLiteral("e"));
        tests::shoot(*m_window, QStringLiteral("switcher-") + name);
    }

    void chinese()
    {
        ui::installTranslators(*QCoreApplication::instance(), QStringLiteral("zh_CN"), {});
        show({1040, 720});
        QVERIFY(m_stage->goesOnline());
        openChat("lin@example.cn");
        tests::shoot(*m_window, QStringLiteral("window-zh_CN"));
        m_window->sidebar()->setTab(ui::Sidebar::Tab::Contacts);
        tests::shoot(*m_window, QStringLiteral("contacts-zh_CN"));
        m_window.reset();
        ui::installTranslators(*QCoreApplication::instance(), QStringLiteral("en_GB"), {});
    }

    /// Another theme takes effect at once, in a window that is open.
    void themeChangesLive()
    {
        show({1040, 720});
        openChat("juliet@capulet.example");
        m_appearance->setScheme(Appearance::Choice::Dark);
        tests::shoot(*m_window, QStringLiteral("window-live-dark"));
        const QImage image = m_window->grab().toImage();
        const ui::Theme &theme = m_appearance->theme();
        QCOMPARE(image.pixelColor(2, image.height() - 2), theme.colors.sidebar);
        QCOMPARE(m_window->palette().color(QPalette::Window), theme.colors.window);
        QCOMPARE(m_window->sidebar()->chatList()->palette().color(QPalette::Base), theme.colors.sidebar);
    }

    void emptyStates()
    {
        m_stage = std::make_unique<Stage>(false, false);
        makeWindow({1040, 720});
        tests::shoot(*m_window, QStringLiteral("empty-no-account"));
        QVERIFY(m_window->findChild<QWidget *>(QStringLiteral("sidebar"))->isHidden()
                || !m_window->sidebar()->isVisible());
        m_window.reset();
        m_stage = std::make_unique<Stage>(false);
        makeWindow({1040, 720});
        QVERIFY(m_window->sidebar()->isVisible());
        tests::shoot(*m_window, QStringLiteral("empty-no-chats"));
        m_window->sidebar()->setTab(ui::Sidebar::Tab::Contacts);
        tests::shoot(*m_window, QStringLiteral("empty-no-contacts"));
        m_window->sidebar()->search()->setText(QStringLiteral("nobody"));
        tests::shoot(*m_window, QStringLiteral("empty-no-result"));
    }

    /// An account that comes by the port takes the place of the page that asks for one.
    void anAccountByThePortEndsTheWelcome()
    {
        m_stage = std::make_unique<Stage>(false, false);
        makeWindow({1040, 720});
        QVERIFY(!m_window->sidebar()->isVisible());
        chat::AccountSettings settings;
        settings.jid = Jid::parse(QStringLiteral("romeo@montague.example")).value();
        settings.enabled = false;
        auto adding = m_stage->profile().accounts().add(settings, std::nullopt);
        Scope scope;
        scope.run(finish(std::move(adding)));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->sidebar()->isVisible(), 60000);
    }

    /// A screen reader says that a window came, and which.
    void isAWindowToAScreenReader()
    {
        m_stage = std::make_unique<Stage>();
        makeWindow({1040, 720});
        ui::StartWindow start;
        for (QWidget *window : {static_cast<QWidget *>(m_window.get()), static_cast<QWidget *>(&start)}) {
            QAccessibleInterface *seen = QAccessible::queryAccessibleInterface(window);
            QVERIFY(seen);
            QCOMPARE(seen->role(), QAccessible::Window);
            QVERIFY2(seen->text(QAccessible::Name).contains(u"Balcony"), qPrintable(seen->text(QAccessible::Name)));
        }
    }

    /// A second start finds the window as it was.
    void remembersWhereItWas()
    {
        show({900, 650});
        m_window->sidebar()->setTab(ui::Sidebar::Tab::Contacts);
        const qint64 chat = m_stage->chatWith("mercutio@verona.example");
        m_window->openChat(chat);
        m_window->pane()->page()->composer()->edit()->insertPlainText(QStringLiteral("Half a thought"));
        m_window->close();
        m_window.reset();
        m_stage->reopens();
        m_window = std::make_unique<ui::MainWindow>(m_stage->profile(), *m_appearance);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QCOMPARE(m_window->size(), QSize(900, 650));
        QCOMPARE(m_window->sidebar()->tab(), ui::Sidebar::Tab::Contacts);
        QCOMPARE(m_window->pane()->openChat(), chat);
        QCOMPARE(m_window->pane()->page()->composer()->text(), QStringLiteral("Half a thought"));
    }

    /// C10: and the conversation where it was scrolled to.
    void remembersThePlace()
    {
        show({900, 380});
        const qint64 chat = m_stage->chatWith("juliet@capulet.example");
        m_window->openChat(chat);
        QTRY_VERIFY(!m_window->pane()->page()->timeline()->shown().isEmpty());
        QTRY_COMPARE(m_stage->profile().conversations().find(chat)->unread, 0);
        m_window->pane()->page()->timeline()->scrollByPixels(-120);
        const ui::TimelineView::Place place = m_window->pane()->page()->timeline()->place();
        QVERIFY(place.key != 0);
        m_window->close();
        m_window.reset();
        m_stage->reopens();
        m_window = std::make_unique<ui::MainWindow>(m_stage->profile(), *m_appearance);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        const auto now = [this] { return m_window->pane()->page()->timeline()->place(); };
        QTRY_COMPARE(now().key, place.key);
        QTRY_COMPARE(now().y, place.y);
    }

    void narrowShowsOnePane()
    {
        show({480, 700});
        QVERIFY(m_window->isNarrow());
        QVERIFY(m_window->sidebar()->isVisible());
        QVERIFY(!m_window->pane()->isVisible());
        openChat("juliet@capulet.example");
        QVERIFY(!m_window->sidebar()->isVisible());
        auto *back = m_window->pane()->page()->findChild<QToolButton *>(QStringLiteral("backButton"));
        QVERIFY(back && back->isVisible());
        QTest::mouseClick(back, Qt::LeftButton);
        QVERIFY(m_window->sidebar()->isVisible());
        m_window->resize(900, 700);
        QVERIFY(m_window->sidebar()->isVisible());
        QVERIFY(m_window->pane()->isVisible());
        QVERIFY(!back->isVisible());
    }

    void searchFindsChatsAndContacts()
    {
        show({1040, 720});
        ui::SearchField *search = m_window->sidebar()->search();
        QTest::keyClicks(search, QStringLiteral("ben"));
        QTRY_VERIFY(m_window->sidebar()->results()->isVisible());
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_VERIFY(m_window->pane()->openChat() != 0);
        const store::Conversation *chat = m_stage->profile().conversations().find(m_window->pane()->openChat());
        QCOMPARE(chat->peer.toString(), QStringLiteral("benvolio@montague.example"));
        QVERIFY(search->text().isEmpty());
    }

    void keyboardReachesChats()
    {
        show({1040, 720});
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        ui::ChatList *list = m_window->sidebar()->chatList();
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QTRY_COMPARE(m_window->pane()->openChat(), list->chatAt(1));
        QTest::keyClick(m_window->pane()->page()->composer()->edit(), Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(m_window->pane()->openChat(), list->chatAt(2));
        QTest::keyClick(m_window->pane()->page()->composer()->edit(), Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(m_window->pane()->openChat(), list->chatAt(1));
        QTest::keyClick(m_window->pane()->page()->composer()->edit(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(m_window->switcher()->isVisible());
        QTest::keyClicks(m_window->switcher()->field(), QStringLiteral("juliet"));
        QTest::keyClick(m_window->switcher()->field(), Qt::Key_Return);
        QTRY_COMPARE(m_window->pane()->openChat(), m_stage->chatWith("juliet@capulet.example"));
        QVERIFY(!m_window->switcher()->isVisible());
        QTRY_VERIFY(m_window->pane()->page()->composer()->edit()->hasFocus());
    }

    /// The quick switcher starts a chat with an address that nobody has yet.
    void switcherTakesAnAddress()
    {
        show({1040, 720});
        m_window->switcher()->open();
        QTest::keyClicks(m_window->switcher()->field(), QStringLiteral("paris@verona.example"));
        QTest::keyClick(m_window->switcher()->field(), Qt::Key_Return);
        QTRY_VERIFY(m_window->pane()->openChat() != 0);
        const store::Conversation *chat = m_stage->profile().conversations().find(m_window->pane()->openChat());
        QCOMPARE(chat->peer.toString(), QStringLiteral("paris@verona.example"));
    }

    /// Every control that can have the keyboard says what it is.
    void everythingHasAName()
    {
        show({1040, 720});
        openChat("juliet@capulet.example");
        for (QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->focusProxy())
                continue;
            const bool named = !widget->accessibleName().isEmpty() || !widget->property("text").toString().isEmpty();
            QVERIFY2(named,
                     qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(widget->metaObject()->className()),
                                                            widget->objectName())));
        }
    }

private:
    static constexpr WindowLook looksOf[] = {
        {"light"},
        {"dark", Appearance::Choice::Dark},
        {"large", Appearance::Choice::Light, 2, {1280, 900}},
        {"rtl", Appearance::Choice::Light, 1, {1040, 720}, true},
        {"narrow", Appearance::Choice::Light, 1, {420, 720}},
    };

    static Task<void> finish(Task<Result<chat::Account *>> adding)
    {
        auto added = co_await std::move(adding);
        (void)added;
    }

    void makeWindow(QSize size)
    {
        m_window = std::make_unique<ui::MainWindow>(m_stage->profile(), *m_appearance);
        m_window->resize(size);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QTest::qWait(0);
    }

    void show(QSize size)
    {
        m_stage = std::make_unique<Stage>();
        makeWindow(size);
    }

    /// Opens a chat and waits until its messages are there.
    void openChat(const char *peer)
    {
        m_window->openChat(m_stage->chatWith(peer));
        QTRY_VERIFY(m_window->pane()->page());
        QTRY_VERIFY(!m_window->pane()->page()->timeline()->shown().isEmpty());
    }

    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<ui::MainWindow> m_window;
};

BALCONY_TEST(TestMainWindow)
#include "tst_mainwindow.moc"
