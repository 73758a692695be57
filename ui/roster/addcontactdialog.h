// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace ui {

class FormField;
class Note;
class Spinner;

/// Asks for somebody's address and puts them into a contact list. What goes wrong is said in place.
class AddContactDialog : public QDialog
{
    Q_OBJECT
public:
    /// `preselected` may be null. `profile` is open.
    AddContactDialog(chat::Profile &profile, chat::Account *preselected, QWidget *parent = nullptr);
    ~AddContactDialog() override;

    void setAddress(const QString &address);

Q_SIGNALS:
    /// They are in the list, and were asked for their presence; the dialog closes.
    void contactAdded(const Jid &account, const Jid &contact);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void watch();
    void applyTheme();
    chat::Account *account() const;
    void fillAccounts(chat::Account *preselected);
    /// The state of the account that is chosen, and its groups.
    void followAccount();
    bool checkAddress(bool finished);
    void submit();
    void setBusy(bool busy);
    Task<void> add(Jid account, Jid contact, QString name, QStringList groups);

    chat::Profile &m_profile;
    QComboBox *m_accounts;
    QLineEdit *m_address;
    QLineEdit *m_name;
    QComboBox *m_group;
    FormField *m_accountField;
    FormField *m_addressField;
    FormField *m_nameField;
    FormField *m_groupField;
    Note *m_note;
    Spinner *m_spinner;
    QPushButton *m_add;
    QPushButton *m_cancel;
    bool m_busy = false;
    bool m_saysOffline = false;
    Scope m_scope;
};

} // namespace ui
