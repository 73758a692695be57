// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"

#include <QWidget>

class QComboBox;

namespace ui {

class Note;
class PlainLabel;

/// What the account's server keeps in its archive (XEP-0441): asked when it is shown, changed at once.
class ArchiveChoice : public QWidget
{
    Q_OBJECT
public:
    /// `account` outlives it.
    ArchiveChoice(chat::Account &account, QWidget *parent);
    ~ArchiveChoice() override;

    /// Asks the server anew.
    void refresh();

private:
    Task<void> read();
    Task<void> write(xep::ArchivePrefs::Default standard);
    void take(const Result<xep::ArchivePrefs::Prefs> &prefs);

    chat::Account &m_account;
    PlainLabel *m_label;
    QComboBox *m_choice;
    Note *m_note;
    std::optional<xep::ArchivePrefs::Prefs> m_prefs; ///< What the server said last; nothing where it says nothing.
    Scope m_scope;
};

} // namespace ui
