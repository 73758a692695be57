// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QWidget>

class QCheckBox;
class QRadioButton;

namespace ui {

class PlainLabel;

/// Asks whether, and where, a password shall be kept: in the keychain; and where this computer has none, in so many
/// words, in a file of the profile or not at all.
class PasswordKeeping : public QWidget
{
    Q_OBJECT
public:
    using PasswordStore = chat::AccountSettings::PasswordStore;

    explicit PasswordKeeping(chat::Profile &profile, QWidget *parent);
    ~PasswordKeeping() override;

    /// Finds out, once, whether there is a keychain.
    void probe();
    /// False: the person has to choose another place.
    void setKeychainAvailable(bool available);
    bool isKeychainAvailable() const { return m_available; }
    PasswordStore store() const;

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    Task<void> askKeychain();
    void showChoices();
    void applyTheme();

    chat::Profile &m_profile;
    bool m_probed = false;
    bool m_available = true;
    QCheckBox *m_remember;
    PlainLabel *m_explanation;
    QRadioButton *m_ask;
    QRadioButton *m_file;
    PlainLabel *m_fileWarning;
    Scope m_scope;
};

} // namespace ui
