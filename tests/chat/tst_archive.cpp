// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/archiverig.h"
#include "chat/handover.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace tests;
using namespace std::chrono_literals;
using chat::Archive;

namespace {

const QByteArray juliet = "juliet@capulet.lit";
const QByteArray nurse = "nurse@capulet.lit";
const QByteArray &features = archiveFeatures;

} // namespace

Q_DECLARE_METATYPE(FakeArchive::Faults)

class TestArchive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void carbonsGoTheSameWay();
    void nothingWithoutAnArchive();
    void firstSignIn();
    void missedLittle();
    void missedMuch();
    void offlineThousand();
    void visibleChatFirst();
    void startIsGone();
    void brokenPages_data();
    void brokenPages();
    void quirks_data();
    void quirks();
    void sameMessageByFourWays();
    void wrongClock();
    void neverBackToUnread();
    void historyOnDemand();
    void pauses();
    void errors_data();
    void errors();
    void cutInBetween();
    void poisonInAPage();
    void confirmsWhatWasMissed();
    void confirmsWhatNobodyDid();
    void aLostPageIsAskedForAgain();
    void aLostPageOfAChatIsAskedForAgain();
    void aCutBeforeTheFirstQuestion();
    void whatWasTakenBackKeepsItsPlace();
    void receiptsAreNoHistory();
    void orderWhereStreamsChange();
    void lostBeforeAnythingWasKnown();
    void doubtfulMessages_data();
    void doubtfulMessages();
};

/// A server that loses an answer while its stream is resumed holds nothing up: the page is asked for anew, and once it is here
/// nothing is twice.
void TestArchive::aLostPageIsAskedForAgain()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(30);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.settle();
    const xml::Element lost = rig.d.takeSent();
    QVERIFY(lost.child("query", xmpp::ns::archive));
    rig.d.isInterrupted();
    rig.d.resumes({});
    rig.settle();
    QVERIFY(rig.archive->progress().running);
    QVERIFY(rig.answers() > 0);
    QVERIFY(!rig.archive->progress().running);
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 30));
}

/// The same for what somebody looks at, and scrolled for once.
void TestArchive::aLostPageOfAChatIsAskedForAgain()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    for (int i = 0; i < 1200; ++i)
        rig.fills(1, i % 2 == 0 ? juliet : nurse);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    const size_t before = rig.messagesWith(rig.peer).size();
    rig.archive->want(rig.conversations.find(rig.account, rig.peer)->id);
    rig.settle();
    QVERIFY(rig.d.takeSent().child("query", xmpp::ns::archive));
    rig.d.isInterrupted();
    rig.d.resumes({});
    rig.settle();
    QCOMPARE(rig.answers(), 1);
    QCOMPARE(rig.messagesWith(rig.peer).size(), before + Archive::pageSize);
}

/// The link goes right after signing in, before anything was asked.
void TestArchive::aCutBeforeTheFirstQuestion()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(1);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(120);
    QVERIFY(rig.signsIn());
    rig.d.isInterrupted();
    rig.archive->catchUp();
    rig.settle();
    const auto waits = rig.d.client().management().pending();
    QVERIFY(!waits.empty() && waits.back().stanza.child("query", xmpp::ns::archive));
    rig.d.resumes({});
    rig.settle();
    QVERIFY(rig.answers() > 0);
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 121));
    QVERIFY(!rig.archive->progress().running);
}

