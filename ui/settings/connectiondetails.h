// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"

#include <QWidget>

class QGridLayout;

namespace ui {

/// How an account is connected now: encryption, what signed in, the server's certificate, and the keys that the server
/// has had. To read and to copy.
class ConnectionDetails : public QWidget
{
    Q_OBJECT
public:
    /// `account` outlives it.
    ConnectionDetails(const chat::Account &account, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void addConnection();
    void addKeys();
    void add(const QString &name, const QString &value);
    void applyTheme();

    const chat::Account &m_account;
    QGridLayout *m_grid;
};

} // namespace ui
