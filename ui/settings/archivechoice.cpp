// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/archivechoice.h"

#include "ui/account/note.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace ui {

ArchiveChoice::ArchiveChoice(chat::Account &account, QWidget *parent)
    : QWidget(parent), m_account(account),
      m_label(new PlainLabel(tr("Messages that the server keeps for your devices"), this)),
      m_choice(new QComboBox(this)), m_note(new Note(this))
{
    using Default = xep::ArchivePrefs::Default;
    m_choice->addItem(tr("All messages"), int(Default::Always));
    m_choice->addItem(tr("Those with my contacts"), int(Default::Roster));
    m_choice->addItem(tr("None"), int(Default::Never));
    m_choice->setAccessibleName(m_label->text());
    m_choice->setEnabled(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_label);
    column->addWidget(m_choice);
    column->addWidget(m_note);
    connect(m_choice, &QComboBox::activated, this, [this](int index) {
        m_scope.cancel();
        m_scope.run(write(Default(m_choice->itemData(index).toInt())));
    });
}

ArchiveChoice::~ArchiveChoice()
{
    m_scope.cancel();
}

void ArchiveChoice::refresh()
{
    m_note->clear();
    m_prefs.reset();
    m_choice->setEnabled(false);
    m_scope.cancel();
    m_scope.run(read());
}

Task<void> ArchiveChoice::read()
{
    auto reading = m_account.extensions().archivePrefs.read();
    const auto prefs = co_await std::move(reading);
    take(prefs);
}

Task<void> ArchiveChoice::write(xep::ArchivePrefs::Default standard)
{
    xep::ArchivePrefs::Prefs wish = m_prefs.value_or(xep::ArchivePrefs::Prefs());
    wish.standard = standard;
    m_note->clear();
    auto writing = m_account.extensions().archivePrefs.write(wish);
    const auto prefs = co_await std::move(writing);
    take(prefs);
}

/// The server decides; what it says is shown.
void ArchiveChoice::take(const Result<xep::ArchivePrefs::Prefs> &prefs)
{
    if (prefs)
        m_prefs = *prefs;
    else
        m_note->tell(prefs.error(), m_account.jid().domain());
    m_choice->setCurrentIndex(m_prefs ? m_choice->findData(int(m_prefs->standard)) : -1);
    // What was read before can be tried again.
    m_choice->setEnabled(m_prefs.has_value());
}

} // namespace ui
