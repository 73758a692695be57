// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/ownpresence.h"

#include "chat/settings.h"
#include "ui/widgets/plaintext.h"

namespace ui {

namespace {

constexpr int longestStatus = 500;

} // namespace

OwnPresence::OwnPresence(chat::Profile &profile) : m_profile(profile)
{
    const std::vector<chat::Account *> accounts = profile.accounts().all();
    if (!accounts.empty()) {
        m_show = accounts.front()->presence().show;
        m_status = accounts.front()->presence().status;
    }
    connect(&profile.accounts(), &chat::Accounts::added, this, [this](chat::Account *account) {
        take(account);
        account->setPresence(m_show, m_status);
    });
    connect(&profile.accounts(), &chat::Accounts::removing, this, &OwnPresence::changed, Qt::QueuedConnection);
    for (chat::Account *account : accounts)
        take(account);
}

void OwnPresence::take(chat::Account *account)
{
    connect(account, &chat::Account::stateChanged, this, &OwnPresence::changed);
    // Scripts set it, too.
    connect(account, &chat::Account::presenceChanged, this, [this, account] {
        m_show = account->presence().show;
        m_status = account->presence().status;
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

QStringList OwnPresence::history() const
{
    QStringList others = m_profile.settings().statusTexts();
    others.removeAll(m_status);
    return others;
}

std::optional<OwnPresence::Show> OwnPresence::seen() const
{
    for (const chat::Account *account : m_profile.accounts().all()) {
        if (account->state() == chat::Account::State::Online)
            return account->seenShow();
    }
    return {};
}

bool OwnPresence::isWanted() const
{
    for (const chat::Account *account : m_profile.accounts().all()) {
        if (account->state() != chat::Account::State::Offline)
            return true;
    }
    return false;
}

void OwnPresence::setShow(Show show)
{
    m_show = show;
    tell();
    if (!isWanted())
        m_profile.accounts().goOnline();
}

void OwnPresence::setStatus(const QString &status)
{
    m_status = singleLine(sendable(status)).trimmed().left(longestStatus);
    tell();
}

void OwnPresence::goOffline()
{
    for (chat::Account *account : m_profile.accounts().all())
        account->goOffline();
    Q_EMIT changed();
}

void OwnPresence::tell()
{
    // By value: the accounts answer with signals that set both.
    const Show show = m_show;
    const QString status = m_status;
    for (chat::Account *account : m_profile.accounts().all())
        account->setPresence(show, status);
    Q_EMIT changed();
}

} // namespace ui
