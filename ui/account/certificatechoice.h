// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secretbytes.h"

#include <QWidget>

#include <optional>

class QLineEdit;

namespace ui {

class FormField;
class PasswordEdit;

/// Asks for the file with the certificate that an account signs in by, in place of a password; empty is the password.
class CertificateChoice : public QWidget
{
    Q_OBJECT
public:
    explicit CertificateChoice(QWidget *parent);

    QString file() const;
    void setFile(const QString &file);
    /// What was typed; nothing where nothing was.
    std::optional<SecretBytes> passphrase() const;
    /// False: a field says what is wrong, and has the focus.
    bool check();
    void focusFile();
    void focusPassphrase();

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void browse();
    void follow();
    void applyTheme();

    QLineEdit *m_file;
    FormField *m_fileField;
    PasswordEdit *m_passphrase;
    FormField *m_passphraseField;
};

} // namespace ui
