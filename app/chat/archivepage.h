// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"
#include "xep/0313_mam.h"

#include <map>
#include <vector>

namespace chat {

/// A question to an archive: at which end of which gap.
struct ArchiveRequest {
    qint64 gap = 0;
    store::GapSide side = store::GapSide::New;
    QString cursor;  ///< The id behind (Old) or before (New) which it asks; empty with New: the archive's end.
    QDateTime start; ///< Only from then on, where the id at the gap's beginning is gone; else invalid.
    qint64 chat = 0; ///< The conversation that alone is asked about; 0: all.
    int max = 50;

    xep::Mam::Query toQuery(const Jid &archive, const Jid &with) const;
};

/// What came to the question, as far as gaps are concerned.
struct ArchivePage {
    ArchiveRequest request;
    QStringList ids; ///< Of all results, in order.
    QDateTime firstTime;
    QDateTime lastTime;
    bool isProof = false;  ///< It is whole and will not change: what it does not have is not there. Only such a page is
                           ///< stored: with holes in it nobody could tell where the rest belongs.
    bool isPart = false;   ///< One of its messages, by itself: it moves no gap.
    bool complete = false; ///< The archive says that nothing lies beyond it.

    static ArchivePage of(const ArchiveRequest &request, const xep::Mam::Page &page);
    /// Nothing lies beyond it. That a full page was the last is not believed, but asked once more (RELIABILITY A04).
    bool isEnd() const { return isProof && (ids.isEmpty() || (complete && ids.size() < request.max)); }
};

/// What a page did to the gaps.
struct ArchiveStep {
    bool moved = false;                 ///< The gap is smaller.
    bool closed = false;                ///< It is gone, in all chats or in the one that was asked about.
    bool history = false;               ///< It was about what was there before this client.
    std::optional<store::GapSide> side; ///< The end at which it was read; nothing where there was no page.
    int added = 0;                      ///< Messages that were not there.

    /// A message of the page as it is stored.
    struct Placed {
        qint64 key = 0;
        QString id;            ///< The archive's.
        bool wasKnown = false; ///< By this id, before the page came.
    };

    /// The step of `page`, in the transaction that stores its messages (I6): these, by chat and in the archive's order.
    static Result<ArchiveStep> take(store::Transaction &transaction, const ArchivePage &page,
                                    const std::map<qint64, std::vector<Placed>> &placed);
    /// The id that `request` asked before is not in the archive any more: the gap is wider than was thought.
    static Result<> forget(store::Transaction &transaction, const ArchiveRequest &request);
};

} // namespace chat
