// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/conversationmodel.h"
#include "model/rostermodel.h"
#include "ui/account/ownpresence.h"
#include "ui/settings/preferences.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QMenu;
class QSplitter;
class QStackedWidget;

namespace ui {

class AccountBars;
class Appearance;
class Banner;
class ChatActions;
class ChatPane;
class SearchPanel;
class Sidebar;
class SignInPage;
class Switcher;
struct Command;
struct NamedAction;

/// The main window: sidebar and conversation, or, where there is no account, the sign-in. Narrow, it shows one of the two
/// at a time. It remembers its size, the open chat and the tab.
class MainWindow : public QWidget
{
    Q_OBJECT
public:
    /// Below this width (at 100 % text) there is one pane.
    static constexpr int narrowWidth = 640;

    /// `profile` is open; all outlive the window.
    MainWindow(chat::Profile &profile, Appearance &appearance);
    ~MainWindow() override;

    Sidebar *sidebar() const { return m_sidebar; }
    ChatPane *pane() const { return m_pane; }
    Switcher *switcher() const { return m_switcher; }
    /// Asks whereto a message is forwarded.
    Switcher *forwardSwitcher() const { return m_forwardTo; }
    SearchPanel *searchPanel() const { return m_search; }
    bool isNarrow() const { return m_narrow; }

    void openChat(qint64 conversation);
    /// Opens the search over all messages; `text` is looked for at once, where there is one.
    void openSearch(const QString &text = {});
    /// Opens the chat with somebody, making it where there is none.
    void openPeer(const Jid &account, const Jid &peer);
    /// An xmpp: address from outside: asks before anything happens.
    void askToOpen(const QString &uri);
    /// Comes to the front.
    void activate();
    /// Puts size and place into the settings.
    void remember();
    /// Something to tell the person, as a sentence, over all panes.
    void tell(const QString &sentence);
    void showSettings();
    OwnPresence &presence() { return m_presence; }
    /// Unread messages in all chats that are not muted.
    int unread() const { return m_chats.unread(); }
    /// Asked before the window closes; false: it stays open.
    void setMayClose(std::function<bool()> mayClose) { m_mayClose = std::move(mayClose); }

Q_SIGNALS:
    /// Some calm after unread() changed.
    void unreadChanged(int unread);
    void closed();
    void quitRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;

private:
    void build();
    void connectSidebar();
    void connectPane();
    void connectSearch();
    // windowforward.cpp: passing messages on to other chats.
    void buildForward();
    void forwardTo(qint64 conversation);
    Task<void> forwardToPeer(Jid account, Jid peer);
    Jid accountForStrangers() const;
    void connectState();
    void closeSearch();
    void showStorage();
    // windowactions.cpp: actions, menu, keyboard.
    QAction *addShortcut(const char *name, const QString &text, const QList<QKeySequence> &keys,
                         std::function<void()> act);
    void addChatShortcuts();
    void addWindowShortcuts();
    void fillMenu();
    /// All that can be done here: for the command palette.
    QList<NamedAction> namedActions();
    void refreshActions();
    void run(const Command &command);
    void addViewMenu(QMenu &menu);
    void step(int by, bool unreadOnly);
    void cycleRecent();
    void showShortcuts();
    void changePreferences(const std::function<void(Preferences &)> &change);

    void refreshAccounts();
    void showSignIn();
    void leaveSignIn();
    void chatOpened(qint64 conversation);
    void chooseAddress(const Jid &address);
    void addContact(const Jid &account, const Jid &contact);
    Task<void> openPeerLater(Jid account, Jid peer);
    void setNarrow(bool narrow);
    void showPane(bool conversation);
    void back();
    void restore();
    void refreshTitle();

    chat::Profile &m_profile;
    Appearance &m_appearance;
    model::ConversationModel m_chats;
    model::RosterModel m_roster;
    OwnPresence m_presence;
    Sidebar *m_sidebar = nullptr;
    ChatPane *m_pane = nullptr;
    Switcher *m_switcher = nullptr;
    Switcher *m_forwardTo = nullptr;
    /// The message that is to be forwarded.
    struct Forward {
        qint64 key = 0;
        QString head;
        QString body;
    };
    Forward m_forward;
    SearchPanel *m_search = nullptr;
    QStackedWidget *m_left = nullptr; ///< The sidebar, or the search.
    QPointer<QWidget> m_beforeSearch; ///< Where the keyboard was.
    bool m_paneBeforeSearch = false;  ///< While narrow: which pane showed.
    ChatActions *m_actions = nullptr;
    QStackedWidget *m_stack = nullptr;
    QSplitter *m_splitter = nullptr;
    Banner *m_problem = nullptr;
    SignInPage *m_signIn = nullptr;
    QMenu *m_menu = nullptr;
    QString m_chatTitle;
    QTimer m_titleTimer;
    std::function<bool()> m_mayClose;
    bool m_narrow = false;
    bool m_paneShown = false;     ///< While narrow: the conversation shows, not the sidebar.
    std::vector<qint64> m_recent; ///< Opened chats, the newest first.
    int m_cycle = 0;              ///< How far Ctrl+Tab went back; 0: not cycling.
    Scope m_scope;
};

} // namespace ui
