// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/archiverig.h"
#include "chat/eraser.h"
#include "chat/retention.h"
#include "store/profilebytes.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace tests;
using namespace std::chrono_literals;
using chat::Eraser;
using chat::Retention;

namespace {

const QByteArray oldWord = "zyxwancient";

/// A chat with a message a day, and the keeping of it in the test's hand.
class RetentionRig : public ChatRig
{
public:
    explicit RetentionRig(const QString &folder) : ChatRig({folder}) { }

    /// With messages of so many days, of which the settings keep `kept`; 0: all.
    bool openAll(int days, int kept)
    {
        if (!open() || !wait(settings.load()))
            return false;
        settings.set(Retention::daysKey(), kept);
        const QDateTime today = client().clock().now();
        const Jid own = account;
        const Jid who = peer;
        const auto fill = [=](store::Transaction &transaction) {
            const auto chat = transaction.conversations().open(own, who);
            for (int day = days; chat && day-- > 0;) {
                store::NewMessage message;
                message.conversation = *chat;
                message.author = who;
                message.body = QStringLiteral("%1 %2").arg(QString::fromLatin1(oldWord)).arg(day);
                message.stanzaId = QStringLiteral("message-number-%1").arg(day);
                message.time = today.addDays(-day).addSecs(-60);
                message.read = true;
                const auto stored = transaction.messages().append(message);
                if (!stored || !transaction.conversations().markRead(*chat, stored->key))
                    return Result<qint64>(fail(Error::Kind::Input, QStringLiteral("test"), {}));
            }
            return chat;
        };
        const auto chat = wait(store.write(fill));
        if (!chat)
            return false;
        id = *chat;
        wait(done(conversations.refresh(id)));
        eraser = std::make_unique<Eraser>(services, conversations);
        retention = std::make_unique<Retention>(*eraser, conversations, settings, client().clock());
        return true;
    }
    int count() { return int(messagesWith(peer).size()); }
    /// Until all chats were looked at once more, with the clock as far as that needs.
    bool sweeps(std::chrono::milliseconds time)
    {
        QSignalSpy swept(retention.get(), &Retention::swept);
        d.passes(time);
        return QTest::qWaitFor([&] { return !swept.isEmpty(); }, 60000);
    }

    QTemporaryDir dir;
    Worker worker{QStringLiteral("compute")};
    chat::FileSecrets secrets{dir.filePath(QStringLiteral("secrets"))};
    chat::Services services{client().clock(), client().random(), worker, store, secrets, secrets, {}};
    chat::Settings settings{store};
    std::unique_ptr<Eraser> eraser;
    std::unique_ptr<Retention> retention;
    qint64 id = 0;
};

} // namespace

/// Old messages go when a person wants that, and only then.
class TestRetention : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void forGoodUnlessChosen()
    {
        RetentionRig rig(folder());
        QVERIFY(rig.openAll(400, 0));
        QVERIFY(rig.sweeps(Retention::afterStart));
        QVERIFY(rig.sweeps(Retention::every));
        QCOMPARE(rig.count(), 400);
    }

    void byTheSettings()
    {
        RetentionRig rig(folder());
        QVERIFY(rig.openAll(250, 30));
        QVERIFY(rig.sweeps(Retention::afterStart));
        QCOMPARE(rig.count(), 30);
        // A day later one more.
        QVERIFY(rig.sweeps(Retention::every));
        QCOMPARE(rig.count(), 29);
        // At once, where it is changed.
        rig.settings.set(Retention::daysKey(), 7);
        QVERIFY(rig.sweeps(0s));
        QCOMPARE(rig.count(), 6);
        rig.settings.set(Retention::daysKey(), 8); // none of the choices
        QCOMPARE(Retention::usualDays(rig.settings), 0);
    }

    void aChatsOwnChoice()
    {
        RetentionRig rig(folder());
        QVERIFY(rig.openAll(100, 7));
        VERIFY_OK(wait(rig.retention->setDays(rig.id, 90)));
        QVERIFY(rig.sweeps(Retention::afterStart));
        QCOMPARE(rig.count(), 90);
        QCOMPARE(rig.retention->daysOf(*rig.conversations.find(rig.id)), 90);
        VERIFY_OK(wait(rig.retention->setDays(rig.id, 0)));
        QVERIFY(rig.sweeps(Retention::every));
        QCOMPARE(rig.count(), 90);
        QSignalSpy swept(rig.retention.get(), &Retention::swept);
        VERIFY_OK(wait(rig.retention->setDays(rig.id, std::nullopt)));
        QVERIFY(QTest::qWaitFor([&] { return !swept.isEmpty(); }, 60000));
        QCOMPARE(rig.count(), 6);
    }

    /// As thoroughly as what is deleted by hand; and in steps that leave room for others.
    void leavesNothing()
    {
        RetentionRig rig(folder());
        QVERIFY(rig.openAll(Eraser::piece * 3, 7));
        QVERIFY(!filesWith(folder(), oldWord + " 250").isEmpty());
        QVERIFY(rig.sweeps(Retention::afterStart));
        QVERIFY(QTest::qWaitFor(
            [&] {
                rig.d.passes(Eraser::calm);
                rig.settle();
                return rig.eraser->isDone();
            },
            60000));
        QCOMPARE(filesWith(folder(), oldWord + " 250"), QStringList());
        QVERIFY(!filesWith(folder(), oldWord + " 5").isEmpty());
    }

private:
    QString folder() const { return m_dir->filePath(QStringLiteral("profile")); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

BALCONY_TEST(TestRetention)
#include "tst_retention.moc"