/// A05 and XEP-0280: by whichever way it comes, it stands in the chat with the other side.
void TestArchive::carbonsGoTheSameWay()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.extensions.carbons.setEnabled();
    QSignalSpy notified(rig.inbox.get(), &chat::Inbox::notified);
    rig.server.add(juliet, false, "from her", rig.now());
    rig.server.add(juliet, true, "from our phone", rig.now());
    rig.d.receives(FakeArchive::live(rig.server.entries[0], false));
    rig.gathers();
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->unread, 1);
    // What came to us we confirm; of copies that is up to the device that they are of.
    QCOMPARE(rig.d.takeSent().child("received", "urn:xmpp:receipts").attribute("id"),
             QStringLiteral("stanza-number-0"));
    rig.d.receives(FakeArchive::carbon(rig.server.entries[1], false));
    rig.d.receives(FakeArchive::carbon(rig.server.entries[1], false)); // twice
    rig.gathers();
    const auto messages = rig.messagesWith(rig.peer);
    QCOMPARE(messages.size(), size_t(2));
    QVERIFY(messages[1].outgoing);
    QCOMPARE(messages[1].author, rig.account);
    QCOMPARE(messages[1].state, store::MessageState::Accepted);
    // We have answered it elsewhere.
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->unread, 0);
    QCOMPARE(notified.count(), 1);
    // Their receipt for it, copied too.
    rig.d.receives(
        "<message from='romeo@montague.lit'><received xmlns='urn:xmpp:carbons:2'><forwarded "
        "xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='juliet@capulet.lit/x' "
        "to='romeo@montague.lit/home' id='r'><received xmlns='urn:xmpp:receipts' id='stanza-number-1'/></message>"
        "</forwarded></received></message>");
    rig.gathers();
    QCOMPARE(rig.stored(messages[1].key).state, store::MessageState::Delivered);
    rig.d.expectsNothing();
}

void TestArchive::nothingWithoutAnArchive()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    QVERIFY(rig.signsIn({}));
    rig.archive->catchUp();
    rig.settle();
    QCOMPARE(rig.archive->support(), Archive::Support::None);
    QVERIFY(rig.gaps().empty());
    rig.d.expectsNothing();
    // What the server kept for us comes as ever (XEP-0160).
    rig.hears("juliet@capulet.lit/x", "kept-by-the-server",
              "<body>x</body><delay xmlns='urn:xmpp:delay' from='montague.lit' stamp='2020-01-01T00:00:00Z'/>");
    rig.gathers();
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(1));
}

void TestArchive::firstSignIn()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(2000);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    // Some of it, the newest, and all of it counts as seen.
    const auto messages = rig.messagesWith(rig.peer);
    QVERIFY(messages.size() >= Archive::firstHistory && messages.size() < Archive::firstHistory + 200);
    QCOMPARE(messages.back().body, QStringLiteral("1999"));
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->unread, 0);
    QCOMPARE(rig.gaps().size(), size_t(1));
    QVERIFY(rig.gaps()[0].isHistory());
    QVERIFY(!rig.archive->progress().running);
    rig.archive->fetchAll();
    rig.answers();
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->count, 2000);
    QVERIFY(rig.gaps().empty());
}

void TestArchive::missedLittle()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(3);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    QVERIFY(rig.gaps().empty());
    QVERIFY(rig.signsIn());
    QCOMPARE(rig.gaps().size(), size_t(1)); // before anything is asked
    rig.archive->catchUp();
    QCOMPARE(rig.answers(), 1);
    QVERIFY(rig.gaps().empty());
    rig.fills(4);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    QCOMPARE(rig.answers(), 1); // one page, forward from what is known
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 7));
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->unread, 4);
    QVERIFY(rig.gaps().empty());
}

void TestArchive::missedMuch()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(3);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(400);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers(2);
    // After two pages the newest are there, and what is missing lies behind the oldest.
    QStringList so = rig.bodies(rig.peer).split(u' ');
    QCOMPARE(so.mid(0, 53).join(u' '), rig.numbers(0, 53));
    QCOMPARE(so.mid(53).join(u' '), rig.numbers(353, 403));
    // What comes live meanwhile stands behind all, and moves nothing.
    rig.fills(1);
    rig.d.receives(FakeArchive::live(rig.server.entries.back(), true));
    rig.gathers();
    rig.answers();
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 404));
    QVERIFY(rig.gaps().empty());
}

