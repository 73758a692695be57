// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/signinattempt.h"

namespace ui {
namespace {

Error cancelled()
{
    return {Error::Kind::Cancelled, QStringLiteral("closed"), QStringLiteral("The sign-in was cancelled.")};
}

} // namespace

SignInAttempt::SignInAttempt(chat::Profile &profile, const chat::AccountSettings &settings, SecretBytes password)
    : QObject(&profile.accounts()), m_accounts(profile.accounts()), m_settings(settings),
      m_password(std::move(password))
{
    // The account may go by another way while it is being tried.
    connect(&m_accounts, &chat::Accounts::removing, this, [this](chat::Account *account) {
        if (account == m_account) {
            m_account = nullptr;
            giveUp();
        }
    });
}

SignInAttempt::~SignInAttempt()
{
    m_scope.cancel();
}

void SignInAttempt::start()
{
    m_scope.run(run());
}

void SignInAttempt::giveUp()
{
    m_givenUp = true;
    if (m_outcome)
        m_outcome->set(fail(cancelled()));
    if (m_choice)
        m_choice->set(PasswordStore::None);
}

void SignInAttempt::keepPasswordIn(PasswordStore store)
{
    if (m_choice)
        m_choice->set(store);
}

/// The stream's first word on this sign-in decides. A broken network would be tried again for ever: here it is an answer.
void SignInAttempt::judge()
{
    using State = chat::Account::State;
    if (!m_account || !m_outcome)
        return;
    switch (m_account->state()) {
    case State::Connecting: return;
    case State::Online: m_outcome->set(Result<>{}); return;
    case State::Offline:
    case State::Waiting:
    case State::NeedsPassword:
    case State::NeedsDecision: m_outcome->set(fail(m_account->error().value_or(cancelled())));
    }
}

Task<Result<>> SignInAttempt::signIn()
{
    // Queued: the account is not taken away from inside its own signal.
    QObject context;
    connect(
        m_account, &chat::Account::stateChanged, &context, [this] { judge(); }, Qt::QueuedConnection);
    m_outcome.emplace();
    const auto outcome = *m_outcome;
    m_account->goOnline(m_password.copy());
    auto result = co_await outcome;
    m_outcome.reset();
    co_return result;
}

Task<void> SignInAttempt::keepPassword()
{
    while (m_account && !m_password.isEmpty() && m_account->settings().passwordStore != PasswordStore::None) {
        auto keeping = m_accounts.setPassword(m_settings.jid, m_password.copy());
        const auto kept = co_await std::move(keeping);
        if (kept || !m_account)
            co_return;
        m_choice.emplace();
        const auto choice = *m_choice;
        if (m_givenUp)
            choice.set(PasswordStore::None);
        else
            Q_EMIT passwordNotKept(kept.error());
        const PasswordStore store = co_await choice;
        m_choice.reset();
        if (!m_account)
            co_return;
        chat::AccountSettings settings = m_account->settings();
        settings.passwordStore = store;
        m_account->setSettings(settings);
        // Stores the settings with it.
        auto storing = m_accounts.setEnabled(settings.jid, settings.enabled);
        (void)co_await std::move(storing);
    }
}

Task<void> SignInAttempt::run()
{
    // Without the password: it is kept only once the server has taken it.
    auto adding = m_accounts.add(m_settings, std::nullopt);
    auto added = co_await std::move(adding);
    if (!added) {
        deleteLater();
        Q_EMIT failed(added.error());
        co_return;
    }
    m_account = *added;
    Result<> result = fail(cancelled());
    if (!m_givenUp) {
        auto signing = signIn();
        result = co_await std::move(signing);
    }
    if (result) {
        auto keeping = keepPassword();
        co_await std::move(keeping);
        deleteLater();
        if (m_account)
            Q_EMIT succeeded(m_account);
        else
            Q_EMIT failed(cancelled());
        co_return;
    }
    if (m_account) {
        m_account = nullptr;
        auto removing = m_accounts.remove(m_settings.jid);
        (void)co_await std::move(removing);
    }
    deleteLater();
    Q_EMIT failed(result.error());
}

} // namespace ui
