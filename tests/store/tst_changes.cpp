// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage.h"
#include "store/store.h"
#include "support/testmain.h"

#include <algorithm>
#include <array>
#include <random>

using namespace tests;
using store::Change;
using store::MessageState;
using store::NewMessage;

namespace {

/// A chat with its changes.
struct Changed : Chat {
    store::Changes changes{*database};
    int numbered = 0;

    qint64 theirs(const char *id, const QString &body, qint64 second)
    {
        return append(incoming(body, QString::fromLatin1(id), at(second)));
    }
    qint64 ours(const char *id, const QString &body, qint64 second)
    {
        NewMessage message = outgoing(body, QString::fromLatin1(id), at(second));
        message.state = MessageState::Accepted;
        return append(message);
    }
    /// Stores a message as the inbox does: what waited for it is done.
    qint64 append(const NewMessage &message)
    {
        const auto stored = messages.append(message);
        if (!stored || !changes.resolve(messages.require(stored->key).value()))
            qFatal("not stored");
        return stored->key;
    }
    Change change(Change::Kind kind, bool outgoing, const char *target, const QString &body, qint64 second)
    {
        Change change;
        change.conversation = id;
        change.kind = kind;
        change.outgoing = outgoing;
        change.author = outgoing ? account : peer.withResource(QStringLiteral("phone"));
        change.target = QString::fromLatin1(target);
        change.time = at(second);
        change.state = outgoing ? MessageState::Accepted : MessageState::Received;
        change.stanzaId = QStringLiteral("change-%1").arg(++numbered);
        change.body = body;
        return change;
    }
    store::Recorded record(const Change &change)
    {
        auto recorded = changes.record(change);
        if (!recorded)
            qFatal("not recorded");
        return std::move(*recorded);
    }
    store::Message message(qint64 key) { return messages.require(key).value(); }
    QStringList signsOf(qint64 key)
    {
        QStringList all;
        for (const store::Reactor &each : message(key).reactions)
            all.append((each.outgoing ? QStringLiteral("we ") : QStringLiteral("they ")) + each.signs.join(u' '));
        all.sort();
        return all;
    }
};

} // namespace

/// What other stanzas say of a message, in whatever order they come.
class TestChanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aCorrectionKeepsWhatWasSaid();
    void onlyTheAuthorChanges();
    void theNewestCounts();
    void aCorrectionMayNameACorrection();
    void whatComesFirstWaits();
    void aCorrectionStandsInForItsMessage();
    void aStandInIsChangedAsItsMessage();
    void whatIsTakenBackHasNoStandIn();
    void whatIsSaidOfAStandInStays();
    void whatDidNotGetOutIsDropped();
    void reactionsAreOneSetOfEach();
    void aRetractionIsForGood();
    void ownChangesGoOut();
    void aMoveTakesThemAlong();
    void whatWaitsIsBounded();
    void anyWayEndsTheSame();
};

void TestChanges::aCorrectionKeepsWhatWasSaid()
{
    Changed chat;
    const auto key = chat.theirs("message-1", QStringLiteral("helo"), 1);
    QCOMPARE(chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("hello"), 2)).message,
             key);
    QCOMPARE(chat.message(key).body, QStringLiteral("hello"));
    QVERIFY(chat.message(key).edited);
    QCOMPARE(chat.message(key).time, at(1));
    QCOMPARE(chat.row().lastPreview, QStringLiteral("hello"));
    QCOMPARE(chat.row().unread, 1);
    chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("hello!"), 3));
    const auto history = chat.changes.history(key).value();
    QStringList bodies;
    for (const Change &each : history)
        bodies.append(each.body);
    QCOMPARE(bodies, (QStringList{QStringLiteral("helo"), QStringLiteral("hello"), QStringLiteral("hello!")}));
    QCOMPARE(history.front().time, at(1));
}

