// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"

#include <memory>
#include <vector>

namespace chat {

class Conversations;

/// All accounts of the profile, in the order in which they were added.
class Accounts : public QObject
{
    Q_OBJECT
public:
    Accounts(Services &services, Conversations &conversations);
    ~Accounts() override;

    /// Reads the stored accounts and their contacts. Connects none.
    Task<Result<>> load();
    /// Connects all that are enabled.
    void goOnline();
    /// The program ends: signs all out in order; done when all are offline, or after 3 s. Forgets guests.
    Task<void> goOffline();

    /// Adds, or with the same JID replaces, an account and stores its password where its settings say. Does not connect.
    /// Errors: Storage; Secret where the password could not be stored; Input `account-exists`.
    Task<Result<Account *>> add(AccountSettings settings, std::optional<SecretBytes> password);
    /// Takes the account, its chats and its password away.
    Task<Result<>> remove(Jid jid);
    Task<Result<>> setEnabled(Jid jid, bool enabled);
    /// Stores other settings for the account of that JID (and the password of their proxy, where it has one), and
    /// connects it anew where it is online or tries to be. `passphrase` is kept with them, for their certificate.
    Task<Result<>> change(AccountSettings settings, std::optional<SecretBytes> passphrase = {});
    /// Stores a new password (where one is stored at all) and uses it at the next sign-in.
    Task<Result<>> setPassword(Jid jid, SecretBytes password);

    /// Whether somebody is looking at the program, for all accounts and those that come.
    void setActive(bool active);

    Account *find(const Jid &jid) const;
    std::vector<Account *> all() const;

Q_SIGNALS:
    void added(chat::Account *account);
    /// It is in no list any more after this. The object stays, signed out, as long as the Accounts: work that was begun
    /// on it may still be waiting for the store.
    void removing(chat::Account *account);
    /// All of it is gone from the store; of its messages these files are left on this computer.
    void removed(const Jid &account, const QStringList &files);

private:
    Account *make(const AccountSettings &settings);
    Task<void> leaveAll();
    Task<void> forgetGuest(Jid jid);
    Task<Result<>> storeSettings(AccountSettings settings);
    Task<void> storeChanged(AccountSettings settings);

    Services &m_services;
    Conversations &m_conversations;
    std::vector<std::unique_ptr<Account>> m_accounts;
    std::vector<std::unique_ptr<Account>> m_removed;
    bool m_active = true;
    Scope m_scope;
};

} // namespace chat
