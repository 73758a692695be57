// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/connectionoptions.h"

#include "base/jid.h"
#include "ui/account/formfield.h"
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

} // namespace

ConnectionOptions::ConnectionOptions(QWidget *parent)
    : QWidget(parent), m_host(new QLineEdit(this)), m_port(new QLineEdit(this)), m_tls(new QComboBox(this)),
      m_plain(new QCheckBox(tr("Allow PLAI&N passwords"), this)),
      m_plainHint(new PlainLabel(
          tr("Only for a server that you trust and that cannot do better: it gets to read the password."), this)),
      m_hostField(new FormField(tr("Ser&ver"), m_host, this)), m_portField(new FormField(tr("P&ort"), m_port, this)),
      m_tlsField(new FormField(tr("Encr&yption"), m_tls, this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_hostField, 0, 0, Qt::AlignTop);
    grid->addWidget(m_portField, 0, 1, Qt::AlignTop);
    grid->addWidget(m_tlsField, 1, 0, 1, 2);
    grid->addWidget(m_plain, 2, 0, 1, 2);
    grid->addWidget(m_plainHint, 3, 0, 1, 2);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    m_plainHint->setTextRole(TextRole::Caption);
    m_plainHint->setMuted(true);
    m_plainHint->setWordWrap(true);
    m_plain->setAccessibleDescription(m_plainHint->text());
    m_host->setPlaceholderText(tr("Found by itself"));
    m_port->setPlaceholderText(tr("By itself"));
    m_port->setInputMethodHints(Qt::ImhDigitsOnly);
    m_tls->addItem(tr("Automatic"), int(net::TlsMode::Automatic));
    m_tls->addItem(tr("STARTTLS: encrypted right after connecting"), int(net::TlsMode::StartTls));
    m_tls->addItem(tr("Direct TLS: encrypted from the first byte"), int(net::TlsMode::Direct));
    m_tls->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_tlsField->setHint(tr("The connection is always encrypted."));
    connect(m_host, &QLineEdit::textChanged, this, &ConnectionOptions::validate);
    connect(m_port, &QLineEdit::textChanged, this, &ConnectionOptions::validate);
    applyTheme();
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
}

void ConnectionOptions::show(const chat::AccountSettings &settings)
{
    m_host->setText(settings.host);
    m_port->setText(settings.port ? QString::number(settings.port) : QString());
    m_tls->setCurrentIndex(m_tls->findData(int(settings.tls)));
    m_plain->setChecked(settings.allowPlain);
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
}

void ConnectionOptions::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
