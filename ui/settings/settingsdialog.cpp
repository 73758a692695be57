// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingsdialog.h"

#include "ui/settings/accountspage.h"
#include "ui/settings/appearancepage.h"
#include "ui/settings/historypage.h"
#include "ui/settings/notificationspage.h"
#include "ui/settings/presencepage.h"
#include "ui/widgets/panels.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int wordsRole = Qt::UserRole;

/// Every word that a page shows: what the search looks in.
QString wordsOf(const QWidget *page)
{
    QStringList words;
    for (const auto *label : page->findChildren<QLabel *>())
        words.append(label->text());
    for (const auto *button : page->findChildren<QAbstractButton *>())
        words.append(button->text());
    return words.join(u'\n').remove(u'&');
}

} // namespace

SettingsDialog::SettingsDialog(chat::Profile &profile, QWidget *parent, Appearance *appearance)
    : QDialog(parent), m_search(new SearchField(this)), m_list(new QListWidget(this)),
      m_pages(new QStackedWidget(this)), m_accounts(new AccountsPage(profile, m_pages))
{
    setWindowTitle(tr("Settings"));
    if (!appearance)
        appearance = qApp->findChild<Appearance *>();
    m_search->setPlaceholderText(tr("Search the settings"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_list->setAccessibleName(tr("Pages"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    addPage(tr("Accounts"), Icon::User, m_accounts);
    addPage(tr("Appearance"), Icon::Sun, new AppearancePage(profile.folder(), appearance, m_pages));
    addPage(tr("Notifications"), Icon::Bell, new NotificationsPage(profile.settings(), m_pages));
    addPage(tr("Presence"), Icon::Clock, new PresencePage(profile.settings(), m_pages));
    addPage(tr("Messages"), Icon::Bubble, new HistoryPage(profile.settings(), m_pages));
    auto *side = new QVBoxLayout;
    side->addWidget(m_search);
    side->addWidget(m_list, 1);
    auto *row = new QHBoxLayout(this);
    row->addLayout(side);
    row->addWidget(m_pages, 1);
    connect(m_list, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::filter);
    connect(m_search, &SearchField::leaveDownPressed, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_search, &SearchField::escapePressed, this, &QDialog::reject);
    m_list->setCurrentRow(0);
    m_list->setFocus();
    applyTheme();
    const Theme &theme = Theme::of(this);
    resize(theme.scaled(840), theme.scaled(560));
}

void SettingsDialog::addPage(const QString &title, Icon icon, QWidget *page)
{
    auto *item = new QListWidgetItem(themedIcon(icon), title, m_list);
    item->setData(wordsRole, wordsOf(page));
    m_pages->addWidget(page);
}

void SettingsDialog::addAccount()
{
    m_list->setCurrentRow(0);
    m_accounts->addAccount();
}

void SettingsDialog::filter(const QString &text)
{
    const QString wanted = text.trimmed();
    QListWidgetItem *first = nullptr;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const bool fits = wanted.isEmpty() || item->text().contains(wanted, Qt::CaseInsensitive)
            || item->data(wordsRole).toString().contains(wanted, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (fits && !first)
            first = item;
    }
    if (first && (!m_list->currentItem() || m_list->currentItem()->isHidden()))
        m_list->setCurrentItem(first);
}

void SettingsDialog::applyTheme()
{
    const Theme &theme = Theme::of(this);
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->setContentsMargins(theme.space.l, theme.space.l, 0, 0);
    row->setSpacing(theme.space.m);
    const int width = theme.scaled(200);
    m_search->setFixedWidth(width);
    m_list->setFixedWidth(width);
}

void SettingsDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
