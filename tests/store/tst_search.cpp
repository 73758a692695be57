// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/searchwords.h"
#include "store/storage.h"
#include "support/testmain.h"

using namespace tests;

/// Full-text search, in Chinese too.
class TestSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
    void filters();
    void ordersNewestFirstAcrossChats();
    void followsEditsAndRemovals();
    void agreesWithLike();
    void pagesByKey();
    void filtersByKind();
    void hitsOfAChat();
    void marks_data();
    void marks();
};

namespace {

QStringList bodies(const store::Search &search, const QString &text)
{
    store::SearchRequest request;
    request.text = text;
    QStringList result;
    const auto found = search.find(request);
    if (!found)
        return {found.error().detail};
    for (const store::Message &message : *found)
        result.append(message.body);
    return result;
}

} // namespace

void TestSearch::finds_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const auto row = [](const char *name, const char *body, const char *text, bool found) {
        QTest::newRow(name) << QString::fromUtf8(body) << QString::fromUtf8(text) << found;
    };
    row("a word", "The quick brown fox", "quick", true);
    row("case", "The quick brown fox", "QUICK", true);
    row("a beginning", "The quick brown fox", "bro", true);
    row("an end", "The quick brown fox", "rown", false);
    row("two words", "The quick brown fox", "fox the", true);
    row("one missing", "The quick brown fox", "fox cat", false);
    row("accents", "Crème brûlée", "creme brulee", true);
    row("one Han character", "我今天去北京", "京", true);
    row("two Han characters", "我今天去北京", "北京", true);
    row("Han in another order", "我今天去北京", "京北", false);
    row("Han not adjacent", "我今天去北京", "我北", false);
    row("two Han words", "我今天去北京", "北京 今天", true);
    row("Han beside Latin", "用Qt写的", "qt写", true);
    row("Kana", "こんにちは", "にち", true);
    row("Hangul", "안녕하세요", "녕하", true);
    row("beyond the first plane", "𠮷野家", "𠮷野", true);
    row("quotes", "say \"hello\" now", "\"hello\"", true);
    row("a phrase", "The quick brown fox", "\"quick brown\"", true);
    row("a phrase in another order", "The quick brown fox", "\"brown quick\"", false);
    row("a phrase ends with a whole word", "The quick brown fox", "\"quick bro\"", false);
    row("a phrase that is not closed yet", "The quick brown fox", "\"quick bro", true);
    row("a phrase and a word", "The quick brown fox", "fox \"the quick\"", true);
    row("a phrase in Chinese marks", "我今天去北京", "“今天去”", true);
    row("operators are words", "a AND b", "NOT OR *", false);
    row("punctuation only", "what?!", "?!", false);
    row("a column", "body text", "body:text", true);
    row("an address", "see https://example.org/x now", "https://example.org/x", true);
    row("nothing", "x", "", false);
}

void TestSearch::finds()
{
    QFETCH(QString, body);
    QFETCH(QString, text);
    QFETCH(bool, found);
    Chat chat;
    store::Search search(*chat.database);
    VERIFY_OK(chat.messages.append(chat.incoming(body, QStringLiteral("stanza-1"), at(0))));
    QCOMPARE(search.index().value(), 1);
    QCOMPARE(search.index().value(), 0);
    QCOMPARE(bodies(search, text), found ? QStringList{body} : QStringList());
}

