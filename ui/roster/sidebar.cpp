// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/sidebar.h"

#include "ui/account/ownpresence.h"
#include "ui/roster/chatlist.h"
#include "ui/roster/contacttree.h"
#include "ui/roster/requestbar.h"
#include "ui/roster/selfbutton.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/panels.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {

Sidebar::Sidebar(chat::Profile &profile, model::ConversationModel &chats, model::RosterModel &roster,
                 OwnPresence &presence, QWidget *parent)
    : QWidget(parent), m_profile(profile), m_chats(chats), m_roster(roster), m_self(new SelfButton(presence, this)),
      m_new(new IconButton(Icon::Edit, tr("New chat"), this)), m_menu(new IconButton(Icon::Menu, tr("Menu"), this)),
      m_search(new SearchField(this)), m_tabs(new QTabBar(this)), m_filterBar(new Banner(this)),
      m_pages(new QStackedWidget(this)), m_chatList(new ChatList(chats, this)),
      m_contactTree(new ContactTree(roster, this)), m_results(new RowList(this)),
      m_matches(new MatchModel(chats, roster, this)),
      m_noChats(new EmptyState(Icon::Chats, tr("No chats yet"), tr("Start one with a contact or an address."), this)),
      m_noContacts(
          new EmptyState(Icon::Contacts, tr("No contacts yet"), tr("Add the people you want to talk with."), this)),
      m_noResults(new EmptyState(Icon::Search, tr("Nothing found"),
                                 tr("No chat and no contact has this in its name or address."), this))
{
    setObjectName(QStringLiteral("sidebar"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_tabs);
    column->addWidget(new RequestBar(profile, this));
    column->addWidget(m_filterBar);
    column->addWidget(m_pages, 1);
    m_filterBar->setObjectName(QStringLiteral("chatFilterBar"));
    m_tabs->setObjectName(QStringLiteral("sidebarTabs"));
    m_tabs->setAccessibleName(tr("Lists"));
    m_tabs->setExpanding(true);
    m_tabs->setDrawBase(false);
    m_tabs->addTab(tr("Chats"));
    m_tabs->addTab(tr("Contacts"));
    m_noChats->setAction(tr("New chat"));
    m_noContacts->setAction(tr("Add a contact"));
    m_noResults->setAction(tr("Search in messages"));
    m_results->setObjectName(QStringLiteral("searchResults"));
    m_results->setAccessibleName(tr("Search results"));
    m_results->setModel(m_matches);
    m_results->setItemDelegate(new MatchDelegate(m_results));
    for (QWidget *page :
         std::initializer_list<QWidget *>{m_chatList, m_contactTree, m_results, m_noChats, m_noContacts, m_noResults})
        m_pages->addWidget(page);
    connectLists();
    connectSearch();
    connect(&presence, &OwnPresence::changed, this, &Sidebar::refreshSelf);
    applyTheme();
    refreshSelf();
    refresh();
}

QWidget *Sidebar::makeHead()
{
    m_head = new QWidget(this);
    m_new->setObjectName(QStringLiteral("newChatButton"));
    m_menu->setObjectName(QStringLiteral("mainMenuButton"));
    m_search->setObjectName(QStringLiteral("searchField"));
    m_search->setPlaceholderText(tr("Search chats and contacts"));
    auto *column = new QVBoxLayout(m_head);
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(m_self, 1);
    row->addWidget(m_new);
    row->addWidget(m_menu);
    column->addLayout(row);
    column->addWidget(m_search);
    connect(m_new, &QAbstractButton::clicked, this, &Sidebar::newChatRequested);
    return m_head;
}

void Sidebar::connectLists()
{
    connect(m_chatList, &RowList::chosen, this,
            [this](const QModelIndex &index) { Q_EMIT chatChosen(m_chatList->chatAt(index.row())); });
    connect(m_chatList, &RowList::menuRequested, this, [this](const QModelIndex &index, const QPoint &place) {
        Q_EMIT chatMenuRequested(m_chatList->chatAt(index.row()), place);
    });
    connect(m_contactTree, &ContactTree::chosen, this,
            [this](const model::ContactRow &contact) { Q_EMIT contactChosen(contact.account, contact.jid); });
    connect(m_contactTree, &ContactTree::menuRequested, this,
            [this](const model::ContactRow &contact, const QPoint &place) {
                Q_EMIT contactMenuRequested(contact.account, contact.jid, place);
            });
    connect(m_results, &RowList::chosen, this, &Sidebar::open);
    connect(m_results, &RowList::menuRequested, this, &Sidebar::showMatchMenu);
    for (RowList *list : {static_cast<RowList *>(m_chatList), m_results}) {
        connect(list, &RowList::leaveUpPressed, m_search, [this] { m_search->setFocus(Qt::OtherFocusReason); });
        connect(list, &RowList::escapePressed, this, &Sidebar::escapePressed);
    }
    connect(m_contactTree, &ContactTree::leaveUpPressed, m_search,
            [this] { m_search->setFocus(Qt::OtherFocusReason); });
    connect(m_contactTree, &ContactTree::escapePressed, this, &Sidebar::escapePressed);
    connect(m_filterBar, &Banner::actionTriggered, this, [this] { setChatFilter(ChatFilter::Show::Active); });
    connect(m_noChats, &EmptyState::actionTriggered, this, &Sidebar::newChatRequested);
    connect(m_noContacts, &EmptyState::actionTriggered, this, &Sidebar::addContactRequested);
    for (const QAbstractItemModel *model : std::initializer_list<const QAbstractItemModel *>{
             &m_chatList->filter(), &m_contactTree->filter(), m_matches}) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &Sidebar::refresh);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &Sidebar::refresh);
        connect(model, &QAbstractItemModel::modelReset, this, &Sidebar::refresh);
    }
    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        m_search->clear();
        refresh();
        Q_EMIT tabChanged();
    });
}

