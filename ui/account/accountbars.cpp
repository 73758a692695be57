// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/accountbars.h"

#include "ui/account/passwordbar.h"
#include "ui/account/statebar.h"

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
    m_bars.insert(account, bars);
    connect(account, &chat::Account::stateChanged, this, [this, account] { refresh(account); });
    refresh(account);
    nameAll();
}

void AccountBars::remove(chat::Account *account)
{
    disconnect(account, nullptr, this, nullptr);
    const Bars bars = m_bars.take(account);
    delete bars.state;
    delete bars.password;
    nameAll();
}

void AccountBars::refresh(chat::Account *account)
{
    Bars &bars = m_bars[account];
    const bool needed = account->state() == chat::Account::State::NeedsPassword;
    if (needed == (bars.password != nullptr))
        return;
    if (needed) {
        bars.password = new PasswordBar(*account, this);
        m_column->addWidget(bars.password);
        bars.password->show();
    } else {
        // Its own button may be on the stack.
        bars.password->hide();
        bars.password->deleteLater();
        bars.password = nullptr;
    }
}

void AccountBars::nameAll()
{
    for (const Bars &bars : std::as_const(m_bars))
        bars.state->setNamed(m_bars.size() > 1);
}

} // namespace ui
