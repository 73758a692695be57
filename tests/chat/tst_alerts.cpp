// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/alerts.h"
#include "chatrig.h"
#include "store/keys.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace tests;
using chat::Alert;
using chat::Alerts;
using chat::AlertSettings;

namespace {

/// A rig with alerts; who is in the contact list and whether we want to be disturbed is in the test's hand.
class AlertsRig : public ChatRig
{
public:
    bool open()
    {
        if (!ChatRig::open())
            return false;
        settings = std::make_unique<chat::Settings>(store);
        alerts = std::make_unique<Alerts>(client().clock(), store, conversations, *settings);
        Alerts::About about;
        about.nameOf = [this](const Jid &who) { return who == peer ? QStringLiteral("Juliet") : QString(); };
        about.isKnown = [this](const Jid &who) { return known.contains(who.toString()); };
        about.isBusy = [this] { return busy; };
        alerts->add(account, *inbox, std::move(about));
        QObject::connect(alerts.get(), &Alerts::raised, alerts.get(), [this](const Alert &a) { note("+", a); });
        QObject::connect(alerts.get(), &Alerts::changed, alerts.get(), [this](const Alert &a) { note("=", a); });
        QObject::connect(alerts.get(), &Alerts::withdrawn, alerts.get(), [this](const Alert &a) { note("-", a); });
        client().router().setArchiveIdsTrusted(true);
        online();
        return true;
    }
    void note(const char *sign, const Alert &alert)
    {
        said.append(QLatin1String(sign)
                    + QStringLiteral("%1 %2 %3").arg(alert.name).arg(alert.count).arg(alert.text).simplified());
        last = alert;
        times.push_back(client().clock().monotonic());
    }
    void says(const QByteArray &id, const QByteArray &text, const QByteArray &more = {},
              const QByteArray &from = "juliet@capulet.lit/balcony")
    {
        hears(from, id, "<body>" + text + "</body>" + more);
        gathers();
    }
    /// What was said since the last call, with the pause behind it.
    QStringList takeSaid()
    {
        d.passes(Alerts::pause);
        settle();
        return std::exchange(said, {});
    }
    qint64 newest(const Jid &who) { return messagesWith(who).back().key; }
    void reads(qint64 key)
    {
        if (!wait(conversations.markRead(store::keys::conversationOf(key), key)))
            QTest::qFail("the mark cannot be moved", __FILE__, __LINE__);
        settle();
    }

    QStringList known{QStringLiteral("juliet@capulet.lit"), QStringLiteral("nurse@capulet.lit")};
    bool busy = false;
    QStringList said;
    Alert last;
    std::vector<std::chrono::milliseconds> times;
    std::unique_ptr<chat::Settings> settings;
    std::unique_ptr<Alerts> alerts;
};

QStringList saying(const char *one)
{
    return {QString::fromUtf8(one)};
}

} // namespace

