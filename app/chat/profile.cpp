// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/profile.h"

#include "chat/inbox.h"
#include "chat/logindsleep.h"
#include "chat/outbox.h"
#include "net/systemreachability.h"

#include <QDir>
#include <QStandardPaths>

namespace chat {

Profile::Profile(const QString &folder)
    : m_folder(folder), m_clock(std::make_unique<base::SystemClock>()),
      m_random(std::make_unique<base::SystemRandom>()), m_worker(std::make_unique<Worker>(QStringLiteral("compute"))),
      m_store(std::make_unique<store::Store>(store::StoreOptions{folder})),
      m_keychain(std::make_unique<KeychainSecrets>(QStringLiteral("balcony:") + folder)),
      m_files(std::make_unique<FileSecrets>(folder + QStringLiteral("/secrets")))
{
}

Profile::~Profile() = default;

Task<Result<>> Profile::open()
{
    auto opened = co_await m_store->open();
    if (!opened)
        co_return fail(opened.error());
    m_opened = *opened;
    if (m_store->isReadOnly())
        co_return fail(
            Error::Kind::Storage, QStringLiteral("read-only"),
            QStringLiteral("The profile %1 cannot be written; --export still reads its messages.").arg(m_folder));
    m_services =
        std::make_unique<Services>(Services{*m_clock, *m_random, *m_worker, *m_store, *m_keychain, *m_files, {}});
    if (m_crashMarks.open(m_folder + QStringLiteral("/at-work")))
        m_services->crashMarks = &m_crashMarks;
    m_network = std::make_unique<Network>(*m_services);
    m_services->makeTransport = [this] { return m_network->makeTransport(); };
    m_services->http = &m_network->http();
    m_services->filesFolder = m_folder + QStringLiteral("/files");
    m_storage = std::make_unique<StorageWatch>(*m_store, *m_clock);
    m_backups = std::make_unique<BackupKeeper>(*m_store, *m_clock);
    m_settings = std::make_unique<Settings>(*m_store);
    auto set = co_await m_settings->load();
    if (!set)
        co_return fail(set.error());
    m_conversations = std::make_unique<Conversations>(*m_store);
    auto loaded = co_await m_conversations->load();
    if (!loaded)
        co_return fail(loaded.error());
    m_indexer = std::make_unique<SearchIndexer>(*m_store, *m_conversations, *m_clock);
    m_eraser = std::make_unique<Eraser>(*m_services, *m_conversations);
    m_retention = std::make_unique<Retention>(*m_eraser, *m_conversations, *m_settings, *m_clock);
    m_alerts = std::make_unique<Alerts>(*m_clock, *m_store, *m_conversations, *m_settings);
    m_accounts = std::make_unique<Accounts>(*m_services, *m_conversations);
    connect(m_accounts.get(), &Accounts::added, this, &Profile::takeAccount);
    connectEraser();
    const auto ready = co_await m_accounts->load();
    m_eraser->begin();
    // When the first window is up: it loads plug-ins and talks to the system bus.
    QMetaObject::invokeMethod(this, &Profile::watchSurroundings, Qt::QueuedConnection);
    co_return ready;
}

void Profile::watchSurroundings()
{
    m_reachability = std::make_unique<net::SystemReachability>();
    m_sleep = std::make_unique<LogindSleep>();
    m_surroundings = std::make_unique<Surroundings>(*m_accounts, *m_services, *m_reachability, *m_sleep);
}

void Profile::connectEraser()
{
    m_eraser->setOutboxLook([this](const Jid &jid) {
        if (Account *account = m_accounts->find(jid))
            account->outbox().look();
    });
    connect(m_accounts.get(), &Accounts::removed, m_eraser.get(),
            [this](const Jid &, const QStringList &files) { m_eraser->tidyUp(files); });
}

void Profile::takeAccount(Account *account)
{
    rememberStatus(account);
    addAlerts(account);
}

void Profile::addAlerts(Account *account)
{
    Alerts::About about;
    about.nameOf = [account](const Jid &who) {
        const Contact *contact = account->contacts().find(who);
        return contact ? contact->name : QString();
    };
    about.isKnown = [account](const Jid &who) {
        const Contact *contact = account->contacts().find(who);
        return contact ? !contact->blocked : who == account->jid() || who == account->client().self().bare();
    };
    about.isBusy = [account] { return account->presence().show == xmpp::Presence::Show::DoNotDisturb; };
    m_alerts->add(account->jid(), account->inbox(), std::move(about));
}

/// Status texts are offered again.
void Profile::rememberStatus(Account *account)
{
    connect(account, &Account::presenceChanged, this,
            [this, account] { m_settings->rememberStatus(account->presence().status); });
}

Task<void> Profile::close()
{
    m_backups.reset();
    m_retention.reset();
    if (m_accounts)
        co_await m_accounts->goOffline();
    co_await m_store->close();
}

QString Profile::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/balcony");
}

int Profile::exitStatus(const Error &error)
{
    if (error.condition == u"profile-in-use")
        return 3;
    if (error.condition == u"database-newer")
        return 5;
    return 4;
}

} // namespace chat
