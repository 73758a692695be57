// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/conversationmodel.h"
#include "model/modelrig.h"
#include "model/rostermodel.h"
#include "support/testmain.h"

#include <QSortFilterProxyModel>

using namespace tests;

/// The sidebar's two lists: chats by activity, contacts by group.
class TestLists : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ordersChats();
    void chatsFollowWhatHappens();
    void groupsContacts();
    void filtersByText();
    void tenThousandContacts();

private:
    static bool storeRoster(ModelRig &rig, const std::vector<store::RosterItem> &items)
    {
        const Jid own = rig.account->jid();
        const auto put = [own, items](store::Transaction &transaction) {
            return transaction.contacts().replaceRoster(own, items, QStringLiteral("v"));
        };
        return wait(rig.profile.store().write(put)) && wait(rig.account->contacts().load());
    }
    static store::RosterItem item(const char *who, const char *name, std::vector<QString> groups)
    {
        return {jid(who), QString::fromLatin1(name), std::move(groups), QStringLiteral("both"), false, false};
    }
    static QStringList titles(const QAbstractItemModel &model, const QModelIndex &parent = {})
    {
        QStringList result;
        for (int i = 0; i < model.rowCount(parent); ++i)
            result.append(model.index(i, 0, parent).data().toString());
        return result;
    }
};

