// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace ui {

class AccountCard;
class PlainLabel;

/// All accounts of the profile, each a card, and a way to add one.
class AccountsPage : public QWidget
{
    Q_OBJECT
public:
    AccountsPage(chat::Profile &profile, QWidget *parent);

    /// Opens the form for another account.
    void addAccount();

protected:
    void changeEvent(QEvent *event) override;

private:
    void addCard(chat::Account *account);
    void removeCard(const chat::Account *account);
    void backToList();
    void applyTheme();

    chat::Profile &m_profile;
    QStackedWidget *m_stack;
    QWidget *m_list;
    QVBoxLayout *m_cards;
    PlainLabel *m_none;
    QPushButton *m_add;
    std::vector<AccountCard *> m_shown;
};

} // namespace ui
