// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/accountsettings.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace ui {

class CertificateChoice;
class FormField;
class PasswordEdit;
class PlainLabel;

/// How an account's server is reached and what signs in, for the few who must say: server, port, encryption, proxy, a
/// certificate, and whether the password may be sent in readable form. All empty is right for nearly everybody.
class ConnectionOptions : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionOptions(QWidget *parent);

    /// Also offers to sign in as a guest, which an account that is there cannot become.
    void offerGuest();
    bool isGuest() const;
    CertificateChoice *certificate() const { return m_certificate; }

    /// Writes the answers into `settings`.
    void fill(chat::AccountSettings &settings) const;
    void show(const chat::AccountSettings &settings);
    /// False: a field says what is wrong, and has the focus.
    bool check();
    QString host() const;
    /// Where a proxy that does not do its part is mended.
    void focusProxy();
    /// Where a refused or unknown server is mended.
    void focusHost();
    void focusPlain();

Q_SIGNALS:
    /// Another thing signs in: a password, a certificate, or nothing, as a guest.
    void proofChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();
    void validate();
    void followProof();
    void buildProxy();
    bool checkProxy();
    net::Proxy proxy() const;

    QLineEdit *m_host;
    QLineEdit *m_port;
    QComboBox *m_tls;
    CertificateChoice *m_certificate;
    QCheckBox *m_guest;
    PlainLabel *m_guestHint;
    QCheckBox *m_plain;
    PlainLabel *m_plainHint;
    FormField *m_hostField;
    FormField *m_portField;
    FormField *m_tlsField;
    QComboBox *m_proxy;
    QWidget *m_proxyPart;
    QLineEdit *m_proxyHost;
    QLineEdit *m_proxyPort;
    QLineEdit *m_proxyUser;
    PasswordEdit *m_proxyPassword;
    FormField *m_proxyField;
    FormField *m_proxyHostField;
    FormField *m_proxyPortField;
    FormField *m_proxyUserField;
    FormField *m_proxyPasswordField;
};

} // namespace ui
