// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"
#include "ui/widgets/panels.h"

#include <QTimer>

namespace ui {

/// A thin bar that says why an account is not online, and when the next try comes. Hidden while all is well, and for the
/// first moment of connecting.
class StateBar : public Banner
{
    Q_OBJECT
public:
    /// `account` outlives the bar.
    StateBar(chat::Account &account, QWidget *parent);

    const Jid &account() const { return m_account.jid(); }
    /// Whether the account's address stands before the words: where there are several.
    void setNamed(bool named);

private:
    void refresh();
    void act();
    void say(Kind kind, Icon icon, const QString &text, const QString &action = {});
    QString reason() const;

    chat::Account &m_account;
    QTimer m_second;
    QTimer m_patience;
    bool m_named = false;
    bool m_impatient = false; ///< Connecting takes so long that it should be told.
};

} // namespace ui
