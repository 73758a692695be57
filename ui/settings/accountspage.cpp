// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/accountspage.h"

#include "ui/account/signinpage.h"
#include "ui/settings/accountcard.h"
#include "ui/theme/icons.h"
#include "ui/widgets/labels.h"

#include <QEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

AccountsPage::AccountsPage(chat::Profile &profile, QWidget *parent)
    : QWidget(parent), m_profile(profile), m_stack(new QStackedWidget(this)), m_list(new QWidget),
      m_cards(new QVBoxLayout), m_none(new PlainLabel(tr("No account yet."), m_list)),
      m_add(new QPushButton(tr("Add account…"), m_list))
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(m_list);
    column->addLayout(m_cards);
    column->addWidget(m_none);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    column->addStretch(1);
    area->setWidget(m_list);
    m_stack->addWidget(area);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
    m_none->setMuted(true);
    m_add->setAutoDefault(false);
    connect(m_add, &QAbstractButton::clicked, this, &AccountsPage::addAccount);
    connect(&profile.accounts(), &chat::Accounts::added, this, &AccountsPage::addCard);
    connect(&profile.accounts(), &chat::Accounts::removing, this, &AccountsPage::removeCard);
    for (chat::Account *account : profile.accounts().all())
        addCard(account);
    m_none->setVisible(m_shown.empty());
    applyTheme();
}

void AccountsPage::addCard(chat::Account *account)
{
    auto *card = new AccountCard(m_profile, *account, m_list);
    m_cards->addWidget(card);
    m_shown.push_back(card);
    m_none->hide();
}

void AccountsPage::removeCard(const chat::Account *account)
{
    const auto found = std::find_if(m_shown.begin(), m_shown.end(),
                                    [account](const AccountCard *card) { return card->jid() == account->jid(); });
    if (found == m_shown.end())
        return;
    AccountCard *card = *found;
    m_shown.erase(found);
    card->hide();
    card->deleteLater();
    m_none->setVisible(m_shown.empty());
    m_add->setFocus();
}

void AccountsPage::addAccount()
{
    if (m_stack->count() > 1)
        return;
    auto *page = new QWidget;
    auto *back = new QPushButton(tr("Back to the accounts"), page);
    back->setFlat(true);
    back->setAutoDefault(false);
    back->setIcon(themedIcon(Icon::Back));
    auto *signIn = new SignInPage(m_profile, page);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(back, 0, Qt::AlignLeft);
    column->addWidget(signIn, 1);
    m_stack->addWidget(page);
    m_stack->setCurrentWidget(page);
    connect(back, &QAbstractButton::clicked, this, &AccountsPage::backToList);
    connect(signIn, &SignInPage::signedIn, this, &AccountsPage::backToList);
    signIn->setFocus();
}

void AccountsPage::backToList()
{
    QWidget *page = m_stack->currentWidget();
    if (m_stack->count() < 2)
        return;
    m_stack->setCurrentIndex(0);
    m_stack->removeWidget(page);
    page->deleteLater();
    m_add->setFocus();
}

void AccountsPage::applyTheme()
{
    const Theme &theme = Theme::of(this);
    m_cards->setSpacing(theme.space.m);
    m_list->layout()->setContentsMargins(theme.space.xl, theme.space.xl, theme.space.xl, theme.space.xl);
    m_list->layout()->setSpacing(theme.space.l);
    m_add->setIcon(themedIcon(Icon::Plus));
}

void AccountsPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
