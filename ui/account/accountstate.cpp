// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/accountstate.h"

#include "ui/errortext.h"

#include <QCoreApplication>

namespace ui {
namespace {

/// For lupdate: strings of functions that belong to no class.
struct AccountState {
    Q_DECLARE_TR_FUNCTIONS(ui::AccountState)
};

} // namespace

QString accountStateText(const chat::Account &account)
{
    using State = chat::Account::State;
    if (!account.settings().enabled)
        return AccountState::tr("Turned off");
    const auto reason = [&account](const QString &otherwise) {
        return account.error() ? errorText(*account.error(), account.jid().toString()) : otherwise;
    };
    switch (account.state()) {
    case State::Online: return AccountState::tr("Online");
    case State::Connecting: return AccountState::tr("Connecting…");
    case State::Waiting: return reason(AccountState::tr("Waiting for the next try"));
    case State::NeedsPassword:
    case State::NeedsDecision:
    case State::Offline: return reason(AccountState::tr("Offline"));
    }
    Q_UNREACHABLE();
}

PresenceDot accountDot(const chat::Account &account)
{
    using State = chat::Account::State;
    switch (account.state()) {
    case State::Online: return PresenceDot::Online;
    case State::Connecting:
    case State::Waiting: return PresenceDot::Away;
    case State::NeedsPassword:
    case State::NeedsDecision: return PresenceDot::Busy;
    case State::Offline: return account.error() ? PresenceDot::Busy : PresenceDot::Offline;
    }
    Q_UNREACHABLE();
}

} // namespace ui