// RELIABILITY 1.7
void TestChanges::onlyTheAuthorChanges()
{
    Changed chat;
    const auto own = chat.ours("own-message", QStringLiteral("mine"), 1);
    for (const auto kind : {Change::Kind::Correction, Change::Kind::Retraction}) {
        QCOMPARE(chat.record(chat.change(kind, false, "own-message", QStringLiteral("yours"), 2)).message, 0);
        QCOMPARE(chat.message(own).body, QStringLiteral("mine"));
        QVERIFY(!chat.message(own).edited && !chat.message(own).retracted);
    }
    // The same id on both sides: each changes what is theirs.
    const auto theirs = chat.theirs("own-message", QStringLiteral("theirs"), 3);
    QCOMPARE(chat.message(theirs).body, QString()); // the retraction waited for it
    QCOMPARE(chat.message(own).body, QStringLiteral("mine"));
}

void TestChanges::theNewestCounts()
{
    Changed chat;
    const auto key = chat.theirs("message-1", QStringLiteral("1"), 1);
    chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("4"), 4));
    // An archive brings the older ones later, and its clock is fast.
    Change older = chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("2"), 200);
    older.after = 0;
    QCOMPARE(chat.record(older).message, key);
    QCOMPARE(chat.message(key).body, QStringLiteral("4"));
    QCOMPARE(chat.changes.history(key)->size(), size_t(3));
    // The same stanza by another way is nothing new.
    Change again = chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("5"), 5);
    QVERIFY(!chat.record(again).duplicate);
    again.archiveId = QStringLiteral("archived");
    const auto twice = chat.record(again);
    QVERIFY(twice.duplicate);
    QCOMPARE(twice.message, 0);
}

void TestChanges::aCorrectionMayNameACorrection()
{
    Changed chat;
    const auto key = chat.theirs("message-1", QStringLiteral("1"), 1);
    chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("2"), 2));
    QCOMPARE(chat.record(chat.change(Change::Kind::Correction, false, "change-1", QStringLiteral("3"), 3)).message,
             key);
    QCOMPARE(chat.message(key).body, QStringLiteral("3"));
}

void TestChanges::whatComesFirstWaits()
{
    Changed chat;
    QCOMPARE(chat.record(chat.change(Change::Kind::Reactions, true, "message-1", QStringLiteral("👍"), 3)).message, 0);
    QCOMPARE(chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("new"), 2)).message,
             0);
    const auto key = chat.theirs("message-1", QStringLiteral("old"), 1);
    QCOMPARE(chat.message(key).body, QStringLiteral("new"));
    QCOMPARE(chat.signsOf(key), QStringList{QStringLiteral("we 👍")});
    QCOMPARE(chat.changes.resolve(chat.message(key))->message, 0); // once
}

void TestChanges::aCorrectionStandsInForItsMessage()
{
    Changed chat;
    const auto recorded =
        chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("new"), 2));
    const auto standIn = chat.theirs("change-1", QStringLiteral("new"), 2);
    VERIFY_OK(chat.changes.setStandIn(recorded.id, standIn));
    QCOMPARE(chat.row().unread, 1);
    const auto key =
        chat.messages.append(chat.incoming(QStringLiteral("old"), QStringLiteral("message-1"), at(1)))->key;
    const auto resolved = chat.changes.resolve(chat.message(key));
    QCOMPARE(resolved->removed, std::vector<qint64>{standIn});
    QCOMPARE(chat.message(key).body, QStringLiteral("new"));
    QCOMPARE(chat.messages.count(chat.id).value(), 1);
    QCOMPARE(chat.row().unread, 1);
    // It is known for what it is when it comes again.
    QVERIFY(chat.changes.lookUp(chat.changes.history(key)->back())->duplicate);
}

