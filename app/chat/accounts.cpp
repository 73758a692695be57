// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/accounts.h"

#include "chat/conversations.h"

#include <algorithm>

namespace chat {
namespace {

constexpr std::chrono::milliseconds goodbyeLimit{2500}; // all of quitting has 3 s
constexpr std::chrono::milliseconds goodbyeStep{20};

} // namespace

Accounts::Accounts(Services &services, Conversations &conversations)
    : m_services(services), m_conversations(conversations)
{
}

Accounts::~Accounts() = default;

Account *Accounts::make(const AccountSettings &settings)
{
    m_accounts.push_back(std::make_unique<Account>(m_services, m_conversations, settings));
    Account *account = m_accounts.back().get();
    account->setActive(m_active);
    connect(account, &Account::presenceChanged, this,
            [this, account] { m_scope.run(storeChanged(account->settings())); });
    return account;
}

void Accounts::setActive(bool active)
{
    m_active = active;
    for (const auto &account : m_accounts)
        account->setActive(active);
}

/// Of an account that was removed meanwhile nothing is stored again.
Task<void> Accounts::storeChanged(AccountSettings settings)
{
    if (find(settings.jid))
        (void)co_await storeSettings(settings);
}

namespace {

Error unknownAccount(const Jid &jid)
{
    return {Error::Kind::Input, QStringLiteral("account-unknown"),
            QStringLiteral("There is no account %1.").arg(jid.toString())};
}

Error knownAccount(const Jid &jid)
{
    return {Error::Kind::Input, QStringLiteral("account-exists"),
            QStringLiteral("The account %1 is here already.").arg(jid.toString())};
}

} // namespace

Task<Result<>> Accounts::load()
{
    auto reading = m_services.store.read([](store::Reader &reader) { return reader.accounts().all(); });
    auto rows = co_await std::move(reading);
    if (!rows)
        co_return fail(rows.error());
    for (const store::Account &row : *rows) {
        if (row.jid.local().isEmpty()) { // a guest of a start that had no time to tidy up
            auto forgetting = forgetGuest(row.jid);
            co_await std::move(forgetting);
            continue;
        }
        Account *account = make(AccountSettings::fromJson(row.jid, row.enabled, row.config));
        auto loaded = co_await account->load(row.config);
        if (!loaded)
            co_return fail(loaded.error());
        Q_EMIT added(account);
    }
    co_return Result<>{};
}

void Accounts::goOnline()
{
    for (const auto &account : m_accounts) {
        if (account->settings().enabled)
            account->goOnline();
    }
}

/// XEP-0175: nothing of a guest outlives the session.
Task<void> Accounts::forgetGuest(Jid jid)
{
    auto writing =
        m_services.store.write([jid](store::Transaction &transaction) { return transaction.accounts().remove(jid); });
    (void)co_await std::move(writing);
}

Task<void> Accounts::goOffline()
{
    auto leaving = leaveAll();
    co_await std::move(leaving);
    for (Account *account : all()) {
        if (!account->settings().isGuest())
            continue;
        auto forgetting = forgetGuest(account->jid());
        co_await std::move(forgetting);
    }
}

Task<void> Accounts::leaveAll()
{
    for (const auto &account : m_accounts)
        account->goOffline();
    const auto end = m_services.clock.monotonic() + goodbyeLimit;
    while (m_services.clock.monotonic() < end) {
        const bool allGone = std::none_of(m_accounts.begin(), m_accounts.end(),
                                          [](const auto &account) { return account->isClosing(); });
        if (allGone)
            co_return;
        co_await base::sleep(m_services.clock, goodbyeStep);
    }
}

Account *Accounts::find(const Jid &jid) const
{
    const auto found =
        std::find_if(m_accounts.begin(), m_accounts.end(), [&](const auto &account) { return account->jid() == jid; });
    return found == m_accounts.end() ? nullptr : found->get();
}

std::vector<Account *> Accounts::all() const
{
    std::vector<Account *> result;
    for (const auto &account : m_accounts)
        result.push_back(account.get());
    return result;
}

Task<Result<>> Accounts::storeSettings(AccountSettings settings)
{
    store::Account row;
    row.jid = settings.jid;
    row.enabled = settings.enabled;
    row.config = settings.toJson();
    auto writing =
        m_services.store.write([row](store::Transaction &transaction) { return transaction.accounts().put(row); });
    co_return co_await std::move(writing);
}

Task<Result<Account *>> Accounts::add(AccountSettings settings, std::optional<SecretBytes> password)
{
    if (find(settings.jid))
        co_return fail(knownAccount(settings.jid));
    // No host name, nothing of the machine (RELIABILITY 4.5), and the same at each start.
    if (settings.resource.isEmpty())
        settings.resource = QStringLiteral("balcony-") + m_services.random.id().left(8);
    if (settings.isGuest())
        settings.passwordStore = AccountSettings::PasswordStore::None;
    const Credentials credentials(m_services, settings);
    if (password) {
        auto keeping = credentials.keepPassword(std::move(*password));
        auto kept = co_await std::move(keeping);
        if (!kept)
            co_return fail(kept.error());
    }
    auto keepingProxy = credentials.keepProxyPassword();
    auto keptProxy = co_await std::move(keepingProxy);
    if (!keptProxy)
        co_return fail(keptProxy.error());
    auto stored = co_await storeSettings(settings);
    if (!stored) {
        auto forgetting = credentials.forget(); // no secret is left behind without its account
        (void)co_await std::move(forgetting);
        co_return fail(stored.error());
    }
    if (find(settings.jid)) // asked for twice at once
        co_return fail(knownAccount(settings.jid));
    Account *account = make(settings);
    Q_EMIT added(account);
    co_return account;
}

namespace {

/// Gives where the files of its messages are.
struct RemoveAccount {
    Jid jid;
    Result<QStringList> operator()(store::Transaction &transaction) const
    {
        auto paths = transaction.files().pathsOf(jid);
        if (!paths)
            return paths;
        if (auto removed = transaction.accounts().remove(jid); !removed)
            return fail(removed.error());
        if (auto noted = transaction.erasure().setPending(true); !noted)
            return fail(noted.error());
        return paths;
    }
};

} // namespace

Task<Result<>> Accounts::remove(Jid jid)
{
    Account *account = find(jid);
    if (!account)
        co_return fail(unknownAccount(jid));
    const AccountSettings settings = account->settings();
    auto writing = m_services.store.write(RemoveAccount{jid});
    const auto files = co_await std::move(writing);
    if (!files)
        co_return fail(files.error());
    const auto found =
        std::find_if(m_accounts.begin(), m_accounts.end(), [&](const auto &a) { return a->jid() == jid; });
    if (found == m_accounts.end())
        co_return fail(unknownAccount(jid)); // removed twice at once
    (*found)->leave();
    Q_EMIT removing(found->get());
    m_conversations.forgetAccount(jid);
    m_removed.push_back(std::move(*found));
    m_accounts.erase(found);
    Q_EMIT removed(jid, *files);
    const Credentials credentials(m_services, settings);
    auto forgetting = credentials.forget();
    (void)co_await std::move(forgetting);
    co_return Result<>{};
}

Task<Result<>> Accounts::setEnabled(Jid jid, bool enabled)
{
    Account *account = find(jid);
    if (!account)
        co_return fail(unknownAccount(jid));
    AccountSettings settings = account->settings();
    settings.enabled = enabled;
    auto stored = co_await storeSettings(settings);
    account = find(jid);
    if (stored && account) {
        const bool changed = account->settings().toJson() != settings.toJson(); // learned something meanwhile
        settings = account->settings();
        settings.enabled = enabled;
        account->setSettings(settings);
        if (changed)
            m_scope.run(storeChanged(settings));
    }
    co_return stored;
}

Task<Result<>> Accounts::change(AccountSettings settings, std::optional<SecretBytes> passphrase)
{
    if (!find(settings.jid))
        co_return fail(unknownAccount(settings.jid));
    const Credentials credentials(m_services, settings);
    if (passphrase) {
        auto keepingPassphrase = credentials.keepPassword(std::move(*passphrase));
        auto keptPassphrase = co_await std::move(keepingPassphrase);
        if (!keptPassphrase)
            co_return keptPassphrase;
    }
    auto keeping = credentials.keepProxyPassword();
    auto kept = co_await std::move(keeping);
    if (!kept)
        co_return kept;
    Account *account = find(settings.jid);
    if (account)
        settings.takePresence(account->settings());
    auto stored = co_await storeSettings(settings);
    account = find(settings.jid);
    if (stored && account)
        account->change(settings);
    co_return stored;
}

Task<Result<>> Accounts::setPassword(Jid jid, SecretBytes password)
{
    Account *account = find(jid);
    if (!account)
        co_return fail(unknownAccount(jid));
    co_return co_await account->keepPassword(std::move(password));
}

} // namespace chat
