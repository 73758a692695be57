// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/searchindexer.h"
#include "store/storage.h"
#include "support/manualclock.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace tests;
using chat::SearchIndexer;

/// The index of the search is fed in the background.
class TestSearchIndexer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<ManualClock>();
        m_store = std::make_unique<store::Store>(store::StoreOptions{m_dir->filePath(QStringLiteral("profile"))});
        VERIFY_OK(wait(m_store->open()));
        m_conversations = std::make_unique<chat::Conversations>(*m_store);
    }

    void cleanup()
    {
        wait(done(m_store->close()));
        m_conversations.reset();
        m_store.reset();
    }

    /// What was there before the start: in pieces, some time after it.
    void catchesUpAfterTheStart()
    {
        put(SearchIndexer::piece * 2 + 1);
        SearchIndexer indexer(*m_store, *m_conversations, *m_clock);
        QSignalSpy caughtUp(&indexer, &SearchIndexer::caughtUp);
        QVERIFY(indexer.isBehind());
        QCOMPARE(found(), 0);
        QVERIFY(QTest::qWaitFor(
            [&] {
                m_clock->advance(SearchIndexer::calm);
                return !caughtUp.isEmpty();
            },
            60000));
        QVERIFY(!indexer.isBehind());
        QCOMPARE(found(), SearchIndexer::piece * 2 + 1);
    }

    /// One that comes is found after a while; at once where somebody searches.
    void followsMessages()
    {
        SearchIndexer indexer(*m_store, *m_conversations, *m_clock);
        QSignalSpy caughtUp(&indexer, &SearchIndexer::caughtUp);
        indexer.hurry();
        QTRY_VERIFY(!indexer.isBehind());
        QCOMPARE(caughtUp.size(), 0); // there was nothing
        m_conversations->announceMessage(put(1));
        QVERIFY(indexer.isBehind());
        QCOMPARE(found(), 0);
        indexer.hurry();
        QTRY_COMPARE(caughtUp.size(), 1);
        QCOMPARE(found(), 1);
        m_conversations->announceMessage(put(1));
        m_clock->advance(SearchIndexer::calm);
        QTRY_COMPARE(caughtUp.size(), 2);
        QCOMPARE(found(), 2);
    }

    void finishEndsWhenAllIsThere()
    {
        put(SearchIndexer::piece + 5);
        SearchIndexer indexer(*m_store, *m_conversations, *m_clock);
        VERIFY_OK(wait(indexer.finish()));
        QCOMPARE(found(), SearchIndexer::piece + 5);
        wait(done(m_store->close()));
        const auto failed = wait(indexer.finish());
        QVERIFY(!failed);
        QCOMPARE(failed.error().condition, QStringLiteral("store-closed"));
    }

private:
    /// Stores so many more messages with the same word; gives the last.
    store::Message put(int count)
    {
        const int first = m_next;
        m_next += count;
        const auto add = [first, count](store::Transaction &transaction) -> Result<qint64> {
            const Jid account = jid("romeo@montague.lit");
            if (auto stored = transaction.accounts().put({account, true, {}}); !stored)
                return fail(stored.error());
            const auto chat = transaction.conversations().open(account, jid("juliet@capulet.lit"));
            qint64 key = 0;
            for (int i = first; chat && i < first + count; ++i) {
                store::NewMessage message;
                message.conversation = *chat;
                message.author = jid("juliet@capulet.lit");
                message.body = QStringLiteral("a rose %1").arg(i);
                message.time = at(i);
                message.stanzaId = QStringLiteral("rose-%1").arg(i);
                const auto stored = transaction.messages().append(message);
                if (!stored)
                    return fail(stored.error());
                key = stored->key;
            }
            return key;
        };
        const auto key = wait(m_store->write(add));
        store::Message message;
        message.key = key.value_or(0);
        return message;
    }
    /// How many the search finds.
    int found()
    {
        const auto find = [](store::Reader &reader) {
            store::SearchRequest request;
            request.text = QStringLiteral("rose");
            request.conversation = 1;
            return reader.search().hits(request);
        };
        const auto hits = wait(m_store->search(find));
        return hits ? int(hits->keys.size()) : -1;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<chat::Conversations> m_conversations;
    int m_next = 0;
};

BALCONY_TEST(TestSearchIndexer)
#include "tst_searchindexer.moc"