/// A01: a thousand messages, and pages of ten whatever is asked for.
void TestArchive::offlineThousand()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(1);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.server.faults.cap = 10;
    rig.fills(1000);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers(2);
    QVERIFY(rig.bodies(rig.peer).endsWith(u" 1000")); // the newest at once
    rig.answers();
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->count, 1001);
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(1, 1001));
    QVERIFY(rig.gaps().empty());
    QCOMPARE(rig.archive->progress().added, 1000);
}

void TestArchive::visibleChatFirst()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(1);
    rig.fills(1, nurse);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    for (int i = 0; i < 300; ++i)
        rig.fills(1, i % 10 == 0 ? juliet : nurse);
    rig.conversations.setVisible(rig.conversations.find(rig.account, rig.peer)->id);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers(3);
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(31)); // complete, while the others' are not
    QVERIFY(rig.messagesWith(jid("nurse@capulet.lit")).size() < 150);
    rig.answers();
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(31));
    QCOMPARE(rig.messagesWith(jid("nurse@capulet.lit")).size(), size_t(271));
    QVERIFY(rig.gaps().empty());
}

/// A03: the archive does not have any more what we knew last.
void TestArchive::startIsGone()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(300);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(120);
    rig.server.entries[299].isGone = true;
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 420));
    QVERIFY(rig.gaps().empty());
}

/// A04
void TestArchive::brokenPages_data()
{
    QTest::addColumn<bool>("none");
    for (const char *name : {"the end before the results", "no <set/>", "unstable", "the last one is lost"})
        QTest::newRow(name) << false;
}
void TestArchive::brokenPages()
{
    const QByteArray name = QTest::currentDataTag();
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(3);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(5);
    rig.server.faults.finFirst = name.startsWith("the end");
    rig.server.faults.noSet = name.startsWith("no");
    rig.server.faults.unstable = name.startsWith("unstable");
    rig.server.faults.loses = name.startsWith("the last");
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    QVERIFY(rig.answers(20) < 10); // it gives up
    QCOMPARE(rig.gaps().size(), size_t(1));
    QVERIFY(rig.gaps()[0].stuck);
    rig.server.faults = {};
    const qint64 chat = rig.conversations.find(rig.account, rig.peer)->id;
    VERIFY_OK(wait(rig.archive->retry(chat)));
    rig.answers();
    QVERIFY(rig.gaps().empty());
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 8));
}

/// docs/archives.md, part 3: what servers do, each by itself and all together; nothing is missing and nothing twice.
void TestArchive::quirks_data()
{
    QTest::addColumn<FakeArchive::Faults>("faults");
    FakeArchive::Faults all;
    const auto row = [&all](const char *name, auto set) {
        FakeArchive::Faults faults;
        set(faults);
        set(all);
        QTest::newRow(name) << faults;
    };
    row("no <first/>", [](FakeArchive::Faults &faults) { faults.noFirst = true; });
    row("never complete", [](FakeArchive::Faults &faults) { faults.noComplete = true; });
    row("pages of ten", [](FakeArchive::Faults &faults) { faults.cap = 10; });
    row("everything twice", [](FakeArchive::Faults &faults) { faults.doubles = true; });
    QTest::newRow("together") << all;
    row("full pages always complete", [](FakeArchive::Faults &faults) { faults.allComplete = true; });
}
void TestArchive::quirks()
{
    QFETCH(FakeArchive::Faults, faults);
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(5);
    rig.server.faults = faults;
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(220);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 225));
    QVERIFY(rig.gaps().empty());
}

/// A05: live, as a copy, from the archive, and from the offline storage.
void TestArchive::sameMessageByFourWays()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.extensions.carbons.setEnabled();
    rig.fills(1);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(1);
    const FakeArchive::Entry entry = rig.server.entries.back();
    const QByteArray live = FakeArchive::live(entry, true);
    const QByteArray copy = "<message from='romeo@montague.lit'><received xmlns='urn:xmpp:carbons:2'><forwarded "
                            "xmlns='urn:xmpp:forward:0'>"
        + live + "</forwarded></received></message>";
    QByteArray kept = FakeArchive::live(entry, false);
    kept.replace("</message>",
                 "<delay xmlns='urn:xmpp:delay' from='montague.lit' stamp='"
                     + entry.stamp.toString(Qt::ISODateWithMs).toUtf8() + "'/></message>");
    QVERIFY(rig.signsIn());
    rig.d.receives(kept);
    rig.gathers();
    rig.d.receives(copy);
    rig.archive->catchUp();
    rig.answers();
    rig.d.receives(live);
    rig.d.receives(copy);
    rig.gathers();
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 2));
    QCOMPARE(rig.messagesWith(rig.peer).back().archiveId, QString::fromUtf8(entry.id));
}

