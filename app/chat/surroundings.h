// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/accounts.h"
#include "chat/sleep.h"
#include "net/reachability.h"

namespace chat {

/// The one place where changes of the network and the computer's sleep reach the accounts (RELIABILITY 2.6): running
/// streams are probed, and who waits tries at once.
class Surroundings : public QObject
{
    Q_OBJECT
public:
    /// One change is told in several steps; for so long they are waited for.
    static constexpr std::chrono::milliseconds settling{500};
    /// A network that comes and goes all the time is looked into no oftener than this.
    static constexpr std::chrono::milliseconds spacing{2000};
    /// The longest that sleep is put off; logind grants 5 s.
    static constexpr std::chrono::milliseconds sayingLimit{2000};

    /// All outlive this.
    Surroundings(Accounts &accounts, Services &services, net::Reachability &network, Sleep &sleep);
    ~Surroundings() override;

private:
    void noteChange();
    void look();
    Task<void> prepareForSleep();
    bool isAllSaid() const;

    Accounts &m_accounts;
    Services &m_services;
    net::Reachability &m_network;
    Sleep &m_sleep;
    std::optional<std::chrono::milliseconds> m_lookedAt;
    Timer m_next;
    Scope m_preparing;
};

} // namespace chat
