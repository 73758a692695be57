// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chatfind.h"
#include "model/modelrig.h"
#include "model/searchmodel.h"
#include "support/testmain.h"

using namespace tests;
using model::ChatFind;
using model::SearchModel;
using model::SearchProblem;
using model::SearchQuery;

/// What is typed to find messages, and what comes of it.
class TestSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parses_data();
    void parses();
    void tellsWhatItDoesNotUnderstand_data();
    void tellsWhatItDoesNotUnderstand();
    void meansPeopleAndChats();
    void snippets_data();
    void snippets();
    void findsAndPages();
    void theLastQueryWins();
    void followsWhatHappens();
    void failsWithAnError();
    void findsInOneChat();
    void twoSearchesDoNotStopEachOther();

private:
    /// Stores texts in the chat with `peer`, one second after the other from `first` on, and has them indexed.
    static qint64 put(ModelRig &rig, const char *peer, const QStringList &bodies, int first = 0)
    {
        const Jid own = rig.account->jid();
        const Jid who = jid(peer);
        const auto store = [=](store::Transaction &transaction) -> Result<qint64> {
            const auto chat = transaction.conversations().open(own, who);
            for (int i = 0; chat && i < bodies.size(); ++i) {
                store::NewMessage message;
                message.conversation = *chat;
                message.author = who;
                message.body = bodies.at(i);
                message.time = at(first + i);
                message.stanzaId = QStringLiteral("put-%1").arg(first + i);
                message.read = true;
                if (auto stored = transaction.messages().append(message); !stored)
                    return fail(stored.error());
            }
            return chat;
        };
        const auto chat = wait(rig.profile.store().write(store));
        if (!chat)
            return 0;
        wait(done(rig.profile.conversations().refresh(*chat)));
        return wait(rig.profile.searchIndexer().finish()) ? *chat : 0;
    }
    static QStringList snippetsOf(const SearchModel &found)
    {
        QStringList result;
        for (int i = 0; i < found.rowCount(); ++i)
            result.append(found.row(i).snippet);
        return result;
    }
};

void TestSearch::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("from");
    QTest::addColumn<QStringList>("in");
    QTest::addColumn<QString>("days"); // since/until
    const auto row = [](const char *name, const char *text, const char *words, const QStringList &from,
                        const QStringList &in, const char *days) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(words) << from << in
                            << QString::fromLatin1(days);
    };
    const auto one = [](const char *text) { return QStringList{QString::fromUtf8(text)}; };
    row("words", "  wherefore   art ", "wherefore art", {}, {}, "/");
    row("a phrase", "\"wherefore art\" thou", "\"wherefore art\" thou", {}, {}, "/");
    row("from", "from:juliet art", "art", one("juliet"), {}, "/");
    row("from somebody with two names", "art from:\"Juliet Capulet\"", "art", one("Juliet Capulet"), {}, "/");
    row("in Chinese marks", "火锅 from:“小 林”", "火锅", one("小 林"), {}, "/");
    row("the colon of a Chinese keyboard", "from：小林 火锅", "火锅", one("小林"), {}, "/");
    row("two of them", "from:a from:b", "", {QStringLiteral("a"), QStringLiteral("b")}, {}, "/");
    row("in", "IN:verona", "", {}, one("verona"), "/");
    row("before", "before:2026-11-30", "", {}, {}, "/2026-11-30");
    row("after", "after:2026-11-30", "", {}, {}, "2026-11-30/");
    row("a short day", "after:2026-1-3", "", {}, {}, "2026-01-03/");
    row("between", "after:2026-01-01 before:2026-02-01", "", {}, {}, "2026-01-01/2026-02-01");
    row("the narrowest", "after:2026-01-01 after:2026-01-05 before:2027-01-01 before:2026-02-01", "", {}, {},
        "2026-01-05/2026-02-01");
    row("a day", "on:2026-11-30", "", {}, {}, "2026-11-30/2026-12-01");
    row("a month", "on:2026-02", "", {}, {}, "2026-02-01/2026-03-01");
    row("a year", "on:2025", "", {}, {}, "2025-01-01/2026-01-01");
    row("before a month", "before:2026-02", "", {}, {}, "/2026-02-01");
    row("today", "after:today", "", {}, {}, "2026-11-28/");
    row("yesterday", "on:yesterday", "", {}, {}, "2026-11-27/2026-11-28");
    row("today in Chinese", "on:今天", "", {}, {}, "2026-11-28/2026-11-29");
    row("an address is text", "https://example.org/x", "https://example.org/x", {}, {}, "/");
    row("another colon is text", "note:this 10:42 :-)", "note:this 10:42 :-)", {}, {}, "/");
}