/// A08: three days wrong either way, on a fresh profile: as with a right clock.
void TestArchive::wrongClock()
{
    for (const int days : {0, 3, -3}) {
        ArchiveRig rig;
        QVERIFY(rig.open());
        for (int i = 0; i < 60; ++i)
            rig.server.add(juliet, false, QByteArray::number(i), rig.d.clock().now().addDays(-days).addSecs(i - 3600));
        QVERIFY(rig.signsIn());
        rig.d.receives(
            FakeArchive::live(rig.server.add(juliet, false, "60", rig.d.clock().now().addDays(-days)), true));
        rig.gathers();
        rig.archive->catchUp();
        rig.answers();
        QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 61));
        QCOMPARE(rig.messagesWith(rig.peer)[0].time, rig.server.entries[0].stamp);
    }
}

/// A07: what was read stays read.
void TestArchive::neverBackToUnread()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(3);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(5);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    const store::Conversation *chat = rig.conversations.find(rig.account, rig.peer);
    QCOMPARE(chat->unread, 5);
    const auto messages = rig.messagesWith(rig.peer);
    VERIFY_OK(wait(rig.conversations.markRead(chat->id, messages.back().key)));
    // Everything comes again, and an older one is marked.
    rig.server.entries.back().isGone = true;
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    VERIFY_OK(wait(rig.conversations.markRead(chat->id, messages[4].key)));
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->unread, 0);
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(8));
}

void TestArchive::historyOnDemand()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    for (int i = 0; i < 1200; ++i)
        rig.fills(1, i % 2 == 0 ? juliet : nurse);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    const qint64 chat = rig.conversations.find(rig.account, rig.peer)->id;
    const size_t before = rig.messagesWith(rig.peer).size();
    QSignalSpy changed(rig.archive.get(), &Archive::gapsChanged);
    rig.archive->want(chat);
    QCOMPARE(rig.answers(), 1);
    QCOMPARE(rig.messagesWith(rig.peer).size(), before + Archive::pageSize);
    QCOMPARE(changed.last().at(0).toLongLong(), chat);
    for (int i = 0; i < 20; ++i) {
        rig.archive->want(chat);
        rig.answers();
    }
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(600));
    QCOMPARE(rig.bodies(rig.peer).split(u' ').first(), QStringLiteral("0"));
    QVERIFY(rig.messagesWith(jid("nurse@capulet.lit")).size() < 600);
    rig.archive->want(chat); // nothing is missing in this one
    QCOMPARE(rig.answers(), 0);
}

void TestArchive::pauses()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(1);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(1000);
    QVERIFY(rig.signsIn());
    QSignalSpy progress(rig.archive.get(), &Archive::progressChanged);
    rig.archive->catchUp();
    rig.answers(3);
    QVERIFY(rig.archive->progress().running);
    rig.archive->setPaused(true);
    rig.answers();
    const size_t so = rig.messagesWith(rig.peer).size();
    QVERIFY(so < 1000 && !rig.archive->progress().running && rig.archive->progress().paused);
    // Somebody who looks is served all the same.
    rig.archive->want(rig.conversations.find(rig.account, rig.peer)->id);
    QCOMPARE(rig.answers(), 1);
    rig.archive->setPaused(false);
    rig.answers();
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->count, 1001);
    QVERIFY(rig.gaps().empty() && !rig.archive->progress().running);
    QVERIFY(progress.count() > 5);
}

