// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
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
    request.from = jid("b@example.org");
    QCOMPARE(search.find(request)->size(), size_t(5));
    request.from = jid("b@example.or");
    QCOMPARE(search.find(request)->size(), size_t(0));
    request.from = Jid();
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

BALCONY_TEST(TestSearch)
#include "tst_search.moc"