void Sidebar::connectSearch()
{
    connect(m_search, &QLineEdit::textChanged, m_matches,
            [this](const QString &text) { m_matches->setQuery(text, false); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (const int first = m_matches->firstAnswer(); first >= 0)
            open(m_matches->index(first));
        else if (!m_search->text().trimmed().isEmpty())
            searchMessages();
    });
    connect(m_noResults, &EmptyState::actionTriggered, this, &Sidebar::searchMessages);
    connect(m_search, &SearchField::leaveDownPressed, this, &Sidebar::focusList);
    connect(m_search, &SearchField::escapePressed, this, &Sidebar::escapePressed);
}

void Sidebar::open(const QModelIndex &index)
{
    const auto match = index.data(MatchModel::MatchRole).value<Match>();
    switch (match.kind) {
    case Match::Kind::Heading: return;
    case Match::Kind::Chat: Q_EMIT chatChosen(match.chat.id); break;
    case Match::Kind::Contact: Q_EMIT contactChosen(match.contact.account, match.contact.jid); break;
    case Match::Kind::Address: Q_EMIT addressChosen(match.address); break;
    case Match::Kind::Messages: return searchMessages();
    }
    m_search->clear();
}

void Sidebar::searchMessages()
{
    const QString text = m_search->text().trimmed();
    m_search->clear();
    Q_EMIT messageSearchRequested(text);
}

void Sidebar::showMatchMenu(const QModelIndex &index, const QPoint &globalPosition)
{
    const auto match = index.data(MatchModel::MatchRole).value<Match>();
    if (match.kind == Match::Kind::Chat)
        Q_EMIT chatMenuRequested(match.chat.id, globalPosition);
    else if (match.kind == Match::Kind::Contact)
        Q_EMIT contactMenuRequested(match.contact.account, match.contact.jid, globalPosition);
}

void Sidebar::setTab(Tab tab)
{
    m_tabs->setCurrentIndex(int(tab));
}

void Sidebar::setChatFilter(ChatFilter::Show show)
{
    m_chatList->filter().setShow(show);
    if (show == ChatFilter::Show::Unread)
        m_noChats->setState(Icon::Check, tr("All is read"), tr("No chat has unread messages."));
    else if (show == ChatFilter::Show::Archived)
        m_noChats->setState(Icon::Archive, tr("Nothing is archived"),
                            tr("Archive a chat by its menu to keep the list short."));
    else
        m_noChats->setState(Icon::Chats, tr("No chats yet"), tr("Start one with a contact or an address."));
    m_noChats->setAction(show == ChatFilter::Show::Active ? tr("New chat") : QString());
    setTab(Tab::Chats);
    refresh();
}

void Sidebar::focusList()
{
    QWidget *page = m_pages->currentWidget();
    if (page == m_results) {
        if (const int first = m_matches->firstAnswer(); first >= 0)
            m_results->setCurrentIndex(m_matches->index(first));
    }
    page->setFocus(Qt::OtherFocusReason);
}

/// The page for the moment: results while something is searched for, else the chosen list, or why it is empty.
void Sidebar::refresh()
{
    QWidget *page = nullptr;
    if (!m_search->text().trimmed().isEmpty())
        page = m_matches->rowCount() > 0 ? static_cast<QWidget *>(m_results) : m_noResults;
    else if (tab() == Tab::Chats)
        page = m_chatList->filter().rowCount() > 0 ? static_cast<QWidget *>(m_chatList) : m_noChats;
    else
        page = m_contactTree->filter().rowCount() > 0 ? static_cast<QWidget *>(m_contactTree) : m_noContacts;
    m_pages->setCurrentWidget(page);
    const ChatFilter::Show show = m_chatList->filter().show();
    const bool filtered = show != ChatFilter::Show::Active && (page == m_chatList || page == m_noChats);
    if (filtered)
        m_filterBar->tell(Banner::Kind::Info, show == ChatFilter::Show::Archived ? Icon::Archive : Icon::Bell,
                          show == ChatFilter::Show::Archived ? tr("Archived chats") : tr("Unread chats"),
                          tr("Show all"));
    else
        m_filterBar->hide();
}

void Sidebar::refreshSelf()
{
    const std::vector<chat::Account *> accounts = m_profile.accounts().all();
    if (accounts.empty()) {
        m_self->setPerson(tr("No account"), {});
        return;
    }
    const Jid jid = accounts.front()->jid();
    m_self->setPerson(accounts.size() > 1         ? tr("%n accounts", nullptr, int(accounts.size()))
                          : jid.local().isEmpty() ? jid.toString()
                                                  : jid.local(),
                      jid);
}

void Sidebar::applyTheme()
{
    const Theme &theme = Theme::of(this);
    m_head->layout()->setContentsMargins(theme.space.s, theme.space.s, theme.space.s, theme.space.xs);
    m_head->layout()->setSpacing(theme.space.s);
    update();
}

void Sidebar::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(event->rect(), Theme::of(this).colors.sidebar);
}

void Sidebar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && m_head)
        applyTheme();
}

/// A letter typed on a list begins a search.
void Sidebar::keyPressEvent(QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    if (plain && !event->text().isEmpty() && event->text().at(0).isPrint() && !event->text().at(0).isSpace()) {
        m_search->setFocus(Qt::OtherFocusReason);
        m_search->insert(event->text());
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace ui