void TestChanges::aStandInIsChangedAsItsMessage()
{
    Changed chat;
    const auto first = chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("2"), 2));
    const auto standIn = chat.theirs("change-1", QStringLiteral("2"), 2);
    VERIFY_OK(chat.changes.setStandIn(first.id, standIn));
    const Change third = chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("3"), 3);
    QCOMPARE(chat.changes.lookUp(third)->standIn, standIn);
    QCOMPARE(chat.record(third).message, standIn);
    QCOMPARE(chat.message(standIn).body, QStringLiteral("3"));
    // An archive brings one from between.
    Change between = chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("2.5"), 4);
    between.after = 0;
    chat.record(between);
    QCOMPARE(chat.message(standIn).body, QStringLiteral("3"));
    // Another's is another message.
    QCOMPARE(chat.record(chat.change(Change::Kind::Correction, true, "message-1", QStringLiteral("x"), 5)).message, 0);
    // Taken back before it came, in all its versions.
    QCOMPARE(chat.record(chat.change(Change::Kind::Retraction, false, "message-1", {}, 6)).message, standIn);
    QVERIFY(chat.message(standIn).retracted);
    QCOMPARE(chat.database->query("SELECT count(*) FROM message_changes WHERE body LIKE '%2%' OR body LIKE '%3%'")
                 .number()
                 .value(),
             0);
    const auto key = chat.messages.append(chat.incoming(QStringLiteral("1"), QStringLiteral("message-1"), at(1)))->key;
    QCOMPARE(chat.changes.resolve(chat.message(key))->removed, std::vector<qint64>{standIn});
    QVERIFY(chat.message(key).retracted);
    QCOMPARE(chat.messages.count(chat.id).value(), 1);
}

void TestChanges::whatIsTakenBackHasNoStandIn()
{
    Changed chat;
    chat.record(chat.change(Change::Kind::Retraction, false, "message-1", {}, 2));
    const Change late = chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("secret"), 1);
    QVERIFY(chat.changes.lookUp(late)->retracted);
    const auto recorded = chat.record(late);
    QVERIFY(recorded.retracted && recorded.message == 0);
    QCOMPARE(chat.database->query("SELECT count(*) FROM message_changes").number().value(), 1);
}

void TestChanges::whatIsSaidOfAStandInStays()
{
    Changed chat;
    const auto first = chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("2"), 2));
    const auto standIn = chat.theirs("change-1", QStringLiteral("2"), 2);
    VERIFY_OK(chat.changes.setStandIn(first.id, standIn));
    chat.record(chat.change(Change::Kind::Reactions, true, "change-1", QStringLiteral("👍"), 3));
    chat.record(chat.change(Change::Kind::Correction, false, "change-1", QStringLiteral("3"), 4));
    QCOMPARE(chat.message(standIn).body, QStringLiteral("3"));
    const auto key = chat.theirs("message-1", QStringLiteral("1"), 1);
    QCOMPARE(chat.message(key).body, QStringLiteral("3"));
    QCOMPARE(chat.signsOf(key), QStringList{QStringLiteral("we 👍")});
    QCOMPARE(chat.messages.count(chat.id).value(), 1);
}

void TestChanges::whatDidNotGetOutIsDropped()
{
    Changed chat;
    const auto key = chat.ours("message-1", QStringLiteral("1"), 1);
    const auto fails = [&chat](Change::Kind kind, const QString &body) {
        Change change = chat.change(kind, true, "message-1", body, 2);
        change.state = MessageState::Queued;
        const qint64 id = chat.record(change).id;
        if (!chat.changes.setState(id, MessageState::Failed, {Error::Kind::Stanza, QStringLiteral("gone"), {}}).value())
            qFatal("not failed");
        return id;
    };
    const qint64 second = fails(Change::Kind::Correction, QStringLiteral("2"));
    QCOMPARE(chat.message(key).body, QStringLiteral("2"));
    VERIFY_OK(chat.changes.drop(second));
    QCOMPARE(chat.message(key).body, QStringLiteral("1"));
    QVERIFY(!chat.message(key).edited);
    QVERIFY(chat.changes.history(key)->empty());
    QCOMPARE(chat.message(key).waiting.change, 0);
    QCOMPARE(chat.row().lastPreview, QStringLiteral("1"));
    // Back to the version before, and not further.
    chat.record(chat.change(Change::Kind::Correction, true, "message-1", QStringLiteral("3"), 3));
    VERIFY_OK(chat.changes.drop(fails(Change::Kind::Correction, QStringLiteral("4"))));
    QCOMPARE(chat.message(key).body, QStringLiteral("3"));
    QVERIFY(chat.message(key).edited);
    // Of reactions the set before.
    chat.record(chat.change(Change::Kind::Reactions, true, "message-1", QStringLiteral("👍"), 4));
    const qint64 reaction = fails(Change::Kind::Reactions, QStringLiteral("🎈"));
    QCOMPARE(chat.signsOf(key), QStringList{QStringLiteral("we 🎈")});
    VERIFY_OK(chat.changes.drop(reaction));
    QCOMPARE(chat.signsOf(key), QStringList{QStringLiteral("we 👍")});
    // A text that was taken away does not come back.
    VERIFY_OK(chat.changes.drop(fails(Change::Kind::Retraction, {})));
    QVERIFY(chat.message(key).retracted);
    QCOMPARE(chat.message(key).waiting.change, 0);
    VERIFY_OK(chat.changes.drop(12345)); // it is gone: nothing to do
}

