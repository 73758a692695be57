// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"

#include <QAbstractButton>

namespace ui {

class OwnPresence;

/// Oneself at the head of the sidebar: picture, name, presence. A click opens the presence menu.
class SelfButton : public QAbstractButton
{
    Q_OBJECT
public:
    SelfButton(OwnPresence &presence, QWidget *parent);

    /// `account` is whose picture it is; null: nobody's.
    void setPerson(const QString &name, const Jid &account);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString line() const;
    void describe();

    OwnPresence &m_presence;
    QString m_name;
    Jid m_account;
};

} // namespace ui
