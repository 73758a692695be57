// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tests {

constexpr int slow = 60000; // ms: the machine may be busy

/// An open profile in a folder of its own.
class OpenProfile
{
public:
    OpenProfile() : m_profile(std::make_unique<chat::Profile>(m_folder.path()))
    {
        bool done = false;
        m_scope.run(open(&done));
        isOpen = QTest::qWaitFor([&done] { return done; }, slow) && isOpen;
    }
    ~OpenProfile()
    {
        bool done = false;
        m_scope.run(close(&done));
        (void)QTest::qWaitFor([&done] { return done; }, slow);
    }
    chat::Profile &operator*() { return *m_profile; }
    chat::Profile *operator->() { return m_profile.get(); }
    QString folder() const { return m_folder.path(); }

    /// A new account, not connected; null where it cannot be added.
    chat::Account *add(const chat::AccountSettings &settings)
    {
        std::optional<chat::Account *> account;
        m_scope.run(add(settings, &account));
        (void)QTest::qWaitFor([&account] { return account.has_value(); }, slow);
        return account.value_or(nullptr);
    }
    /// A new account, online by this password; null where it is not.
    chat::Account *signIn(const QString &jid, const QString &password, quint16 port)
    {
        chat::AccountSettings settings;
        settings.jid = Jid::parse(jid).value();
        settings.host = QStringLiteral("127.0.0.1");
        settings.port = port;
        settings.tls = net::TlsMode::StartTls;
        settings.passwordStore = chat::AccountSettings::PasswordStore::None;
        chat::Account *account = add(settings);
        if (!account)
            return nullptr;
        account->goOnline(SecretBytes(password.toStdString()));
        const auto isOnline = [account] { return account->state() == chat::Account::State::Online; };
        return QTest::qWaitFor(isOnline, slow) ? account : nullptr;
    }
    /// Runs a task to its end; what it gives, or an Error Timeout.
    template<class T>
    Result<T> run(Task<Result<T>> task)
    {
        std::optional<Result<T>> result;
        m_scope.run(keep(std::move(task), &result));
        (void)QTest::qWaitFor([&result] { return result.has_value(); }, slow);
        return result.value_or(fail(Error::Kind::Timeout, QStringLiteral("timeout"), {}));
    }
    bool isOpen = false;

private:
    Task<void> open(bool *done)
    {
        const auto opened = co_await m_profile->open();
        isOpen = opened.has_value();
        *done = true;
    }
    Task<void> add(chat::AccountSettings settings, std::optional<chat::Account *> *account)
    {
        auto adding = m_profile->accounts().add(settings, std::nullopt);
        const auto added = co_await std::move(adding);
        *account = added ? *added : nullptr;
    }
    template<class T>
    Task<void> keep(Task<Result<T>> task, std::optional<Result<T>> *result)
    {
        *result = co_await std::move(task);
    }
    Task<void> close(bool *done)
    {
        co_await m_profile->close();
        *done = true;
    }
    QTemporaryDir m_folder;
    std::unique_ptr<chat::Profile> m_profile;
    Scope m_scope;
};

} // namespace tests