void TestChanges::reactionsAreOneSetOfEach()
{
    Changed chat;
    const auto key = chat.ours("message-1", QStringLiteral("x"), 1);
    chat.record(chat.change(Change::Kind::Reactions, false, "message-1", QStringLiteral("👍\n🎈"), 3));
    chat.record(chat.change(Change::Kind::Reactions, true, "message-1", QStringLiteral("👍"), 4));
    QCOMPARE(chat.signsOf(key), (QStringList{QStringLiteral("they 👍 🎈"), QStringLiteral("we 👍")}));
    chat.record(chat.change(Change::Kind::Reactions, false, "message-1", QString(), 5));
    Change older = chat.change(Change::Kind::Reactions, false, "message-1", QStringLiteral("👎"), 2);
    older.after = 0;
    chat.record(older);
    QCOMPARE(chat.signsOf(key), QStringList{QStringLiteral("we 👍")});
    QCOMPARE(chat.changes.reactions(key, true).value(), QStringList{QStringLiteral("👍")});
    // A page of the timeline has them as well.
    const auto page = chat.messages.page(chat.id, {});
    QCOMPARE(page->messages.front().reactions.size(), size_t(1));
}

void TestChanges::aRetractionIsForGood()
{
    Changed chat;
    const auto key = chat.theirs("message-1", QStringLiteral("secret"), 1);
    chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("more secret"), 2));
    chat.record(chat.change(Change::Kind::Reactions, true, "message-1", QStringLiteral("👍"), 3));
    chat.record(chat.change(Change::Kind::Retraction, false, "message-1", QString(), 4));
    chat.record(chat.change(Change::Kind::Correction, false, "message-1", QStringLiteral("again"), 5));
    const auto message = chat.message(key);
    QVERIFY(message.retracted);
    QCOMPARE(message.body, QString());
    QVERIFY(message.reactions.empty());
    QVERIFY(chat.changes.history(key)->empty());
    const auto kept = chat.database->query("SELECT count(*) FROM message_changes WHERE body LIKE '%secret%'").number();
    QCOMPARE(kept.value(), 0);
}

void TestChanges::ownChangesGoOut()
{
    Changed chat;
    store::Outbox outbox(*chat.database);
    const auto key = chat.ours("message-1", QStringLiteral("x"), 1);
    Change correction = chat.change(Change::Kind::Correction, true, "message-1", QStringLiteral("y"), 2);
    correction.state = MessageState::Queued;
    const qint64 id = chat.record(correction).id;
    VERIFY_OK(outbox.enqueue(chat.account, chat.id, -id, "<message/>"));
    const auto entry = outbox.byItem(-id).value();
    QVERIFY(entry && entry->item == -id && entry->created == at(2));
    QCOMPARE(outbox.next(chat.account, 10)->size(), size_t(1));
    QCOMPARE(chat.message(key).waiting.state, MessageState::Queued);
    QVERIFY(chat.changes.setState(id, MessageState::Written).value());
    QVERIFY(chat.changes.setState(id, MessageState::Failed, {Error::Kind::Stanza, QStringLiteral("gone"), {}}).value());
    QCOMPARE(chat.message(key).waiting.failure.condition, QStringLiteral("gone"));
    QVERIFY(chat.changes.setState(id, MessageState::Queued).value());
    QVERIFY(chat.changes.setState(id, MessageState::Accepted).value());
    QVERIFY(!chat.changes.setState(id, MessageState::Written).value());
    QCOMPARE(chat.message(key).waiting.change, 0);
    QCOMPARE(chat.changes.findOwn(chat.id, correction.stanzaId).value()->id, id);
    // With its message it leaves the outbox.
    QVERIFY(chat.messages.remove(key).value());
    QCOMPARE(outbox.countAll().value(), 0);
    // An unknown one cannot go.
    QCOMPARE(outbox.enqueue(chat.account, chat.id, -id, "<message/>").error().condition,
             QStringLiteral("message-unknown"));
}

