// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/archives.h"
#include "store/keys.h"
#include "store/storage.h"
#include "support/testmain.h"

using namespace tests;
using store::ArchivedMessage;
using store::ArchiveGap;
using store::Archives;
using store::ChatGap;
using store::GapSide;

namespace {

QString text(const char *id)
{
    return QString::fromLatin1(id);
}

} // namespace

/// Gaps, and where an archive's messages go in a chat.
class TestArchives : public QObject
{
    Q_OBJECT

    /// A chat and its account's archive.
    struct Archived : Chat {
        Archives archives{*database};

        ArchiveGap open() { return archives.open(account, account).value(); }
        qint64 lives(const QString &id, const QDateTime &time)
        {
            return messages.append(incoming(id, id + QStringLiteral("-as-a-stanza"), time))->key;
        }
        /// Puts them into the gap as a page of the archive would be, and gives their keys.
        std::vector<qint64> fills(const ArchiveGap &gap, GapSide side,
                                  const std::vector<std::pair<QString, QDateTime>> &page)
        {
            std::vector<ArchivedMessage> wishes;
            std::vector<store::NewMessage> rows;
            for (const auto &[id, time] : page) {
                rows.push_back(incoming(id, id + QStringLiteral("-as-a-stanza"), time));
                wishes.push_back({time, messages.known(rows.back()).value()});
            }
            ChatGap chat = archives.chatGap(gap.id, this->id).value();
            std::vector<qint64> keys = archives.place(chat, side, wishes).value();
            for (size_t i = 0; i < keys.size(); ++i) {
                rows[i].place = store::NewMessage::Place::ByTime;
                rows[i].key = keys[i];
                keys[i] = messages.append(rows[i])->key;
            }
            (side == GapSide::New ? chat.highKey : chat.lowKey) = side == GapSide::New ? keys.front() : keys.back();
            (void)archives.putChat(chat);
            return keys;
        }
        /// The texts, in the order of the chat.
        QString order() const
        {
            store::PageRequest all;
            all.limit = 1000;
            QStringList bodies;
            const auto page = messages.page(id, all);
            for (const store::Message &message : page->messages)
                bodies.append(message.body);
            return bodies.join(u' ');
        }
    };

private Q_SLOTS:
    void opensAtTheNewest()
    {
        Archived a;
        const ArchiveGap history = a.open();
        QVERIFY(history.isHistory() && history.before.isEmpty() && !history.stuck);
        // Still open at its end: the same one goes on.
        QCOMPARE(a.open(), history);
        VERIFY_OK(a.archives.advance(a.account, a.account, text("m5"), at(5)));
        VERIFY_OK(a.archives.advance(a.account, a.account, text("m6")));
        QCOMPARE(a.archives.byId(history.id)->value().before, text("m5"));
        QCOMPARE(a.archives.newest(a.account, a.account).value(), text("m6"));
        const ArchiveGap second = a.open();
        QVERIFY(second.id > history.id && !second.isHistory());
        QCOMPARE(second.after, text("m6"));
        QCOMPARE(second.afterTime, at(5)); // the last that the archive's clock said
        QCOMPARE(a.archives.gaps(a.account, a.account)->size(), size_t(2));
        // Another archive is another matter.
        QVERIFY(a.archives.open(a.account, jid("room@muc.example.org"))->isHistory());
    }

    void narrowsAndCloses()
    {
        Archived a;
        a.lives(text("first"), at(0));
        VERIFY_OK(a.archives.advance(a.account, a.account, text("m1")));
        const ArchiveGap gap = a.open();
        VERIFY_OK(a.archives.narrowOld(gap.id, text("m2"), at(2)));
        VERIFY_OK(a.archives.narrowNew(gap.id, text("m9"), at(9)));
        VERIFY_OK(a.archives.setStuck(gap.id, true));
        const ArchiveGap now = a.archives.byId(gap.id)->value();
        QCOMPARE(now.after, text("m2"));
        QCOMPARE(now.beforeTime, at(9));
        QVERIFY(now.stuck);
        QCOMPARE(a.archives.openIn(a.id)->size(), size_t(1));
        VERIFY_OK(a.archives.close(gap.id));
        QVERIFY(a.archives.gaps(a.account, a.account)->empty());
        QVERIFY(a.archives.openIn(a.id)->empty());
    }

