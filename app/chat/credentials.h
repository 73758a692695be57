// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/accountsettings.h"
#include "chat/services.h"
#include "net/clientcertificate.h"

namespace chat {

/// The secrets of one account, with the certificate that they open, in the place that its settings name. A value; it outlives its tasks.
class Credentials
{
public:
    Credentials(Services &services, AccountSettings settings)
        : m_services(services), m_settings(std::move(settings)) { }

    /// Where the password is kept, and what comes of it; null for nowhere: it is asked for, or in a file of the person's.
    Secrets *place() const;
    /// From its file, or its place; of an account with a certificate its passphrase, which may be empty. Errors: Auth
    /// `needs-password`; Secret `password-file`, and what the profile's files say.
    Task<Result<SecretBytes>> password() const;
    /// From the settings' file. Errors: Secret `certificate-file`; as ClientCertificate.
    Task<Result<std::shared_ptr<const net::ClientCertificate>>> certificate(
        std::shared_ptr<const SecretBytes> passphrase) const;
    /// Keeps a new password, or passphrase, where the settings say; nowhere is no error. What came of the old one goes. Error: Secret.
    Task<Result<>> keepPassword(SecretBytes password) const;
    /// Null where there is none, or it cannot be read: it is the proxy's to ask for it then.
    Task<std::shared_ptr<const SecretBytes>> proxyPassword() const;
    /// Keeps the password that the settings' proxy has; none, and nowhere, are no errors. Error: Secret.
    Task<Result<>> keepProxyPassword() const;
    /// Removes all of them. Error: Secret, where the password stays.
    Task<Result<>> forget() const;

private:
    Secrets *store() const;
    QString key() const;
    Services &m_services;
    AccountSettings m_settings;
};

} // namespace chat
