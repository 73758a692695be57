// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace ui {

class IconButton;

/// A line edit for a password; an eye beside it shows what was typed.
class PasswordEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit PasswordEdit(QWidget *parent = nullptr);

    /// The eye: a button of its own, so that the keyboard and a screen reader reach it. Put it at the edit's end.
    IconButton *eye() const { return m_eye; }
    void setShown(bool shown);
    bool isShown() const { return echoMode() == Normal; }

private:
    IconButton *m_eye;
};

} // namespace ui