void TestSearch::filters()
{
    Chat chat;
    VERIFY_OK(store::Accounts(*chat.database).put({jid("z@example.org"), true, {}}));
    const auto other = chat.conversations.open(jid("z@example.org"), jid("c@example.org")).value();
    for (int i = 0; i < 10; ++i) {
        auto message = chat.incoming(QStringLiteral("word %1").arg(i), QStringLiteral("stanza-%1").arg(i), at(i));
        if (i >= 5) {
            message.conversation = other;
            message.author = jid("c@example.org/x");
        }
        VERIFY_OK(chat.messages.append(message));
    }
    store::Search search(*chat.database);
    VERIFY_OK(search.index());
    store::SearchRequest request;
    request.text = QStringLiteral("word");
    QCOMPARE(search.find(request)->size(), size_t(10));
    request.limit = 3;
    QCOMPARE(search.find(request)->size(), size_t(3));
    request.limit = 50;
    request.conversation = chat.id;
    QCOMPARE(search.find(request)->size(), size_t(5));
    request.conversation = 0;
    request.account = jid("z@example.org");
    QCOMPARE(search.find(request)->size(), size_t(5));
    request.account = Jid();
    request.authors = {jid("b@example.org")};
    QCOMPARE(search.find(request)->size(), size_t(5));
    request.authors = {jid("b@example.or")};
    QCOMPARE(search.find(request)->size(), size_t(0));
    request.authors = {jid("b@example.or"), jid("c@example.org/x")};
    QCOMPARE(search.find(request)->size(), size_t(5));
    request.authors = {};
    request.since = at(3);
    request.until = at(6);
    QCOMPARE(search.find(request)->size(), size_t(3));
}

void TestSearch::ordersNewestFirstAcrossChats()
{
    Chat chat;
    const auto other = chat.conversations.open(chat.account, jid("c@example.org")).value();
    for (int i = 0; i < 20; ++i) {
        auto message = chat.incoming(QStringLiteral("word %1").arg(i), QStringLiteral("stanza-%1").arg(i), at(i));
        message.conversation = i % 2 ? other : chat.id;
        VERIFY_OK(chat.messages.append(message));
    }
    store::Search search(*chat.database);
    VERIFY_OK(search.index());
    const QStringList found = bodies(search, QStringLiteral("word"));
    QCOMPARE(found.size(), 20);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(found[i], QStringLiteral("word %1").arg(19 - i));
}

void TestSearch::followsEditsAndRemovals()
{
    Chat chat;
    store::Search search(*chat.database);
    const auto one =
        chat.messages.append(chat.incoming(QStringLiteral("apple 苹果"), QStringLiteral("stanza-1"), at(0)))->key;
    const auto two =
        chat.messages.append(chat.incoming(QStringLiteral("apple pie"), QStringLiteral("stanza-2"), at(1)))->key;
    QVERIFY(chat.messages.edit(two, QStringLiteral("cherry pie"), {}).value()); // before it was indexed
    VERIFY_OK(search.index());
    QCOMPARE(bodies(search, QStringLiteral("apple")).size(), 1);
    QCOMPARE(bodies(search, QStringLiteral("cherry")).size(), 1);
    QVERIFY(chat.messages.edit(one, QStringLiteral("pear 梨"), {}).value()); // after
    VERIFY_OK(search.index());
    QCOMPARE(bodies(search, QStringLiteral("apple")).size(), 0);
    QCOMPARE(bodies(search, QStringLiteral("苹")).size(), 0);
    QCOMPARE(bodies(search, QStringLiteral("梨")).size(), 1);
    QVERIFY(chat.messages.retract(one).value());
    QCOMPARE(bodies(search, QStringLiteral("pear")).size(), 0);
    QVERIFY(chat.messages.remove(two).value());
    QCOMPARE(bodies(search, QStringLiteral("pie")).size(), 0);
    QCOMPARE(search.index().value(), 0);
    VERIFY_OK(chat.database->execute("INSERT INTO message_words (message_words) VALUES ('integrity-check')"));
}