    void liesBehindWhatIsThere()
    {
        Archived a;
        const qint64 last = a.lives(text("a"), at(0));
        // What waits to be sent belongs behind what is missing.
        a.messages.append(a.outgoing(text("b"), text("waiting"), at(1)));
        VERIFY_OK(a.archives.advance(a.account, a.account, text("m1")));
        const ChatGap chat = a.archives.chatGap(a.open().id, a.id).value();
        QCOMPARE(chat.lowKey, last);
        QCOMPARE(chat.seenKey, last);
        QCOMPARE(chat.place(), last + 1);
        QVERIFY(!chat.history && !chat.closed);
        // A chat that is younger than the gap.
        const auto younger = a.conversations.open(a.account, jid("c@example.org"));
        QCOMPARE(a.archives.chatGap(chat.gap, *younger)->lowKey, store::keys::first(*younger));
        QVERIFY(a.archives.openIn(*younger)->empty());
    }

    void historyLiesBeforeAll()
    {
        Archived a;
        a.lives(text("a"), at(0));
        const ChatGap chat = a.archives.chatGap(a.open().id, a.id).value();
        QCOMPARE(chat.lowKey, store::keys::first(a.id));
        QVERIFY(chat.history && chat.seenKey > chat.lowKey);
    }

    /// I9: what came before and after a gap stays there, whatever the clocks of both sides say (A06, A08).
    void keepsTheArchivesOrder_data()
    {
        QTest::addColumn<qint64>("liveSeconds");  // our clock, when a message comes behind the gap
        QTest::addColumn<qint64>("archiveStep");  // between the stamps of the missing ones, in milliseconds
        QTest::addColumn<qint64>("archiveStart"); // of the first of them
        QTest::newRow("right clocks") << qint64(1000) << qint64(1000) << qint64(100);
        QTest::newRow("all at one time") << qint64(1000) << qint64(0) << qint64(100);
        QTest::newRow("all at the time of the last") << qint64(1000) << qint64(0) << qint64(0);
        QTest::newRow("backwards") << qint64(1000) << qint64(-700) << qint64(900);
        QTest::newRow("our clock is behind") << qint64(-3 * 86400) << qint64(1000) << qint64(100);
        QTest::newRow("our clock is ahead") << qint64(3 * 86400) << qint64(1000) << qint64(100);
        QTest::newRow("the archive's is behind") << qint64(1000) << qint64(1000) << qint64(-3 * 86400);
        QTest::newRow("the archive's is ahead") << qint64(1000) << qint64(1000) << qint64(3 * 86400);
    }
    void keepsTheArchivesOrder()
    {
        QFETCH(qint64, liveSeconds);
        QFETCH(qint64, archiveStep);
        QFETCH(qint64, archiveStart);
        for (const bool forward : {false, true}) {
            Archived a;
            a.lives(text("first"), at(0));
            VERIFY_OK(a.archives.advance(a.account, a.account, text("m0")));
            const ArchiveGap gap = a.open();
            a.lives(text("live1"), at(liveSeconds));
            QStringList expected{text("first")};
            std::vector<std::pair<QString, QDateTime>> missing;
            for (int i = 0; i < 500; ++i) {
                missing.emplace_back(QStringLiteral("m%1").arg(i), at(archiveStart, archiveStep * i));
                expected.append(missing.back().first);
            }
            expected += {text("live1"), text("live2")};
            const auto page = [&](int first, int last) {
                return std::vector<std::pair<QString, QDateTime>>(missing.begin() + first, missing.begin() + last);
            };
            if (forward)
                a.fills(gap, GapSide::Old, page(0, 50));
            a.fills(gap, GapSide::New, page(450, 500));
            a.lives(text("live2"), at(liveSeconds + 1));
            for (int last = 450; last > (forward ? 50 : 0); last -= 50)
                a.fills(gap, GapSide::New, page(last - 50, last));
            QCOMPARE(a.order(), expected.join(u' '));
        }
    }

