// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/awaysettings.h"
#include "chat/profile.h"
#include "ui/account/idlesource.h"

namespace ui {

/// Shows others that nobody is there, when the computer was not touched for a while or its screen was locked, and takes it
/// back when somebody is. What the person chose stays what it is; only "online" and "free to chat" are shown otherwise.
class AutoAway : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds shortestLook{2}; ///< While away: so soon a return is seen.
    static constexpr std::chrono::seconds longestLook{60};

    /// Both outlive this.
    AutoAway(chat::Profile &profile, IdleSource &source, Clock &clock);

private:
    using Show = xmpp::Presence::Show;

    void look();
    void take(std::chrono::milliseconds idle);
    void decide();
    void plan();
    std::optional<Show> wanted() const;

    chat::Profile &m_profile;
    IdleSource &m_source;
    Clock &m_clock;
    std::chrono::milliseconds m_idle{0};
    bool m_isLocked = false;
    std::optional<Show> m_shown;
    Timer m_next;
};

} // namespace ui
