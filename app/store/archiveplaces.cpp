// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/archives.h"

#include "store/keys.h"

#include <algorithm>

// Where an archive's messages go in a chat: between the neighbours that the archive's order gives them, and only as far
// as that leaves a choice at the time that they tell.

namespace store {
namespace {

/// Between two messages that stay where they are; neither belongs to it.
struct Between {
    qint64 low = 0;
    qint64 high = 0;
    bool keepFree = false; ///< More may come right behind `low` (New) or right before `high` (Old).
};

/// The places, in the archive's order, of the messages that go between two others.
struct Run {
    std::vector<size_t> members;
    Between between;
};

/// From the newest to the oldest, each as near to its time as the next one allows.
void fillDown(std::vector<qint64> &keys, const std::vector<qint64> &wishes, const Run &run)
{
    qint64 next = run.between.high;
    const qint64 low = run.between.low;
    for (size_t i = run.members.size(); i-- > 0;) {
        const qint64 least = low + (run.between.keepFree ? Archives::reserve : 0) + 1 + qint64(i);
        const qint64 key = std::min(std::max(wishes[run.members[i]], least), next - 1);
        keys[run.members[i]] = std::max(key, low + 1);
        next = std::max(key, low + 1);
    }
}

/// From the oldest to the newest.
void fillUp(std::vector<qint64> &keys, const std::vector<qint64> &wishes, const Run &run)
{
    qint64 previous = run.between.low;
    const qint64 high = run.between.high;
    for (size_t i = 0; i < run.members.size(); ++i) {
        const qint64 most = high - (run.between.keepFree ? Archives::reserve : 0) - qint64(run.members.size() - i);
        const qint64 key = std::max(std::min(wishes[run.members[i]], most), previous + 1);
        keys[run.members[i]] = std::min(key, std::max(high - 1, run.between.low + 1));
        previous = std::min(key, high - 1);
    }
}

/// Known messages that can stand for the order: from the newest on, each older than the one before.
std::vector<bool> anchorsOf(const std::vector<ArchivedMessage> &messages)
{
    std::vector<bool> anchors(messages.size());
    qint64 next = 0;
    for (size_t i = messages.size(); i-- > 0;) {
        if (messages[i].known == 0 || (next != 0 && messages[i].known >= next))
            continue;
        anchors[i] = true;
        next = messages[i].known;
    }
    return anchors;
}

} // namespace

/// How many older gaps lie at the same place in this chat: each needs its own room in front of this one.
Result<qint64> Archives::olderBeside(const ChatGap &gap) const
{
    return m_database
        .query(
            "SELECT count(*) FROM archive_gaps own JOIN archive_gaps g ON g.account = own.account AND g.archive = own.archive "
            "AND g.id < own.id LEFT JOIN chat_gaps c ON c.gap = g.id AND c.conversation = ?1 WHERE own.id = ?2 "
            "AND coalesce(c.closed, 0) = 0 AND max(coalesce(c.seen_key, ?3), coalesce(c.low_key, ?3)) >= ?4",
            gap.conversation, gap.gap, keys::first(gap.conversation), gap.lowKey)
        .number();
}

/// How many newer gaps lie before that message in this chat, which need room in front of it.
Result<qint64> Archives::newerBelow(const ChatGap &gap, qint64 key) const
{
    return m_database
        .query(
            "SELECT count(*) FROM archive_gaps own JOIN archive_gaps g ON g.account = own.account AND g.archive = own.archive "
            "AND g.id > own.id LEFT JOIN chat_gaps c ON c.gap = g.id AND c.conversation = ?1 WHERE own.id = ?2 "
            "AND coalesce(c.closed, 0) = 0 AND max(coalesce(c.seen_key, ?3), coalesce(c.low_key, ?3)) < ?4",
            gap.conversation, gap.gap, keys::first(gap.conversation), key)
        .number();
}

Result<std::vector<qint64>> Archives::place(const ChatGap &gap, GapSide side,
                                            const std::vector<ArchivedMessage> &messages, bool atEnd) const
{
    const qint64 end = keys::last(gap.conversation) + 1;
    const auto nextAfter = [&](qint64 key) {
        return m_database.query("SELECT key FROM messages WHERE key > ? AND key < ? ORDER BY key LIMIT 1", key, end)
            .number();
    };
    const auto previousOf = [&](qint64 key) {
        return m_database
            .query("SELECT key FROM messages WHERE key < ? AND key > ? ORDER BY key DESC LIMIT 1", key,
                   keys::first(gap.conversation))
            .number();
    };
    std::vector<qint64> wishes(messages.size());
    std::vector<qint64> keys(messages.size());
    for (size_t i = 0; i < messages.size(); ++i) {
        wishes[i] = keys::first(gap.conversation) + keys::slotOf(messages[i].time);
        keys[i] = messages[i].known;
    }
    // What was there when the gap was opened is older, what came since then is newer.
    Result<qint64> ceiling = nextAfter(std::max(gap.seenKey, gap.lowKey));
    if (!ceiling)
        return fail(ceiling.error());
    // What came live may not stand in the archive's order yet: all of it is newer than what is still missing.
    if (gap.highKey > 0 && (*ceiling == 0 || gap.highKey < *ceiling))
        *ceiling = gap.highKey;
    if (const qint64 seen = std::max(gap.seenKey, gap.lowKey); *ceiling > seen) {
        const auto below = newerBelow(gap, *ceiling);
        if (!below)
            return fail(below.error());
        *ceiling = std::max(*ceiling - *below * reserve, seen + 1);
    }
    const std::vector<bool> anchors = anchorsOf(messages);
    const auto beside = olderBeside(gap);
    if (!beside)
        return fail(beside.error());
    const qint64 floor = gap.lowKey + *beside * reserve;
    qint64 low = floor;
    bool isFloor = true; // the gap's own end, behind which more may be missing
    Run run;
    for (size_t i = 0; i <= messages.size(); ++i) {
        if (i < messages.size() && !anchors[i]) {
            if (messages[i].known == 0)
                run.members.push_back(i);
            continue;
        }
        const bool isOpen = i == messages.size();
        run.between = {low, isOpen ? *ceiling : messages[i].known, side == GapSide::New ? isFloor : isOpen};
        if (isOpen && atEnd)
            run.between.low = std::max(low, gap.seenKey);
        // As above.
        if (!isOpen && *ceiling > low)
            run.between.high = std::min(run.between.high, *ceiling);
        if (isOpen && !isFloor) {
            // Once it is filled to below its own end, only what is stored tells the order.
            const bool isBelow = gap.highKey > 0 && gap.highKey <= gap.lowKey && low < gap.highKey;
            run.between.low = std::max(low > gap.lowKey || isBelow ? low : floor, atEnd ? gap.seenKey : 0);
            if (*ceiling != 0 && *ceiling <= run.between.low) {
                const auto next = nextAfter(run.between.low);
                if (!next)
                    return fail(next.error());
                run.between.high = *next;
            }
        }
        if (run.between.high == 0)
            run.between.high = end;
        // It reaches back beyond the gap, into an older one: all that is stored and newer is in this page, too. Or what
        // is kept free for older gaps leaves no room.
        if (run.between.high - run.between.low <= qint64(run.members.size()) && !run.members.empty()) {
            const auto before = previousOf(run.between.high);
            if (!before)
                return fail(before.error());
            run.between = {std::max(*before, keys::first(gap.conversation)), run.between.high, side == GapSide::New};
        }
        if (side == GapSide::New)
            fillDown(keys, wishes, run);
        else
            fillUp(keys, wishes, run);
        run.members.clear();
        low = isOpen ? low : messages[i].known;
        isFloor = false;
    }
    return keys;
}

Result<std::vector<qint64>> Archives::placeAmong(qint64 conversation,
                                                 const std::vector<ArchivedMessage> &messages) const
{
    const auto isKnown = [](const ArchivedMessage &message) { return message.known != 0; };
    const auto first = std::find_if(messages.begin(), messages.end(), isKnown);
    const auto last = std::find_if(messages.rbegin(), messages.rend(), isKnown);
    const qint64 end = first == messages.end() ? keys::last(conversation) + 1 : first->known;
    auto before = m_database
                      .query("SELECT key FROM messages WHERE key < ? AND key > ? ORDER BY key DESC LIMIT 1", end,
                             keys::first(conversation))
                      .number();
    if (!before)
        return fail(before.error());
    ChatGap gap;
    gap.conversation = conversation;
    gap.lowKey = std::max(*before, keys::first(conversation));
    gap.seenKey = last == messages.rend() ? gap.lowKey : last->known;
    return place(gap, GapSide::Old, messages);
}

} // namespace store
