// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/alerts.h"

#include "chat/inbox.h"
#include "store/messagerow.h"

#include <algorithm>

namespace chat {
namespace {

/// A file without words is known by its name.
QString wordsOf(const store::Message &message)
{
    const QString caption = store::captionOf(message.body, message.files);
    return caption.isEmpty() && !message.files.empty() ? message.files.front().name : caption;
}

/// The beginning of a text, never half a character.
QString beginning(const QString &text)
{
    const QString start = text.left(Alerts::longestText);
    return start.size() < text.size() && start.back().isHighSurrogate() ? start.chopped(1) : start;
}

struct HasOwn {
    qint64 chat;
    Result<bool> operator()(store::Reader &reader) const { return reader.messages().hasOwn(chat); }
};

} // namespace

Alerts::Alerts(Clock &clock, store::Store &store, Conversations &conversations, Settings &settings)
    : m_clock(clock), m_store(store), m_conversations(conversations), m_settings(settings),
      m_wish(AlertSettings::of(settings))
{
    connect(&conversations, &Conversations::changed, this, &Alerts::takeChat);
    connect(&conversations, &Conversations::removed, this, &Alerts::takeChat);
    connect(&conversations, &Conversations::messageChanged, this, &Alerts::takeEdit);
    connect(&conversations, &Conversations::messageEdited, this, &Alerts::takeEdit);
    connect(&conversations, &Conversations::messageRemoved, this, &Alerts::takeRemoval);
    connect(&conversations, &Conversations::messageAdded, this, [this](const store::Message &message) {
        if (message.outgoing)
            m_answered.insert(message.conversation);
    });
    connect(&settings, &Settings::changed, this, &Alerts::takeSetting);
}

Alerts::~Alerts() = default;

void Alerts::add(const Jid &account, Inbox &inbox, About about)
{
    m_accounts[account] = std::move(about);
    connect(&inbox, &Inbox::notified, this, [this, account](const store::Message &message) { take(account, message); });
}

bool Alerts::isWanted(const Jid &account, const store::Message &message) const
{
    if (!m_wish.isOn || message.outgoing || message.retracted || !message.replaces.isEmpty())
        return false;
    const QDateTime now = m_clock.now();
    if (message.time.isValid() && message.time.addMSecs(std::chrono::milliseconds(longestPast).count()) < now)
        return false;
    const auto about = m_accounts.find(account);
    const bool isBusy = about != m_accounts.end() && about->second.isBusy && about->second.isBusy();
    return !isBusy && !m_wish.isQuietAt(now.toLocalTime().time());
}

void Alerts::take(const Jid &account, const store::Message &message)
{
    if (!isWanted(account, message))
        return;
    const auto about = m_accounts.find(account);
    const bool isKnown =
        about == m_accounts.end() || !about->second.isKnown || about->second.isKnown(message.author.bare());
    if (isKnown || m_answered.count(message.conversation) > 0)
        tell(account, message, false);
    else if (m_told.count(message.conversation) > 0)
        tell(account, message, true); // it was looked whether we ever wrote
    else
        m_scope.run(takeStranger(account, message));
}

/// Whom we have written to is no stranger, contact or not.
Task<void> Alerts::takeStranger(Jid account, store::Message message)
{
    auto reading = m_store.read(HasOwn{message.conversation});
    const auto hasOwn = co_await std::move(reading);
    if (hasOwn && *hasOwn)
        m_answered.insert(message.conversation);
    const store::Conversation *chat = m_conversations.find(message.conversation);
    if (chat && chat->readKey < message.key && isWanted(account, message))
        tell(account, message, m_answered.count(message.conversation) == 0);
}

qint64 Alerts::groupFor(qint64 chat, bool isStranger) const
{
    if (isStranger)
        return requestsId;
    const auto known = m_told.find(chat);
    if (known != m_told.end() && known->second.group != requestsId)
        return known->second.group;
    const auto own =
        std::count_if(m_told.begin(), m_told.end(), [](const auto &each) { return each.second.group > 0; });
    return own < mostChats ? chat : manyId;
}

void Alerts::tell(const Jid &account, const store::Message &message, bool isStranger)
{
    const store::Conversation *chat = m_conversations.find(message.conversation);
    if (!chat)
        return;
    const qint64 group = groupFor(chat->id, isStranger);
    Told &told = m_told[chat->id];
    const qint64 before = std::exchange(told.group, group);
    told.account = account;
    told.peer = chat->peer;
    const auto place = std::find_if(told.pieces.begin(), told.pieces.end(),
                                    [&](const Piece &piece) { return piece.key >= message.key; });
    if (place != told.pieces.end() && place->key == message.key)
        return;
    told.pieces.insert(place, {message.key, message.author, beginning(wordsOf(message))});
    if (int(told.pieces.size()) > mostMessages) {
        told.pieces.pop_front();
        ++told.older;
    }
    if (before != 0 && before != group)
        touch(before, false); // a stranger no more
    touch(group, true);
}

void Alerts::drop(std::map<qint64, Told>::iterator told)
{
    const qint64 group = told->second.group;
    m_told.erase(told);
    touch(group, false);
}

/// Read here or elsewhere, muted, or gone.
void Alerts::takeChat(qint64 id)
{
    const auto told = m_told.find(id);
    if (told == m_told.end())
        return;
    const store::Conversation *chat = m_conversations.find(id);
    const bool isMuted = chat && chat->mutedUntil.isValid() && chat->mutedUntil > m_clock.now();
    if (!chat || isMuted || chat->readKey >= told->second.pieces.back().key) {
        drop(told);
        return;
    }
    std::deque<Piece> &pieces = told->second.pieces;
    const int before = told->second.count();
    if (chat->readKey >= pieces.front().key)
        told->second.older = 0;
    while (chat->readKey >= pieces.front().key)
        pieces.pop_front();
    if (told->second.count() != before)
        touch(told->second.group, false);
}

void Alerts::takeEdit(const store::Message &message)
{
    const auto told = m_told.find(message.conversation);
    if (told == m_told.end())
        return;
    for (Piece &piece : told->second.pieces) {
        if (piece.key != message.key)
            continue;
        const QString text = beginning(wordsOf(message));
        if (message.retracted || message.outgoing)
            dropPiece(message.conversation, message.key);
        else if (std::exchange(piece.text, text) != text)
            touch(told->second.group, false);
        return;
    }
}

void Alerts::takeRemoval(qint64 id, qint64 key)
{
    dropPiece(id, key);
}

void Alerts::dropPiece(qint64 chat, qint64 key)
{
    const auto told = m_told.find(chat);
    if (told == m_told.end())
        return;
    std::deque<Piece> &pieces = told->second.pieces;
    const auto found =
        std::find_if(pieces.begin(), pieces.end(), [key](const Piece &piece) { return piece.key == key; });
    if (found == pieces.end())
        return;
    pieces.erase(found);
    if (pieces.empty())
        drop(told);
    else
        touch(told->second.group, false);
}

void Alerts::takeSetting(const QString &key)
{
    if (!key.startsWith(u"notify."))
        return;
    const AlertSettings before = std::exchange(m_wish, AlertSettings::of(m_settings));
    if (!m_wish.isOn) {
        while (!m_told.empty())
            drop(m_told.begin());
    } else if (before.content != m_wish.content) {
        for (const Alert &alert : all()) // saying changes the list
            touch(alert.id, false);
    }
}

std::vector<Alert> Alerts::all() const
{
    std::vector<Alert> result;
    for (const auto &[id, alert] : m_out)
        result.push_back(alert);
    return result;
}

/// The alert as it is now; nothing where nothing is left of it.
std::optional<Alert> Alerts::compose(qint64 group) const
{
    Alert alert;
    alert.id = group;
    if (group > 0) {
        const auto found = m_told.find(group);
        if (found == m_told.end() || found->second.group != group)
            return {};
        const Told &told = found->second;
        const Piece &newest = told.pieces.back();
        alert.account = told.account;
        alert.peer = told.peer;
        alert.author = newest.author;
        alert.key = newest.key;
        alert.count = told.count();
        if (m_wish.content == AlertSettings::Content::Text)
            alert.text = newest.text;
        if (m_wish.content != AlertSettings::Content::Nothing) {
            const auto about = m_accounts.find(told.account);
            if (about != m_accounts.end() && about->second.nameOf)
                alert.name = about->second.nameOf(told.peer);
            if (alert.name.isEmpty())
                alert.name = told.peer.toString();
        }
        return alert;
    }
    alert.kind = group == requestsId ? Alert::Kind::Requests : Alert::Kind::Many;
    alert.chats = 0;
    for (const auto &[chat, told] : m_told) {
        if (told.group != group)
            continue;
        ++alert.chats;
        alert.count += told.count();
    }
    return alert.chats > 0 ? std::optional(alert) : std::nullopt;
}

void Alerts::touch(qint64 group, bool isNews)
{
    if (isNews)
        m_news.insert(group);
    if (std::find(m_waiting.begin(), m_waiting.end(), group) == m_waiting.end())
        m_waiting.push_back(group);
    pump();
}

void Alerts::pump()
{
    if (m_pausing.isActive() || m_waiting.empty())
        return;
    m_pausing = m_clock.after(pause, [this] {
        m_pausing.stop();
        pump();
    });
    const qint64 group = m_waiting.front();
    m_waiting.pop_front();
    say(group);
}

void Alerts::say(qint64 group)
{
    const bool isNews = m_news.erase(group) > 0;
    const auto known = m_out.find(group);
    auto alert = compose(group);
    if (!alert) {
        if (known == m_out.end())
            return; // came and went unsaid
        const Alert gone = known->second;
        m_out.erase(known);
        Q_EMIT withdrawn(gone);
        return;
    }
    alert->isNews = isNews;
    const auto now = m_clock.monotonic();
    alert->hasSound = isNews && m_wish.hasSound && (!m_sounded || now - *m_sounded >= soundPause);
    if (alert->hasSound)
        m_sounded = now;
    const bool isNew = known == m_out.end();
    m_out.insert_or_assign(group, *alert);
    if (isNew)
        Q_EMIT raised(*alert);
    else
        Q_EMIT changed(*alert);
}

} // namespace chat