/// What a person is told, and what not.
class TestAlerts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneAChatWithItsCount()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        rig.says("m1", "Ay me!");
        QCOMPARE(rig.said, saying("+Juliet 1 Ay me!")); // at once
        QCOMPARE(rig.last.kind, Alert::Kind::Chat);
        QCOMPARE(rig.last.peer, rig.peer);
        QVERIFY(rig.last.hasSound && rig.last.isNews);
        rig.takeSaid();
        rig.says("m2", "O Romeo");
        QCOMPARE(rig.takeSaid(), saying("=Juliet 2 O Romeo"));
        QVERIFY(!rig.last.hasSound); // it was heard a moment ago
        rig.says("m3", "Good night", {}, "nurse@capulet.lit/house");
        QCOMPARE(rig.takeSaid(), saying("+nurse@capulet.lit 1 Good night"));
        QCOMPARE(rig.alerts->all().size(), size_t(2));
    }

    void goesWhenItIsRead()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        rig.says("m1", "one");
        const qint64 first = rig.newest(rig.peer);
        rig.says("m2", "two");
        rig.says("m3", "three");
        rig.takeSaid();
        rig.reads(first);
        QCOMPARE(rig.takeSaid(), saying("=Juliet 2 three"));
        QVERIFY(!rig.last.isNews);
        rig.reads(rig.newest(rig.peer));
        QCOMPARE(rig.takeSaid(), saying("-Juliet 2 three"));
        QVERIFY(rig.alerts->all().empty());
        // Also where another device of ours has shown it (XEP-0333, by a carbon).
        rig.says("m4", "four");
        rig.takeSaid();
        rig.extensions.carbons.setEnabled(true);
        rig.d.receives(
            "<message from='romeo@montague.lit' to='romeo@montague.lit/orchard'><sent xmlns='urn:xmpp:carbons:2'>"
            "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' "
            "from='romeo@montague.lit/phone' to='juliet@capulet.lit'><displayed xmlns='urn:xmpp:chat-markers:0' "
            "id='m4'/></message></forwarded></sent></message>");
        rig.gathers();
        QCOMPARE(rig.takeSaid(), saying("-Juliet 1 four"));
    }

    /// Corrected, it says the new text; taken back, the one before, or nothing.
    void followsWhatBecomesOfTheMessage()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        rig.says("m1", "wherefore");
        rig.says("m2", "art thou");
        rig.takeSaid();
        rig.says("c1", "art thou Romeo", "<replace xmlns='urn:xmpp:message-correct:0' id='m2'/>");
        QCOMPARE(rig.takeSaid(), saying("=Juliet 2 art thou Romeo"));
        QVERIFY(!rig.last.isNews && !rig.last.hasSound);
        rig.says("r1", "gone", "<retract xmlns='urn:xmpp:message-retract:1' id='m2'/>");
        QCOMPARE(rig.takeSaid(), saying("=Juliet 1 wherefore"));
        rig.says("r2", "gone", "<retract xmlns='urn:xmpp:message-retract:1' id='m1'/>");
        QCOMPARE(rig.takeSaid(), saying("-Juliet 1 wherefore"));
    }

    void isSilentOfWhatIsNoNews()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        rig.says("m1", "here");
        rig.takeSaid();
        rig.reads(rig.newest(rig.peer));
        rig.takeSaid();
        // A reaction, a receipt; ours from another device.
        rig.hears("juliet@capulet.lit/balcony", "x1",
                  "<reactions xmlns='urn:xmpp:reactions:0' id='m1'><reaction>\xf0\x9f\x91\x8d</reaction></reactions>");
        rig.hears("juliet@capulet.lit/balcony", "x2", "<received xmlns='urn:xmpp:receipts' id='m1'/>");
        rig.extensions.carbons.setEnabled(true);
        rig.d.receives(
            "<message from='romeo@montague.lit' to='romeo@montague.lit/orchard'><sent xmlns='urn:xmpp:carbons:2'>"
            "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' id='o1' "
            "from='romeo@montague.lit/phone' to='juliet@capulet.lit'><body>mine</body></message></forwarded></sent>"
            "</message>");
        rig.gathers();
        // The chat that is looked at.
        const qint64 chat = rig.conversations.find(rig.account, rig.peer)->id;
        rig.conversations.setVisible(chat);
        rig.says("m2", "seen");
        rig.conversations.setVisible(0);
        // What was sent long before.
        rig.says("m3", "yesterday", "<delay xmlns='urn:xmpp:delay' from='montague.lit' stamp='2025-12-31T12:00:00Z'/>");
        // A muted one.
        QVERIFY(wait(rig.conversations.setMutedUntil(chat, QDateTime(QDate(2026, 2, 1), QTime(0, 0), Qt::UTC))));
        rig.says("m4", "muted");
        QCOMPARE(rig.takeSaid(), QStringList());
        QVERIFY(rig.messagesWith(rig.peer).size() >= 4);
        QVERIFY(wait(rig.conversations.setMutedUntil(chat, {})));
        rig.says("m5", "heard again");
        QCOMPARE(rig.takeSaid(), saying("+Juliet 1 heard again"));
        QVERIFY(wait(rig.conversations.setMutedUntil(chat, QDateTime(QDate(2026, 2, 1), QTime(0, 0), Qt::UTC))));
        QCOMPARE(rig.takeSaid(), saying("-Juliet 1 heard again"));
    }

    /// Strangers are counted, and not quoted; whom we wrote to is none.
    void countsStrangers()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        rig.says("s1", "buy this", {}, "mallory@evil.test/x");
        QCOMPARE(rig.takeSaid(), saying("+1"));
        QCOMPARE(rig.last.kind, Alert::Kind::Requests);
        QVERIFY(rig.last.text.isEmpty() && rig.last.name.isEmpty() && rig.last.peer.isNull());
        rig.says("s2", "and this", {}, "mallory@evil.test/x");
        rig.takeSaid();
        rig.says("s3", "me too", {}, "eve@evil.test/x");
        QCOMPARE(rig.takeSaid(), saying("=3"));
        QCOMPARE(rig.last.chats, 2);
        chat::Outbox::Draft draft;
        draft.to = jid("eve@evil.test");
        draft.body = QStringLiteral("who are you?");
        QVERIFY(wait(rig.outbox->send(draft)));
        rig.settle();
        rig.says("s4", "Eve", {}, "eve@evil.test/x");
        const QStringList said = rig.takeSaid() + rig.takeSaid();
        QVERIFY2(said.contains(QStringLiteral("=2")), qPrintable(said.join(u'|')));
        QVERIFY2(said.contains(QStringLiteral("+eve@evil.test 2 Eve")), qPrintable(said.join(u'|')));
    }

    /// F08: what is not to be shown leaves this room neither way, at once and for what is out already.
    void hidesWhatIsNotToBeShown()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        rig.says("m1", "secret");
        rig.takeSaid();
        rig.settings->set(AlertSettings::contentKey(), QStringLiteral("name"));
        QCOMPARE(rig.takeSaid(), saying("=Juliet 1"));
        rig.settings->set(AlertSettings::contentKey(), QStringLiteral("nothing"));
        QCOMPARE(rig.takeSaid(), saying("=1"));
        rig.says("m2", "another");
        QCOMPARE(rig.takeSaid(), saying("=2"));
        QVERIFY(rig.last.text.isEmpty() && rig.last.name.isEmpty());
        rig.settings->set(AlertSettings::contentKey(), QStringLiteral("text"));
        QCOMPARE(rig.takeSaid(), saying("=Juliet 2 another"));
        rig.settings->set(AlertSettings::onKey(), false);
        QCOMPARE(rig.takeSaid(), saying("-Juliet 2 another"));
        rig.says("m3", "unheard");
        QCOMPARE(rig.takeSaid(), QStringList());
    }

    void cutsLongTexts()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        // An emoji over the border is not halved.
        rig.says("m1", QByteArray(Alerts::longestText - 1, 'a') + "\xf0\x9f\x8e\xad" + QByteArray(100'000, 'b'));
        QCOMPARE(rig.last.text, QString(Alerts::longestText - 1, u'a'));
    }

    void isQuietWhenToldSo()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        rig.busy = true; // by our presence
        rig.says("m1", "one");
        QCOMPARE(rig.takeSaid(), QStringList());
        rig.busy = false;
        rig.settings->set(AlertSettings::disturbKey(), true);
        rig.says("m2", "two");
        QCOMPARE(rig.takeSaid(), QStringList());
        rig.settings->set(AlertSettings::disturbKey(), false);
        const QTime now = rig.client().clock().now().toLocalTime().time();
        rig.settings->set(AlertSettings::quietKey(), true);
        rig.settings->set(AlertSettings::quietFromKey(), AlertSettings::timeText(now.addSecs(-3600)));
        rig.settings->set(AlertSettings::quietToKey(), AlertSettings::timeText(now.addSecs(3600)));
        rig.says("m3", "three");
        QCOMPARE(rig.takeSaid(), QStringList());
        rig.settings->set(AlertSettings::soundKey(), false);
        rig.settings->set(AlertSettings::quietToKey(), AlertSettings::timeText(now.addSecs(-1800)));
        rig.says("m4", "four");
        QCOMPARE(rig.takeSaid(), saying("+Juliet 1 four"));
        QVERIFY(!rig.last.hasSound);
    }

    void quietHoursGoOverMidnight_data()
    {
        QTest::addColumn<QTime>("from");
        QTest::addColumn<QTime>("to");
        QTest::addColumn<QTime>("now");
        QTest::addColumn<bool>("quiet");
        QTest::newRow("before") << QTime(22, 0) << QTime(7, 0) << QTime(21, 59) << false;
        QTest::newRow("begin") << QTime(22, 0) << QTime(7, 0) << QTime(22, 0) << true;
        QTest::newRow("midnight") << QTime(22, 0) << QTime(7, 0) << QTime(0, 0) << true;
        QTest::newRow("end") << QTime(22, 0) << QTime(7, 0) << QTime(7, 0) << false;
        QTest::newRow("by day") << QTime(12, 0) << QTime(14, 0) << QTime(13, 0) << true;
        QTest::newRow("by day, behind") << QTime(12, 0) << QTime(14, 0) << QTime(14, 0) << false;
        QTest::newRow("by day, at night") << QTime(12, 0) << QTime(14, 0) << QTime(0, 0) << false;
        QTest::newRow("all day") << QTime(8, 0) << QTime(8, 0) << QTime(20, 0) << true;
    }
    void quietHoursGoOverMidnight()
    {
        QFETCH(QTime, from);
        QFETCH(QTime, to);
        QFETCH(QTime, now);
        AlertSettings wish;
        wish.quietFrom = from;
        wish.quietTo = to;
        QVERIFY(!wish.isQuietAt(now));
        wish.hasQuietHours = true;
        QTEST(wish.isQuietAt(now), "quiet");
    }

    /// L06: however many come, few are said, and in the end the numbers are right.
    void staysCalmInAFlood()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        for (int i = 0; i < 40; ++i)
            rig.known.append(QStringLiteral("c%1@verona.lit").arg(i));
        constexpr int rounds = 50;
        for (int round = 0; round < rounds; ++round) {
            for (int i = 0; i < 40; ++i) {
                const QByteArray n = QByteArray::number(i);
                rig.hears("c" + n + "@verona.lit/x", "f" + n + "-" + QByteArray::number(round), "<body>news</body>");
            }
        }
        while (rig.inbox->queued() > 0)
            rig.gathers();
        for (int i = 0; i < 2 * Alerts::mostChats; ++i)
            rig.takeSaid();
        for (size_t i = 5; i < rig.times.size(); ++i)
            QVERIFY(rig.times[i] - rig.times[i - 5] >= std::chrono::seconds(1));
        const std::vector<Alert> all = rig.alerts->all();
        QCOMPARE(all.size(), size_t(Alerts::mostChats + 1));
        int sum = 0;
        for (const Alert &alert : all) {
            sum += alert.count;
            if (alert.kind == Alert::Kind::Many)
                QCOMPARE(alert.chats, 40 - Alerts::mostChats);
        }
        QCOMPARE(sum, 40 * rounds);
    }

    void goesWithItsAccount()
    {
        AlertsRig rig;
        QVERIFY(rig.open());
        rig.says("m1", "one");
        rig.takeSaid();
        rig.conversations.forgetAccount(rig.account);
        QCOMPARE(rig.takeSaid(), saying("-Juliet 1 one"));
    }
};

BALCONY_TEST(TestAlerts)
#include "tst_alerts.moc"
