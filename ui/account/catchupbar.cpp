// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/catchupbar.h"

#include "chat/archive.h"
#include "ui/widgets/plaintext.h"

#include <QLocale>

namespace ui {

CatchUpBar::CatchUpBar(chat::Account &account, QWidget *parent) : Banner(parent), m_account(account)
{
    setObjectName(QStringLiteral("catchUpBar"));
    connect(&account.archive(), &chat::Archive::progressChanged, this, &CatchUpBar::refresh);
    connect(this, &Banner::actionTriggered, this, [this] {
        chat::Archive &archive = m_account.archive();
        archive.setPaused(!archive.progress().paused);
    });
    refresh();
}

void CatchUpBar::setNamed(bool named)
{
    m_named = named;
    refresh();
}

void CatchUpBar::refresh()
{
    const chat::Archive::Progress &progress = m_account.archive().progress();
    if (!progress.paused && (!progress.running || progress.fetched < worthTelling))
        return hide();
    QString text = progress.paused ? tr("Older messages are not being fetched.")
                                   : tr("Fetching %n message(s) that you missed…", nullptr, int(progress.fetched));
    if (progress.reached.isValid() && !progress.paused)
        //: %1 is a sentence that ends by itself, %2 a date.
        text = tr("%1 Back to %2.")
                   .arg(text, QLocale().toString(progress.reached.toLocalTime().date(), QLocale::ShortFormat));
    if (m_named)
        //: %1 is an account's address, %2 a sentence about it.
        text = tr("%1: %2").arg(isolated(m_account.jid().toString()), text);
    if (isHidden() || text != this->text())
        tell(Kind::Info, Icon::Clock, text, progress.paused ? tr("Continue") : tr("Pause"));
}

} // namespace ui
