// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/archiverig.h"
#include "chat/eraser.h"
#include "store/profilebytes.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace tests;
using chat::Eraser;

namespace {

const QByteArray secret = "zyxwounded";

/// A rig with an Eraser, in a profile of its own.
class EraserRig : public ArchiveRig
{
public:
    explicit EraserRig(const QString &folder) : ArchiveRig({folder}), profile(folder) { }

    bool openAll()
    {
        if (!open())
            return false;
        services.filesFolder = profile + QStringLiteral("/files");
        makeEraser();
        return true;
    }
    void makeEraser()
    {
        eraser = std::make_unique<Eraser>(services, conversations);
        eraser->setOutboxLook([this](const Jid &) { outbox->look(); });
        eraser->begin();
    }
    qint64 chat() { return conversations.find(account, peer)->id; }
    /// Until the database is compacted.
    bool finishes()
    {
        return QTest::qWaitFor(
            [this] {
                d.passes(Eraser::calm);
                settle();
                return eraser->isDone();
            },
            60000);
    }
    /// Everything of the server's archive is looked at anew, as after another sign-in.
    bool catchesUp()
    {
        if (!signsIn())
            return false;
        archive->catchUp();
        answers();
        return true;
    }

    QString profile;
    QTemporaryDir dir;
    Worker worker{QStringLiteral("compute")};
    chat::FileSecrets secrets{dir.filePath(QStringLiteral("secrets"))};
    chat::Services services{client().clock(), client().random(), worker, store, secrets, secrets, {}};
    std::unique_ptr<Eraser> eraser;
};

} // namespace

/// What a person deletes here is gone from this computer, and no archive brings it back.
class TestEraser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aMessageStaysAway()
    {
        EraserRig rig(folder());
        QVERIFY(rig.openAll());
        rig.fills(10);
        QVERIFY(rig.catchesUp());
        QCOMPARE(rig.bodies(rig.peer), rig.numbers(0, 10));
        const qint64 key = rig.messagesWith(rig.peer)[5].key;
        QSignalSpy removed(&rig.conversations, &chat::Conversations::messageRemoved);
        VERIFY_OK(wait(rig.eraser->eraseMessage(key)));
        QCOMPARE(removed.size(), 1);
        const QString left = rig.numbers(0, 5) + u' ' + rig.numbers(6, 10);
        QCOMPARE(rig.bodies(rig.peer), left);
        // The whole archive again: nothing is known of it any more.
        forgetArchive(rig);
        QVERIFY(rig.catchesUp());
        for (int i = 0; i < 5; ++i) {
            rig.archive->want(rig.chat());
            rig.answers();
        }
        QCOMPARE(rig.bodies(rig.peer), left);
        // Nor does it come back when its server sends it once more.
        rig.d.receives(FakeArchive::live(rig.server.entries[5], true));
        rig.gathers();
        QCOMPARE(rig.bodies(rig.peer), left);
        QVERIFY(rig.finishes());
    }

    void aChatStaysAway()
    {
        EraserRig rig(folder());
        QVERIFY(rig.openAll());
        for (int i = 0; i < 900; ++i) // one an hour
            rig.server.add("juliet@capulet.lit", false, QByteArray::number(i), rig.now().addSecs((i - 900) * 3600));
        QVERIFY(rig.catchesUp());
        const size_t before = rig.messagesWith(rig.peer).size();
        QVERIFY(before > 10 && before < 900); // the rest is history, fetched when somebody looks
        erasesChat(rig);
        QVERIFY(rig.messagesWith(rig.peer).empty());
        rig.archive->want(rig.chat());
        QCOMPARE(rig.answers(), 0); // nobody asks for what is older
        // What came meanwhile is new.
        rig.fills(3);
        QVERIFY(rig.catchesUp());
        QCOMPARE(rig.bodies(rig.peer), rig.numbers(900, 903));
        QCOMPARE(rig.conversations.find(rig.chat())->unread, 3);
        forgetArchive(rig);
        QVERIFY(rig.catchesUp());
        for (int i = 0; i < 5; ++i) {
            rig.archive->want(rig.chat());
            rig.answers();
        }
        QCOMPARE(rig.bodies(rig.peer), rig.numbers(900, 903));
    }

    /// A correction in the archive says what the message that was deleted said.
    void norByItsCorrection()
    {
        EraserRig rig(folder());
        QVERIFY(rig.openAll());
        rig.fills(3);
        QVERIFY(rig.catchesUp());
        const QByteArray target = rig.server.entries[1].stanza;
        VERIFY_OK(wait(rig.eraser->eraseMessage(rig.messagesWith(rig.peer)[1].key)));
        rig.server.add("juliet@capulet.lit", false, {}, rig.now().addSecs(10));
        rig.server.entries.back().payload =
            "<body>" + secret + "</body><replace xmlns='urn:xmpp:message-correct:0' id='" + target + "'/>";
        QVERIFY(rig.catchesUp());
        QCOMPARE(rig.bodies(rig.peer), QStringLiteral("0 2"));
    }

    void leavesNothingInTheProfile()
    {
        EraserRig rig(folder());
        QVERIFY(rig.openAll());
        rig.server.add("juliet@capulet.lit", false, secret + " first", rig.now());
        rig.server.add("juliet@capulet.lit", false, secret + " second", rig.now().addSecs(1));
        rig.server.add("nurse@capulet.lit", false, "qqqhealthy", rig.now().addSecs(2));
        QVERIFY(rig.catchesUp());
        rig.d.goesOffline();
        const store::Message waiting = rig.send(QString::fromLatin1(secret) + QStringLiteral(" waits"));
        QCOMPARE(rig.outbox->pending(), 1);
        VERIFY_OK(wait(rig.conversations.setDraft(rig.chat(), QString::fromLatin1(secret) + QStringLiteral(" draft"))));
        const QString kept = keepsFile(rig, waiting.key);
        VERIFY_OK(wait(rig.store.write([](store::Transaction &transaction) { return transaction.search().index(); })));
        VERIFY_OK(wait(rig.store.backUp(rig.d.clock().now())));
        QVERIFY(filesWith(folder(), secret).size() >= 3);
        QSignalSpy cleared(&rig.conversations, &chat::Conversations::cleared);
        erasesChat(rig);
        QCOMPARE(cleared.size(), 1);
        QVERIFY(rig.finishes());
        QCOMPARE(filesWith(folder(), secret), QStringList());
        QVERIFY(!QFileInfo::exists(kept));
        QVERIFY(filesWith(folder(), "qqqhealthy").size() >= 2);
        QCOMPARE(rig.outbox->pending(), 0);
        rig.online();
        rig.d.expectsNothing();
    }

    /// The program ends in the middle: the next start goes on.
    void goesOnAfterARestart()
    {
        {
            EraserRig rig(folder());
            QVERIFY(rig.openAll());
            for (int i = 0; i < Eraser::piece * 2 + 5; ++i)
                rig.server.add("juliet@capulet.lit", false, secret, rig.now().addSecs(i));
            QVERIFY(rig.catchesUp());
            while (rig.messagesWith(rig.peer).size() < size_t(Eraser::piece) + 1) {
                rig.archive->want(rig.chat());
                QVERIFY(rig.answers() > 0);
            }
            const qint64 chat = rig.chat();
            const auto begin = [chat](store::Transaction &transaction) { return transaction.erasure().begin(chat); };
            VERIFY_OK(wait(rig.store.write(begin)));
        }
        EraserRig rig(folder());
        QVERIFY(rig.openAll());
        QTRY_VERIFY_WITH_TIMEOUT(rig.messagesWith(rig.peer).empty(), 60000);
        QVERIFY(rig.finishes());
        QCOMPARE(filesWith(folder(), secret), QStringList());
    }

