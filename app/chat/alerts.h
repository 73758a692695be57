// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "chat/alertsettings.h"
#include "chat/conversations.h"

#include <QObject>

#include <deque>
#include <map>
#include <set>

namespace chat {

class Inbox;

/// What a person is told: one of these a chat, however many messages came.
struct Alert {
    enum class Kind {
        Chat,     ///< The news of one chat.
        Requests, ///< How many messages strangers wrote; nothing of what they say.
        Many,     ///< The news of all chats beyond `Alerts::mostChats`, as numbers.
    };
    qint64 id = 0; ///< The chat's id; Requests and Many have ids below 0. An Alert of the same id replaces this one.
    Kind kind = Kind::Chat;
    Jid account;  ///< Of a Chat.
    Jid peer;     ///< Of a Chat.
    Jid author;   ///< Of the newest message. Of a Chat.
    QString name; ///< The contact's name or address, from outside. Empty where the person wants no names shown.
    QString text; ///< Of the newest message, from outside, `Alerts::longestText` at most. Empty where not to be shown.
    qint64 key = 0; ///< Of the newest message of a Chat.
    int count = 0;  ///< Messages.
    int chats = 1;
    bool isNews = true;    ///< Something came since it was told last; false: what was said is said otherwise.
    bool hasSound = false; ///< It may be heard.
};

/// Decides what of the stored messages a person is told, as a window or a program would show it (RELIABILITY 1.47): what
/// the inbox calls new (incoming, not read anywhere, not in a muted chat nor in the one that is looked at) and what is not
/// old. An hour after a message was sent no banner is of use: after a night away there would be one of yesterday for each
/// chat, and the list of chats says all that at a glance. One alert a chat, which follows what becomes of its messages:
/// corrected, taken back, read here or by another device of ours.
///
/// Nothing is told while our presence is "do not disturb", while the switch of that name is on, and in the quiet hours.
/// Alerts change, come and go five times a second at most (L06): what waits is told as it is by then.
class Alerts : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::minutes longestPast{60};
    static constexpr std::chrono::milliseconds pause{200};
    static constexpr std::chrono::seconds soundPause{2}; ///< Sounds are no nearer to each other.
    static constexpr int longestText = 200;
    static constexpr int mostChats = 10;    ///< With an alert of their own at a time.
    static constexpr int mostMessages = 20; ///< Remembered of a chat, to fall back on where the newest one goes.
    static constexpr qint64 requestsId = -1;
    static constexpr qint64 manyId = -2;

    Alerts(Clock &clock, store::Store &store, Conversations &conversations, Settings &settings);
    ~Alerts() override;

    /// What is to be known of an account.
    struct About {
        std::function<QString(const Jid &bare)> nameOf; ///< Empty: the address is shown.
        std::function<bool(const Jid &bare)> isKnown;   ///< False: a stranger.
        std::function<bool()> isBusy;                   ///< The person said that nobody should disturb.
    };
    /// Tells of what this account's inbox takes from now on; both outlive this, or the inbox ends before.
    void add(const Jid &account, Inbox &inbox, About about);

    /// What was told and is not withdrawn, as it is now.
    std::vector<Alert> all() const;

Q_SIGNALS:
    void raised(const chat::Alert &alert);
    void changed(const chat::Alert &alert);
    void withdrawn(const chat::Alert &alert);

private:
    struct Piece {
        qint64 key = 0;
        Jid author;
        QString text;
    };
    /// What was told of one chat.
    struct Told {
        qint64 group = 0; ///< The id of its alert.
        Jid account;
        Jid peer;
        std::deque<Piece> pieces; ///< By their keys.
        int older = 0;            ///< Messages before them.
        int count() const { return older + int(pieces.size()); }
    };
    void take(const Jid &account, const store::Message &message);
    Task<void> takeStranger(Jid account, store::Message message);
    void tell(const Jid &account, const store::Message &message, bool isStranger);
    bool isWanted(const Jid &account, const store::Message &message) const;
    qint64 groupFor(qint64 chat, bool isStranger) const;
    void takeChat(qint64 id);
    void takeEdit(const store::Message &message);
    void takeRemoval(qint64 id, qint64 key);
    void takeSetting(const QString &key);
    void drop(std::map<qint64, Told>::iterator told);
    void dropPiece(qint64 chat, qint64 key);
    std::optional<Alert> compose(qint64 group) const;
    void touch(qint64 group, bool isNews);
    void pump();
    void say(qint64 group);

    Clock &m_clock;
    store::Store &m_store;
    Conversations &m_conversations;
    Settings &m_settings;
    AlertSettings m_wish;
    std::map<Jid, About> m_accounts;
    std::map<qint64, Told> m_told; ///< By chat.
    std::set<qint64> m_answered;   ///< Strangers' chats in which we have written.
    std::map<qint64, Alert> m_out; ///< As they were said last, by id.
    std::deque<qint64> m_waiting;  ///< Alerts to be said, each once.
    std::set<qint64> m_news;       ///< Of these, what has something new.
    Timer m_pausing;
    std::optional<std::chrono::milliseconds> m_sounded;
    Scope m_scope;
};

} // namespace chat

Q_DECLARE_METATYPE(chat::Alert)
