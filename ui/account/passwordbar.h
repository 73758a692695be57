// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class PasswordEdit;
class PlainLabel;

/// A bar that asks for the password of an account that needs it, and says why. Hidden while the account needs none, and
/// while a sign-in runs. Where the account remembers its password, the new one is remembered once the server took it.
class PasswordBar : public QWidget
{
    Q_OBJECT
public:
    /// `account` outlives the bar.
    explicit PasswordBar(chat::Account &account, QWidget *parent = nullptr);
    ~PasswordBar() override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void follow();
    void submit();
    void applyTheme();

    chat::Account &m_account;
    QLabel *m_picture;
    PlainLabel *m_text;
    PasswordEdit *m_password;
    QPushButton *m_signIn;
    SecretBytes m_typed; ///< Until the server's answer.
};

} // namespace ui