    /// Messages that are stored already stand for the order of those around them.
    void goesAroundWhatIsKnown()
    {
        Archived a;
        a.lives(text("a"), at(0));
        VERIFY_OK(a.archives.advance(a.account, a.account, text("m0")));
        const ArchiveGap gap = a.open();
        // Both were kept for us by the server, the archive's copies come in one page with what was missing.
        a.lives(text("c"), at(11));
        a.lives(text("e"), at(400));
        a.fills(
            gap, GapSide::New,
            {{text("b"), at(10)}, {text("c"), at(11)}, {text("d"), at(12)}, {text("e"), at(13)}, {text("f"), at(14)}});
        QCOMPARE(a.order(), text("a b c d e f"));
        // It reaches back into what is known: the end of the gap.
        const auto keys = a.fills(gap, GapSide::New, {{text("a"), at(0)}, {text("a2"), at(1)}});
        QVERIFY(keys[0] < keys[1]);
        QCOMPARE(a.order(), text("a a2 b c d e f"));
        // Even something older that was never seen has its place.
        a.fills(gap, GapSide::New, {{text("0"), at(50)}, {text("a"), at(0)}});
        QCOMPARE(a.order(), text("0 a a2 b c d e f"));
    }

    void aSecondGapBehindTheFirst()
    {
        Archived a;
        a.lives(text("a"), at(0));
        VERIFY_OK(a.archives.advance(a.account, a.account, text("m0")));
        const ArchiveGap first = a.open();
        a.lives(text("d"), at(30));
        VERIFY_OK(a.archives.advance(a.account, a.account, text("m3")));
        const ArchiveGap second = a.open();
        a.lives(text("g"), at(60));
        a.fills(second, GapSide::New, {{text("e"), at(20)}, {text("f"), at(20)}});
        a.fills(first, GapSide::New, {{text("b"), at(100)}, {text("c"), at(100)}});
        QCOMPARE(a.order(), text("a b c d e f g"));
        QCOMPARE(a.archives.openIn(a.id)->size(), size_t(2));
    }

    /// 2.5: without any id, the archive's copy shows by its text and time; but nobody is heard once who spoke twice.
    void copiesWithoutIds()
    {
        Archived a;
        const auto said = [&](const char *archiveId, qint64 seconds) {
            store::NewMessage message = a.incoming(text("ok"), {}, at(seconds));
            message.archiveId = text(archiveId);
            message.place = store::NewMessage::Place::ByTime;
            return message;
        };
        a.messages.append(said("", 0));
        a.messages.append(said("", 10));
        QVERIFY(a.messages.append(said("x1", 1))->duplicate);
        QVERIFY(a.messages.append(said("x2", 11))->duplicate);
        QVERIFY(a.messages.append(said("x2", 11))->duplicate);
        QVERIFY(!a.messages.append(said("x3", 12))->duplicate);
        QVERIFY(!a.messages.append(said("", 13))->duplicate);
        QVERIFY(!a.messages.append(said("x4", 2000))->duplicate);
        QCOMPARE(a.messages.count(a.id).value(), 5);
    }

    void goesWithItsAccount()
    {
        Archived a;
        a.lives(text("a"), at(0));
        VERIFY_OK(a.archives.advance(a.account, a.account, text("m0")));
        a.open();
        store::Accounts(*a.database).remove(a.account).value();
        for (const char *table : {"archives", "archive_gaps", "chat_gaps"})
            QCOMPARE(a.database->queryOnce(QByteArray("SELECT count(*) FROM ") + table).number().value(), 0);
    }
};

BALCONY_TEST(TestArchives)
#include "tst_archives.moc"