void TestLists::ordersChats()
{
    ModelRig rig;
    QVERIFY(rig.open());
    model::ConversationModel chats(rig.profile);
    QAbstractItemModelTester tester(&chats, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const qint64 a = rig.fill("a@x.lit", 1);
    const qint64 b = rig.fill("b@x.lit", 1);
    const qint64 c = rig.fill("c@x.lit", 1, false);
    QCOMPARE(titles(chats),
             (QStringList{QStringLiteral("c@x.lit"), QStringLiteral("b@x.lit"), QStringLiteral("a@x.lit")}));
    QCOMPARE(chats.unread(), 1);
    (void)rig.fill("a@x.lit", 1, false);
    QCOMPARE(chats.row(0).id, a);
    QCOMPARE(chats.unread(), 2);
    VERIFY_OK(wait(rig.profile.conversations().setPinned(b, true)));
    QCOMPARE(chats.row(0).id, b);
    VERIFY_OK(wait(rig.profile.conversations().setMutedUntil(c, QDateTime::currentDateTimeUtc().addYears(1))));
    QCOMPARE(chats.unread(), 1); // a muted chat does not count
    VERIFY_OK(wait(rig.profile.conversations().setDraft(a, QStringLiteral("not  yet"))));
    QVERIFY(chats.row(chats.indexOf(a)).previewIsDraft);
    QCOMPARE(chats.row(chats.indexOf(a)).preview, QStringLiteral("not yet"));
}

void TestLists::chatsFollowWhatHappens()
{
    ModelRig rig;
    QVERIFY(rig.open());
    model::ConversationModel chats(rig.profile);
    QAbstractItemModelTester tester(&chats, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const qint64 a = rig.fill("a@x.lit", 1);
    (void)rig.fill("b@x.lit", 1);
    QSignalSpy reset(&chats, &QAbstractItemModel::modelReset);
    QVERIFY(storeRoster(rig, {item("a@x.lit", "Anna", {})}));
    QCOMPARE(chats.row(chats.indexOf(a)).title, QStringLiteral("Anna"));
    rig.online();
    rig.presence(jid("a@x.lit"), "away");
    QVERIFY(chats.row(chats.indexOf(a)).show == xmpp::Presence::Show::Away);
    Q_EMIT rig.profile.conversations().typing(a, true);
    QVERIFY(chats.row(chats.indexOf(a)).typing);
    Q_EMIT rig.profile.conversations().typing(a, false);
    rig.account->client().down({Error::Kind::Network, QStringLiteral("connection-lost"), {}});
    QVERIFY(!chats.row(chats.indexOf(a)).show);
    QCOMPARE(reset.count(), 0); // a view keeps its place
    VERIFY_OK(wait(rig.profile.accounts().remove(rig.account->jid())));
    QCOMPARE(chats.rowCount(), 0);
}

void TestLists::groupsContacts()
{
    ModelRig rig;
    QVERIFY(rig.open());
    model::RosterModel roster(rig.profile);
    QAbstractItemModelTester tester(&roster, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QString family = QStringLiteral("Family");
    const QString work = QStringLiteral("Work");
    QVERIFY(storeRoster(
        rig,
        {item("z@x.lit", "zoe", {family, work}), item("a@x.lit", "Anna", {family}), item("n@x.lit", "Nobody", {})}));
    QCOMPARE(titles(roster), (QStringList{family, work, QString()}));
    const QModelIndex inFamily = roster.index(0, 0);
    QCOMPARE(titles(roster, inFamily), (QStringList{QStringLiteral("Anna"), QStringLiteral("zoe")}));
    rig.online();
    rig.presence(jid("z@x.lit"), "dnd");
    QCOMPARE(roster.index(0, 0).data(model::RosterModel::OnlineRole).toInt(), 1);
    QCOMPARE(roster.index(1, 0).data(model::RosterModel::OnlineRole).toInt(), 1);
    const auto row = roster.index(1, 0, inFamily).data(model::RosterModel::RowRole).value<model::ContactRow>();
    QVERIFY(row.show == xmpp::Presence::Show::DoNotDisturb);
    // Renamed, and out of one group: the push's way.
    QVERIFY(storeRoster(
        rig, {item("z@x.lit", "Aaron", {family}), item("a@x.lit", "Anna", {family}), item("n@x.lit", "Nobody", {})}));
    QCOMPARE(titles(roster), (QStringList{family, QString()}));
    QCOMPARE(titles(roster, roster.index(0, 0)), (QStringList{QStringLiteral("Aaron"), QStringLiteral("Anna")}));
    rig.account->client().router().take(xml::Builder("iq", xmpp::ns::client)
                                            .attribute("type", QStringLiteral("set"))
                                            .attribute("id", QStringLiteral("p"))
                                            .child(xml::Builder("query", "jabber:iq:roster")
                                                       .child(xml::Builder("item", "jabber:iq:roster")
                                                                  .attribute("jid", QStringLiteral("a@x.lit"))
                                                                  .attribute("name", QStringLiteral("Zora"))
                                                                  .textChild("group", work)
                                                                  .build())
                                                       .build())
                                            .build());
    QTRY_COMPARE_WITH_TIMEOUT(titles(roster), (QStringList{family, work, QString()}), 60000);
    QCOMPARE(titles(roster, roster.index(0, 0)), QStringList{QStringLiteral("Aaron")});
    QCOMPARE(titles(roster, roster.index(1, 0)), QStringList{QStringLiteral("Zora")});
    rig.account->client().down({Error::Kind::Network, QStringLiteral("connection-lost"), {}});
    QCOMPARE(roster.index(0, 0).data(model::RosterModel::OnlineRole).toInt(), 0);
}

void TestLists::filtersByText()
{
    ModelRig rig;
    QVERIFY(rig.open());
    model::RosterModel roster(rig.profile);
    QVERIFY(storeRoster(rig, {item("juliet@capulet.lit", "Sweet Lady", {}), item("tybalt@capulet.lit", "Cousin", {})}));
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&roster);
    proxy.setFilterRole(model::RosterModel::SearchRole);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.setRecursiveFilteringEnabled(true);
    for (const QString &text : {QStringLiteral("lady"), QStringLiteral("juliet@")}) {
        proxy.setFilterFixedString(text);
        QCOMPARE(proxy.rowCount(), 1);
        QCOMPARE(titles(proxy, proxy.index(0, 0)), QStringList{QStringLiteral("Sweet Lady")});
    }
    proxy.setFilterFixedString(QStringLiteral("nobody"));
    QCOMPARE(proxy.rowCount(), 0);
}

/// L02: found by order and not by search; the time is told, and a quadratic cost would run into the deadline.
void TestLists::tenThousandContacts()
{
    ModelRig rig;
    QVERIFY(rig.open());
    model::RosterModel roster(rig.profile);
    std::vector<store::RosterItem> items;
    for (int i = 0; i < 10000; ++i) {
        const QByteArray who = "contact" + QByteArray::number(i) + "@x.lit";
        items.push_back(item(who.constData(), QByteArray("Contact " + QByteArray::number(i)).constData(),
                             {QStringLiteral("All"), QStringLiteral("Group %1").arg(i % 40)}));
    }
    QVERIFY(storeRoster(rig, items));
    QCOMPARE(roster.rowCount(), 41);
    QCOMPARE(roster.rowCount(roster.index(0, 0)), 10000);
    rig.online();
    QSignalSpy reset(&roster, &QAbstractItemModel::modelReset);
    QElapsedTimer timer;
    timer.start();
    for (const store::RosterItem &contact : items)
        rig.presence(contact.jid, "away");
    qInfo("10,000 presences in two groups each: %lld ms", timer.elapsed());
    QCOMPARE(roster.index(0, 0).data(model::RosterModel::OnlineRole).toInt(), 10000);
    QCOMPARE(reset.count(), 0);
}

BALCONY_TEST(TestLists)
#include "tst_lists.moc"
