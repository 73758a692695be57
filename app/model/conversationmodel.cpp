// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/conversationmodel.h"

#include <algorithm>

namespace model {

ConversationModel::ConversationModel(chat::Profile &profile) : m_profile(profile)
{
    chat::Conversations &conversations = profile.conversations();
    connect(&conversations, &chat::Conversations::added, this, &ConversationModel::update);
    connect(&conversations, &chat::Conversations::changed, this, &ConversationModel::update);
    connect(&conversations, &chat::Conversations::removed, this, &ConversationModel::takeAway);
    connect(&conversations, &chat::Conversations::typing, this, [this](qint64 id, bool active) {
        if (active)
            m_typing.insert(id);
        else
            m_typing.remove(id);
        update(id);
    });
    connect(&profile.accounts(), &chat::Accounts::added, this, &ConversationModel::connectAccount);
    for (chat::Account *account : profile.accounts().all())
        connectAccount(account);
    reload();
}

void ConversationModel::connectAccount(chat::Account *account)
{
    const Jid name = account->jid();
    const auto refresh = [this, name](const Jid &jid) {
        if (jid.isNull())
            refreshRows();
        else
            updatePeer(name, jid);
    };
    connect(&account->presences(), &chat::Presences::changed, this, refresh);
    connect(&account->contacts(), &chat::Contacts::changed, this, refresh);
    connect(&account->contacts(), &chat::Contacts::removed, this, refresh);
    connect(&account->contacts(), &chat::Contacts::reset, this, &ConversationModel::refreshRows);
}

int ConversationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ConversationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ConversationRow &row = m_rows[size_t(index.row())];
    if (role == RowRole)
        return QVariant::fromValue(row);
    if (role == Qt::DisplayRole)
        return row.title;
    return {};
}

int ConversationModel::indexOf(qint64 id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const ConversationRow &row) { return row.id == id; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int ConversationModel::unread() const
{
    int sum = 0;
    for (const ConversationRow &row : m_rows)
        sum += row.muted ? 0 : row.unread;
    return sum;
}

bool ConversationModel::before(const ConversationRow &a, const ConversationRow &b)
{
    if (a.pinned != b.pinned)
        return a.pinned;
    if (a.time != b.time)
        return a.time > b.time;
    return a.id > b.id;
}

ConversationRow ConversationModel::rowFor(const store::Conversation &conversation) const
{
    ConversationRow row;
    row.id = conversation.id;
    row.account = conversation.account;
    row.peer = conversation.peer;
    row.title = conversation.peer.toString();
    const chat::Account *account = m_profile.accounts().find(conversation.account);
    if (account) {
        if (const chat::Contact *contact = account->contacts().find(conversation.peer))
            row.title = contact->title();
        if (const auto best = account->presences().best(conversation.peer))
            row.show = best->show;
    }
    row.previewIsDraft = !conversation.draft.isEmpty();
    row.preview =
        row.previewIsDraft ? conversation.draft.left(200).simplified() : conversation.lastPreview.simplified();
    row.previewIsOwn = !row.previewIsDraft && conversation.lastOutgoing;
    row.failed = conversation.lastState == store::MessageState::Failed;
    row.typing = m_typing.contains(conversation.id);
    row.time = conversation.lastTime;
    row.unread = conversation.unread;
    row.pinned = conversation.pinned;
    row.muted = conversation.mutedUntil.isValid() && conversation.mutedUntil > m_profile.services().clock.now();
    row.archived = conversation.archived;
    return row;
}

void ConversationModel::reload()
{
    beginResetModel();
    m_rows.clear();
    for (const store::Conversation &conversation : m_profile.conversations().all())
        m_rows.push_back(rowFor(conversation));
    std::sort(m_rows.begin(), m_rows.end(), before);
    endResetModel();
    Q_EMIT unreadChanged();
}

void ConversationModel::refreshRows()
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const store::Conversation *conversation = m_profile.conversations().find(m_rows[i].id);
        if (!conversation)
            continue;
        ConversationRow row = rowFor(*conversation);
        if (row == m_rows[i])
            continue;
        m_rows[i] = std::move(row);
        Q_EMIT dataChanged(index(int(i)), index(int(i)));
    }
}

void ConversationModel::takeAway(qint64 id)
{
    m_typing.remove(id);
    const int at = indexOf(id);
    if (at < 0)
        return;
    beginRemoveRows({}, at, at);
    m_rows.erase(m_rows.begin() + at);
    endRemoveRows();
    Q_EMIT unreadChanged();
}

void ConversationModel::updatePeer(const Jid &account, const Jid &peer)
{
    if (const store::Conversation *conversation = m_profile.conversations().find(account, peer))
        update(conversation->id);
}

void ConversationModel::update(qint64 id)
{
    const store::Conversation *conversation = m_profile.conversations().find(id);
    if (!conversation)
        return;
    ConversationRow row = rowFor(*conversation);
    const int old = indexOf(id);
    if (old >= 0 && m_rows[size_t(old)] == row)
        return;
    // Where it belongs among the others.
    const auto place = std::count_if(m_rows.begin(), m_rows.end(), [&](const ConversationRow &other) {
        return other.id != id && before(other, row);
    });
    if (old < 0) {
        beginInsertRows({}, int(place), int(place));
        m_rows.insert(m_rows.begin() + place, std::move(row));
        endInsertRows();
    } else {
        if (place != old) {
            beginMoveRows({}, old, old, {}, int(place > old ? place + 1 : place));
            const auto begin = m_rows.begin();
            if (place > old)
                std::rotate(begin + old, begin + old + 1, begin + place + 1);
            else
                std::rotate(begin + place, begin + old, begin + old + 1);
            endMoveRows();
        }
        m_rows[size_t(place)] = std::move(row);
        const QModelIndex changed = index(int(place));
        Q_EMIT dataChanged(changed, changed);
    }
    Q_EMIT unreadChanged();
}

} // namespace model
