// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/account/addressinput.h"
#include "ui/account/signinattempt.h"

#include <QPointer>
#include <QWidget>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class ConnectionOptions;
class FormField;
class Note;
class PasswordEdit;
class PasswordKeeping;
class PlainLabel;
class Spinner;

/// Welcomes a person and signs an account in. What goes wrong is said in place, and nothing that was typed is lost.
///
/// While a first sign-in runs, its account is in Accounts already; it is taken away again where the sign-in fails. So
/// keep this page until signedIn(), whatever Accounts says meanwhile. Closing the page gives the sign-in up.
class SignInPage : public QWidget
{
    Q_OBJECT
public:
    /// `profile` is open.
    explicit SignInPage(chat::Profile &profile, QWidget *parent = nullptr);
    ~SignInPage() override;

    bool isBusy() const { return m_attempt != nullptr; }
    /// Puts an address in, as from the command line; the password then has the focus.
    void setAddress(const QString &address);

Q_SIGNALS:
    /// Online, and kept. The account belongs to the profile's Accounts.
    void signedIn(chat::Account *account);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    using Proof = xmpp::SignIn::Proof;
    void buildForm(QWidget *card);
    void buildEnd(QWidget *card);
    void watch();
    void applyTheme();
    void submit();
    void followProof();
    Proof proof() const;
    AddressInput addressInput() const;
    SecretBytes secret() const;
    void cancel();
    void setBusy(bool busy);
    void showOptions(bool shown);
    /// Complains about the address: while typing only of what typing on cannot mend.
    bool checkAddress(bool finished);
    bool checkAll();
    void showFailure(const Error &error);
    void askWhereToKeep(const Error &error);
    void focusWhatToMend(const Error &error);

    chat::Profile &m_profile;
    chat::AccountSettings m_tried;
    QPointer<SignInAttempt> m_attempt;
    bool m_asksWhereToKeep = false;
    QWidget *m_card = nullptr;
    QLabel *m_mark = nullptr;
    PlainLabel *m_headline = nullptr;
    PlainLabel *m_welcome = nullptr;
    QLineEdit *m_address = nullptr;
    PasswordEdit *m_password = nullptr;
    FormField *m_addressField = nullptr;
    FormField *m_passwordField = nullptr;
    PasswordKeeping *m_keeping = nullptr;
    QPushButton *m_more = nullptr;
    ConnectionOptions *m_options = nullptr;
    Note *m_note = nullptr;
    QWidget *m_progress = nullptr;
    Spinner *m_spinner = nullptr;
    PlainLabel *m_progressText = nullptr;
    QPushButton *m_signIn = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace ui
