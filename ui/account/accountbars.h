// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QHash>
#include <QWidget>

class QVBoxLayout;

namespace ui {

class CatchUpBar;
class KeyBar;
class PasswordBar;
class ProxyBar;
class StateBar;
class WeakerBar;

/// The bars of all accounts, one above the other: what is wrong with each, and what can be done.
class AccountBars : public QWidget
{
    Q_OBJECT
public:
    explicit AccountBars(chat::Profile &profile, QWidget *parent = nullptr);

private:
    struct Bars {
        StateBar *state = nullptr;
        CatchUpBar *catchUp = nullptr;
        PasswordBar *password = nullptr; ///< Only while a password is needed.
        WeakerBar *weaker = nullptr;     ///< Only while a weaker sign-in is offered.
        ProxyBar *proxy = nullptr;       ///< Only while the proxy wants another user name or password.
        KeyBar *key = nullptr;           ///< Only until a new key of the server was read of.
    };
    void add(chat::Account *account);
    void remove(chat::Account *account);
    void refresh(chat::Account *account);
    template<class Bar>
    bool offer(Bar *&bar, bool needed, chat::Account *account);
    void changeSettings(const chat::AccountSettings &settings);
    void nameAll();

    chat::Profile &m_profile;
    QVBoxLayout *m_column;
    QHash<chat::Account *, Bars> m_bars;
};

} // namespace ui
