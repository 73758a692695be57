// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ui {

class PlainLabel;

/// A bar with the people who ask to see our presence (RFC 6121 3.1), one at a time. Their address is always shown, what
/// they say is plain text. Hidden while nobody asks.
class RequestBar : public QWidget
{
    Q_OBJECT
public:
    /// `profile` is open and outlives the bar.
    explicit RequestBar(chat::Profile &profile, QWidget *parent = nullptr);
    ~RequestBar() override;

    /// All who wait, in all accounts.
    int count() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void follow(chat::Account *account);
    /// Shows the one who has waited longest.
    void refresh();
    void answer(bool accept);
    Task<void> send(Jid account, Jid who, bool accept);
    void applyTheme();

    chat::Profile &m_profile;
    Jid m_account; ///< Of the request that shows.
    Jid m_who;
    QString m_failure;
    QLabel *m_picture;
    PlainLabel *m_headline;
    PlainLabel *m_text;
    PlainLabel *m_small;
    QHBoxLayout *m_row;
    QPushButton *m_accept;
    QPushButton *m_deny;
    Scope m_scope;
};

} // namespace ui
