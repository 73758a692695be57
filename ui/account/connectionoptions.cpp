// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/connectionoptions.h"

#include "base/jid.h"
#include "ui/account/certificatechoice.h"
#include "ui/account/formfield.h"
#include "ui/account/passwordedit.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHostAddress>
#include <QLineEdit>

namespace ui {
namespace {

constexpr int highestPort = 65535;

bool isHost(const QString &text)
{
    // An address literal, or a name as a JID's domain would be.
    return !QHostAddress(text).isNull() || Jid::make(QString(), text).has_value();
}

/// 0 where `text` is no port.
quint16 portOf(const QString &text)
{
    const int port = text.trimmed().toInt();
    return port > 0 && port <= highestPort ? quint16(port) : quint16(0);
}

} // namespace

ConnectionOptions::ConnectionOptions(QWidget *parent)
    : QWidget(parent), m_host(new QLineEdit(this)), m_port(new QLineEdit(this)), m_tls(new QComboBox(this)),
      m_certificate(new CertificateChoice(this)),
      m_guest(new QCheckBox(tr("Sign in as a &guest, without an account"), this)),
      m_guestHint(new PlainLabel(
          tr("For a server that takes guests: its name alone is the address. You get another address each time, and "
             "nothing is kept when Balcony ends."),
          this)),
      m_plain(new QCheckBox(tr("Allow PLAI&N passwords"), this)),
      m_plainHint(new PlainLabel(
          tr("Only for a server that you trust and that cannot do better: it gets to read the password."), this)),
      m_hostField(new FormField(tr("Ser&ver"), m_host, this)), m_portField(new FormField(tr("P&ort"), m_port, this)),
      m_tlsField(new FormField(tr("Encr&yption"), m_tls, this)), m_proxy(new QComboBox(this)),
      m_proxyPart(new QWidget(this)), m_proxyHost(new QLineEdit(m_proxyPart)), m_proxyPort(new QLineEdit(m_proxyPart)),
      m_proxyUser(new QLineEdit(m_proxyPart)), m_proxyPassword(new PasswordEdit(m_proxyPart)),
      m_proxyField(new FormField(tr("Pro&xy"), m_proxy, this)),
      m_proxyHostField(new FormField(tr("Proxy &host"), m_proxyHost, m_proxyPart)),
      m_proxyPortField(new FormField(tr("Proxy po&rt"), m_proxyPort, m_proxyPart)),
      m_proxyUserField(new FormField(tr("Proxy &user"), m_proxyUser, m_proxyPart)),
      m_proxyPasswordField(new FormField(tr("Proxy pass&word"), m_proxyPassword, m_proxyPart))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_hostField, 0, 0, Qt::AlignTop);
    grid->addWidget(m_portField, 0, 1, Qt::AlignTop);
    grid->addWidget(m_tlsField, 1, 0, 1, 2);
    grid->addWidget(m_proxyField, 2, 0, 1, 2);
    grid->addWidget(m_proxyPart, 3, 0, 1, 2);
    grid->addWidget(m_certificate, 4, 0, 1, 2);
    grid->addWidget(m_plain, 5, 0, 1, 2);
    grid->addWidget(m_plainHint, 6, 0, 1, 2);
    grid->addWidget(m_guest, 7, 0, 1, 2);
    grid->addWidget(m_guestHint, 8, 0, 1, 2);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    for (PlainLabel *hint : {m_plainHint, m_guestHint}) {
        hint->setTextRole(TextRole::Caption);
        hint->setMuted(true);
        hint->setWordWrap(true);
    }
    m_plain->setAccessibleDescription(m_plainHint->text());
    m_guest->setAccessibleDescription(m_guestHint->text());
    m_guest->hide();
    m_guestHint->hide();
    m_host->setPlaceholderText(tr("Found by itself"));
    m_port->setPlaceholderText(tr("By itself"));
    m_port->setInputMethodHints(Qt::ImhDigitsOnly);
    m_tls->addItem(tr("Automatic"), int(net::TlsMode::Automatic));
    m_tls->addItem(tr("STARTTLS: encrypted right after connecting"), int(net::TlsMode::StartTls));
    m_tls->addItem(tr("Direct TLS: encrypted from the first byte"), int(net::TlsMode::Direct));
    m_tls->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_tlsField->setHint(tr("The connection is always encrypted."));
    buildProxy();
    connect(m_host, &QLineEdit::textChanged, this, &ConnectionOptions::validate);
    connect(m_port, &QLineEdit::textChanged, this, &ConnectionOptions::validate);
    connect(m_certificate, &CertificateChoice::changed, this, &ConnectionOptions::followProof);
    connect(m_guest, &QAbstractButton::toggled, this, &ConnectionOptions::followProof);
    applyTheme();
}

void ConnectionOptions::offerGuest()
{
    m_guest->show();
    m_guestHint->show();
}

bool ConnectionOptions::isGuest() const
{
    return m_guest->isChecked();
}

/// Of the three ways to sign in one is taken; what does not belong to it waits.
void ConnectionOptions::followProof()
{
    const bool isPassword = !isGuest() && m_certificate->file().isEmpty();
    m_certificate->setEnabled(!isGuest());
    m_plain->setEnabled(isPassword);
    m_plainHint->setEnabled(isPassword);
    Q_EMIT proofChanged();
}

