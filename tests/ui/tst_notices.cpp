// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "looks.h"
#include "stage.h"
#include "support/testmain.h"
#include "ui/chat/chatpane.h"
#include "ui/mainwindow.h"
#include "ui/notify/notices.h"
#include "ui/settings/looksettings.h"
#include "ui/settings/notificationspage.h"
#include "ui/settings/settingsdialog.h"
#include "ui/tray/background.h"
#include "ui/tray/tray.h"
#include "ui/tray/traypicture.h"
#include "ui/widgets/textprompt.h"

#include <QCheckBox>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimeEdit>

using chat::AlertSettings;
using tests::Look;
using tests::Stage;
using ui::Notice;

namespace {

constexpr int noticePatience = 30'000;

/// A desktop that notes what it is asked to show.
class NotedNotifier : public ui::Notifier
{
    Q_OBJECT
public:
    void show(const Notice &notice) override { shown.append(notice); }
    void withdraw(qint64 id) override { withdrawn.append(id); }
    QList<Notice> shown;
    QList<qint64> withdrawn;
};

bool comes(const std::function<bool()> &condition)
{
    return QTest::qWaitFor(condition, noticePatience);
}

} // namespace

/// What the desktop shows of alerts, and what the person does with it; the tray; the page of the settings.
class TestNotices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        ui::installTranslators(*qApp, QStringLiteral("en"), QString());
        m_appearance = std::make_unique<ui::Appearance>();
    }

    void saysWhatIsToBeShown()
    {
        chat::Alert alert;
        alert.id = 5;
        alert.name = QStringLiteral("Juliet");
        alert.text = QStringLiteral("Ay me!");
        alert.count = 1;
        QCOMPARE(ui::Notices::noticeOf(alert).body, QStringLiteral("Ay me!"));
        QVERIFY(ui::Notices::noticeOf(alert).title.contains(QStringLiteral("Juliet")));
        QVERIFY(ui::Notices::noticeOf(alert).hasChat);
        alert.count = 3;
        QVERIFY(ui::Notices::noticeOf(alert).title.endsWith(QStringLiteral("(3)")));
        alert.text.clear();
        QVERIFY(ui::Notices::noticeOf(alert).body.contains(u'3'));
        alert.name.clear();
        QVERIFY(ui::Notices::noticeOf(alert).body.isEmpty());
        QVERIFY(ui::Notices::noticeOf(alert).title.contains(u'3'));
        alert.kind = chat::Alert::Kind::Requests;
        QVERIFY(!ui::Notices::noticeOf(alert).hasChat);
        alert.kind = chat::Alert::Kind::Many;
        alert.chats = 12;
        QVERIFY(ui::Notices::noticeOf(alert).body.contains(QStringLiteral("12")));
    }

    /// A message comes, is answered in the notification, and the answer goes out as any message; that reads the chat.
    void answersFromTheNotification()
    {
        Stage stage;
        NotedNotifier notifier;
        ui::Notices notices(stage.profile(), notifier);
        QVERIFY(stage.goesOnline());
        stage.receives("juliet@capulet.example", QStringLiteral("Wherefore?"), "n1");
        QVERIFY(comes([&] { return !notifier.shown.isEmpty(); }));
        const qint64 chat = stage.chatWith("juliet@capulet.example");
        QCOMPARE(notifier.shown.last().id, chat);
        QVERIFY(notifier.shown.last().body.contains(QStringLiteral("Wherefore?")));
        Q_EMIT notifier.replied(chat, QStringLiteral("Because."));
        QVERIFY(comes([&] { return stage.server().heard.contains("<body>Because.</body>"); }));
        QVERIFY(comes([&] { return notifier.withdrawn.contains(chat); }));
        QCOMPARE(stage.profile().conversations().find(chat)->unread, 0);
        // Marked as read.
        stage.receives("juliet@capulet.example", QStringLiteral("Why?"), "n2");
        notifier.withdrawn.clear();
        QVERIFY(comes([&] { return notifier.shown.last().body.contains(QStringLiteral("Why?")); }));
        Q_EMIT notifier.readChosen(chat);
        QVERIFY(comes([&] { return notifier.withdrawn.contains(chat); }));
    }

    void opensTheChat()
    {
        Stage stage;
        ui::MainWindow window(stage.profile(), *m_appearance);
        auto notifier = std::make_unique<NotedNotifier>();
        NotedNotifier *noted = notifier.get();
        ui::Background background(stage.profile(), *m_appearance, window, std::move(notifier));
        const qint64 chat = stage.chatWith("mercutio@verona.example");
        Q_EMIT noted->activated(chat, QStringLiteral("token-2"));
        QVERIFY(window.isVisible());
        QCOMPARE(window.pane()->openChat(), chat);
        QCOMPARE(qgetenv("XDG_ACTIVATION_TOKEN"), QByteArray("token-2"));
        qunsetenv("XDG_ACTIVATION_TOKEN");
    }

    /// Without a tray a window that closes ends the program, whatever was chosen elsewhere.
    void closesWithoutATray()
    {
        Stage stage;
        stage.profile().settings().set(AlertSettings::keepKey(), true);
        ui::MainWindow window(stage.profile(), *m_appearance);
        ui::Background background(stage.profile(), *m_appearance, window, std::make_unique<NotedNotifier>());
        window.show();
        QSignalSpy closed(&window, &ui::MainWindow::closed);
        window.close();
        QCOMPARE(closed.count(), 1);
        QVERIFY(!background.isKept());
    }

    void trayHasAMenu()
    {
        Stage stage;
        ui::MainWindow window(stage.profile(), *m_appearance);
        ui::Tray tray(stage.profile(), window.presence(), *m_appearance, window);
        QSignalSpy toggled(&tray, &ui::Tray::toggled);
        QSignalSpy quit(&tray, &ui::Tray::quitRequested);
        Q_EMIT tray.menu().aboutToShow();
        const QList<QAction *> actions = tray.menu().actions();
        QCOMPARE(actions.first()->text(), QStringLiteral("Show Balcony"));
        actions.first()->trigger();
        QCOMPARE(toggled.count(), 1);
        window.show();
        Q_EMIT tray.menu().aboutToShow();
        QCOMPARE(actions.first()->text(), QStringLiteral("Hide Balcony"));
        actions.last()->trigger();
        QCOMPARE(quit.count(), 1);
        QAction *disturb = nullptr;
        int menus = 0;
        for (QAction *action : actions) {
            menus += action->menu() ? 1 : 0;
            if (action->isCheckable())
                disturb = action;
        }
        QCOMPARE(menus, 1); // presence
        disturb->trigger();
        QVERIFY(stage.profile().settings().flag(AlertSettings::disturbKey()));
        tray.setUnread(3);
        QVERIFY2(tray.words().contains(QStringLiteral("3 unread")), qPrintable(tray.words()));
    }

    /// Unread, presence and theme each make another picture; it can be looked at in the screenshots.
    void trayPictureTells()
    {
        const ui::Theme light = ui::Theme::make({});
        ui::Theme::Wish wish;
        wish.scheme = ui::Scheme::Dark;
        const ui::Theme dark = ui::Theme::make(wish);
        const auto picture = [](int unread, std::optional<xmpp::Presence::Show> show, const ui::Theme &theme) {
            return ui::trayPicture(unread, show, theme).pixmap(QSize(22, 22)).toImage();
        };
        using Show = xmpp::Presence::Show;
        const QImage plain = picture(0, Show::Online, light);
        QVERIFY(!plain.isNull());
        QVERIFY(plain != picture(1, Show::Online, light));
        QVERIFY(picture(1, Show::Online, light) != picture(2, Show::Online, light));
        QCOMPARE(picture(10, Show::Online, light), picture(10'000, Show::Online, light));
        QVERIFY(plain != picture(0, Show::DoNotDisturb, light));
        QVERIFY(plain != picture(0, {}, light));
        QVERIFY(plain != picture(0, Show::Online, dark));
        QImage sheet(64 * 4, 64 * 2, QImage::Format_ARGB32);
        sheet.fill(light.colors.window);
        QPainter painter(&sheet);
        for (int i = 0; i < 4; ++i) {
            const int unread = i == 0 ? 0 : i == 1 ? 1 : i == 2 ? 8 : 42;
            const std::optional<Show> show =
                i == 3 ? std::nullopt : std::optional(i == 2 ? Show::DoNotDisturb : Show::Online);
            painter.drawPixmap(i * 64, 0, ui::trayPicture(unread, show, light).pixmap(QSize(64, 64)));
            painter.drawPixmap(i * 64, 64, ui::trayPicture(unread, show, dark).pixmap(QSize(24, 24)));
        }
        painter.end();
        QDir().mkpath(QCoreApplication::applicationDirPath() + QStringLiteral("/../screenshots"));
        QVERIFY(sheet.save(QCoreApplication::applicationDirPath() + QStringLiteral("/../screenshots/tray.png")));
    }

    void everySwitchTakesEffect()
    {
        Stage stage(false);
        chat::Settings &settings = stage.profile().settings();
        ui::NotificationsPage page(settings, nullptr);
        page.show();
        QCheckBox *on = box(page, "Notify me");
        QCheckBox *quiet = box(page, "Quiet hours");
        QVERIFY(on->isChecked());
        const auto edits = page.findChildren<QTimeEdit *>();
        QCOMPARE(edits.size(), 2);
        QVERIFY(!edits.at(0)->isEnabled());
        QTest::keyClick(quiet, Qt::Key_Space);
        QVERIFY(AlertSettings::of(settings).hasQuietHours && edits.at(0)->isEnabled());
        edits.at(0)->setTime(QTime(23, 30));
        QCOMPARE(AlertSettings::of(settings).quietFrom, QTime(23, 30));
        QTest::keyClick(on, Qt::Key_Space);
        QVERIFY(!AlertSettings::of(settings).isOn);
        QVERIFY(!edits.at(0)->isEnabled() && !quiet->isEnabled());
        // By the port, say: the page follows.
        settings.set(AlertSettings::onKey(), true);
        settings.set(AlertSettings::contentKey(), QStringLiteral("nothing"));
        QVERIFY(on->isChecked());
        QCOMPARE(page.findChild<QComboBox *>()->currentIndex(), 2);
        QVERIFY(!box(page, "Show an icon")->isEnabled()); // no tray here, and it says so
        QTest::keyClick(box(page, "Play a sound"), Qt::Key_Space);
        QVERIFY(!AlertSettings::of(settings).hasSound);
        QTest::keyClick(box(page, "Do not disturb"), Qt::Key_Space);
        QVERIFY(AlertSettings::of(settings).doNotDisturb);
    }

    void pageLooks_data() { tests::addLooks(); }
    void pageLooks()
    {
        QFETCH(int, which);
        Stage stage(false);
        stage.profile().settings().set(AlertSettings::quietKey(), true);
        const tests::InLook look(tests::looks().at(which), stage.folder());
        ui::SettingsDialog dialog(stage.profile());
        auto *list = dialog.findChild<QListWidget *>();
        list->setCurrentRow(list->count() - 1);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QVERIFY(look.shoot(dialog, "settings-notifications"));
        QCOMPARE(tests::nameless(dialog), QStringList());
        QCOMPARE(tests::clipped(dialog), QStringList());
    }

private:
    static QCheckBox *box(const QWidget &page, const char *words)
    {
        for (QCheckBox *each : page.findChildren<QCheckBox *>()) {
            if (each->text().remove(u'&').startsWith(QLatin1String(words)))
                return each;
        }
        QTest::qFail(words, __FILE__, __LINE__);
        return nullptr;
    }

    std::unique_ptr<ui::Appearance> m_appearance;
};

BALCONY_TEST(TestNotices)
#include "tst_notices.moc"
