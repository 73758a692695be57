// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/accountbars.h"

#include "ui/account/catchupbar.h"
#include "ui/account/errand.h"
#include "ui/account/keybar.h"
#include "ui/account/passwordbar.h"
#include "ui/account/proxybar.h"
#include "ui/account/statebar.h"
#include "ui/account/weakerbar.h"

#include <QVBoxLayout>

namespace ui {

AccountBars::AccountBars(chat::Profile &profile, QWidget *parent)
    : QWidget(parent), m_profile(profile), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("accountBars"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    connect(&profile.accounts(), &chat::Accounts::added, this, &AccountBars::add);
    connect(&profile.accounts(), &chat::Accounts::removing, this, &AccountBars::remove);
    for (chat::Account *account : profile.accounts().all())
        add(account);
}

void AccountBars::add(chat::Account *account)
{
    Bars bars;
    bars.state = new StateBar(*account, this);
    m_column->addWidget(bars.state);
    bars.catchUp = new CatchUpBar(*account, this);
    m_column->addWidget(bars.catchUp);
    m_bars.insert(account, bars);
    const auto update = [this, account] { refresh(account); };
    connect(account, &chat::Account::stateChanged, this, update);
    connect(&account->serverKeys(), &chat::ServerKeys::changed, this, update);
    refresh(account);
    nameAll();
}

void AccountBars::remove(chat::Account *account)
{
    disconnect(account, nullptr, this, nullptr);
    disconnect(&account->serverKeys(), nullptr, this, nullptr);
    const Bars bars = m_bars.take(account);
    delete bars.state;
    delete bars.catchUp;
    delete bars.password;
    delete bars.weaker;
    delete bars.proxy;
    delete bars.key;
    nameAll();
}

void AccountBars::refresh(chat::Account *account)
{
    using State = chat::Account::State;
    Bars &bars = m_bars[account];
    const State state = account->state();
    const bool isProxyAsking =
        state == State::NeedsPassword && account->error() && account->error()->condition == u"proxy-auth";
    offer(bars.password, state == State::NeedsPassword && !isProxyAsking, account);
    if (offer(bars.proxy, isProxyAsking, account))
        connect(bars.proxy, &ProxyBar::answered, this, &AccountBars::changeSettings);
    offer(bars.key, account->serverKeys().news() != nullptr, account);
    offer(bars.weaker, state == State::NeedsDecision && account->weakerOffer(), account);
}

/// True where the bar is new.
template<class Bar>
bool AccountBars::offer(Bar *&bar, bool needed, chat::Account *account)
{
    if (needed == (bar != nullptr))
        return false;
    if (needed) {
        bar = new Bar(*account, this);
        m_column->addWidget(bar);
        bar->show();
        return true;
    }
    // Its own button may be on the stack.
    bar->hide();
    bar->deleteLater();
    bar = nullptr;
    return false;
}

namespace {

/// Where it cannot be stored, the proxy asks again.
Task<void> change(chat::Accounts *accounts, chat::AccountSettings settings)
{
    auto changing = accounts->change(std::move(settings));
    (void)co_await std::move(changing);
}

} // namespace

void AccountBars::changeSettings(const chat::AccountSettings &settings)
{
    chat::Accounts *accounts = &m_profile.accounts();
    Errand::run(accounts, change(accounts, settings));
}

void AccountBars::nameAll()
{
    for (const Bars &bars : std::as_const(m_bars)) {
        bars.state->setNamed(m_bars.size() > 1);
        bars.catchUp->setNamed(m_bars.size() > 1);
    }
}

} // namespace ui