void TestSearch::agreesWithLike()
{
    // Random Chinese text: every query of one to three characters finds what a look at each message finds.
    Chat chat;
    QRandomGenerator random(7);
    const auto character = [&random] { return QChar(0x4e00 + random.bounded(40)); };
    QStringList texts;
    for (int i = 0; i < 500; ++i) {
        QString text;
        for (int n = random.bounded(5, 30); n > 0; --n)
            text += character();
        texts.append(text);
        VERIFY_OK(chat.messages.append(chat.incoming(text, QStringLiteral("stanza-%1").arg(i), at(i))));
    }
    store::Search search(*chat.database);
    QCOMPARE(search.index(300).value(), 300);
    QCOMPARE(search.index(300).value(), 200);
    for (int i = 0; i < 100; ++i) {
        QString query;
        for (int n = random.bounded(1, 4); n > 0; --n)
            query += character();
        store::SearchRequest request;
        request.text = query;
        request.limit = 1000;
        const auto found = search.find(request);
        VERIFY_OK(found);
        QCOMPARE(qsizetype(found->size()), texts.filter(query).size());
    }
}

void TestSearch::pagesByKey()
{
    // Two chats with messages at the same moments: no page leaves one out or gives one twice.
    Chat chat;
    const auto other = chat.conversations.open(chat.account, jid("c@example.org")).value();
    for (int i = 0; i < 25; ++i) {
        auto message = chat.incoming(QStringLiteral("word %1").arg(i), QStringLiteral("stanza-%1").arg(i), at(i / 5));
        message.conversation = i % 2 ? other : chat.id;
        VERIFY_OK(chat.messages.append(message));
    }
    store::Search search(*chat.database);
    VERIFY_OK(search.index());
    for (const qint64 conversation : {qint64(0), chat.id}) {
        store::SearchRequest request;
        request.text = QStringLiteral("word");
        request.conversation = conversation;
        request.limit = 1000;
        const auto whole = search.find(request);
        VERIFY_OK(whole);
        QCOMPARE(whole->size(), size_t(conversation == 0 ? 25 : 13));
        std::vector<qint64> keys;
        request.limit = 4;
        for (;;) {
            const auto page = search.find(request);
            VERIFY_OK(page);
            if (page->empty())
                break;
            for (const store::Message &message : *page)
                keys.push_back(message.key);
            request.behind = keys.back();
        }
        QCOMPARE(keys.size(), whole->size());
        for (size_t i = 0; i < keys.size(); ++i)
            QCOMPARE(keys[i], (*whole)[i].key);
    }
}

void TestSearch::filtersByKind()
{
    Chat chat;
    const auto put = [&chat](const char *body, int second, bool own, const char *replyTo = "") {
        const QString id = QStringLiteral("stanza-%1").arg(second);
        auto message = own ? chat.outgoing(QString::fromUtf8(body), id, at(second))
                           : chat.incoming(QString::fromUtf8(body), id, at(second));
        message.replyTo = QString::fromUtf8(replyTo);
        return chat.messages.append(message)->key;
    };
    const qint64 link = put("see https://example.org/garden", 0, false);
    const qint64 word = put("http is a word", 1, false);
    const qint64 own = put("the garden is mine", 2, true);
    const qint64 reply = put("which garden?", 3, false, "stanza-2");
    store::Change change;
    change.conversation = chat.id;
    change.kind = store::Change::Kind::Reactions;
    change.author = chat.peer;
    change.target = QStringLiteral("stanza-2");
    change.time = at(4);
    change.body = QStringLiteral("👍");
    VERIFY_OK(store::Changes(*chat.database).record(change));
    store::Search search(*chat.database);
    VERIFY_OK(search.index());
    const auto keysOf = [&search](const store::SearchRequest &request) {
        QList<qint64> keys;
        const auto found = search.find(request);
        for (const store::Message &message : found ? *found : std::vector<store::Message>())
            keys.append(message.key);
        return keys;
    };
    store::SearchRequest request;
    QVERIFY(request.isEmpty());
    QCOMPARE(keysOf(request), QList<qint64>());
    request.hasLink = true;
    QCOMPARE(keysOf(request), QList<qint64>{link});
    request.text = QStringLiteral("garden");
    QCOMPARE(keysOf(request), QList<qint64>{link});
    request = {};
    request.hasReply = true;
    QCOMPARE(keysOf(request), QList<qint64>{reply});
    request = {};
    request.hasReaction = true;
    QCOMPARE(keysOf(request), QList<qint64>{own});
    request.text = QStringLiteral("gard");
    QCOMPARE(keysOf(request), QList<qint64>{own});
    request = {};
    request.outgoing = true;
    QCOMPARE(keysOf(request), QList<qint64>{own});
    request.authors = {chat.peer};
    QCOMPARE(keysOf(request), (QList<qint64>{reply, own, word, link}));
    request = {};
    request.until = at(2);
    QCOMPARE(keysOf(request), (QList<qint64>{word, link}));
    request.conversations = {chat.id + 1};
    QCOMPARE(keysOf(request), QList<qint64>());
    request.conversations.append(chat.id);
    request.conversation = chat.id;
    QCOMPARE(keysOf(request), (QList<qint64>{word, link}));
}

