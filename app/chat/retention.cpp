// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/retention.h"

#include "chat/eraser.h"

#include <algorithm>

namespace chat {

Retention::Retention(Eraser &eraser, Conversations &conversations, Settings &settings, Clock &clock)
    : m_eraser(eraser), m_conversations(conversations), m_settings(settings), m_clock(clock)
{
    connect(&settings, &Settings::changed, this, [this](const QString &key) {
        if (key == daysKey())
            look();
    });
    m_scope.run(run());
}

Retention::~Retention()
{
    m_sweeping.cancel();
    m_scope.cancel();
}

QString Retention::daysKey()
{
    return QStringLiteral("history.keepDays");
}

int Retention::usualDays(const Settings &settings)
{
    const int days = settings.number(daysKey());
    return std::find(choices.begin(), choices.end(), days) == choices.end() ? 0 : days;
}

int Retention::daysOf(const store::Conversation &chat) const
{
    return chat.keepDays.value_or(usualDays(m_settings));
}

Task<Result<>> Retention::setDays(qint64 conversation, std::optional<int> days)
{
    auto setting = m_conversations.setKeepDays(conversation, days);
    auto done = co_await std::move(setting);
    if (done)
        look();
    co_return done;
}

Task<void> Retention::run()
{
    co_await base::sleep(m_clock, afterStart);
    for (;;) {
        const QDateTime now = m_clock.now();
        // The clock may have been set back.
        const bool isDue =
            !m_last.isValid() || m_last > now || m_last.secsTo(now) >= std::chrono::seconds(every).count();
        if (isDue)
            look();
        co_await base::sleep(m_clock, between);
    }
}

void Retention::look()
{
    m_again = true;
    if (!std::exchange(m_isSweeping, true))
        m_sweeping.run(sweep());
}

/// What fails now, for want of room say, is tried with the next look.
Task<void> Retention::sweep()
{
    while (m_again) {
        m_again = false;
        m_last = m_clock.now();
        int messages = 0;
        const std::vector<store::Conversation> chats = m_conversations.all();
        for (const store::Conversation &chat : chats) {
            const int days = daysOf(chat);
            if (days <= 0)
                continue;
            auto erasing = m_eraser.eraseOlder(chat.id, m_last.addDays(-days));
            const auto erased = co_await std::move(erasing);
            messages += erased.value_or(0);
        }
        Q_EMIT swept(messages);
    }
    m_isSweeping = false;
}

} // namespace chat
