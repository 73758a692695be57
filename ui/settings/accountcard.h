// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QPointer>
#include <QWidget>

class QCheckBox;
class QPushButton;

namespace ui {

class ArchiveChoice;
class Avatar;
class ConnectionOptions;
class Note;
class PasswordEdit;
class PlainLabel;

/// One account in the settings: its state with the reason, and all that can be done with it. Everything takes effect at
/// once; only removing asks first.
class AccountCard : public QWidget
{
    Q_OBJECT
public:
    /// `account` outlives the card.
    AccountCard(chat::Profile &profile, chat::Account &account, QWidget *parent);
    ~AccountCard() override;

    const Jid &jid() const { return m_jid; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build();
    void follow();
    void applyTheme();
    void enable(bool enabled);
    void usePassword();
    void buildConnection();
    void useConnection();
    void showPart(QWidget *part);
    Task<void> setEnabled(Jid jid, bool enabled);
    Task<void> changeMarkers(chat::AccountSettings settings);
    Task<void> changeConnection(chat::AccountSettings settings, std::optional<SecretBytes> passphrase);
    Task<void> setPassword(Jid jid, SecretBytes password);
    static Task<void> removeAccount(chat::Accounts *accounts, Jid jid, QPointer<AccountCard> card);

    chat::Profile &m_profile;
    chat::Account &m_account;
    Jid m_jid;
    Avatar *m_avatar;
    PlainLabel *m_name;
    PlainLabel *m_state;
    QCheckBox *m_enabled;
    QCheckBox *m_markers;
    QPushButton *m_changePassword;
    QPushButton *m_changeConnection;
    QPushButton *m_archive;
    QPushButton *m_picture;
    QPushButton *m_remove;
    QWidget *m_passwordPart;
    PasswordEdit *m_password = nullptr;
    QPushButton *m_usePassword = nullptr;
    QWidget *m_connectionPart;
    ConnectionOptions *m_options = nullptr;
    ArchiveChoice *m_archivePart;
    QWidget *m_removePart;
    QPushButton *m_reallyRemove = nullptr;
    Note *m_note;
    Scope m_scope;
};

} // namespace ui
