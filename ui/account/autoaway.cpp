// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/autoaway.h"

namespace ui {

using namespace std::chrono_literals;

AutoAway::AutoAway(chat::Profile &profile, IdleSource &source, Clock &clock)
    : m_profile(profile), m_source(source), m_clock(clock)
{
    connect(&source, &IdleSource::answered, this, &AutoAway::take);
    connect(&source, &IdleSource::lockChanged, this, [this](bool isLocked) {
        m_isLocked = isLocked;
        if (!isLocked)
            m_idle = 0ms; // a password was typed
        decide();
        plan();
    });
    connect(&profile.settings(), &chat::Settings::changed, this, [this](const QString &key) {
        if (key.startsWith(u"away."))
            look();
    });
    connect(&profile.accounts(), &chat::Accounts::added, this,
            [this](chat::Account *account) { account->setAway(m_shown); });
    look();
}

/// The next look is planned at once, for those that never answer.
void AutoAway::look()
{
    plan();
    m_source.ask();
}

void AutoAway::take(std::chrono::milliseconds idle)
{
    m_idle = idle;
    decide();
    plan();
}

void AutoAway::decide()
{
    const std::optional<Show> now = wanted();
    if (std::exchange(m_shown, now) == now)
        return;
    for (chat::Account *account : m_profile.accounts().all())
        account->setAway(now);
}

/// When something may have changed: soon where somebody may come back, else when somebody may have been gone for long.
void AutoAway::plan()
{
    std::chrono::milliseconds wait = longestLook;
    if (m_shown && !m_isLocked) {
        wait = shortestLook;
    } else if (!m_shown) {
        const chat::AwaySettings settings = chat::AwaySettings::of(m_profile.settings());
        for (const int minutes : {settings.after, settings.extendedAfter}) {
            const std::chrono::milliseconds limit = std::chrono::minutes(minutes);
            if (minutes > 0 && limit > m_idle)
                wait = qMin(wait, qMax<std::chrono::milliseconds>(limit - m_idle, shortestLook));
        }
    }
    m_next = m_clock.after(wait, [this] { look(); });
}

std::optional<AutoAway::Show> AutoAway::wanted() const
{
    const chat::AwaySettings settings = chat::AwaySettings::of(m_profile.settings());
    if (settings.extendedAfter > 0 && m_idle >= std::chrono::minutes(settings.extendedAfter))
        return Show::ExtendedAway;
    if ((settings.after > 0 && m_idle >= std::chrono::minutes(settings.after)) || (settings.whenLocked && m_isLocked))
        return Show::Away;
    return {};
}

} // namespace ui