void TestChanges::aMoveTakesThemAlong()
{
    Changed chat;
    const auto second = chat.theirs("message-2", QStringLiteral("2"), 2);
    const auto first = chat.theirs("message-1", QStringLiteral("1"), 3);
    chat.record(chat.change(Change::Kind::Reactions, true, "message-1", QStringLiteral("👍"), 4));
    VERIFY_OK(chat.messages.putInOrder({first, second}));
    QCOMPARE(chat.message(second).body, QStringLiteral("1"));
    QCOMPARE(chat.signsOf(second), QStringList{QStringLiteral("we 👍")});
    QCOMPARE(chat.signsOf(first), QStringList());
}

void TestChanges::whatWaitsIsBounded()
{
    Changed chat;
    VERIFY_OK(chat.database->begin());
    for (int i = 0; i < store::Changes::mostWaiting + 600; ++i)
        chat.record(chat.change(Change::Kind::Reactions, false, "nowhere", QStringLiteral("👍"), i));
    VERIFY_OK(chat.database->commit());
    const auto count = chat.database->query("SELECT count(*) FROM message_changes").number().value();
    QVERIFY(count >= store::Changes::mostWaiting && count < store::Changes::mostWaiting + 256);
}

namespace {

/// Messages and what is said of them as a server has it, and ways in which a client may hear of it: some live, some later
/// from the archive, page by page from its end, while the next come live; and some by both ways.
class Story
{
public:
    explicit Story(quint32 seed) : m_random(seed) { write(); }

    void isHeard()
    {
        const int first = chance(int(m_steps.size()) + 1);
        const int second = first + chance(int(m_steps.size()) - first + 1);
        const qint64 known = m_history ? 0 : hears(0, first);
        std::vector<std::pair<int, int>> pages;
        for (int end = second; end > (m_history ? 0 : first);) {
            const int begin = std::max(m_history ? 0 : first, end - 1 - chance(4));
            pages.push_back({begin, end});
            end = begin;
        }
        size_t page = 0;
        for (int live = second; live < int(m_steps.size()) || page < pages.size();) {
            if (page == pages.size() || (live < int(m_steps.size()) && chance(2) == 0)) {
                hears(live, live + 1);
                ++live;
                continue;
            }
            // A page may bring again what is known from its old end.
            const int again = chance(3) == 0 ? std::max(0, pages[page].first - chance(4)) : pages[page].first;
            const qint64 number = -m_chat.changes.newest().value();
            for (int i = again; i < pages[page].second; ++i)
                takes(m_steps[size_t(i)], known, number);
            ++page;
        }
    }
    QString difference()
    {
        for (size_t i = 0; i < m_bodies.size(); ++i) {
            const auto found = m_chat.messages.findAny(m_chat.id, QStringLiteral("message-%1").arg(i)).value();
            if (!found || found->body != m_bodies[i])
                return QStringLiteral("message %1 is \"%2\" and not \"%3\"")
                    .arg(i)
                    .arg(found ? found->body : QString(), m_bodies[i]);
            if (m_chat.signsOf(found->key) != m_signs[i])
                return QStringLiteral("message %1 has %2 and not %3")
                    .arg(QString::number(i), m_chat.signsOf(found->key).join(u','), m_signs[i].join(u','));
        }
        return {};
    }

private:
    struct Step {
        std::optional<NewMessage> message;
        std::optional<Change> change;
    };
    int chance(int of) { return int(m_random() % quint64(of)); }

