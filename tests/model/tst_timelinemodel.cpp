// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/modelrig.h"
#include "model/timelinemodel.h"
#include "support/testmain.h"

using namespace tests;
using model::TimelineModel;

/// The window over a chat of any length.
class TestTimelineModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_rig.reset(); }
    void showsTheNewest();
    void walksThroughAll();
    void jumps();
    void newOnesWhileAway();
    void newOnesAtTheEnd();
    void marksTheFirstUnread();
    void losesWhatIsTakenBack();
    void readsWhatWasSaidBefore();
    void emptyChat();

private:
    static constexpr int total = 100000;
    /// Waits until the model says that it has what it was asked for.
    static bool settles(QSignalSpy &spy) { return spy.count() > 0 || spy.wait(60000); }
    static bool isInOrder(const TimelineModel &model)
    {
        for (int i = 1; i < model.rowCount(); ++i) {
            if (model.row(i).body.toInt() != model.row(i - 1).body.toInt() + 1
                || model.row(i).key <= model.row(i - 1).key)
                return false;
        }
        return true;
    }
    std::unique_ptr<ModelRig> m_rig;
    qint64 m_chat = 0;
};

void TestTimelineModel::initTestCase()
{
    m_rig = std::make_unique<ModelRig>();
    QVERIFY(m_rig->open());
    m_chat = m_rig->fill("juliet@capulet.lit", total);
    QVERIFY(m_chat > 0);
}

void TestTimelineModel::showsTheNewest()
{
    TimelineModel model(m_rig->profile, m_chat);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy settled(&model, &model::Timeline::settled);
    QVERIFY(settles(settled));
    QCOMPARE(model.rowCount(), TimelineModel::pageSize);
    QCOMPARE(model.row(model.rowCount() - 1).body, QString::number(total - 1));
    QCOMPARE(model.rowsAfter(), 0);
    QVERIFY(model.rowsBefore() > total / 2);
    QVERIFY(isInOrder(model));
    QCOMPARE(model.indexOf(model.row(7).key), 7);
    QCOMPARE(model.indexOf(model.row(7).key + 1), -1);
}

void TestTimelineModel::walksThroughAll()
{
    TimelineModel model(m_rig->profile, m_chat);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy settled(&model, &model::Timeline::settled);
    QVERIFY(settles(settled));
    for (int page = 0; page < 12; ++page) {
        settled.clear();
        model.fetchOlder();
        model.fetchOlder(); // one at a time
        QVERIFY(settles(settled));
        QVERIFY(model.rowCount() <= TimelineModel::mostRows + TimelineModel::pageSize);
        QVERIFY(isInOrder(model));
    }
    QVERIFY(model.rowsAfter() > 0);
    for (int page = 0; page < 20 && model.rowsAfter() > 0; ++page) {
        settled.clear();
        model.fetchNewer();
        QVERIFY(settles(settled));
        QVERIFY(model.rowCount() <= TimelineModel::mostRows + TimelineModel::pageSize);
        QVERIFY(isInOrder(model));
    }
    QCOMPARE(model.rowsAfter(), 0);
    QCOMPARE(model.row(model.rowCount() - 1).body, QString::number(total - 1));
}

void TestTimelineModel::jumps()
{
    TimelineModel model(m_rig->profile, m_chat);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy settled(&model, &model::Timeline::settled);
    QVERIFY(settles(settled));
    settled.clear();
    model.showFraction(0);
    QVERIFY(settles(settled));
    QCOMPARE(model.row(0).body, QStringLiteral("0"));
    QCOMPARE(model.rowsBefore(), 0);
    const qint64 oldest = model.row(0).key;
    settled.clear();
    model.showFraction(0.9);
    model.showFraction(0.5); // the later wish counts
    QVERIFY(settles(settled));
    const int middle = model.row(model.rowCount() / 2).body.toInt();
    QVERIFY2(qAbs(middle - total / 2) < total / 20, qPrintable(QString::number(middle)));
    QVERIFY(isInOrder(model));
    settled.clear();
    model.showKey(oldest);
    QVERIFY(settles(settled));
    QCOMPARE(model.indexOf(oldest), 0);
    settled.clear();
    model.showLatest();
    QVERIFY(settles(settled));
    QCOMPARE(model.rowsAfter(), 0);
}

void TestTimelineModel::newOnesWhileAway()
{
    const qint64 chat = m_rig->fill("away@capulet.lit", 1000);
    TimelineModel model(m_rig->profile, chat);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy settled(&model, &model::Timeline::settled);
    QVERIFY(settles(settled));
    settled.clear();
    model.showFraction(0);
    QVERIFY(settles(settled));
    const qint64 after = model.rowsAfter();
    const int rows = model.rowCount();
    const store::Message message = m_rig->arrives(chat, "away@capulet.lit");
    QCOMPARE(model.rowCount(), rows); // the view stays where it is
    QCOMPARE(model.rowsAfter(), after + 1);
    settled.clear();
    model.showLatest();
    QVERIFY(settles(settled));
    QCOMPARE(model.row(model.rowCount() - 1).key, message.key);
}

