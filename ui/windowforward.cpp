// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Passing messages on: mainwindow.h.
#include "ui/chat/chatpane.h"
#include "ui/chat/composer.h"
#include "ui/errortext.h"
#include "ui/mainwindow.h"
#include "ui/switcher.h"

#include <algorithm>

namespace ui {

void MainWindow::buildForward()
{
    m_forwardTo = new Switcher(m_chats, m_roster, this);
    m_forwardTo->setObjectName(QStringLiteral("forwardSwitcher"));
    m_forwardTo->setPurpose(tr("Forward the message"), tr("Forward to: name or address"));
    connect(m_pane, &ChatPane::forwardRequested, this, [this](qint64 key, const QString &head, const QString &body) {
        m_forward = {key, head, body};
        m_forwardTo->open();
    });
    connect(m_forwardTo, &Switcher::chatChosen, this, &MainWindow::forwardTo);
    connect(m_forwardTo, &Switcher::contactChosen, this,
            [this](const Jid &account, const Jid &peer) { m_scope.run(forwardToPeer(account, peer)); });
    connect(m_forwardTo, &Switcher::addressChosen, this, [this](const Jid &address) {
        if (const Jid account = accountForStrangers(); !account.isNull())
            m_scope.run(forwardToPeer(account, address));
    });
}

/// The chat opens with the message over its text field; nothing goes before the person sends it.
void MainWindow::forwardTo(qint64 conversation)
{
    openChat(conversation);
    ChatPage *page = m_pane->page();
    if (page && page->conversation() == conversation)
        page->composer()->startForward(m_forward.key, m_forward.head, m_forward.body);
}

Task<void> MainWindow::forwardToPeer(Jid account, Jid peer)
{
    auto opening = m_profile.conversations().open(account, peer);
    const auto id = co_await std::move(opening);
    if (id)
        forwardTo(*id);
    else
        tell(errorText(id.error()));
}

/// With several accounts the first that is online writes to a stranger. Null: there is none.
Jid MainWindow::accountForStrangers() const
{
    const std::vector<chat::Account *> accounts = m_profile.accounts().all();
    if (accounts.empty())
        return {};
    const auto online = std::find_if(accounts.begin(), accounts.end(), [](const chat::Account *account) {
        return account->state() == chat::Account::State::Online;
    });
    return (online == accounts.end() ? accounts.front() : *online)->jid();
}

} // namespace ui
