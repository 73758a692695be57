// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/passwordedit.h"

#include "ui/widgets/iconbutton.h"

namespace ui {

PasswordEdit::PasswordEdit(QWidget *parent)
    : QLineEdit(parent), m_eye(new IconButton(Icon::Eye, tr("Show the password"), parent))
{
    // No suggestions, no learning, no automatic capitals.
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    setEchoMode(Password);
    connect(m_eye, &QAbstractButton::clicked, this, [this] { setShown(!isShown()); });
}

void PasswordEdit::setShown(bool shown)
{
    setEchoMode(shown ? Normal : Password);
    m_eye->setDrawing(shown ? Icon::EyeOff : Icon::Eye);
    m_eye->setWords(shown ? tr("Hide the password") : tr("Show the password"));
}

} // namespace ui