void TestSearch::parses()
{
    QFETCH(QString, text);
    const SearchQuery query = SearchQuery::parse(text, QDate(2026, 11, 28));
    QTEST(query.words, "words");
    QTEST(query.from, "from");
    QTEST(query.in, "in");
    const QString days = query.since.toString(Qt::ISODate) + u'/' + query.until.toString(Qt::ISODate);
    QTEST(days, "days");
    QVERIFY(query.problems.empty());
    QVERIFY(!query.isEmpty());
}

void TestSearch::tellsWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<SearchProblem::Kind>("kind");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("value");
    using Kind = SearchProblem::Kind;
    const auto row = [](const char *text, Kind kind, const char *filter, const char *value) {
        QTest::newRow(text) << QString::fromUtf8(text) << kind << QString::fromUtf8(filter) << QString::fromUtf8(value);
    };
    row("from:", Kind::NoValue, "from", "");
    row("x before: y", Kind::NoValue, "before", "");
    row("before:soon", Kind::BadDate, "before", "soon");
    row("after:2026-02-30", Kind::BadDate, "after", "2026-02-30");
    row("after:2026-13", Kind::BadDate, "after", "2026-13");
    row("has:", Kind::NoValue, "has", "");
    row("has:wings", Kind::UnknownKind, "has", "wings");
    row("has:file", Kind::LaterKind, "has", "file");
    row("after:2026-02-01 before:2026-02-01", Kind::EmptyTime, "", "");
}

void TestSearch::tellsWhatItDoesNotUnderstand()
{
    QFETCH(QString, text);
    const SearchQuery query = SearchQuery::parse(text, QDate(2026, 11, 28));
    QCOMPARE(query.problems.size(), size_t(1));
    QVERIFY(!query.isEmpty());
    QTEST(query.problems[0].kind, "kind");
    QTEST(query.problems[0].filter, "filter");
    QTEST(query.problems[0].value, "value");
}

void TestSearch::meansPeopleAndChats()
{
    ModelRig rig;
    QVERIFY(rig.open());
    const Jid own = rig.account->jid();
    const std::vector<store::RosterItem> items{
        {jid("juliet@capulet.lit"), QStringLiteral("Juliet Capulet"), {}, QStringLiteral("both"), false, false},
        {jid("lady@capulet.lit"), QStringLiteral("Lady Capulet"), {}, QStringLiteral("both"), false, false},
        {jid("x1@verona.lit"), QStringLiteral("Juliet"), {}, QStringLiteral("both"), false, false}};
    const auto roster = [own, items](store::Transaction &transaction) {
        return transaction.contacts().replaceRoster(own, items, QStringLiteral("v"));
    };
    VERIFY_OK(wait(rig.profile.store().write(roster)));
    VERIFY_OK(wait(rig.account->contacts().load()));
    const qint64 juliet = rig.fill("juliet@capulet.lit", 1);
    const qint64 stranger = rig.fill("stranger@x.lit", 1);
    const auto request = [&rig](const char *text, std::vector<SearchProblem> *problems = nullptr) {
        SearchQuery query = SearchQuery::parse(QString::fromUtf8(text), QDate(2026, 11, 28));
        store::SearchRequest result = query.request(rig.profile);
        if (problems)
            *problems = query.problems;
        return result;
    };
    QCOMPARE(request("from:capulet").authors.size(), 2);
    QCOMPARE(request("from:\"juliet capulet\"").authors, QList<Jid>{jid("juliet@capulet.lit")});
    // Who is called exactly so goes before who is in part: by name, and by the first part of the address.
    QCOMPARE(request("from:JULIET").authors.size(), 2);
    QCOMPARE(request("from:x1@verona.lit").authors, QList<Jid>{jid("x1@verona.lit")});
    QCOMPARE(request("from:strang").authors, QList<Jid>{jid("stranger@x.lit")});
    QCOMPARE(request("from:me").outgoing, std::optional<bool>(true));
    QCOMPARE(request("from:romeo@montague.lit").outgoing, std::optional<bool>(true));
    QCOMPARE(request("in:stranger").conversation, stranger);
    QCOMPARE(request("in:juliet in:stranger").conversations, (QList<qint64>{juliet, stranger}));
    QCOMPARE(request("on:2026-11-02").since, QDate(2026, 11, 2).startOfDay());
    std::vector<SearchProblem> problems;
    (void)request("from:nobody in:nowhere", &problems);
    QCOMPARE(problems,
             (std::vector<SearchProblem>{
                 {SearchProblem::Kind::UnknownPerson, QStringLiteral("from"), QStringLiteral("nobody")},
                 {SearchProblem::Kind::UnknownChat, QStringLiteral("in"), QStringLiteral("nowhere")}}));
}

