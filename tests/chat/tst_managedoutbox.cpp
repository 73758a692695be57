// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatrig.h"
#include "chat/sessionkeeper.h"
#include "chat/sessionrecord.h"
#include "support/faultvfs.h"
#include "support/testmain.h"

#include <sqlite3.h>

using namespace tests;
using store::MessageState;

namespace {

store::StoreOptions inFolder(const QTemporaryDir &folder)
{
    store::StoreOptions options;
    options.folder = folder.filePath(QStringLiteral("profile"));
    return options;
}

/// A rig whose server counts (XEP-0198).
struct ManagedRig : ChatRig {
    explicit ManagedRig(store::StoreOptions options = {}) : ChatRig(std::move(options)) { d.goesOffline(); }

    xmpp::StreamManagement &management() { return client().management(); }
    bool open()
    {
        if (!ChatRig::open())
            return false;
        keeper = std::make_unique<chat::SessionKeeper>(client(), store, account);
        return wait(keeper->load()).has_value();
    }
    /// A new session, as a connection begins it.
    void begins(const QByteArray &id = "s1")
    {
        enables(id);
        online();
        keeper->begin();
        rests();
    }
    void enables(const QByteArray &id)
    {
        (void)management().enable();
        const auto enabled = parsed("<enabled xmlns='urn:xmpp:sm:3' resume='true' id='" + id + "'/>");
        if (!management().takeEnabled(enabled, jid("romeo@montague.lit/orchard")))
            QTest::qFail("not enabled", __FILE__, __LINE__);
    }
    void acknowledges(int count)
    {
        const auto tags =
            management().takeAck(parsed("<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(count) + "'/>"));
        if (!tags)
            QTest::qFail(qPrintable(tags.error().detail), __FILE__, __LINE__);
        client().acknowledge(tags.value_or(std::vector<qint64>()));
        rests();
    }
    /// settle() for a store in a folder, which has threads of its own.
    void rests()
    {
        // What is read has a thread of its own, which the number of waiting writes says nothing of.
        const auto nothing = [](store::Reader &) -> Result<> { return {}; };
        for (int quiet = 0; quiet < 5;) {
            const auto sent = d.unexpected();
            QTRY_COMPARE_WITH_TIMEOUT(store.pending(), 0, 60000);
            (void)wait(store.read(nothing));
            settle();
            quiet = d.unexpected() == sent ? quiet + 1 : 0;
        }
    }
    QStringList takesBodies()
    {
        QStringList bodies;
        while (d.unexpected())
            bodies.append(bodyOf(d.takeSent()));
        return bodies;
    }
    std::unique_ptr<chat::SessionKeeper> keeper;
};

} // namespace

/// The way out on streams whose server counts, over lost links and the program's end (RELIABILITY 2.2).
class TestManagedOutbox : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void acceptedByCount();
    void mostInFlight();
    void goesOnAfterALostLink();
    void failedSession_data();
    void failedSession();
    void failedSessionAndNoneBehindIt();
    void nextStartResumes();
    void nothingTakesAnOldNumber();
    void keptOnlyFromItsBeginning();
    void numbersOfAnotherSession();
    void tellsOnlyWhatIsKept();
    void tellsNothingWhereNothingCanBeKept();
    void endedInOrder();
};

/// I4: no ping; the count moves each message by itself.
void TestManagedOutbox::acceptedByCount()
{
    ManagedRig rig;
    QVERIFY(rig.open());
    rig.begins();
    std::vector<qint64> keys;
    for (int i = 0; i < 3; ++i)
        keys.push_back(rig.send(QString::number(i)).key);
    QCOMPARE(rig.takesBodies(), QStringList({QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2")}));
    QCOMPARE(rig.stored(keys[0]).state, MessageState::Written);
    rig.acknowledges(2);
    QCOMPARE(rig.stored(keys[0]).state, MessageState::Accepted);
    QCOMPARE(rig.stored(keys[1]).state, MessageState::Accepted);
    QCOMPARE(rig.stored(keys[2]).state, MessageState::Written);
    QCOMPARE(rig.outbox->pending(), 1);
    rig.d.expectsNothing();
}

/// A server that never acknowledges does not get everything at once; each acknowledgement makes room.
void TestManagedOutbox::mostInFlight()
{
    constexpr int limit = 256;
    ManagedRig rig;
    QVERIFY(rig.open());
    for (int i = 0; i < limit + 20; ++i)
        (void)rig.send(QString::number(i));
    rig.begins();
    QCOMPARE(rig.takesBodies().size(), limit);
    rig.acknowledges(5);
    const QStringList more = rig.takesBodies();
    QCOMPARE(more.size(), 5);
    QCOMPARE(more.first(), QString::number(limit));
}

/// What was written goes on being the session's; what is written meanwhile waits, and comes behind it.
void TestManagedOutbox::goesOnAfterALostLink()
{
    ManagedRig rig;
    QVERIFY(rig.open());
    rig.begins();
    const qint64 before = rig.send(QStringLiteral("before")).key;
    (void)rig.takesBodies();
    rig.d.isInterrupted();
    const qint64 during = rig.send(QStringLiteral("during")).key;
    QCOMPARE(rig.stored(during).state, MessageState::Queued);
    (void)rig.management().resume();
    const auto tags = rig.management().takeResumed(parsed("<resumed xmlns='urn:xmpp:sm:3' previd='s1' h='1'/>"));
    QVERIFY(tags);
    rig.d.resumes(*tags);
    rig.rests();
    QCOMPARE(rig.stored(before).state, MessageState::Accepted);
    QCOMPARE(rig.takesBodies(), QStringList{QStringLiteral("during")});
    rig.acknowledges(2);
    QCOMPARE(rig.stored(during).state, MessageState::Accepted);
    QCOMPARE(rig.outbox->pending(), 0);
}

void TestManagedOutbox::failedSession_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QStringList>("again");
    QTest::newRow("with a count") << QByteArray("h='1'") << QStringList{QStringLiteral("second")};
    QTest::newRow("without") << QByteArray() << QStringList{QStringLiteral("first"), QStringLiteral("second")};
    QTest::newRow("with a lie") << QByteArray("h='7'")
                                << QStringList{QStringLiteral("first"), QStringLiteral("second")};
}
/// The session is gone: what the server says that it had got is not sent again, all else is, with the same id.
void TestManagedOutbox::failedSession()
{
    QFETCH(QByteArray, said);
    QFETCH(QStringList, again);
    ManagedRig rig;
    QVERIFY(rig.open());
    rig.begins();
    (void)rig.send(QStringLiteral("first"));
    const QString id = rig.send(QStringLiteral("second")).stanzaId;
    (void)rig.takesBodies();
    rig.d.isInterrupted();
    (void)rig.management().resume();
    (void)rig.management().takeFailed(parsed("<failed xmlns='urn:xmpp:sm:3' " + said + "/>"));
    rig.enables("s2"); // before anybody hears that the old one is gone, as a connection does it
    rig.d.goesOffline();
    rig.online();
    rig.rests();
    QStringList bodies;
    xml::Element last;
    while (rig.d.unexpected()) {
        last = rig.d.takeSent();
        bodies.append(bodyOf(last));
    }
    QCOMPARE(bodies, again);
    QCOMPARE(last.attribute("id"), id);
    QVERIFY(last.hasChild("delay", "urn:xmpp:delay")); // I3
    rig.acknowledges(int(again.size()));
    QCOMPARE(rig.outbox->pending(), 0);
}

/// The same where the next stream is not managed: what the server said of the old one still counts.
void TestManagedOutbox::failedSessionAndNoneBehindIt()
{
    ManagedRig rig;
    QVERIFY(rig.open());
    rig.begins();
    const qint64 first = rig.send(QStringLiteral("first")).key;
    (void)rig.send(QStringLiteral("second"));
    (void)rig.takesBodies();
    rig.d.isInterrupted();
    (void)rig.management().resume();
    (void)rig.management().takeFailed(parsed("<failed xmlns='urn:xmpp:sm:3' h='1'/>"));
    rig.d.goesOffline();
    rig.rests();
    rig.online();
    QCOMPARE(bodyOf(rig.d.takeSent()), QStringLiteral("second"));
    QCOMPARE(rig.stored(first).state, MessageState::Accepted);
    QVERIFY(rig.answersPing());
    QCOMPARE(rig.outbox->pending(), 0);
}

/// kill -9, and the next start asks the session back: by the numbers on disk it knows what had arrived.
void TestManagedOutbox::nextStartResumes()
{
    const QTemporaryDir folder;
    {
        ManagedRig rig(inFolder(folder));
        QVERIFY(rig.open());
        rig.begins();
        for (int i = 1; i <= 3; ++i)
            (void)rig.send(QString::number(i));
        rig.rests();
        QCOMPARE(rig.takesBodies().size(), 3);
        rig.acknowledges(1);
    }
    ManagedRig rig(inFolder(folder));
    QVERIFY(rig.open());
    QVERIFY(rig.management().canResume());
    const xml::Element asked = rig.management().resume();
    QCOMPARE(asked.attribute("previd"), QStringLiteral("s1"));
    QVERIFY(rig.management().takeResumed(parsed("<resumed xmlns='urn:xmpp:sm:3' previd='s1' h='2'/>")));
    rig.online(); // to this start it is a new stream
    QTRY_VERIFY_WITH_TIMEOUT(rig.d.unexpected() > 0, 60000);
    rig.rests();
    QCOMPARE(rig.takesBodies(), QStringList{QStringLiteral("3")});
    rig.acknowledges(3);
    QCOMPARE(rig.outbox->pending(), 0);
}

/// A start that goes on with a session asks this and that at once. While the numbers on disk still are those of messages,
/// none of it may take one of them: killed right then, the next start would take the server's count for those messages.
void TestManagedOutbox::nothingTakesAnOldNumber()
{
    const QTemporaryDir folder;
    {
        ManagedRig rig(inFolder(folder));
        QVERIFY(rig.open());
        rig.begins();
        for (int i = 1; i <= 2; ++i)
            (void)rig.send(QString::number(i));
        rig.rests();
        QCOMPARE(rig.takesBodies().size(), 2);
    }
    ManagedRig rig(inFolder(folder));
    QVERIFY(rig.open());
    (void)rig.management().resume();
    QVERIFY(rig.management().takeResumed(parsed("<resumed xmlns='urn:xmpp:sm:3' previd='s1' h='1'/>")));
    rig.d.goesOnline();
    rig.outbox->resume();
    Scope scope;
    std::optional<Result<xml::Element>> answer;
    scope.run(into(&answer, rig.client().get(Jid(), xml::Builder("ping", "urn:xmpp:ping").build())));
    rig.d.expectsNothing();
    rig.rests();
    const Jid account = rig.account;
    const auto read = [account](store::Reader &reader) {
        return chat::sessionrecord::readNumbers(reader, account, QStringLiteral("s1"));
    };
    QCOMPARE(bodyOf(rig.d.takeSent()), QString()); // the question
    QCOMPARE(rig.takesBodies(), QStringList{QStringLiteral("2")});
    const auto numbers = wait(rig.store.read(read));
    QVERIFY(numbers);
    QCOMPARE(numbers->size(), 1U);
    QCOMPARE((*numbers)[0].number, 3U); // behind the question
}

/// Numbers of a session that is not the one spoken of count for nothing.
void TestManagedOutbox::numbersOfAnotherSession()
{
    ManagedRig rig;
    QVERIFY(rig.open());
    rig.begins();
    (void)rig.send(QStringLiteral("one"));
    (void)rig.takesBodies();
    const Jid account = rig.account;
    const auto read = [account](store::Reader &reader) {
        return chat::sessionrecord::readNumbers(reader, account, QStringLiteral("s0"));
    };
    const auto numbers = wait(rig.store.read(read));
    QVERIFY(numbers);
    QVERIFY(numbers->empty());
    const auto readOurs = [account](store::Reader &reader) {
        return chat::sessionrecord::readNumbers(reader, account, QStringLiteral("s1"));
    };
    const auto ours = wait(rig.store.read(readOurs));
    QVERIFY(ours);
    QCOMPARE(ours->size(), 1U);
    QCOMPARE((*ours)[0].number, 1U);
}

/// A start that goes on with a session does not note a gap of the archive: no session is kept before that is done.
void TestManagedOutbox::keptOnlyFromItsBeginning()
{
    ManagedRig rig;
    QVERIFY(rig.open());
    const Jid account = rig.account;
    const auto read = [account](store::Reader &reader) { return chat::sessionrecord::read(reader, account); };
    rig.begins("s0");
    QCOMPARE(wait(rig.store.read(read)).value().value().id, QStringLiteral("s0"));
    rig.d.goesOffline();
    rig.enables("s1");
    rig.online();
    rig.rests();
    QVERIFY(!wait(rig.store.read(read)).value()); // neither the one before it
    rig.keeper->begin();
    rig.rests();
    QCOMPARE(wait(rig.store.read(read)).value().value().id, QStringLiteral("s1"));
}

/// I5, for the next start too: a count is told only when it is on disk.
void TestManagedOutbox::tellsOnlyWhatIsKept()
{
    ManagedRig rig;
    QVERIFY(rig.open());
    rig.begins();
    { // presence, say: handled, but stored nowhere
        const auto token = rig.management().received();
    }
    QCOMPARE(rig.management().handled(), 1U);
    QCOMPARE(rig.management().tellable(), 0U);
    rig.management().keep();
    rig.rests();
    QCOMPARE(rig.management().tellable(), 1U);
    const Jid account = rig.account;
    const auto read = [account](store::Reader &reader) { return chat::sessionrecord::read(reader, account); };
    const auto session = wait(rig.store.read(read));
    QVERIFY(session && *session);
    QCOMPARE((*session)->handled, 1U);
    QCOMPARE((*session)->id, QStringLiteral("s1"));
}

/// I12: a disk that takes nothing makes us silent, not careless; and when there is room again, we tell.
void TestManagedOutbox::tellsNothingWhereNothingCanBeKept()
{
    const QTemporaryDir folder;
    FaultVfs vfs;
    store::StoreOptions options = inFolder(folder);
    options.vfs = vfs.name();
    ManagedRig rig(options);
    QVERIFY(rig.open());
    rig.begins();
    {
        const auto token = rig.management().received();
    }
    vfs.failAt(1, SQLITE_FULL);
    rig.management().keep();
    rig.rests();
    QCOMPARE(rig.management().handled(), 1U);
    QCOMPARE(rig.management().tellable(), 0U);
    vfs.heal();
    rig.management().keep();
    rig.rests();
    QCOMPARE(rig.management().tellable(), 1U);
}

/// An orderly end leaves nothing to ask back.
void TestManagedOutbox::endedInOrder()
{
    ManagedRig rig;
    QVERIFY(rig.open());
    rig.begins();
    rig.management().forget();
    rig.d.goesOffline();
    rig.rests();
    const Jid account = rig.account;
    const auto read = [account](store::Reader &reader) { return chat::sessionrecord::read(reader, account); };
    const auto session = wait(rig.store.read(read));
    QVERIFY(session);
    QVERIFY(!*session);
}

BALCONY_TEST(TestManagedOutbox)
#include "tst_managedoutbox.moc"
