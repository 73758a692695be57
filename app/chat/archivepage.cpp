// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/archivepage.h"

#include <algorithm>

namespace chat {
namespace {

using Placed = std::vector<ArchiveStep::Placed>;

qint64 newestOf(const Placed &placed)
{
    qint64 newest = 0;
    for (const ArchiveStep::Placed &each : placed)
        newest = std::max(newest, each.key);
    return newest;
}

/// How far the page reaches in one chat.
Result<> narrowChat(store::Transaction &transaction, const ArchivePage &page, qint64 chat, const Placed &placed,
                    ArchiveStep &step)
{
    auto gap = transaction.archives().chatGap(page.request.gap, chat);
    if (!gap)
        return fail(gap.error());
    if (page.request.side == store::GapSide::Old) {
        for (const ArchiveStep::Placed &each : placed)
            gap->lowKey = std::max(gap->lowKey, each.key);
        gap->seenKey = std::max(gap->seenKey, gap->lowKey);
        return transaction.archives().putChat(*gap);
    }
    bool reachesBack = false;
    for (auto each = placed.rbegin(); each != placed.rend(); ++each) {
        // A message from before the gap: here it was filled.
        reachesBack = reachesBack || (each->wasKnown && each->key <= gap->lowKey && !gap->history);
        if (reachesBack || (gap->highKey > 0 && each->key >= gap->highKey))
            continue;
        gap->highKey = each->key;
        gap->before = each->id;
        gap->beforeTime = QDateTime();
    }
    if (chat == page.request.chat) {
        if (!page.ids.isEmpty()) {
            step.moved = page.request.cursor != page.ids.front();
            gap->before = page.ids.front();
            gap->beforeTime = page.firstTime;
        }
        gap->closed = gap->closed || reachesBack || page.isEnd();
        step.closed = gap->closed;
    }
    return transaction.archives().putChat(*gap);
}

Result<> narrowAll(store::Transaction &transaction, const ArchivePage &page, const store::ArchiveGap &gap,
                   ArchiveStep &step)
{
    auto archives = transaction.archives();
    const QString &otherEnd = page.request.side == store::GapSide::New ? gap.after : gap.before;
    const bool meets = !otherEnd.isEmpty() && page.ids.contains(otherEnd);
    const bool isTop = page.request.side == store::GapSide::New && page.request.cursor.isEmpty();
    if (!page.ids.isEmpty()) {
        // The newest that is known, unless something newer came meanwhile.
        if (isTop || page.request.side == store::GapSide::Old) {
            if (gap.before.isEmpty()) {
                if (auto done = archives.setNewest(gap.account, gap.archive, page.ids.back(), page.lastTime); !done)
                    return done;
            }
        }
        const auto done = page.request.side == store::GapSide::Old
            ? archives.narrowOld(gap.id, page.ids.back(), page.lastTime)
            : archives.narrowNew(gap.id, page.ids.front(), page.firstTime);
        if (!done)
            return done;
        step.moved =
            page.request.cursor != (page.request.side == store::GapSide::Old ? page.ids.back() : page.ids.front());
    }
    step.closed = meets || page.isEnd();
    return step.closed ? archives.close(gap.id) : Result<>{};
}

} // namespace

xep::Mam::Query ArchiveRequest::toQuery(const Jid &archive, const Jid &with) const
{
    xep::Mam::Query query;
    query.archive = archive;
    query.with = with;
    query.start = start;
    query.max = max;
    if (side == store::GapSide::Old)
        query.after = cursor;
    else
        query.before = cursor.isNull() ? QStringLiteral("") : cursor;
    return query;
}

ArchivePage ArchivePage::of(const ArchiveRequest &request, const xep::Mam::Page &page)
{
    ArchivePage result;
    result.request = request;
    result.ids = page.ids;
    result.isProof = page.isWhole() && page.stable;
    result.complete = page.complete;
    // Of the ends themselves, where their messages are ones: else no time is said rather than another one's.
    if (!page.messages.empty() && page.messages.front().origin().archiveId() == page.firstId())
        result.firstTime = page.messages.front().origin().time();
    if (!page.messages.empty() && page.messages.back().origin().archiveId() == page.lastId())
        result.lastTime = page.messages.back().origin().time();
    return result;
}

Result<ArchiveStep> ArchiveStep::take(store::Transaction &transaction, const ArchivePage &page,
                                      const std::map<qint64, std::vector<Placed>> &placed)
{
    ArchiveStep step;
    step.side = page.request.side;
    const auto gap = transaction.archives().byId(page.request.gap);
    if (!gap)
        return fail(gap.error());
    if (!*gap) {
        step.closed = true; // by another page meanwhile
        return step;
    }
    step.history = (*gap)->isHistory();
    if (page.isPart)
        return step;
    for (const auto &[chat, messages] : placed) {
        auto done = narrowChat(transaction, page, chat, messages, step);
        // All of it is older than what newer gaps hide; but for a page that began at the archive's end.
        if (done && !page.request.cursor.isEmpty())
            done = transaction.archives().raise(**gap, chat, newestOf(messages));
        if (!done)
            return fail(done.error());
    }
    if (page.request.chat == 0) {
        if (auto done = narrowAll(transaction, page, **gap, step); !done)
            return fail(done.error());
    } else if (placed.count(page.request.chat) == 0) {
        if (auto done = narrowChat(transaction, page, page.request.chat, {}, step); !done)
            return fail(done.error());
    }
    return step;
}

Result<> ArchiveStep::forget(store::Transaction &transaction, const ArchiveRequest &request)
{
    auto archives = transaction.archives();
    if (request.chat != 0) {
        auto chat = archives.chatGap(request.gap, request.chat);
        if (!chat)
            return fail(chat.error());
        if (chat->before == request.cursor) {
            chat->before = QString();
            return archives.putChat(*chat);
        }
    }
    const auto gap = archives.byId(request.gap);
    if (!gap)
        return fail(gap.error());
    if (!*gap || (*gap)->before != request.cursor)
        return {};
    return archives.widen(request.gap);
}

} // namespace chat