void TestArchive::errors_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<bool>("goesOn");
    const auto row = [](const char *type, const char *condition, bool goesOn) {
        QTest::newRow(condition) << QByteArray("<error type='") + type + "'><" + condition
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
                                 << goesOn;
    };
    row("cancel", "feature-not-implemented", false);
    row("cancel", "service-unavailable", false);
    row("auth", "forbidden", false);
    row("wait", "resource-constraint", true);
    row("wait", "internal-server-error", true);
    row("modify", "policy-violation", true);
}
void TestArchive::errors()
{
    QFETCH(QByteArray, error);
    QFETCH(bool, goesOn);
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(3);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(1);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.settle();
    for (int i = 0; i < 2; ++i) {
        while (rig.d.takeSent()) { }
        rig.d.receives("<iq type='error' id='$id'>" + error + "</iq>");
        rig.settle();
        rig.d.expectsNothing();
        rig.d.passes(Archive::retryPause * 3);
        rig.settle();
        QCOMPARE(rig.d.unexpected() > 0, goesOn);
        if (!goesOn)
            break;
    }
    if (goesOn)
        rig.answers();
    QCOMPARE(rig.gaps().empty(), goesOn);
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(goesOn ? 4 : 3));
    // On the next session, in any case.
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(4));
    QVERIFY(rig.gaps().empty());
}

/// The connection goes at any stanza of the catch-up, again and again.
void TestArchive::cutInBetween()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(2);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.server.faults.cap = 7;
    for (int round = 0; round < 40; ++round) {
        rig.fills(11, round % 3 == 0 ? nurse : juliet);
        QVERIFY(rig.signsIn());
        rig.archive->catchUp();
        rig.answers(round % 4);
        const xml::Element iq = rig.d.takeSent();
        if (iq && iq.child("query", xmpp::ns::archive)) {
            const auto answer = rig.server.answer(iq);
            for (int i = 0; i < round % 9 && i < int(answer.size()); ++i)
                rig.d.receives(answer[size_t(i)]);
        }
    }
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    QVERIFY(rig.gaps().empty());
    QStringList all = rig.bodies(rig.peer).split(u' ') + rig.bodies(jid("nurse@capulet.lit")).split(u' ');
    QCOMPARE(all.size(), 442);
    for (const Jid &who : {rig.peer, jid("nurse@capulet.lit")}) {
        int last = -1;
        for (const QString &body : rig.bodies(who).split(u' ')) {
            QVERIFY2(body.toInt() > last, qPrintable(rig.bodies(who)));
            last = body.toInt();
        }
    }
}

/// I11: a message that cannot be stored does not hold up the archive.
void TestArchive::poisonInAPage()
{
    QTemporaryDir dir;
    store::StoreOptions options;
    options.folder = dir.filePath(QStringLiteral("profile"));
    {
        ArchiveRig rig(options);
        QVERIFY(rig.open());
        VERIFY_OK(wait(rig.conversations.open(rig.account, rig.peer)));
    }
    {
        auto raw =
            store::Database::open(options.folder + QStringLiteral("/balcony.db"), store::Database::Mode::ReadWrite);
        VERIFY_OK(raw);
        VERIFY_OK((*raw)->execute("UPDATE sqlite_sequence SET seq = 1048575 WHERE name = 'conversations'"));
    }
    ArchiveRig rig(options);
    QVERIFY(rig.open());
    rig.fills(2);
    rig.fills(1, "stranger@evil.lit");
    rig.fills(2);
    QSignalSpy parked(rig.inbox.get(), &chat::Inbox::parkedOne);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(4));
    QCOMPARE(parked.count(), 1);
    QTRY_VERIFY(rig.gaps().empty()); // the gap is narrowed in a transaction of its own
}

