// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of changes.
#include "store/changerow.h"
#include "store/messagerow.h"

#include <algorithm>

namespace store {

Change readChange(const Statement &row)
{
    Change change;
    change.id = row.integer(0);
    change.conversation = row.integer(1);
    change.message = row.integer(2);
    change.kind = Change::Kind(row.small(3));
    change.outgoing = row.flag(4);
    change.author = row.jid(5);
    change.target = row.text(6);
    change.time = row.time(7);
    change.state = MessageState(row.small(8));
    if (!row.isNull(9))
        change.failure = {Error::Kind(row.small(9)), row.text(10), row.text(11)};
    change.stanzaId = row.text(12);
    change.archiveId = row.text(13);
    change.standIn = row.integer(14);
    change.body = row.text(15);
    change.payload = row.bytes(16);
    change.place = row.integer(17);
    change.inForce = row.flag(19);
    change.page = row.integer(20);
    if (row.flag(18))
        change.after = change.place;
    return change;
}

namespace {

QStringList signsOf(const QString &body)
{
    return body.isEmpty() ? QStringList() : body.split(u'\n');
}

} // namespace

Result<std::optional<Change>> Changes::byId(qint64 id) const
{
    return m_database.query("SELECT " STORE_CHANGE_COLUMNS " FROM message_changes WHERE id = ?", id)
        .one<Change>(readChange);
}

Result<qint64> Changes::newest() const
{
    return m_database.query("SELECT max(id) FROM message_changes").number();
}

Result<std::optional<Change>> Changes::findOwn(qint64 conversation, const QString &stanzaId) const
{
    return m_database
        .query("SELECT " STORE_CHANGE_COLUMNS
               " FROM message_changes WHERE conversation = ? AND stanza_id = ? AND outgoing = 1",
               conversation, stanzaId)
        .one<Change>(readChange);
}

Result<std::vector<Change>> Changes::history(qint64 message) const
{
    return m_database
        .query("SELECT " STORE_CHANGE_COLUMNS
               " FROM message_changes WHERE message = ? AND kind IN (?, ?) ORDER BY kind, time, id",
               message, Change::Kind::Original, Change::Kind::Correction)
        .all<Change>(readChange);
}

Result<QStringList> Changes::reactions(qint64 message, bool outgoing) const
{
    const auto newest =
        m_database
            .query("SELECT " STORE_CHANGE_COLUMNS " FROM message_changes WHERE message = ? AND kind = ? AND "
                   "outgoing = ? AND in_force = 1",
                   message, Change::Kind::Reactions, outgoing)
            .one<Change>(readChange);
    if (!newest)
        return fail(newest.error());
    return *newest ? signsOf((*newest)->body) : QStringList();
}

Result<> Changes::fillAnswered(Message &message) const
{
    const auto answered = Messages(m_database).findAny(message.conversation, message.replyTo);
    if (!answered)
        return fail(answered.error());
    message.answered.emplace(Message::Answered{});
    std::vector<File> files;
    if (*answered && (*answered)->hasFiles) {
        auto read = Files(m_database).of((*answered)->key);
        if (!read)
            return fail(read.error());
        files = std::move(*read);
    }
    if (*answered)
        message.answered = Message::Answered{(*answered)->key, (*answered)->author, (*answered)->outgoing,
                                             previewOf((*answered)->body, files), (*answered)->retracted};
    return {};
}

Result<> Changes::fill(Message &message) const
{
    if (message.hasFiles) {
        auto files = Files(m_database).of(message.key);
        if (!files)
            return fail(files.error());
        message.files = std::move(*files);
    }
    if (!message.replyTo.isEmpty()) {
        if (auto done = fillAnswered(message); !done)
            return done;
    }
    if (!message.hasChanges)
        return {};
    auto rows = m_database.query("SELECT " STORE_CHANGE_COLUMNS
                                 " FROM message_changes WHERE message = ? AND (in_force = 1 OR outgoing = 1) "
                                 "ORDER BY id",
                                 message.key);
    while (rows.next()) {
        const Change change = readChange(rows);
        const bool isOpen = change.state == MessageState::Queued || change.state == MessageState::Written
            || change.state == MessageState::Failed;
        if (change.outgoing && isOpen && message.waiting.change == 0)
            message.waiting = {change.id, change.state, change.failure};
        if (change.kind != Change::Kind::Reactions || message.retracted || !change.inForce)
            continue;
        const auto same =
            std::find_if(message.reactions.begin(), message.reactions.end(), [&change](const Reactor &each) {
                return each.outgoing == change.outgoing
                    && (each.outgoing || each.author.bare() == change.author.bare());
            });
        if (same == message.reactions.end())
            message.reactions.push_back({change.author, change.outgoing, signsOf(change.body)});
        else
            same->signs = signsOf(change.body);
    }
    std::erase_if(message.reactions, [](const Reactor &each) { return each.signs.isEmpty(); });
    return rows.finish();
}

Result<> Changes::fill(std::vector<Message> &messages) const
{
    for (Message &message : messages) {
        if (auto done = fill(message); !done)
            return done;
    }
    return {};
}

} // namespace store
