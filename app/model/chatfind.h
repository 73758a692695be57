// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "store/searchwords.h"

#include <atomic>

namespace model {

/// Finds a text in one chat of any length: how many messages have it, and one after the other. The last text wins.
class ChatFind : public QObject
{
    Q_OBJECT
public:
    enum class State { Idle, Searching, Found, Nothing, Failed };
    Q_ENUM(State)

    ChatFind(chat::Profile &profile, qint64 conversation, QObject *parent = nullptr);
    ~ChatFind() override;

    /// What to look for. The first one is the newest that is not newer than the message `from`; 0: the newest of all.
    void setText(const QString &text, qint64 from = 0);
    /// Ends it.
    void clear() { setText({}); }

    State state() const { return m_state; }
    const std::optional<Error> &error() const { return m_error; }
    /// Messages that have it, those beyond Search::mostHits not counted; hasMore(): there are such.
    int count() const { return int(m_keys.size()); }
    bool hasMore() const { return m_hasMore; }
    /// Which of them it is, from 1, the newest; 0: none.
    int position() const { return m_position; }
    qint64 current() const { return m_position > 0 ? m_keys[size_t(m_position - 1)] : 0; }
    /// What is to be marked in the messages.
    const QList<store::SearchPhrase> &phrases() const { return m_phrases; }

    /// To the next older one, or the newest behind the oldest; and the other way round.
    void goOlder() { move(1); }
    void goNewer() { move(-1); }

Q_SIGNALS:
    void changed();
    /// Another message is the current one: go there.
    void moved(qint64 key);

private:
    void start();
    Task<void> search(store::SearchRequest request);
    void move(int by);
    void takeRemoved(qint64 conversation, qint64 key);
    void setState(State state);

    chat::Profile &m_profile;
    qint64 m_conversation;
    QString m_text;
    QList<store::SearchPhrase> m_phrases;
    qint64 m_from = 0;
    State m_state = State::Idle;
    std::optional<Error> m_error;
    std::vector<qint64> m_keys; ///< The newest first.
    bool m_hasMore = false;
    int m_position = 0;
    bool m_wasBehind = false; ///< When the last search began.
    /// The number of the newest search, for those that wait in the thread's queue.
    std::shared_ptr<std::atomic<int>> m_newest = std::make_shared<std::atomic<int>>(0);
    Scope m_scope;
};

} // namespace model
