// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "chat/accounts.h"
#include "chat/alerts.h"
#include "chat/backupkeeper.h"
#include "chat/conversations.h"
#include "chat/eraser.h"
#include "chat/network.h"
#include "chat/retention.h"
#include "chat/searchindexer.h"
#include "chat/settings.h"
#include "chat/storagewatch.h"
#include "chat/surroundings.h"

namespace chat {

/// Everything of one profile folder (O1): store, services, chats and accounts, put together once for every program.
class Profile : public QObject
{
    Q_OBJECT
public:
    /// `folder` is made where it is missing, with mode 0700.
    explicit Profile(const QString &folder);
    ~Profile() override;

    /// The user's own profile: the platform's data folder.
    static QString defaultFolder();
    const QString &folder() const { return m_folder; }

    /// Opens the store and loads what it holds. Errors: Storage `profile-in-use`, `database-newer`, `read-only`,
    /// `database-damaged` ...; exitStatus() gives the program's exit status for them.
    Task<Result<>> open();
    /// What open() found: a damaged database that was moved aside, say.
    const store::Opened &opened() const { return m_opened; }
    /// Signs out, flushes, closes: at most some 3 s.
    Task<void> close();
    /// 3 profile in use, 5 database of a newer version, 4 any other trouble with the storage.
    static int exitStatus(const Error &error);

    /// Whether accounts connect as soon as they are added or enabled; false after --offline.
    bool connectsByItself() const { return m_connectsByItself; }
    void setConnectsByItself(bool connects) { m_connectsByItself = connects; }

    Services &services() { return *m_services; }
    Accounts &accounts() { return *m_accounts; }
    Conversations &conversations() { return *m_conversations; }
    store::Store &store() { return *m_store; }
    Settings &settings() { return *m_settings; }
    SearchIndexer &searchIndexer() { return *m_indexer; }
    /// Deletes messages for good.
    Eraser &eraser() { return *m_eraser; }
    /// How long messages are kept.
    Retention &retention() { return *m_retention; }
    /// What the person is told of messages.
    Alerts &alerts() { return *m_alerts; }
    /// Whether the disk takes what we write. There from open() on.
    StorageWatch &storage() { return *m_storage; }

private:
    void takeAccount(Account *account);
    void connectEraser();
    void rememberStatus(Account *account);
    void addAlerts(Account *account);
    void watchSurroundings();

    QString m_folder;
    bool m_connectsByItself = true;
    std::unique_ptr<base::SystemClock> m_clock;
    std::unique_ptr<base::SystemRandom> m_random;
    std::unique_ptr<Worker> m_worker;
    std::unique_ptr<store::Store> m_store;
    store::Opened m_opened;
    std::unique_ptr<Secrets> m_keychain;
    std::unique_ptr<Secrets> m_files;
    base::CrashMarks m_crashMarks;
    std::unique_ptr<Services> m_services;
    std::unique_ptr<Network> m_network;
    std::unique_ptr<StorageWatch> m_storage;
    std::unique_ptr<BackupKeeper> m_backups;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Conversations> m_conversations;
    std::unique_ptr<SearchIndexer> m_indexer;
    std::unique_ptr<Eraser> m_eraser;
    std::unique_ptr<Retention> m_retention;
    std::unique_ptr<Alerts> m_alerts;
    std::unique_ptr<Accounts> m_accounts;
    std::unique_ptr<net::Reachability> m_reachability;
    std::unique_ptr<Sleep> m_sleep;
    std::unique_ptr<Surroundings> m_surroundings;
};

} // namespace chat
