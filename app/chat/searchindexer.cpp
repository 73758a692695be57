// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/searchindexer.h"

namespace chat {

SearchIndexer::SearchIndexer(store::Store &store, Conversations &conversations, Clock &clock)
    : m_store(store), m_clock(clock)
{
    connect(&conversations, &Conversations::messageAdded, this, &SearchIndexer::wake);
    connect(&conversations, &Conversations::messageEdited, this, &SearchIndexer::wake);
    wake();
}

void SearchIndexer::wake()
{
    m_isBehind = true;
    if (m_isRunning) {
        m_again = true;
        return;
    }
    if (m_pause.isEmpty())
        m_pause.run(pause());
}

Task<void> SearchIndexer::pause()
{
    co_await base::sleep(m_clock, calm);
    start();
}

void SearchIndexer::hurry()
{
    m_hurries = true;
    if (m_isBehind)
        start();
}

void SearchIndexer::start()
{
    if (!std::exchange(m_isRunning, true))
        m_scope.run(run());
}

Task<void> SearchIndexer::run()
{
    bool hasMore = true;
    bool hasFailed = false;
    bool hasFound = false;
    while (hasMore) {
        m_again = false;
        auto indexing = indexPiece();
        const auto indexed = co_await std::move(indexing);
        hasFailed = !indexed;
        hasFound = hasFound || (indexed && *indexed > 0);
        hasMore = indexed && (*indexed == piece || m_again);
        if (hasMore && !m_hurries)
            co_await base::sleep(m_clock, breath);
    }
    m_isRunning = m_hurries = false;
    if (hasFailed)
        co_return; // the storage tells of it; the next message, or the next search, tries again
    m_isBehind = false;
    if (hasFound)
        Q_EMIT caughtUp();
}

namespace {

struct IndexPiece {
    Result<int> operator()(store::Transaction &transaction) const
    {
        return transaction.search().index(SearchIndexer::piece);
    }
};

struct IsWaiting {
    Result<qint64> operator()(store::Reader &reader) const { return reader.search().waiting(1); }
};

} // namespace

/// How many were put into the index.
Task<Result<int>> SearchIndexer::indexPiece()
{
    // Most looks find nothing to do, and write nothing.
    auto looking = m_store.read(IsWaiting{});
    const auto waiting = co_await std::move(looking);
    if (!waiting)
        co_return fail(waiting.error());
    if (*waiting == 0)
        co_return 0;
    auto writing = m_store.write(IndexPiece{});
    co_return co_await std::move(writing);
}

Task<Result<>> SearchIndexer::finish()
{
    for (;;) {
        auto indexing = indexPiece();
        const auto indexed = co_await std::move(indexing);
        if (!indexed)
            co_return fail(indexed.error());
        if (*indexed < piece)
            co_return Result<>{};
    }
}

} // namespace chat
