// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where in their chats the messages of an archive go.
#include "chat/inboxwriter.h"
#include "store/keys.h"

#include <QSet>

#include <algorithm>
#include <map>

namespace chat {

/// I9: servers may swap what they deliver while one stream takes over from another; their archives tell the order. What
/// we wrote ourselves stays where it was written.
Result<std::vector<store::Message>> InboxWriter::putInOrder(store::Transaction &transaction, const Rows &rows)
{
    QSet<QString> ids;
    for (const auto &row : rows) {
        if (row)
            ids.insert(row->archiveId);
    }
    std::map<qint64, std::vector<qint64>> chats;
    for (const auto &row : rows) {
        if (!row || row->outgoing || row->archiveId.isEmpty())
            continue;
        const auto known = transaction.messages().known(*row);
        if (!known)
            return fail(known.error());
        const auto stored =
            *known == 0 ? Result<std::optional<store::Message>>() : transaction.messages().byKey(*known);
        if (!stored)
            return fail(stored.error());
        // An archive may have a message twice: it stands where the first of them does, which may be before these.
        std::vector<qint64> &keys = chats[row->conversation];
        const bool isIt = *stored && ((*stored)->archiveId.isEmpty() || ids.contains((*stored)->archiveId));
        if (isIt && std::find(keys.begin(), keys.end(), *known) == keys.end())
            keys.push_back(*known);
    }
    std::vector<store::Message> moved;
    for (const auto &[chat, keys] : chats) {
        const auto changed = transaction.messages().putInOrder(keys);
        if (!changed)
            return fail(changed.error());
        for (const qint64 key : *changed) {
            auto message = transaction.messages().require(key);
            if (!message)
                return fail(message.error());
            moved.push_back(std::move(*message));
        }
    }
    return moved;
}

/// Where there was no room for a message between two others, all move up; what stands where it was put is new there then.
Result<> InboxWriter::orderAgain(store::Transaction &transaction, const Rows &rows, InboxOutcomes &outcomes)
{
    auto moved = putInOrder(transaction, rows);
    if (!moved)
        return fail(moved.error());
    for (store::Message &message : *moved) {
        const auto added =
            std::find_if(outcomes.each.begin(), outcomes.each.end(), [&message](const InboxOutcome &outcome) {
                return outcome.added && outcome.added->key == message.key;
            });
        if (added != outcomes.each.end())
            added->added = std::move(message);
        else
            outcomes.moved.push_back(std::move(message));
    }
    return {};
}

/// Where the messages of the page go, as its archive has them in order (I9).
Result<> InboxWriter::placePage(store::Transaction &transaction, Rows &rows) const
{
    const auto gap = transaction.archives().byId(page->request.gap);
    if (!gap)
        return fail(gap.error());
    const bool isHistory = !*gap || (*gap)->isHistory();
    size_t end = 0;
    for (size_t i = 0; *gap && page->request.side == store::GapSide::New && i < group->size(); ++i) {
        if ((*group)[i].origin().archiveId() == (*gap)->after)
            end = i;
    }
    // Beyond the gap's old end begins what is known, or another gap, which is filled in its turn.
    for (size_t i = 0; i < end; ++i)
        rows[i].reset();
    std::map<qint64, std::pair<std::vector<size_t>, std::vector<store::ArchivedMessage>>> chats;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i])
            continue;
        const auto known = transaction.messages().known(*rows[i]);
        if (!known)
            return fail(known.error());
        const auto archived = transaction.messages().findArchived(rows[i]->conversation, rows[i]->archiveId);
        if (!archived)
            return fail(archived.error());
        rows[i]->read = isHistory;
        auto &[indexes, messages] = chats[rows[i]->conversation];
        indexes.push_back(i);
        messages.push_back({rows[i]->time, *known, archived->has_value()});
    }
    for (auto &[chat, members] : chats) {
        const auto chatGap = transaction.archives().chatGap(page->request.gap, chat);
        if (!chatGap)
            return fail(chatGap.error());
        auto &[indexes, messages] = members;
        // The same for one chat: what was here before the gap was opened ends it.
        for (size_t i = messages.size(); page->request.chat != 0 && !chatGap->history && i-- > 0;) {
            if (messages[i].known == 0 || !messages[i].isSame || messages[i].known > chatGap->lowKey)
                continue;
            for (size_t older = 0; older < i; ++older)
                rows[indexes[older]].reset();
            indexes.erase(indexes.begin(), indexes.begin() + qsizetype(i));
            messages.erase(messages.begin(), messages.begin() + qsizetype(i));
            break;
        }
        const bool isEnd = page->request.side == store::GapSide::New && page->request.cursor.isEmpty();
        const auto keys = transaction.archives().place(*chatGap, page->request.side, messages, isEnd);
        if (!keys)
            return fail(keys.error());
        for (size_t i = 0; i < keys->size(); ++i)
            rows[indexes[i]]->key = (*keys)[i];
    }
    return {};
}

/// Where what is missing of the stretch goes: between what it stands between there.
Result<> InboxWriter::placeStretch(store::Transaction &transaction, Rows &rows) const
{
    const auto gaps = transaction.archives().gaps(account, account);
    if (!gaps)
        return fail(gaps.error());
    const auto isOpen = [](const store::ArchiveGap &gap) { return !gap.isHistory(); };
    const bool adds = isSinceKnown && std::none_of(gaps->begin(), gaps->end(), isOpen);
    std::map<qint64, std::vector<store::ArchivedMessage>> chats;
    std::map<qint64, std::vector<size_t>> indexes;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i])
            continue;
        const auto known = transaction.messages().known(*rows[i]);
        if (!known)
            return fail(known.error());
        if (*known == 0 && !adds) {
            rows[i].reset();
            continue;
        }
        chats[rows[i]->conversation].push_back({rows[i]->time, *known, *known != 0});
        indexes[rows[i]->conversation].push_back(i);
    }
    for (const auto &[chat, messages] : chats) {
        const auto keys = transaction.archives().placeAmong(chat, messages);
        if (!keys)
            return fail(keys.error());
        for (size_t i = 0; i < keys->size(); ++i)
            rows[indexes[chat][i]]->key = (*keys)[i];
    }
    return {};
}

Result<> InboxWriter::takeStep(store::Transaction &transaction, const std::vector<store::Stored> &kept,
                               InboxOutcomes &outcomes) const
{
    std::map<qint64, std::vector<ArchiveStep::Placed>> placed;
    for (size_t i = 0; i < kept.size(); ++i) {
        if (kept[i].key != 0)
            placed[store::keys::conversationOf(kept[i].key)].push_back(
                {kept[i].key, (*group)[i].origin().archiveId(), kept[i].duplicate && !kept[i].changed});
    }
    auto step = ArchiveStep::take(transaction, *page, placed);
    if (!step)
        return fail(step.error());
    outcomes.step = *step;
    for (const InboxOutcome &outcome : outcomes.each)
        outcomes.step.added += outcome.added ? 1 : 0;
    return {};
}

} // namespace chat