/// XEP-0184: what was missed is confirmed and told once; what is older is not.
void TestArchive::confirmsWhatWasMissed()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    QSignalSpy notified(rig.inbox.get(), &chat::Inbox::notified);
    rig.fills(2);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    QCOMPARE(notified.count(), 0);
    QCOMPARE(rig.confirmed, QStringList());
    rig.fills(2);
    rig.fills(1, nurse);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    QCOMPARE(notified.count(), 2); // one a chat, the newest
    QCOMPARE(notified.at(0).at(0).value<store::Message>().body, QStringLiteral("3"));
    QCOMPARE(rig.confirmed,
             QStringList({QStringLiteral("stanza-number-2"), QStringLiteral("stanza-number-3"),
                          QStringLiteral("stanza-number-4")}));
}

/// What another device of ours has confirmed is not confirmed again; the archive says so, at the latest with the gap's
/// last page.
void TestArchive::confirmsWhatNobodyDid()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(1);
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    rig.fills(60); // 1 to 60
    rig.server.addReceipt(juliet, "stanza-number-2", rig.now());
    rig.server.addReceipt(juliet, "stanza-number-60", rig.now());
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    QCOMPARE(rig.answers(1), 1); // from the old end: it does not say all
    QCOMPARE(rig.confirmed, QStringList());
    rig.answers();
    QVERIFY(rig.gaps().empty());
    QCOMPARE(rig.confirmed.size(), 58);
    QVERIFY(!rig.confirmed.contains(QStringLiteral("stanza-number-2")));
    QVERIFY(!rig.confirmed.contains(QStringLiteral("stanza-number-60")));
    rig.confirmed.removeDuplicates();
    QCOMPARE(rig.confirmed.size(), 58);
}

/// A new device wants messages; an archive full of receipts does not keep it from them.
/// XEP-0424 4: an archive keeps no more of it than that it was there. Only an archive says so.
void TestArchive::whatWasTakenBackKeepsItsPlace()
{
    const QByteArray gone =
        "<retracted xmlns='urn:xmpp:message-retract:1' id='taking-back-1' stamp='2026-11-01T10:00:00Z'/>";
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(4);
    rig.server.entries[1].payload = gone;
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    auto messages = rig.messagesWith(rig.peer);
    QCOMPARE(messages.size(), size_t(4));
    QVERIFY(messages[1].retracted && messages[1].body.isEmpty());
    const int unread = rig.conversations.find(rig.account, rig.peer)->unread;
    // The stanza that took it back, by any way, is nothing new.
    rig.hears(juliet, "taking-back-1",
              "<retract xmlns='urn:xmpp:message-retract:1' id='" + rig.server.entries[1].stanza + "'/>");
    // Nobody takes back by saying that it is.
    rig.hears(juliet, rig.server.entries[2].stanza, gone);
    rig.gathers();
    messages = rig.messagesWith(rig.peer);
    QCOMPARE(messages.size(), size_t(4));
    QVERIFY(!messages[2].retracted);
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->unread, unread);
    // One that is here, when it is asked for once more.
    rig.server.entries[2].payload = gone;
    rig.fills(1);
    rig.server.entries.back().payload = gone; // and one that never was
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    messages = rig.messagesWith(rig.peer);
    QCOMPARE(messages.size(), size_t(5));
    QVERIFY(messages[4].retracted);
}

void TestArchive::receiptsAreNoHistory()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    rig.fills(10);
    for (int i = 0; i < 700; ++i)
        rig.server.addReceipt(juliet, "stanza-number-" + QByteArray::number(i), rig.now());
    QVERIFY(rig.signsIn());
    rig.archive->catchUp();
    rig.answers();
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 10));
}