    void write()
    {
        m_history = chance(4) == 0;
        m_skew = chance(7200) - 3600;
        const int messages = 1 + chance(3);
        std::vector<bool> outgoing;
        m_bodies.resize(size_t(messages));
        m_signs.resize(size_t(messages));
        std::vector<std::array<QString, 2>> last(static_cast<size_t>(messages));
        std::vector<bool> retracted;
        for (int i = 0; i < messages; ++i) {
            outgoing.push_back(chance(2) == 0);
            retracted.push_back(false);
            const auto id = QStringLiteral("message-%1").arg(i);
            const auto body = QStringLiteral("first %1").arg(i);
            m_bodies[size_t(i)] = body;
            m_steps.push_back(
                {outgoing.back() ? m_chat.outgoing(body, id, at(i)) : m_chat.incoming(body, id, at(i)), {}});
            if (outgoing.back())
                m_steps.back().message->state = MessageState::Accepted;
            for (int j = chance(6); j > 0; --j) {
                const size_t of = size_t(chance(i + 1));
                if (retracted[of])
                    continue;
                const int what = chance(10);
                const auto kind = what < 5 ? Change::Kind::Correction
                    : what < 9             ? Change::Kind::Reactions
                                           : Change::Kind::Retraction;
                const bool byUs = kind == Change::Kind::Reactions ? chance(2) == 0 : outgoing[of];
                const QStringList sets{{}, QStringLiteral("👍"), QStringLiteral("🎈\n👍"), QStringLiteral("🎈")};
                const QString text = kind == Change::Kind::Correction ? QStringLiteral("text %1").arg(m_steps.size())
                    : kind == Change::Kind::Reactions                 ? sets.at(chance(4))
                                                                      : QString();
                const QByteArray target = "message-" + QByteArray::number(qint64(of));
                m_steps.push_back({{}, m_chat.change(kind, byUs, target.constData(), text, i)});
                if (kind == Change::Kind::Correction)
                    m_bodies[of] = text;
                else if (kind == Change::Kind::Reactions)
                    last[of][byUs ? 1 : 0] = text;
                else
                    retracted[of] = true;
            }
        }
        for (size_t i = 0; i < m_bodies.size(); ++i) {
            if (retracted[i]) {
                m_bodies[i] = QString();
                continue;
            }
            for (const bool us : {false, true}) {
                if (const QString &signs = last[i][us ? 1 : 0]; !signs.isEmpty())
                    m_signs[i].append((us ? QStringLiteral("we ") : QStringLiteral("they "))
                                      + QString(signs).replace(u'\n', u' '));
            }
        }
    }
    /// Live, by our clock. Gives the newest change that is known then.
    qint64 hears(int first, int end)
    {
        for (int i = first; i < end; ++i)
            takes(m_steps[size_t(i)], {});
        return m_chat.changes.newest().value();
    }
    void takes(Step step, std::optional<qint64> after, qint64 page = 0)
    {
        if (step.message) {
            m_chat.append(*step.message);
            return;
        }
        step.change->after = after;
        step.change->page = page;
        step.change->time = after ? at(step.change->time.toSecsSinceEpoch() - at(0).toSecsSinceEpoch()) : at(m_skew);
        m_chat.record(*step.change);
    }

    std::mt19937_64 m_random;
    Changed m_chat;
    std::vector<Step> m_steps; ///< In the server's order.
    bool m_history = false;    ///< What is not live was there before this client.
    int m_skew = 0;            ///< Seconds that our clock is off.
    std::vector<QString> m_bodies;
    std::vector<QStringList> m_signs;
};

} // namespace

void TestChanges::anyWayEndsTheSame()
{
    // BALCONY_SEED=n plays one again.
    const bool isReplay = qEnvironmentVariableIsSet("BALCONY_SEED");
    const quint32 first = isReplay ? qEnvironmentVariable("BALCONY_SEED").toUInt() : 1;
    for (quint32 seed = first; seed < first + (isReplay ? 1 : 400); ++seed) {
        Story story(seed);
        story.isHeard();
        const QString difference = story.difference();
        QVERIFY2(difference.isEmpty(), qPrintable(QStringLiteral("BALCONY_SEED=%1: %2").arg(seed).arg(difference)));
    }
}

BALCONY_TEST(TestChanges)
#include "tst_changes.moc"
