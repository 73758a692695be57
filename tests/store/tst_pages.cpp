// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storage.h"
#include "support/testmain.h"

using namespace tests;
using store::PageRequest;

/// Reading a conversation by keyset pages.
class TestPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void pagesBackThroughTenThousand();
    void pagesForwardThroughTenThousand();
    void pagesAroundAKey();
    void jumpsToAFraction();
    void guessesWhatIsLeft();
    void staysInItsConversation();
    void answersForEmptyConversations();

private:
    static constexpr int many = 10000;
    std::unique_ptr<Chat> m_chat;
    std::vector<qint64> m_keys;
};

void TestPages::initTestCase()
{
    m_chat = std::make_unique<Chat>();
    const auto other = m_chat->conversations.open(m_chat->account, jid("c@example.org")).value();
    VERIFY_OK(m_chat->database->begin());
    for (int i = 0; i < many; ++i) {
        const auto stored = m_chat->messages.append(
            m_chat->incoming(QString::number(i), QStringLiteral("stanza-%1").arg(i), at(i / 7))); // ties, too
        VERIFY_OK(stored);
        m_keys.push_back(stored->key);
        if (i % 100 == 0) {
            auto strange = m_chat->incoming(QStringLiteral("strange"), QStringLiteral("stanza-%1").arg(i), at(i));
            strange.conversation = other;
            VERIFY_OK(m_chat->messages.append(strange));
        }
    }
    VERIFY_OK(m_chat->database->commit());
}

void TestPages::pagesBackThroughTenThousand()
{
    PageRequest request;
    request.limit = 77;
    int expected = many;
    for (;;) {
        const auto page = m_chat->messages.page(m_chat->id, request);
        VERIFY_OK(page);
        QCOMPARE(page->reachesNewest, request.before == 0);
        for (auto it = page->messages.rbegin(); it != page->messages.rend(); ++it) {
            --expected;
            QCOMPARE(it->body, QString::number(expected));
            QCOMPARE(it->key, m_keys[size_t(expected)]);
        }
        QCOMPARE(page->reachesOldest, expected == 0);
        if (page->reachesOldest)
            break;
        QCOMPARE(page->messages.size(), size_t(77));
        request.before = page->messages.front().key;
    }
    QCOMPARE(expected, 0);
}

void TestPages::pagesForwardThroughTenThousand()
{
    PageRequest request;
    request.limit = 100;
    request.after = 1;
    int expected = 0;
    for (;;) {
        const auto page = m_chat->messages.page(m_chat->id, request);
        VERIFY_OK(page);
        for (const store::Message &message : page->messages)
            QCOMPARE(message.key, m_keys[size_t(expected++)]);
        QCOMPARE(page->reachesNewest, expected == many);
        if (page->reachesNewest)
            break;
        request.after = page->messages.back().key;
    }
    QCOMPARE(expected, many);
}

void TestPages::pagesAroundAKey()
{
    PageRequest request;
    request.limit = 50;
    for (const int place : {0, 3, 5000, many - 2, many - 1}) {
        request.around = m_keys[size_t(place)];
        const auto page = m_chat->messages.page(m_chat->id, request);
        VERIFY_OK(page);
        QCOMPARE(page->messages.size(), size_t(50));
        const int first = page->messages.front().body.toInt();
        QVERIFY(first <= place && place < first + 50);
        QCOMPARE(page->reachesOldest, first == 0);
        QCOMPARE(page->reachesNewest, first + 50 == many);
        if (place == 5000)
            QCOMPARE(first, 4975);
    }
}

void TestPages::jumpsToAFraction()
{
    PageRequest request;
    for (const double fraction : {0.0, 0.25, 0.5, 0.9, 1.0}) {
        request.fraction = fraction;
        const auto page = m_chat->messages.page(m_chat->id, request);
        VERIFY_OK(page);
        QCOMPARE(page->messages.size(), size_t(50));
        const int middle = page->messages[25].body.toInt();
        QVERIFY2(qAbs(middle - int(fraction * many)) < 200, qPrintable(QString::number(middle)));
    }
    request.fraction = 0;
    QVERIFY(m_chat->messages.page(m_chat->id, request)->reachesOldest);
    request.fraction = 1;
    QVERIFY(m_chat->messages.page(m_chat->id, request)->reachesNewest);
}

void TestPages::guessesWhatIsLeft()
{
    PageRequest request;
    request.before = m_keys[7000];
    const auto page = m_chat->messages.page(m_chat->id, request);
    VERIFY_OK(page);
    QVERIFY(qAbs(page->estimatedBefore - 6950) < 200);
    QVERIFY(qAbs(page->estimatedAfter - 3000) < 200);
    request.before = m_keys[100];
    QCOMPARE(m_chat->messages.page(m_chat->id, request)->estimatedBefore, 50);
}

void TestPages::staysInItsConversation()
{
    const auto other = m_chat->conversations.find(m_chat->account, jid("c@example.org")).value().value();
    PageRequest request;
    request.limit = 1000;
    const auto page = m_chat->messages.page(other.id, request);
    VERIFY_OK(page);
    QCOMPARE(page->messages.size(), size_t(100));
    QCOMPARE(other.count, 100);
    QVERIFY(page->reachesOldest && page->reachesNewest);
    for (const store::Message &message : page->messages)
        QCOMPARE(message.conversation, other.id);
    // A key of another conversation is no way into it.
    request.after = m_keys[0];
    QCOMPARE(m_chat->messages.page(other.id, request)->messages.size(), size_t(100));
}

void TestPages::answersForEmptyConversations()
{
    Chat chat;
    for (const PageRequest &request : {PageRequest{}, PageRequest{5, 0, 0, -1, 50}, PageRequest{0, 5, 0, -1, 50},
                                       PageRequest{0, 0, 5, -1, 50}, PageRequest{0, 0, 0, 0.5, 50}}) {
        const auto page = chat.messages.page(chat.id, request);
        VERIFY_OK(page);
        QVERIFY(page->messages.empty());
        QVERIFY(page->reachesOldest && page->reachesNewest);
    }
}

BALCONY_TEST(TestPages)
#include "tst_pages.moc"