/// I9: what a server swapped while one stream took over from another stands as its archive has it, once it is quiet.
void TestArchive::orderWhereStreamsChange()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    auto order = std::make_unique<chat::HandOver>(rig.client(), rig.extensions, rig.store, *rig.archive, *rig.inbox,
                                                  rig.account);
    const auto delivers = [&rig](std::initializer_list<size_t> entries) {
        for (const size_t i : entries)
            rig.d.receives(FakeArchive::live(rig.server.entries[i], true));
        rig.gathers();
    };
    const auto isQuiet = [&rig] {
        for (int i = 0; i < 3; ++i) {
            rig.d.passes(chat::HandOver::quiet);
            rig.settle();
        }
    };
    const auto newStream = [&rig, &order] {
        rig.d.isInterrupted();
        rig.d.resumes({});
        order->begin(false);
        rig.settle();
    };
    QVERIFY(rig.signsIn());
    order->begin(true);
    rig.archive->catchUp();
    rig.answers();
    rig.fills(1);
    delivers({0});
    isQuiet();
    QCOMPARE(rig.answers(), 0); // the session is new, and one alone stands where it stands
    rig.fills(4);
    newStream();
    delivers({2, 1});
    rig.d.passes(chat::HandOver::quiet - 1s);
    delivers({4, 3});
    QSignalSpy changed(&rig.conversations, &chat::Conversations::messageChanged);
    isQuiet();
    QCOMPARE(rig.bodies(rig.peer), QStringLiteral("0 2 1 4 3"));
    QCOMPARE(rig.answers(), 1);
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 5));
    QCOMPARE(changed.count(), 4);
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->lastPreview, QStringLiteral("4"));
    newStream();
    isQuiet();
    QCOMPARE(rig.answers(), 1); // no more than one short question where nothing came
    rig.fills(2);
    // What no stream, and no start of the program, could look at is not forgotten.
    newStream();
    delivers({6});
    newStream();
    delivers({5});
    rig.d.isInterrupted();
    order = std::make_unique<chat::HandOver>(rig.client(), rig.extensions, rig.store, *rig.archive, *rig.inbox,
                                             rig.account);
    rig.d.resumes({});
    order->begin(true);
    isQuiet();
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 5) + QStringLiteral(" 6 5"));
    QCOMPARE(rig.answers(), 1);
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 7));
    // What the server lost on its way to us is in its archive, and comes into its place.
    QSignalSpy notified(rig.inbox.get(), &chat::Inbox::notified);
    newStream();
    rig.fills(5);
    delivers({7, 10, 9});
    rig.send(QStringLiteral("ours"));
    rig.server.add(juliet, true, "ours", rig.now().addSecs(100), "?");
    rig.server.entries.back().stanza = rig.messagesWith(rig.peer).back().stanzaId.toUtf8();
    while (rig.d.takeSent()) { }
    isQuiet();
    rig.confirmed.clear();
    QCOMPARE(rig.answers(), 1);
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 12) + QStringLiteral(" ours"));
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->lastPreview, QStringLiteral("ours"));
    QVERIFY(notified.count() > 0);
    newStream();
    isQuiet();
    QCOMPARE(rig.answers(), 1);
    QCOMPARE(rig.messagesWith(rig.peer).size(), size_t(13));
    // One that was sent again is there twice, and stands where it stood.
    newStream();
    rig.fills(2);
    delivers({13, 14});
    rig.server.add(juliet, false, "13", rig.now().addSecs(200), rig.server.entries[13].stanza);
    isQuiet();
    QCOMPARE(rig.answers(), 1);
    newStream();
    isQuiet();
    QCOMPARE(rig.answers(), 1);
    QVERIFY2(rig.bodies(rig.peer).endsWith(QStringLiteral(" ours 13 14")), qPrintable(rig.bodies(rig.peer)));
    // Or where the first of them stood, though the second was the one that came.
    newStream();
    rig.fills(2); // 16 and 17
    rig.server.add(juliet, false, "16", rig.now().addSecs(300), rig.server.entries[16].stanza);
    delivers({17, 18});
    QVERIFY(rig.bodies(rig.peer).endsWith(QStringLiteral(" 17 16")));
    isQuiet();
    QCOMPARE(rig.answers(), 1);
    QVERIFY2(rig.bodies(rig.peer).endsWith(QStringLiteral(" 13 14 16 17")), qPrintable(rig.bodies(rig.peer)));
    // What the archive does not tell leaves all where it is.
    newStream();
    rig.server.faults.noSet = true;
    rig.fills(2);
    delivers({20, 19});
    isQuiet();
    QCOMPARE(rig.answers(), 1);
    QVERIFY(rig.bodies(rig.peer).endsWith(QStringLiteral(" 16 17 20 19")));
}