void TestSearch::hitsOfAChat()
{
    Chat chat;
    const auto other = chat.conversations.open(chat.account, jid("c@example.org")).value();
    QList<qint64> keys;
    for (int i = 0; i < 30; ++i) {
        auto message = chat.incoming(i % 3 ? QStringLiteral("pear") : QStringLiteral("an apple"),
                                     QStringLiteral("stanza-%1").arg(i), at(i));
        message.conversation = i % 2 ? other : chat.id;
        const qint64 key = chat.messages.append(message)->key;
        if (i % 2 == 0 && i % 3 == 0)
            keys.prepend(key);
    }
    store::Search search(*chat.database);
    QCOMPARE(search.waiting(10).value(), 10);
    VERIFY_OK(search.index());
    QCOMPARE(search.waiting(10).value(), 0);
    store::SearchRequest request;
    request.text = QStringLiteral("app");
    QVERIFY(search.hits(request)->keys.empty()); // not of all chats
    request.conversation = chat.id;
    const auto hits = search.hits(request);
    VERIFY_OK(hits);
    QCOMPARE(QList<qint64>(hits->keys.begin(), hits->keys.end()), keys);
    QVERIFY(!hits->more);
}

void TestSearch::marks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("marked"); // as [text]
    const auto row = [](const char *name, const char *text, const char *query, const char *marked) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(query) << QString::fromUtf8(marked);
    };
    row("a word", "The quick fox", "QUICK", "The [quick] fox");
    row("a beginning", "The quick fox", "qui", "The [qui]ck fox");
    row("not inside", "The quick fox", "uick", "The quick fox");
    row("all of them", "fox, Fox and foxes", "fox", "[fox], [Fox] and [fox]es");
    row("two words", "The quick fox", "fox the", "[The] quick [fox]");
    row("a phrase", "no fox, the quick fox", "\"quick fox\"", "no fox, the [quick fox]");
    row("a phrase is whole", "quick foxes", "\"quick fox\"", "quick foxes");
    row("accents", "Crème brûlée", "creme bru", "[Crème] [brû]lée");
    row("accents of their own", "Cre\u0300me brulee", "creme", "[Cre\u0300me] brulee");
    row("Han", "我今天去北京,今天", "今天", "我[今天]去北京,[今天]");
    row("Han beside Latin", "用Qt写的", "qt写", "用[Qt写]的");
    row("beyond the first plane", "𠮷野家", "野", "𠮷[野]家");
    row("an address", "see https://example.org/x now", "https://example.org/x", "see [https://example.org/x] now");
    row("beside each other", "天气", "天 气", "[天气]");
    row("nothing", "x", "", "x");
}

void TestSearch::marks()
{
    QFETCH(QString, text);
    QFETCH(QString, query);
    QString marked = text;
    const auto found = store::findPhrases(text, store::phrasesOf(query));
    for (auto each = found.crbegin(); each != found.crend(); ++each) {
        marked.insert(each->first + each->second, u']');
        marked.insert(each->first, u'[');
    }
    QTEST(marked, "marked");
}

BALCONY_TEST(TestSearch)
#include "tst_search.moc"