void TestTimelineModel::newOnesAtTheEnd()
{
    const qint64 chat = m_rig->fill("end@capulet.lit", 10);
    TimelineModel model(m_rig->profile, chat);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy settled(&model, &model::Timeline::settled);
    QVERIFY(settles(settled));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const store::Message message = m_rig->arrives(chat, "end@capulet.lit");
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(model.row(10).key, message.key);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    store::Message edited = message;
    edited.body = QStringLiteral("edited");
    m_rig->profile.conversations().announceChange(edited);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(model.row(10).body, QStringLiteral("edited"));
    m_rig->profile.conversations().announceChange(edited);
    QCOMPARE(changed.count(), 1);
}

void TestTimelineModel::marksTheFirstUnread()
{
    const qint64 chat = m_rig->fill("unread@capulet.lit", 5);
    const auto page = [chat](store::Reader &reader) { return reader.messages().page(chat, {0, 0, 0, -1, 1}); };
    const qint64 last = wait(m_rig->profile.store().read(page))->messages[0].key;
    VERIFY_OK(wait(m_rig->profile.conversations().markRead(chat, last)));
    (void)m_rig->fill("unread@capulet.lit", 3, false);
    TimelineModel model(m_rig->profile, chat);
    QSignalSpy settled(&model, &model::Timeline::settled);
    QVERIFY(settles(settled));
    QCOMPARE(model.rowCount(), 8);
    for (int i = 0; i < 8; ++i)
        QCOMPARE(model.row(i).firstUnread, i == 5);
}

void TestTimelineModel::losesWhatIsTakenBack()
{
    const qint64 chat = m_rig->fill("back@capulet.lit", 10);
    TimelineModel model(m_rig->profile, chat);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy settled(&model, &model::Timeline::settled);
    QVERIFY(settles(settled));
    const qint64 key = model.row(4).key;
    m_rig->profile.conversations().announceRemoval(chat, key);
    QCOMPARE(model.rowCount(), 9);
    QCOMPARE(model.indexOf(key), -1);
    m_rig->profile.conversations().announceRemoval(chat, key);
    QCOMPARE(model.rowCount(), 9);
}

void TestTimelineModel::readsWhatWasSaidBefore()
{
    const qint64 chat = m_rig->fill("nurse@capulet.lit", 1);
    TimelineModel model(m_rig->profile, chat);
    QSignalSpy settled(&model, &model::Timeline::settled);
    QVERIFY(settles(settled));
    const qint64 key = model.row(0).key;
    const QString id = m_rig->stanzaIdOf(key);
    const auto correct = [chat, id](store::Transaction &transaction) -> Result<> {
        for (const auto *text : {"second", "third"}) {
            store::Change change;
            change.conversation = chat;
            change.author = jid("nurse@capulet.lit");
            change.target = id;
            change.time = at(900);
            change.stanzaId = QString::fromLatin1(text);
            change.body = QString::fromLatin1(text);
            if (const auto recorded = transaction.changes().record(change); !recorded)
                return fail(recorded.error());
        }
        return {};
    };
    VERIFY_OK(wait(m_rig->profile.store().write(correct)));
    QSignalSpy read(&model, &model::Timeline::versionsRead);
    const QString first = model.row(0).body;
    model.readVersions(key);
    QVERIFY(read.count() > 0 || read.wait(60000));
    QCOMPARE(read.at(0).at(0).toLongLong(), key);
    const auto versions = read.at(0).at(1).value<QList<model::RowVersion>>();
    QCOMPARE(versions.size(), 2);
    QCOMPARE(versions.at(0).body, first);
    QCOMPARE(versions.at(1).body, QStringLiteral("second"));
    QCOMPARE(versions.at(1).time, at(900));
}

void TestTimelineModel::emptyChat()
{
    const auto chat = wait(m_rig->profile.conversations().open(m_rig->account->jid(), jid("nobody@capulet.lit")));
    VERIFY_OK(chat);
    TimelineModel model(m_rig->profile, *chat);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy settled(&model, &model::Timeline::settled);
    QVERIFY(settles(settled));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.rowsBefore() + model.rowsAfter(), 0);
    (void)m_rig->arrives(*chat, "nobody@capulet.lit");
    QCOMPARE(model.rowCount(), 1);
}

BALCONY_TEST(TestTimelineModel)
#include "tst_timelinemodel.moc"
