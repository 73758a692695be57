// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class PasswordEdit;
class PlainLabel;

/// A bar that asks for the user name and the password of the proxy of an account, where the proxy has refused what it
/// was given.
class ProxyBar : public QWidget
{
    Q_OBJECT
public:
    /// `account` outlives the bar.
    explicit ProxyBar(chat::Account &account, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The account's settings with what was typed.
    void answered(const chat::AccountSettings &settings);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void submit();
    void applyTheme();

    chat::Account &m_account;
    QLabel *m_picture;
    PlainLabel *m_text;
    QLineEdit *m_user;
    PasswordEdit *m_password;
    QPushButton *m_use;
};

} // namespace ui
