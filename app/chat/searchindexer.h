// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "chat/conversations.h"
#include "store/store.h"

namespace chat {

/// Puts stored messages into the index of the search, in the background: some time after they came, many at once, because
/// that is cheap then, and in pieces, so that what is to be stored never waits long.
class SearchIndexer : public QObject
{
    Q_OBJECT
public:
    /// After the start, and after a message came.
    static constexpr std::chrono::milliseconds calm{1500};
    /// Between the pieces of a long run.
    static constexpr std::chrono::milliseconds breath{20};
    static constexpr int piece = 500;

    SearchIndexer(store::Store &store, Conversations &conversations, Clock &clock);

    /// Somebody searches: what waits goes in at once. Nothing happens where nothing waits.
    void hurry();
    /// Some messages may not be found yet.
    bool isBehind() const { return m_isBehind; }
    /// Ends when all that is stored now can be found. Errors: Storage.
    Task<Result<>> finish();

Q_SIGNALS:
    /// All that was stored is in the index; something was not before.
    void caughtUp();

private:
    void wake();
    void start();
    Task<void> pause();
    Task<void> run();
    Task<Result<int>> indexPiece();

    store::Store &m_store;
    Clock &m_clock;
    bool m_isBehind = true; ///< Until the first look.
    bool m_isRunning = false;
    bool m_again = false; ///< Something came while it ran.
    bool m_hurries = false;
    Scope m_scope;
    Scope m_pause; ///< The wait before a run.
};

} // namespace chat