void TestSearch::snippets_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("snippet"); // with [marks]
    const QString long1 = QStringLiteral("word ").repeated(30);
    QTest::newRow("short") << QStringLiteral("The quick\nfox") << QStringLiteral("fox")
                           << QStringLiteral("The quick [fox]");
    QTest::newRow("far behind") << long1 + QStringLiteral("fox and hound") << QStringLiteral("fox")
                                << QStringLiteral("…") + QStringLiteral("word ").repeated(7)
            + QStringLiteral("[fox] and hound");
    QTest::newRow("far behind in Chinese")
        << QStringLiteral("天").repeated(100) + QStringLiteral("火锅") << QStringLiteral("火锅")
        << QStringLiteral("…") + QStringLiteral("天").repeated(40) + QStringLiteral("[火锅]");
    QTest::newRow("long") << QStringLiteral("fox ") + QStringLiteral("x").repeated(400) << QStringLiteral("fox")
                          << QStringLiteral("[fox] ") + QStringLiteral("x").repeated(236) + QStringLiteral("…");
    QTest::newRow("bidi controls go") << QStringLiteral("a \u202efox\u2066 b") << QStringLiteral("fox")
                                      << QStringLiteral("a [fox] b");
}

void TestSearch::snippets()
{
    QFETCH(QString, body);
    QFETCH(QString, query);
    model::SearchRow row;
    model::cutSnippet(row, body, store::phrasesOf(query));
    QString snippet = row.snippet;
    for (auto mark = row.marks.crbegin(); mark != row.marks.crend(); ++mark) {
        snippet.insert(mark->first + mark->second, u']');
        snippet.insert(mark->first, u'[');
    }
    QTEST(snippet, "snippet");
}

