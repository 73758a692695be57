// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace ui {

class OwnPresence;

/// Oneself at the head of the sidebar: picture, name, presence. A click opens the presence menu.
class SelfButton : public QAbstractButton
{
    Q_OBJECT
public:
    SelfButton(OwnPresence &presence, QWidget *parent);

    /// `key` gives the colour of the picture: the account's address.
    void setPerson(const QString &name, const QString &key);
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
    QString m_key;
};

} // namespace ui