/// The same where nothing was known of the archive when the first stream came up, and no stream could be looked at since.
void TestArchive::lostBeforeAnythingWasKnown()
{
    ArchiveRig rig;
    QVERIFY(rig.open());
    chat::HandOver handOver(rig.client(), rig.extensions, rig.store, *rig.archive, *rig.inbox, rig.account);
    rig.fills(60); // what was there before is history, and no loss
    QVERIFY(rig.signsIn());
    handOver.begin(true);
    rig.archive->catchUp();
    rig.answers(1);
    const auto hears = [&rig](size_t entry) {
        rig.d.receives(FakeArchive::live(rig.server.entries[entry], true));
        rig.gathers();
    };
    rig.fills(5);
    hears(60);
    hears(61);
    rig.d.isInterrupted();
    rig.d.resumes({});
    handOver.begin(false);
    hears(64); // and never 62 and 63
    QSignalSpy notified(rig.inbox.get(), &chat::Inbox::notified);
    for (int i = 0; i < 3; ++i) {
        rig.d.passes(chat::HandOver::quiet);
        rig.settle();
    }
    rig.answers();
    QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 65));
    QCOMPARE(notified.count(), 1);
    QCOMPARE(rig.conversations.find(rig.account, rig.peer)->unread, 5);
}

void TestArchive::doubtfulMessages_data()
{
    QTest::addColumn<bool>("hasArchive");
    QTest::addColumn<bool>("answers");
    QTest::newRow("an archive that knows") << true << true;
    QTest::newRow("an archive that does not answer") << true << false;
    QTest::newRow("no archive") << false << true;
}

/// C02, N04: what was written on a session that is gone goes again, with its id, only where the archive does not have it.
void TestArchive::doubtfulMessages()
{
    QFETCH(const bool, hasArchive);
    QFETCH(const bool, answers);
    ArchiveRig rig;
    QVERIFY(rig.open());
    chat::HandOver handOver(rig.client(), rig.extensions, rig.store, *rig.archive, *rig.inbox, rig.account);
    rig.outbox->setDoubt([&handOver](std::vector<Jid> peers) { return handOver.settle(std::move(peers)); });
    rig.online();
    const store::Message arrived = rig.send(QStringLiteral("arrived"));
    const store::Message lost = rig.send(QStringLiteral("lost"));
    rig.server.add(juliet, true, "arrived", rig.now(), arrived.stanzaId.toUtf8());
    QVERIFY(rig.signsIn(hasArchive ? features : QByteArray()));
    rig.outbox->resume();
    rig.send(QStringLiteral("new"));
    rig.settle();
    if (hasArchive) {
        const xml::Element question = rig.d.takeSent();
        QVERIFY(question.child("query", xmpp::ns::archive));
        rig.d.expectsNothing(); // all wait, in their order
        if (answers) {
            for (const QByteArray &stanza : rig.server.answer(question))
                rig.d.receives(stanza);
        } else {
            rig.d.passes(chat::HandOver::doubt);
        }
        rig.settle();
    }
    const bool isKnown = hasArchive && answers;
    QCOMPARE(rig.stored(arrived.key).state, isKnown ? store::MessageState::Accepted : store::MessageState::Written);
    QStringList sent;
    QStringList ids;
    for (xml::Element stanza = rig.d.takeSent(); stanza; stanza = rig.d.takeSent()) {
        if (!bodyOf(stanza).isEmpty())
            sent.append(bodyOf(stanza));
        ids.append(stanza.attribute("id"));
    }
    QCOMPARE(sent.join(u' '), isKnown ? QStringLiteral("lost new") : QStringLiteral("arrived lost new"));
    QVERIFY(ids.contains(lost.stanzaId));
    QCOMPARE(ids.contains(arrived.stanzaId), !isKnown);
}

BALCONY_TEST(TestArchive)
#include "tst_archive.moc"
