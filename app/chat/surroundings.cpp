// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/surroundings.h"

#include <algorithm>

namespace chat {
namespace {

constexpr std::chrono::milliseconds sayingStep{20};

} // namespace

Surroundings::Surroundings(Accounts &accounts, Services &services, net::Reachability &network, Sleep &sleep)
    : m_accounts(accounts), m_services(services), m_network(network), m_sleep(sleep)
{
    connect(&network, &net::Reachability::changed, this, &Surroundings::noteChange);
    connect(&sleep, &Sleep::nears, this, [this] {
        m_preparing.cancel();
        m_preparing.run(prepareForSleep());
    });
    connect(&sleep, &Sleep::woke, this, [this] {
        m_preparing.cancel();
        look();
    });
    connect(&accounts, &Accounts::added, this, [this](Account *account) { account->setNetwork(m_network.state()); });
    for (Account *account : accounts.all())
        account->setNetwork(m_network.state());
}

Surroundings::~Surroundings() = default;

void Surroundings::noteChange()
{
    if (m_next.isActive())
        return;
    auto delay = settling;
    if (m_lookedAt)
        delay = std::max(delay, *m_lookedAt + spacing - m_services.clock.monotonic());
    m_next = m_services.clock.after(delay, [this] { look(); });
}

void Surroundings::look()
{
    m_next.stop();
    m_lookedAt = m_services.clock.monotonic();
    const net::NetworkState state = m_network.state();
    for (Account *account : m_accounts.all()) {
        account->setNetwork(state);
        account->check();
    }
}

/// The streams stay as they are: their sessions are resumed. Only what has arrived is told, so that it does not come again.
Task<void> Surroundings::prepareForSleep()
{
    for (Account *account : m_accounts.all())
        account->tell();
    const auto end = m_services.clock.monotonic() + sayingLimit;
    while (!isAllSaid() && m_services.clock.monotonic() < end)
        co_await base::sleep(m_services.clock, sayingStep);
    m_sleep.allow();
}

bool Surroundings::isAllSaid() const
{
    const auto accounts = m_accounts.all();
    return m_services.store.pending() == 0
        && std::all_of(accounts.begin(), accounts.end(), [](Account *account) { return account->unsent() == 0; });
}

} // namespace chat