private:
    QString folder() const { return m_dir->filePath(QStringLiteral("profile")); }

    static void erasesChat(EraserRig &rig)
    {
        QSignalSpy erased(rig.eraser.get(), &Eraser::erased);
        VERIFY_OK(wait(rig.eraser->eraseChat(rig.chat())));
        QVERIFY(QTest::qWaitFor([&] { return !erased.isEmpty(); }, 60000));
        rig.settle();
    }
    /// As after a repair of a damaged database: every message may come again.
    static void forgetArchive(EraserRig &rig)
    {
        const Jid own = rig.account;
        const auto forget = [own](store::Transaction &transaction) -> Result<> {
            const auto gaps = transaction.archives().gaps(own, own);
            for (const store::ArchiveGap &gap : gaps.value()) {
                if (auto closed = transaction.archives().close(gap.id); !closed)
                    return closed;
            }
            return transaction.archives().setNewest(own, own, QString(), QDateTime());
        };
        VERIFY_OK(wait(rig.store.write(forget)));
    }
    /// A file of a message, as a download leaves it; gives its path.
    static QString keepsFile(EraserRig &rig, qint64 message)
    {
        store::File file;
        file.message = message;
        file.state = store::FileState::Here;
        file.name = QString::fromLatin1(secret) + QStringLiteral(".txt");
        file.path = rig.services.filesFolder + QStringLiteral("/77/") + file.name;
        QDir().mkpath(QFileInfo(file.path).path());
        QFile content(file.path);
        if (!content.open(QIODevice::WriteOnly) || content.write(secret) < 0)
            QTest::qFail("no file", __FILE__, __LINE__);
        const auto add = [file](store::Transaction &transaction) { return transaction.files().add(file); };
        if (!wait(rig.store.write(add)))
            QTest::qFail("no row", __FILE__, __LINE__);
        return content.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

BALCONY_TEST(TestEraser)
#include "tst_eraser.moc"
