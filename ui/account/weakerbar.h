// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class PlainLabel;

/// Asks what to do where a server offers a weaker sign-in than the account has used before: somebody may be in the
/// middle (RELIABILITY 1.31). Staying offline is the answer that the keyboard meets first.
class WeakerBar : public QWidget
{
    Q_OBJECT
public:
    /// `account` outlives the bar.
    explicit WeakerBar(chat::Account &account, QWidget *parent = nullptr);
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void applyTheme();
    QPushButton *answer(const char *name, const QString &text);

    chat::Account &m_account;
    QLabel *m_picture;
    PlainLabel *m_text;
    QWidget *m_answers;
};

} // namespace ui
