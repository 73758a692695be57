// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/presencemenu.h"

#include "ui/account/accountstate.h"
#include "ui/roster/presencelook.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/textprompt.h"

namespace ui {

using Show = xmpp::Presence::Show;

PresenceMenu::PresenceMenu(OwnPresence &presence, chat::Profile &profile, QWidget *parent)
    : QMenu(parent), m_presence(presence), m_profile(profile)
{
    setObjectName(QStringLiteral("presenceMenu"));
    setTitle(tr("Presence"));
    connect(this, &QMenu::aboutToShow, this, &PresenceMenu::fill);
    fill();
}

void PresenceMenu::fill()
{
    clear();
    addShows();
    addSeparator();
    addStatus();
    addSeparator();
    addAccounts();
}

void PresenceMenu::addShows()
{
    const bool wanted = m_presence.isWanted();
    for (const Show show : {Show::Online, Show::Chat, Show::Away, Show::ExtendedAway, Show::DoNotDisturb}) {
        QAction *action = addAction(themedIcon(presenceIcon(show), presenceRole(show)), presenceName(show), this,
                                    [this, show] { m_presence.setShow(show); });
        action->setCheckable(true);
        action->setChecked(wanted && m_presence.show() == show);
    }
    QAction *offline = addAction(themedIcon(Icon::PresenceOffline, IconRole::Offline), presenceName({}), this,
                                 [this] { m_presence.goOffline(); });
    offline->setCheckable(true);
    offline->setChecked(!wanted);
}

void PresenceMenu::addStatus()
{
    const QString status = m_presence.status();
    addAction(themedIcon(Icon::Edit, IconRole::Muted),
              status.isEmpty() ? tr("Set a status text…") : tr("Change the status text…"), this,
              &PresenceMenu::askStatus);
    if (!status.isEmpty())
        addAction(themedIcon(Icon::Close, IconRole::Muted), tr("Clear “%1”").arg(menuText(status)), this,
                  [this] { m_presence.setStatus({}); });
    for (const QString &text : m_presence.history())
        addAction(themedIcon(Icon::Clock, IconRole::Muted), menuText(text), this,
                  [this, text] { m_presence.setStatus(text); });
}

void PresenceMenu::addAccounts()
{
    for (chat::Account *account : m_profile.accounts().all()) {
        QMenu *menu = addMenu(themedIcon(Icon::User, IconRole::Muted), menuText(account->jid().toString()));
        menu->addAction(menuText(accountStateText(*account)))->setEnabled(false);
        if (account->state() == chat::Account::State::Offline)
            menu->addAction(tr("Connect"), account, [account] { account->goOnline(); });
        else
            menu->addAction(tr("Disconnect"), account, [account] { account->goOffline(); });
        menu->addAction(tr("Your picture…"), this, [this, jid = account->jid()] { Q_EMIT pictureRequested(jid); });
    }
    addAction(themedIcon(Icon::Settings, IconRole::Muted), tr("Manage accounts…"), this,
              &PresenceMenu::accountsRequested);
}

void PresenceMenu::askStatus()
{
    auto *prompt = new TextPrompt(tr("Status text"), tr("What others read beside your name"), m_presence.status(),
                                  tr("Set"), parentWidget());
    prompt->setEmptyAllowed(true);
    connect(prompt, &TextPrompt::given, this, [this, prompt](const QString &text) {
        m_presence.setStatus(text);
        prompt->accept();
    });
    prompt->open();
}

} // namespace ui
