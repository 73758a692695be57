// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

namespace ui {

/// One try to sign in with a new account: adds it, waits for its stream, then keeps the password where it is wished;
/// or takes the account away again. Nothing of a failed try stays. It belongs to the accounts and ends by itself, so
/// that a closed window leaves no half account behind.
class SignInAttempt : public QObject
{
    Q_OBJECT
public:
    using PasswordStore = chat::AccountSettings::PasswordStore;

    SignInAttempt(chat::Profile &profile, const chat::AccountSettings &settings, SecretBytes password);
    ~SignInAttempt() override;

    void start();
    /// Ends in failed() with an Error Cancelled once the account is taken away. An account that is online stays.
    void giveUp();
    /// The answer to passwordNotKept().
    void keepPasswordIn(PasswordStore store);

Q_SIGNALS:
    /// The account is online and everything about it is kept. This object goes after it.
    void succeeded(chat::Account *account);
    /// It is online, but its password could not be kept; waits for keepPasswordIn().
    void passwordNotKept(const Error &error);
    /// Nothing of the account is left. This object goes after it.
    void failed(const Error &error);

private:
    Task<void> run();
    Task<Result<>> signIn();
    Task<void> keepPassword();
    void judge();

    chat::Accounts &m_accounts;
    chat::AccountSettings m_settings;
    SecretBytes m_password;
    chat::Account *m_account = nullptr;
    bool m_givenUp = false;
    std::optional<Later<Result<>>> m_outcome;
    std::optional<Later<PasswordStore>> m_choice;
    Scope m_scope;
};

} // namespace ui