void TestSearch::findsAndPages()
{
    ModelRig rig;
    QVERIFY(rig.open());
    QStringList bodies;
    for (int i = 0; i < 120; ++i)
        bodies.append(QStringLiteral("message %1").arg(i));
    const qint64 chat = put(rig, "juliet@capulet.lit", bodies);
    QVERIFY(chat > 0);
    SearchModel found(rig.profile);
    QAbstractItemModelTester tester(&found, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(found.state(), SearchModel::State::Idle);
    found.setText(QStringLiteral("messa"));
    QCOMPARE(found.state(), SearchModel::State::Searching);
    QTRY_COMPARE(found.state(), SearchModel::State::Found);
    QCOMPARE(found.rowCount(), SearchModel::pageSize);
    QCOMPARE(found.row(0).snippet, QStringLiteral("message 119"));
    QCOMPARE(found.row(0).marks, (QList<std::pair<int, int>>{{0, 5}}));
    QCOMPARE(found.row(0).conversation, chat);
    QCOMPARE(found.row(0).chat, QStringLiteral("juliet@capulet.lit"));
    QVERIFY(found.hasMore());
    found.fetchMore({});
    QVERIFY(!found.canFetchMore({})); // one at a time
    QTRY_VERIFY(found.rowCount() >= 2 * SearchModel::pageSize);
    found.fetchMore({}); // the tester may have asked before
    QTRY_COMPARE(found.rowCount(), 120);
    QVERIFY(!found.hasMore());
    QVERIFY(!found.canFetchMore({}));
    for (int i = 0; i < 120; ++i)
        QCOMPARE(found.row(i).snippet, QStringLiteral("message %1").arg(119 - i));
    found.setText(QStringLiteral("nothing of the sort"));
    QTRY_COMPARE(found.state(), SearchModel::State::Nothing);
    QCOMPARE(found.rowCount(), 0);
    found.setText(QStringLiteral("from:nobody"));
    QCOMPARE(found.state(), SearchModel::State::NotUnderstood);
    QCOMPARE(found.problems().size(), size_t(1));
    found.setText({});
    QCOMPARE(found.state(), SearchModel::State::Idle);
}

void TestSearch::theLastQueryWins()
{
    ModelRig rig;
    QVERIFY(rig.open());
    QVERIFY(
        put(rig, "juliet@capulet.lit", {QStringLiteral("apple"), QStringLiteral("banana"), QStringLiteral("cherry")}));
    SearchModel found(rig.profile);
    QSignalSpy reset(&found, &QAbstractItemModel::modelReset);
    for (const char *text : {"a", "ap", "b", "ba", "c", "ch"})
        found.setText(QString::fromLatin1(text));
    QTRY_COMPARE(found.state(), SearchModel::State::Found);
    QCOMPARE(snippetsOf(found), QStringList{QStringLiteral("cherry")});
    QCOMPARE(reset.size(), 1);
}

void TestSearch::followsWhatHappens()
{
    ModelRig rig;
    QVERIFY(rig.open());
    const qint64 chat = put(rig, "juliet@capulet.lit", {QStringLiteral("apple one"), QStringLiteral("apple two")});
    SearchModel found(rig.profile);
    QAbstractItemModelTester tester(&found, QAbstractItemModelTester::FailureReportingMode::QtTest);
    found.setText(QStringLiteral("apple"));
    QTRY_COMPARE(found.rowCount(), 2);
    store::Message changed;
    changed.key = found.row(0).key;
    changed.conversation = chat;
    changed.author = jid("juliet@capulet.lit");
    changed.body = QStringLiteral("apple pie");
    changed.time = at(1);
    rig.profile.conversations().announceEdit(changed);
    QCOMPARE(found.row(0).snippet, QStringLiteral("apple pie"));
    changed.retracted = true;
    rig.profile.conversations().announceEdit(changed);
    QCOMPARE(found.rowCount(), 1);
    rig.profile.conversations().announceRemoval(chat, found.row(0).key);
    QCOMPARE(found.rowCount(), 0);
    QCOMPARE(found.state(), SearchModel::State::Nothing);
    // What came a moment ago, and is not in the index yet, is found as soon as it is.
    const Jid own = rig.account->jid();
    const auto more = [own](store::Transaction &transaction) {
        store::NewMessage message;
        message.conversation = transaction.conversations().open(own, jid("nurse@capulet.lit")).value();
        message.author = jid("nurse@capulet.lit");
        message.body = QStringLiteral("a ripe pear");
        message.time = at(100);
        message.stanzaId = QStringLiteral("pear-1");
        return transaction.messages().append(message);
    };
    const auto stored = wait(rig.profile.store().write(more));
    VERIFY_OK(stored);
    store::Message message;
    message.key = stored->key;
    rig.profile.conversations().announceMessage(message);
    QVERIFY(rig.profile.searchIndexer().isBehind());
    found.setText(QStringLiteral("pear"));
    QTRY_COMPARE(snippetsOf(found), QStringList{QStringLiteral("a ripe pear")});
    QTRY_VERIFY(!rig.profile.searchIndexer().isBehind());
}

void TestSearch::failsWithAnError()
{
    ModelRig rig;
    QVERIFY(rig.open());
    SearchModel found(rig.profile);
    ChatFind find(rig.profile, 1);
    wait(done(rig.profile.store().close()));
    found.setText(QStringLiteral("x"));
    QTRY_COMPARE(found.state(), SearchModel::State::Failed);
    QCOMPARE(found.error()->condition, QStringLiteral("store-closed"));
    find.setText(QStringLiteral("x"));
    QTRY_COMPARE(find.state(), ChatFind::State::Failed);
    QCOMPARE(find.error()->condition, QStringLiteral("store-closed"));
}

void TestSearch::findsInOneChat()
{
    ModelRig rig;
    QVERIFY(rig.open());
    QStringList bodies;
    for (int i = 0; i < 40; ++i)
        bodies.append(i % 4 == 0 ? QStringLiteral("rose %1").arg(i) : QStringLiteral("thorn"));
    const qint64 chat = put(rig, "juliet@capulet.lit", bodies);
    QVERIFY(put(rig, "nurse@capulet.lit", {QStringLiteral("rose")}, 1000));
    ChatFind find(rig.profile, chat);
    QSignalSpy moved(&find, &ChatFind::moved);
    find.setText(QStringLiteral("ros"));
    QTRY_COMPARE(find.state(), ChatFind::State::Found);
    QCOMPARE(find.count(), 10);
    QCOMPARE(find.position(), 1);
    QCOMPARE(moved.size(), 1);
    const qint64 newest = find.current();
    find.goOlder();
    QCOMPARE(find.position(), 2);
    const qint64 second = find.current();
    QVERIFY(second < newest);
    QCOMPARE(moved.last().at(0).toLongLong(), second);
    find.goNewer();
    find.goNewer(); // round
    QCOMPARE(find.position(), 10);
    find.goOlder();
    QCOMPARE(find.current(), newest);
    // From somewhere: the newest that is not newer.
    find.setText(QStringLiteral("rose"), newest - 1);
    QTRY_COMPARE(find.state(), ChatFind::State::Found);
    QCOMPARE(find.current(), second);
    // One that goes is not counted any more.
    rig.profile.conversations().announceRemoval(chat, newest);
    QCOMPARE(find.count(), 9);
    QCOMPARE(find.position(), 1);
    QCOMPARE(find.current(), second);
    find.setText(QStringLiteral("lily"));
    QTRY_COMPARE(find.state(), ChatFind::State::Nothing);
    QCOMPARE(find.position(), 0);
    QCOMPARE(find.current(), 0);
    find.goOlder(); // nowhere
    find.clear();
    QCOMPARE(find.state(), ChatFind::State::Idle);
}

/// Each stops what runs to be quick; what was stopped so is done again.
void TestSearch::twoSearchesDoNotStopEachOther()
{
    ModelRig rig;
    QVERIFY(rig.open());
    QStringList bodies;
    for (int i = 0; i < 3000; ++i)
        bodies.append(QStringLiteral("the rose %1").arg(i));
    const qint64 chat = put(rig, "juliet@capulet.lit", bodies);
    SearchModel found(rig.profile);
    ChatFind find(rig.profile, chat);
    for (int i = 0; i < 20; ++i) {
        found.setText(i % 2 ? QStringLiteral("rose") : QStringLiteral("the"));
        find.setText(i % 2 ? QStringLiteral("the") : QStringLiteral("ro"));
        if (i % 5 == 0)
            QTest::qWait(1);
    }
    QTRY_COMPARE(found.state(), SearchModel::State::Found);
    QTRY_COMPARE(find.state(), ChatFind::State::Found);
    QCOMPARE(find.count(), 3000);
    QCOMPARE(found.row(0).snippet, QStringLiteral("the rose 2999"));
}

BALCONY_TEST(TestSearch)
#include "tst_search.moc"
