// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "notifydaemon.h"
#include "support/testmain.h"
#include "ui/notify/dbusnotifier.h"
#include "ui/notify/launcherbadge.h"

#include <QSignalSpy>
#include <QTest>

using tests::NotifyDaemon;
using tests::PrivateBus;
using ui::DBusNotifier;
using ui::Notice;

namespace {

constexpr int patience = 30'000;

/// Hears what docks hear.
class Dock : public QObject
{
    Q_OBJECT
public:
    QList<QVariantMap> heard;
    QString entry;
public Q_SLOTS:
    void update(const QString &uri, const QVariantMap &values)
    {
        entry = uri;
        heard.append(values);
    }
};

/// Counts what comes behind all else on the notifier's connection.
class Marker : public QObject
{
    Q_OBJECT
public:
    int count = 0;
public Q_SLOTS:
    void take() { ++count; }
};

} // namespace

/// Notifications of freedesktop.org against a daemon of the test's own, on a bus of its own (F08).
class TestDBusNotifier : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_seen = 0;
        m_bus = std::make_unique<PrivateBus>();
        QVERIFY(m_bus->isThere());
        m_daemon = std::make_unique<NotifyDaemon>(m_bus->connect());
    }
    void cleanup()
    {
        m_notifier.reset();
        m_daemon.reset();
        m_bus.reset();
    }

    void escapesWhereMarkupIsRead()
    {
        m_daemon->capabilities.append(QStringLiteral("body-markup"));
        begin();
        m_notifier->show(
            chatNotice(QStringLiteral("<b>Juliet</b> & co"), QStringLiteral("<img src='/etc/passwd'/> a & b")));
        const NotifyDaemon::Shown &shown = next();
        QCOMPARE(shown.title, QStringLiteral("<b>Juliet</b> & co")); // a summary is plain for everybody
        QCOMPARE(shown.body, QStringLiteral("&lt;img src='/etc/passwd'/&gt; a &amp; b"));
    }

    void leavesPlainTextAsItIs()
    {
        begin();
        m_notifier->show(chatNotice(QStringLiteral("Juliet\nand more"), QStringLiteral("<b>a</b> & b")));
        const NotifyDaemon::Shown &shown = next();
        QCOMPARE(shown.title, QStringLiteral("Juliet and more"));
        QCOMPARE(shown.body, QStringLiteral("<b>a</b> & b"));
        // Nothing of a peer is where a daemon would load a file or an address.
        QCOMPARE(shown.icon, QStringLiteral("org.example.Test"));
        for (const QString &hint : shown.hints.keys())
            QVERIFY2(!hint.contains(QStringLiteral("image")) && !hint.contains(QStringLiteral("icon")),
                     qPrintable(hint));
        QCOMPARE(shown.hints.value(QStringLiteral("desktop-entry")).toString(), QStringLiteral("org.example.Test"));
        QCOMPARE(shown.hints.value(QStringLiteral("category")).toString(), QStringLiteral("im.received"));
        QCOMPARE(shown.hints.value(QStringLiteral("urgency")).toInt(), 1);
    }

    /// A body of 1 MiB, of halves of characters too, and what is no character: the bus survives it.
    void cutsAndCleans()
    {
        m_daemon->capabilities.append(QStringLiteral("body-markup"));
        begin();
        const QString long1 = QString(DBusNotifier::longestBody - 2, u'<') + QString::fromUtf8("\xf0\x9f\x8e\xad")
            + QString(1024 * 1024, u'x');
        m_notifier->show(chatNotice(QString(5000, u'n'), long1));
        QCOMPARE(next().body, (QString(DBusNotifier::longestBody - 2, u'<') + u'…').toHtmlEscaped());
        QCOMPARE(m_daemon->shown.back().title.size(), DBusNotifier::longestTitle);
        m_notifier->show(
            chatNotice(QString(QChar(0xd800)) + u'a', QString(QChar(0xdc00)) + QChar(0xffff) + QChar(u'\0')));
        QVERIFY(!next().title.isEmpty());
        QCOMPARE(m_daemon->shown.back().title, QString(QChar(QChar::ReplacementCharacter)) + u'a');
    }

    void soundsOnlyWhereItMay()
    {
        begin();
        Notice notice = chatNotice(QStringLiteral("Juliet"), QStringLiteral("Ay me!"));
        m_notifier->show(notice);
        QCOMPARE(next().hints.value(QStringLiteral("suppress-sound")).toBool(), true);
        notice.hasSound = true;
        m_notifier->show(notice);
        QVERIFY(!next().hints.contains(QStringLiteral("suppress-sound")));
        QVERIFY(!m_daemon->shown.back().hints.contains(QStringLiteral("sound-name"))); // this one cannot
        m_daemon->end();
        m_daemon->capabilities.append(QStringLiteral("sound"));
        const int asked = m_daemon->asked;
        QVERIFY(m_daemon->begin());
        QVERIFY(QTest::qWaitFor([&] { return m_daemon->asked > asked; }, patience));
        m_notifier->show(notice);
        QCOMPARE(next().hints.value(QStringLiteral("sound-name")).toString(), QStringLiteral("message-new-instant"));
    }

    void replacesAndWithdraws()
    {
        begin();
        m_notifier->show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("one")));
        const uint number = next().number;
        QCOMPARE(m_daemon->shown.back().replaces, 0U);
        settle();
        m_notifier->show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("two")));
        QCOMPARE(next().replaces, number);
        Notice other = chatNotice(QStringLiteral("Nurse"), QStringLiteral("three"));
        other.id = 8;
        m_notifier->show(other);
        QCOMPARE(next().replaces, 0U);
        settle();
        m_notifier->withdraw(7);
        QVERIFY(QTest::qWaitFor([&] { return !m_daemon->closed.empty(); }, patience));
        QCOMPARE(m_daemon->closed, std::vector<uint>{number});
        // What the person wiped away is not replaced.
        m_daemon->says("NotificationClosed", {m_daemon->shown.back().number, 2U});
        settle();
        m_notifier->show(other);
        QCOMPARE(next().replaces, 0U);
    }

    void answersInTheNotification()
    {
        m_daemon->capabilities.append(QStringLiteral("inline-reply"));
        begin();
        QSignalSpy replied(m_notifier.get(), &DBusNotifier::replied);
        QSignalSpy read(m_notifier.get(), &DBusNotifier::readChosen);
        QSignalSpy activated(m_notifier.get(), &DBusNotifier::activated);
        m_notifier->show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("one")));
        const uint number = next().number;
        const QStringList wanted{QStringLiteral("default"), QStringLiteral("Open it"),      QStringLiteral("mark-read"),
                                 QStringLiteral("Read"),    QStringLiteral("inline-reply"), QStringLiteral("Answer")};
        QCOMPARE(m_daemon->shown.back().actions, wanted);
        QCOMPARE(m_daemon->shown.back().hints.value(QStringLiteral("x-kde-reply-placeholder-text")).toString(),
                 QStringLiteral("Say"));
        settle();
        m_daemon->says("NotificationReplied", {number, QStringLiteral("Romeo!")});
        m_daemon->says("NotificationReplied", {number + 100, QStringLiteral("not ours")});
        m_daemon->says("NotificationReplied", {number, QStringLiteral("  ")});
        m_daemon->says("ActionInvoked", {number, QStringLiteral("mark-read")});
        m_daemon->says("ActivationToken", {number, QStringLiteral("token-1")});
        m_daemon->says("ActionInvoked", {number, QStringLiteral("default")});
        QVERIFY(QTest::qWaitFor([&] { return activated.count() == 1; }, patience));
        QCOMPARE(replied.count(), 1);
        QCOMPARE(replied.at(0).at(0).toLongLong(), 7);
        QCOMPARE(replied.at(0).at(1).toString(), QStringLiteral("Romeo!"));
        QCOMPARE(read.count(), 1);
        QCOMPARE(activated.at(0).at(1).toString(), QStringLiteral("token-1"));
    }

    void hasOnlyWhatTheDaemonCan()
    {
        begin();
        m_notifier->show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("one")));
        QVERIFY(next().actions.contains(QStringLiteral("reply"))); // opens the chat
        Notice count;
        count.id = -1;
        count.title = QStringLiteral("3 messages");
        m_notifier->show(count);
        QCOMPARE(next().actions, (QStringList{QStringLiteral("default"), QStringLiteral("Open it")}));
        QVERIFY(m_daemon->end());
        m_daemon->capabilities.clear();
        QVERIFY(m_daemon->begin());
        QVERIFY(QTest::qWaitFor([&] { return m_daemon->asked == 2; }, patience));
        m_notifier->show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("one")));
        QVERIFY(next().actions.isEmpty() && m_daemon->shown.back().body.isEmpty());
    }

    /// Slow: one call at a time, and then the newest. Withdrawn meanwhile: it goes as soon as it is known by number.
    void waitsForASlowDaemon()
    {
        begin();
        m_daemon->isSlow = true;
        m_notifier->show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("the first")));
        QVERIFY(QTest::qWaitFor([&] { return m_daemon->shown.size() == 1; }, patience));
        for (int i = 0; i < 100; ++i)
            m_notifier->show(chatNotice(QStringLiteral("Juliet"), QString::number(i)));
        next();
        settle();
        QCOMPARE(m_daemon->shown.size(), size_t(1));
        m_daemon->answers();
        QCOMPARE(next().body, QStringLiteral("99"));
        m_notifier->withdraw(7);
        settle();
        QVERIFY(m_daemon->closed.empty());
        m_daemon->answers();
        QVERIFY(QTest::qWaitFor([&] { return !m_daemon->closed.empty(); }, patience));
        QCOMPARE(m_daemon->shown.size(), size_t(2));
    }

    void livesWithoutADaemon()
    {
        m_notifier = std::make_unique<DBusNotifier>(m_bus->connect(), QStringLiteral("org.example.Test"));
        QSignalSpy changed(m_notifier.get(), &DBusNotifier::capabilitiesChanged);
        QVERIFY(QTest::qWaitFor([&] { return changed.count() > 0; }, patience));
        QVERIFY(!m_notifier->capabilities().isThere);
        m_notifier->show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("unheard")));
        QVERIFY(QTest::qWaitFor([&] { return changed.count() > 1; }, patience));
        // One comes: what is said from then on is shown, and what is over is not.
        QVERIFY(m_daemon->begin());
        QVERIFY(QTest::qWaitFor([&] { return m_notifier->capabilities().isThere; }, patience));
        m_notifier->show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("heard")));
        QCOMPARE(next().body, QStringLiteral("heard"));
        QCOMPARE(m_daemon->shown.size(), size_t(1));
        // Another one in its place does not know the old numbers.
        QVERIFY(m_daemon->end());
        QVERIFY(QTest::qWaitFor([&] { return !m_notifier->capabilities().isThere; }, patience));
        QVERIFY(m_daemon->begin());
        QVERIFY(QTest::qWaitFor([&] { return m_notifier->capabilities().isThere; }, patience));
        m_notifier->show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("again")));
        QCOMPARE(next().replaces, 0U);
        // And no bus at all.
        DBusNotifier none(QDBusConnection(QStringLiteral("no-such-bus")), QStringLiteral("org.example.Test"));
        none.show(chatNotice(QStringLiteral("Juliet"), QStringLiteral("nobody")));
        none.withdraw(7);
        QVERIFY(!none.capabilities().isThere);
    }

    void countsOnTheLauncher()
    {
        Dock dock;
        QDBusConnection hearing = m_bus->connect();
        QVERIFY(hearing.connect(QString(), QString(), QStringLiteral("com.canonical.Unity.LauncherEntry"),
                                QStringLiteral("Update"), &dock, SLOT(update(QString, QVariantMap))));
        ui::LauncherBadge badge(m_bus->connect(), QStringLiteral("org.example.Test"));
        for (int i = 1; i <= 1000; ++i)
            badge.setCount(i);
        QVERIFY(QTest::qWaitFor([&] { return !dock.heard.isEmpty(); }, patience));
        QCOMPARE(dock.entry, QStringLiteral("application://org.example.Test.desktop"));
        QCOMPARE(dock.heard.at(0).value(QStringLiteral("count")).toLongLong(), 1000);
        QCOMPARE(dock.heard.at(0).value(QStringLiteral("count-visible")).toBool(), true);
        badge.setCount(0);
        QVERIFY(QTest::qWaitFor([&] { return dock.heard.size() > 1; }, patience));
        QCOMPARE(dock.heard.at(1).value(QStringLiteral("count-visible")).toBool(), false);
    }