void ConnectionOptions::buildProxy()
{
    using Kind = net::Proxy::Kind;
    m_proxy->addItem(tr("None: connect directly"), int(Kind::None));
    m_proxy->addItem(tr("The system's settings"), int(Kind::System));
    m_proxy->addItem(tr("SOCKS5, as for Tor"), int(Kind::Socks5));
    m_proxy->addItem(tr("HTTP (CONNECT)"), int(Kind::Http));
    m_proxy->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_proxyField->setHint(tr("With a proxy nothing about this account goes around it; the proxy looks names up."));
    m_proxyPort->setInputMethodHints(Qt::ImhDigitsOnly);
    m_proxyUser->setPlaceholderText(tr("None"));
    m_proxyPasswordField->addBeside(m_proxyPassword->eye());
    auto *grid = new QGridLayout(m_proxyPart);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_proxyHostField, 0, 0, Qt::AlignTop);
    grid->addWidget(m_proxyPortField, 0, 1, Qt::AlignTop);
    grid->addWidget(m_proxyUserField, 1, 0, Qt::AlignTop);
    grid->addWidget(m_proxyPasswordField, 1, 1, Qt::AlignTop);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    m_proxyPart->hide();
    connect(m_proxy, &QComboBox::currentIndexChanged, this, [this] {
        const auto kind = Kind(m_proxy->currentData().toInt());
        m_proxyPart->setVisible(kind == Kind::Socks5 || kind == Kind::Http);
        m_proxyPort->setPlaceholderText(kind == Kind::Http ? QStringLiteral("3128") : QStringLiteral("1080"));
        m_proxyHostField->setProblem({});
        m_proxyPortField->setProblem({});
    });
}

net::Proxy ConnectionOptions::proxy() const
{
    net::Proxy proxy;
    proxy.kind = net::Proxy::Kind(m_proxy->currentData().toInt());
    if (m_proxyPart->isHidden())
        return proxy;
    proxy.host = m_proxyHost->text().trimmed();
    proxy.port = portOf(m_proxyPort->text().isEmpty() ? m_proxyPort->placeholderText() : m_proxyPort->text());
    proxy.user = m_proxyUser->text();
    QString password = m_proxyPassword->text();
    if (!password.isEmpty())
        proxy.password = std::make_shared<const SecretBytes>(SecretBytes::take(password));
    return proxy;
}

void ConnectionOptions::focusProxy()
{
    QWidget *field = m_proxyPart->isHidden() ? static_cast<QWidget *>(m_proxy) : m_proxyHost;
    field->setFocus();
}

void ConnectionOptions::validate()
{
    const QString name = host();
    m_hostField->setProblem(name.isEmpty() || isHost(name) ? QString() : tr("This is not the name of a server."));
    bool isNumber = false;
    const QString text = m_port->text().trimmed();
    const int port = text.toInt(&isNumber);
    const bool isGood = text.isEmpty() || (isNumber && port > 0 && port <= highestPort);
    m_portField->setProblem(isGood ? QString() : tr("A number from 1 to 65535."));
}

bool ConnectionOptions::check()
{
    validate();
    if (m_hostField->hasProblem())
        m_host->setFocus();
    else if (m_portField->hasProblem())
        m_port->setFocus();
    else
        return checkProxy() && (isGuest() || m_certificate->check());
    return false;
}

bool ConnectionOptions::checkProxy()
{
    if (m_proxyPart->isHidden())
        return true;
    const net::Proxy wanted = proxy();
    m_proxyHostField->setProblem(isHost(wanted.host) ? QString() : tr("Enter the name or the address of the proxy."));
    m_proxyPortField->setProblem(wanted.port ? QString() : tr("A number from 1 to 65535."));
    if (m_proxyHostField->hasProblem())
        m_proxyHost->setFocus();
    else if (m_proxyPortField->hasProblem())
        m_proxyPort->setFocus();
    else
        return true;
    return false;
}

QString ConnectionOptions::host() const
{
    return m_host->text().trimmed();
}

void ConnectionOptions::fill(chat::AccountSettings &settings) const
{
    settings.host = host();
    settings.port = quint16(m_port->text().trimmed().toUInt());
    settings.tls = net::TlsMode(m_tls->currentData().toInt());
    settings.allowPlain = m_plain->isChecked();
    settings.proxy = proxy();
    settings.certificateFile = isGuest() ? QString() : m_certificate->file();
}

void ConnectionOptions::show(const chat::AccountSettings &settings)
{
    m_host->setText(settings.host);
    m_port->setText(settings.port ? QString::number(settings.port) : QString());
    m_tls->setCurrentIndex(m_tls->findData(int(settings.tls)));
    m_plain->setChecked(settings.allowPlain);
    m_proxy->setCurrentIndex(m_proxy->findData(int(settings.proxy.kind)));
    m_proxyHost->setText(settings.proxy.host);
    m_proxyPort->setText(settings.proxy.port ? QString::number(settings.proxy.port) : QString());
    m_proxyUser->setText(settings.proxy.user);
    m_certificate->setFile(settings.certificateFile);
}

void ConnectionOptions::focusHost()
{
    m_host->setFocus();
    m_host->selectAll();
}

void ConnectionOptions::focusPlain()
{
    m_plain->setFocus();
}

void ConnectionOptions::applyTheme()
{
    const Theme &theme = Theme::of(this);
    auto *grid = static_cast<QGridLayout *>(layout());
    grid->setHorizontalSpacing(theme.space.m);
    grid->setVerticalSpacing(theme.space.s);
    auto *proxyGrid = static_cast<QGridLayout *>(m_proxyPart->layout());
    proxyGrid->setHorizontalSpacing(theme.space.m);
    proxyGrid->setVerticalSpacing(theme.space.s);
}

void ConnectionOptions::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
