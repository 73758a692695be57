// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/roster/chatlist.h"
#include "ui/roster/matchmodel.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QWidget>

namespace ui {

class Banner;
class ContactTree;
class EmptyState;
class IconButton;
class OwnPresence;
class RowList;
class SearchField;
class SelfButton;

/// The left side of the window: oneself, the search, and the lists of chats and contacts.
class Sidebar : public QWidget
{
    Q_OBJECT
public:
    enum class Tab { Chats, Contacts };

    Sidebar(chat::Profile &profile, model::ConversationModel &chats, model::RosterModel &roster, OwnPresence &presence,
            QWidget *parent = nullptr);

    ChatList *chatList() const { return m_chatList; }
    ContactTree *contactTree() const { return m_contactTree; }
    RowList *results() const { return m_results; }
    SelfButton *selfButton() const { return m_self; }
    IconButton *menuButton() const { return m_menu; }
    IconButton *newChatButton() const { return m_new; }
    SearchField *search() const { return m_search; }

    Tab tab() const { return Tab(m_tabs->currentIndex()); }
    void setTab(Tab tab);
    /// Which chats the list shows; a bar over it leads back to all.
    void setChatFilter(ChatFilter::Show show);
    /// Puts the keyboard into the list that shows.
    void focusList();

Q_SIGNALS:
    void chatChosen(qint64 conversation);
    void contactChosen(const Jid &account, const Jid &contact);
    /// A chat with an address that is in no list is wanted.
    void addressChosen(const Jid &address);
    void chatMenuRequested(qint64 conversation, const QPoint &globalPosition);
    void contactMenuRequested(const Jid &account, const Jid &contact, const QPoint &globalPosition);
    /// This is to be looked for in messages.
    void messageSearchRequested(const QString &text);
    void tabChanged();
    void newChatRequested();
    void addContactRequested();
    /// Escape was pressed where there is nothing left to close.
    void escapePressed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeHead();
    void connectLists();
    void connectSearch();
    void open(const QModelIndex &match);
    void searchMessages();
    void showMatchMenu(const QModelIndex &match, const QPoint &globalPosition);
    void refresh();
    void refreshSelf();
    void applyTheme();

    chat::Profile &m_profile;
    model::ConversationModel &m_chats;
    model::RosterModel &m_roster;
    SelfButton *m_self;
    IconButton *m_new;
    IconButton *m_menu;
    SearchField *m_search;
    QTabBar *m_tabs;
    Banner *m_filterBar;
    QStackedWidget *m_pages;
    ChatList *m_chatList;
    ContactTree *m_contactTree;
    RowList *m_results;
    MatchModel *m_matches;
    EmptyState *m_noChats;
    EmptyState *m_noContacts;
    EmptyState *m_noResults;
    QWidget *m_head = nullptr;
};

} // namespace ui