private:
    void begin()
    {
        QVERIFY(m_daemon->begin());
        QDBusConnection line = m_bus->connect();
        QVERIFY(line.connect(QString(), QStringLiteral("/org/freedesktop/Notifications"),
                             QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Marker"), &m_marker,
                             SLOT(take())));
        m_notifier = std::make_unique<DBusNotifier>(line, QStringLiteral("org.example.Test"));
        ui::Notifier::Words words;
        words.open = QStringLiteral("Open it");
        words.markRead = QStringLiteral("Read");
        words.reply = QStringLiteral("Answer");
        words.replyHint = QStringLiteral("Say");
        m_notifier->setWords(words);
    }
    static Notice chatNotice(const QString &title, const QString &body)
    {
        Notice notice;
        notice.id = 7;
        notice.title = title;
        notice.body = body;
        notice.hasChat = true;
        return notice;
    }
    /// The next call of Notify; waits for it.
    const NotifyDaemon::Shown &next()
    {
        const size_t before = m_seen++;
        if (!QTest::qWaitFor([&] { return m_daemon->shown.size() > before; }, patience)) {
            QTest::qFail("nothing was shown", __FILE__, __LINE__);
            m_daemon->shown.resize(before + 1);
        }
        return m_daemon->shown[before];
    }
    /// What the daemon has said has arrived: a signal behind all of it did.
    void settle()
    {
        const int before = m_marker.count;
        m_daemon->says("Marker", {});
        QVERIFY(QTest::qWaitFor([&] { return m_marker.count > before; }, patience));
    }

    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<NotifyDaemon> m_daemon;
    std::unique_ptr<DBusNotifier> m_notifier;
    Marker m_marker;
    size_t m_seen = 0;
};

BALCONY_TEST(TestDBusNotifier)
#include "tst_dbusnotifier.moc"
