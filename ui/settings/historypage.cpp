// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/historypage.h"

#include "chat/retention.h"
#include "ui/account/formfield.h"
#include "ui/settings/keepwords.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/textprompt.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace ui {

HistoryPage::HistoryPage(chat::Settings &settings, QWidget *parent)
    : SheetPage(parent), m_settings(settings), m_days(new QComboBox)
{
    m_days->setObjectName(QStringLiteral("keepDays"));
    for (const int days : chat::Retention::choices)
        m_days->addItem(keepName(days), days);
    column()->addWidget(new FormField(tr("&Keep messages on this computer"), m_days, sheet()));
    auto *about = new PlainLabel(
        tr("Older messages are deleted once a day. A chat can have a choice of its own, in its menu. What the other side and "
           "your server have stays there; what was deleted here is not fetched again."),
        sheet());
    about->setMuted(true);
    about->setWordWrap(true);
    column()->addWidget(about);
    column()->addStretch(1);
    connect(m_days, &QComboBox::activated, this, [this](int row) { choose(m_days->itemData(row).toInt()); });
    connect(&settings, &chat::Settings::changed, this, &HistoryPage::showDays);
    showDays();
}

void HistoryPage::showDays()
{
    m_days->setCurrentIndex(m_days->findData(chat::Retention::usualDays(m_settings)));
}

/// Nothing is deleted before that was understood.
void HistoryPage::choose(int days)
{
    if (!keepsLess(chat::Retention::usualDays(m_settings), days))
        return m_settings.set(chat::Retention::daysKey(), days);
    Confirmation *question = askToKeepLess(days, {}, window());
    connect(question, &Confirmation::confirmed, this,
            [this, days] { m_settings.set(chat::Retention::daysKey(), days); });
    connect(question, &QDialog::finished, this, &HistoryPage::showDays);
    question->open();
}

} // namespace ui
