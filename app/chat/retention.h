// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"
#include "base/clock.h"
#include "chat/conversations.h"
#include "chat/settings.h"

#include <array>

namespace chat {

class Eraser;

/// How long messages are kept: by chat, or else as the settings say. What is older is deleted for good by the Eraser, soon
/// after the start and then daily; but for what waits to be sent and what nobody has read. Never before somebody chose so.
class Retention : public QObject
{
    Q_OBJECT
public:
    /// Days that can be chosen; 0: for good.
    static constexpr std::array<int, 5> choices{0, 365, 90, 30, 7};
    static constexpr std::chrono::minutes afterStart{1};
    static constexpr std::chrono::hours every{24};
    /// A computer may sleep for days, so the day is not slept through at once.
    static constexpr std::chrono::minutes between{30};

    Retention(Eraser &eraser, Conversations &conversations, Settings &settings, Clock &clock);
    ~Retention() override;

    /// `history.keepDays`: a number of days; 0: for good.
    static QString daysKey();
    /// One of the choices, or 0.
    static int usualDays(const Settings &settings);
    /// Of a chat: its own, or else the usual ones.
    int daysOf(const store::Conversation &chat) const;
    /// Chooses for a chat; nothing: as the settings say. It is carried out at once. Error: Storage.
    Task<Result<>> setDays(qint64 conversation, std::optional<int> days);

Q_SIGNALS:
    /// All chats were looked at; so many messages went.
    void swept(int messages);

private:
    Task<void> run();
    Task<void> sweep();
    void look();

    Eraser &m_eraser;
    Conversations &m_conversations;
    Settings &m_settings;
    Clock &m_clock;
    QDateTime m_last; ///< When all were looked at; invalid: not yet.
    bool m_isSweeping = false;
    bool m_again = false;
    Scope m_sweeping;
    Scope m_scope;
};

} // namespace chat
