// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/keybar.h"

#include "ui/widgets/plaintext.h"

#include <QLocale>

namespace ui {

KeyBar::KeyBar(chat::Account &account, QWidget *parent) : Banner(parent), m_account(account)
{
    setObjectName(QStringLiteral("keyBar"));
    setClosable(true);
    connect(&account.serverKeys(), &chat::ServerKeys::changed, this, &KeyBar::refresh);
    connect(this, &Banner::closed, this, [this] { m_account.serverKeys().setTold(); });
    refresh();
}

void KeyBar::refresh()
{
    const store::ServerKey *key = m_account.serverKeys().news();
    const store::ServerKey *previous = m_account.serverKeys().previous();
    if (!key || !previous)
        return; // it goes in a moment
    const auto name = [](const QString &text) { return isolated(singleLine(text)); };
    const QString since = QLocale().toString(key->firstSeen.toLocalTime().date(), QLocale::LongFormat);
    //: %1 is an account's address, %2 a day, %3 who issued a certificate.
    const QString news =
        tr("The server of %1 has used a new key since %2. Its certificate is in order, issued by %3; servers often "
           "change keys when a certificate is renewed.")
            .arg(name(m_account.jid().toString()), since, name(key->issuer));
    //: %1 is who issued a certificate.
    const QString issuer = key->issuer == previous->issuer
        ? QString()
        : tr("The one before was issued by %1; where this surprises you, ask the server's operator.")
              .arg(name(previous->issuer));
    tell(Kind::Info, Icon::Key, issuer.isEmpty() ? news : tr("%1 %2").arg(news, issuer));
}

} // namespace ui
