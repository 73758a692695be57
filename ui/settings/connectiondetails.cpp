// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/connectiondetails.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QGridLayout>
#include <QLocale>

namespace ui {
namespace {

constexpr size_t mostKeys = 5; // shown; the automation port gives all

QString day(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime().date(), QLocale::ShortFormat);
}

/// In groups, so that two people can read it to each other.
QString inGroups(const QByteArray &fingerprint)
{
    QStringList groups;
    const QString digits = QString::fromLatin1(fingerprint.toHex().toUpper());
    for (qsizetype at = 0; at < digits.size(); at += 4)
        groups.append(digits.mid(at, 4));
    return groups.join(u' ');
}

} // namespace

ConnectionDetails::ConnectionDetails(const chat::Account &account, QWidget *parent)
    : QWidget(parent), m_account(account), m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("connectionDetails"));
    setAccessibleName(tr("How this account is connected"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    connect(&account, &chat::Account::stateChanged, this, &ConnectionDetails::refresh);
    connect(&account.serverKeys(), &chat::ServerKeys::changed, this, &ConnectionDetails::refresh);
    refresh();
}

void ConnectionDetails::refresh()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (m_account.state() == chat::Account::State::Online)
        addConnection();
    addKeys();
    applyTheme();
    setVisible(m_grid->count() > 0);
}

void ConnectionDetails::addConnection()
{
    const xmpp::SignedIn &facts = m_account.facts();
    const auto name = [](const QString &text) { return isolated(singleLine(text)); };
    //: %1 is a version of TLS, %2 a cipher suite.
    add(tr("Encryption"), tr("%1, %2").arg(name(facts.tls.version), name(facts.tls.cipher)));
    const QString binding = net::word(facts.binding);
    add(tr("Signed in by"),
        binding.isEmpty() ? name(facts.mechanism)
                          //: %1 is a way to sign in, like SCRAM-SHA-256-PLUS, %2 what ties it to the connection.
                          : tr("%1, tied to the connection (%2)").arg(name(facts.mechanism), binding));
    if (facts.tls.subject.isEmpty() && facts.tls.issuer.isEmpty())
        return;
    add(tr("Certificate"), name(facts.tls.subject));
    add(tr("Issued by"), name(facts.tls.issuer));
    //: %1 and %2 are days.
    add(tr("Valid"), tr("%1 to %2").arg(day(facts.tls.validFrom), day(facts.tls.validTo)));
}

void ConnectionDetails::addKeys()
{
    size_t count = 0;
    for (const store::ServerKey &key : m_account.serverKeys().all()) {
        if (++count > mostKeys)
            break;
        //: %1 and %2 are days, %3 is the fingerprint of a key.
        add(count == 1 ? tr("Server's key") : tr("Earlier key"),
            tr("first seen %1, last seen %2\n%3")
                .arg(day(key.firstSeen), day(key.lastSeen), inGroups(key.fingerprint)));
    }
}

void ConnectionDetails::add(const QString &name, const QString &value)
{
    const int row = m_grid->rowCount();
    auto *label = new PlainLabel(name, this);
    label->setMuted(true);
    auto *text = new PlainLabel(value, this);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(name);
    text->setAccessibleDescription(value);
    for (PlainLabel *each : {label, text})
        each->setTextRole(TextRole::Caption);
    m_grid->addWidget(label, row, 0, Qt::AlignTop);
    m_grid->addWidget(text, row, 1);
}

void ConnectionDetails::applyTheme()
{
    const Theme &theme = Theme::of(this);
    m_grid->setHorizontalSpacing(theme.space.m);
    m_grid->setVerticalSpacing(theme.space.xs);
}

void ConnectionDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
