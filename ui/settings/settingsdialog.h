// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QDialog>

class QListWidget;
class QStackedWidget;

namespace ui {

class AccountsPage;
class Appearance;
enum class Icon;
class SearchField;

/// All settings: a searchable list of pages. Every change takes effect at once; there is no OK button.
class SettingsDialog : public QDialog
{
    Q_OBJECT
public:
    /// `profile` is open. `appearance` is the program's; where it is null, the one that belongs to the application
    /// object is taken.
    explicit SettingsDialog(chat::Profile &profile, QWidget *parent = nullptr, Appearance *appearance = nullptr);

    /// Opens the accounts with the form for another one.
    void addAccount();

protected:
    void changeEvent(QEvent *event) override;

private:
    void addPage(const QString &title, Icon icon, QWidget *page);
    void filter(const QString &text);
    void applyTheme();

    SearchField *m_search;
    QListWidget *m_list;
    QStackedWidget *m_pages;
    AccountsPage *m_accounts;
};

} // namespace ui
