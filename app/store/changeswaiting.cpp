// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Changes whose message is not here, until it is.
#include "store/changerow.h"

#include <algorithm>

namespace store {

/// What its author said of the same message, which is not here: corrections and retractions.
Result<std::vector<Change>> Changes::waitingWith(const Change &change) const
{
    if (change.kind == Change::Kind::Reactions)
        return std::vector<Change>();
    auto rows =
        m_database.query("SELECT " STORE_CHANGE_COLUMNS
                         " FROM message_changes WHERE conversation = ? AND target = ? AND message IS NULL AND "
                         "kind IN (?, ?) ORDER BY id",
                         change.conversation, change.target, Change::Kind::Correction, Change::Kind::Retraction);
    auto all = rows.all<Change>(readChange);
    if (all)
        std::erase_if(*all, [&change](const Change &each) { return !isBySame(each, change); });
    return all;
}

/// What stands in for the message that is not here says what that would say.
Result<> Changes::changeStandIn(const Change &change, qint64 standIn)
{
    Messages messages(m_database);
    if (change.kind == Change::Kind::Retraction) {
        if (const auto gone = messages.retract(standIn); !gone)
            return fail(gone.error());
        return m_database
            .query("UPDATE message_changes SET body = '', payload = NULL WHERE stand_in = ? AND message IS NULL",
                   standIn)
            .run();
    }
    const auto waiting = waitingWith(change);
    if (!waiting)
        return fail(waiting.error());
    const bool isLast = std::all_of(waiting->begin(), waiting->end(), [&change](const Change &each) {
        return each.id == change.id || each.kind != Change::Kind::Correction || isLater(change, each);
    });
    if (auto done = setStandIn(change.id, standIn); !done || !isLast)
        return done;
    const auto done = messages.edit(standIn, change.body, change.payload);
    return done ? Result<>{} : fail(done.error());
}

/// Nobody fills the disk with what nobody sees.
Result<> Changes::limitWaiting(qint64 conversation, qint64 id)
{
    if (id % 256 != 0)
        return {};
    return m_database
        .query(
            "DELETE FROM message_changes WHERE id IN (SELECT id FROM message_changes WHERE conversation = ? AND message IS "
            "NULL AND stand_in IS NULL ORDER BY id DESC LIMIT -1 OFFSET ?)",
            conversation, mostWaiting)
        .run();
}

Result<> Changes::setStandIn(qint64 id, qint64 key)
{
    return m_database.query("UPDATE message_changes SET stand_in = ? WHERE id = ?", key, id).run();
}

Result<Recorded> Changes::resolve(const Message &message)
{
    Recorded recorded;
    std::vector<Change> waiting;
    QStringList ids{message.stanzaId, message.originId};
    ids.removeDuplicates();
    for (const QString &id : ids) {
        if (id.isEmpty())
            continue;
        auto rows = m_database.query("SELECT " STORE_CHANGE_COLUMNS
                                     " FROM message_changes WHERE conversation = ? AND target = ? AND "
                                     "message IS NULL ORDER BY id",
                                     message.conversation, id);
        auto all = rows.all<Change>(readChange);
        if (!all)
            return fail(all.error());
        std::move(all->begin(), all->end(), std::back_inserter(waiting));
    }
    for (Change &change : waiting) {
        const auto target = targetOf(change);
        if (!target)
            return fail(target.error());
        if (*target != message.key)
            continue;
        auto done =
            m_database.query("UPDATE message_changes SET message = ? WHERE id = ?", message.key, change.id).run();
        change.message = message.key;
        if (done)
            done = apply(change);
        if (!done)
            return fail(done.error());
        recorded.message = message.key;
        if (change.standIn == 0
            || std::find(recorded.removed.begin(), recorded.removed.end(), change.standIn) != recorded.removed.end())
            continue;
        if (done = moveChanges(change.standIn, message.key); !done)
            return fail(done.error());
        const auto gone = Messages(m_database).remove(change.standIn);
        if (!gone)
            return fail(gone.error());
        recorded.removed.push_back(change.standIn);
    }
    return recorded;
}

/// What is said of the one is said of the other.
Result<> Changes::moveChanges(qint64 from, qint64 to)
{
    const auto all =
        m_database
            .query("SELECT " STORE_CHANGE_COLUMNS " FROM message_changes WHERE message = ? AND kind <> ? ORDER BY id",
                   from, Change::Kind::Original)
            .all<Change>(readChange);
    if (!all)
        return fail(all.error());
    auto done = m_database
                    .query("UPDATE message_changes SET message = ?, in_force = 0 WHERE message = ? AND kind <> ?", to,
                           from, Change::Kind::Original)
                    .run();
    for (Change change : *all) {
        change.message = to;
        if (done)
            done = apply(change);
    }
    return done;
}

} // namespace store
