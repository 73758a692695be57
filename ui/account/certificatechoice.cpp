// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/certificatechoice.h"

#include "ui/account/formfield.h"
#include "ui/account/passwordedit.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconbutton.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

CertificateChoice::CertificateChoice(QWidget *parent)
    : QWidget(parent), m_file(new QLineEdit(this)), m_fileField(new FormField(tr("Cert&ificate file"), m_file, this)),
      m_passphrase(new PasswordEdit(this)),
      m_passphraseField(new FormField(tr("Passphrase of the fi&le"), m_passphrase, this))
{
    m_file->setPlaceholderText(tr("None: sign in with the password"));
    m_fileField->setHint(tr("A PEM or PKCS#12 file with a certificate and its key, which signs in instead of the "
                            "password. It stays where it is."));
    auto *choose = new QPushButton(tr("Choose…"), this);
    choose->setAutoDefault(false);
    choose->setAccessibleName(tr("Choose the certificate file"));
    m_fileField->addBeside(choose);
    m_passphrase->setPlaceholderText(tr("Only where the file has one"));
    m_passphraseField->addBeside(m_passphrase->eye());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_fileField);
    column->addWidget(m_passphraseField);
    connect(choose, &QAbstractButton::clicked, this, &CertificateChoice::browse);
    connect(m_file, &QLineEdit::textChanged, this, &CertificateChoice::follow);
    applyTheme();
    follow();
}

QString CertificateChoice::file() const
{
    return m_file->text().trimmed();
}

void CertificateChoice::setFile(const QString &file)
{
    m_file->setText(file);
    m_passphrase->clear();
    m_passphrase->setShown(false);
}

std::optional<SecretBytes> CertificateChoice::passphrase() const
{
    QString text = m_passphrase->text();
    if (text.isEmpty() || file().isEmpty())
        return {};
    return SecretBytes::take(text);
}

void CertificateChoice::follow()
{
    m_fileField->setProblem({});
    m_passphraseField->setVisible(!file().isEmpty());
    Q_EMIT changed();
}

bool CertificateChoice::check()
{
    const QFileInfo info(file());
    const bool isGood = file().isEmpty() || (info.isFile() && info.isReadable());
    m_fileField->setProblem(isGood ? QString() : tr("There is no such file, or you may not read it."));
    if (!isGood)
        m_file->setFocus();
    return isGood;
}

/// Not as a dialog that keeps the program waiting.
void CertificateChoice::browse()
{
    auto *dialog = new QFileDialog(
        this, tr("Certificate file"), QFileInfo(file()).path(),
        QStringLiteral("%1 (*.pem *.crt *.p12 *.pfx);;%2 (*)").arg(tr("Certificates"), tr("All files")));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &chosen) {
        m_file->setText(QDir::toNativeSeparators(chosen));
        m_passphrase->setFocus();
    });
    dialog->open();
}

void CertificateChoice::focusFile()
{
    m_file->setFocus();
    m_file->selectAll();
}

void CertificateChoice::focusPassphrase()
{
    m_passphrase->setFocus();
    m_passphrase->selectAll();
}

void CertificateChoice::applyTheme()
{
    layout()->setSpacing(Theme::of(this).space.s);
}

void CertificateChoice::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
