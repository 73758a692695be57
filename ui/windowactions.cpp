// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of mainwindow.h: menu and keyboard.
#include "chat/settings.h"
#include "ui/account/presencemenu.h"
#include "ui/chat/chatheader.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/commands.h"
#include "ui/errortext.h"
#include "ui/mainwindow.h"
#include "ui/roster/chatactions.h"
#include "ui/roster/chatlist.h"
#include "ui/roster/contacttree.h"
#include "ui/roster/sidebar.h"
#include "ui/settings/settingsdialog.h"
#include "ui/shortcutsdialog.h"
#include "ui/switcher.h"
#include "ui/theme/appearance.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/panels.h"

#include <QActionGroup>
#include <QKeyEvent>

namespace ui {

namespace {

constexpr int chatsByNumber = 9;
constexpr double zoomStep = 0.1;

} // namespace

QAction *MainWindow::addShortcut(const char *name, const QString &text, const QList<QKeySequence> &keys,
                                 std::function<void()> act)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, [this, act = std::move(act)] {
        // Without an account there is nothing to act on.
        if (!m_signIn)
            act();
    });
    addAction(action);
    return action;
}

void MainWindow::addChatShortcuts()
{
    addShortcut("switcherAction", tr("Go to a chat"), {QKeySequence(Qt::CTRL | Qt::Key_K)},
                [this] { m_switcher->open(); });
    addShortcut("paletteAction", tr("All actions"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
                [this] { m_switcher->openActions(); });
    addShortcut("newChatAction", tr("New chat"), {QKeySequence(Qt::CTRL | Qt::Key_N)}, [this] { m_switcher->open(); });
    addShortcut("addContactAction", tr("Add a contact…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)},
                [this] { addContact({}, {}); });
    addShortcut("previousChatAction", tr("Previous chat"), {QKeySequence(Qt::ALT | Qt::Key_Up)},
                [this] { step(-1, false); });
    addShortcut("nextChatAction", tr("Next chat"), {QKeySequence(Qt::ALT | Qt::Key_Down)}, [this] { step(1, false); });
    addShortcut("previousUnreadAction", tr("Previous unread chat"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Up)},
                [this] { step(-1, true); });
    addShortcut("nextUnreadAction", tr("Next unread chat"), {QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Down)},
                [this] { step(1, true); });
    addShortcut("recentChatAction", tr("Chats used last"), {QKeySequence(Qt::CTRL | Qt::Key_Tab)},
                [this] { cycleRecent(); });
    for (int i = 0; i < chatsByNumber; ++i) {
        auto *action = addShortcut("chatByNumberAction", tr("Chat %1").arg(i + 1),
                                   {QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i))}, [this, i] {
                                       if (const qint64 id = m_sidebar->chatList()->chatAt(i))
                                           Q_EMIT m_sidebar->chatChosen(id);
                                   });
        action->setProperty("listed", i == 0);
    }
    addShortcut("muteAction", tr("Mute this chat, or unmute it"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)},
                [this] { m_actions->toggleMute(m_pane->openChat()); });
    addShortcut("closeChatAction", tr("Close this chat"), {QKeySequence(Qt::CTRL | Qt::Key_W)}, [this] {
        m_pane->open(0);
        showPane(false);
        back();
    });
    addShortcut("exportChatAction", tr("Export this chat…"), {},
                [this] { m_actions->askToExport(m_pane->openChat()); });
    addShortcut("eraseChatAction", tr("Delete the history of this chat…"), {},
                [this] { m_actions->askToErase(m_pane->openChat()); });
    addShortcut("emojiAction", tr("Insert an emoji"), {QKeySequence(Qt::CTRL | Qt::Key_E)}, [this] {
        if (ChatPage *page = m_pane->page(); page && page->isVisible())
            page->toggleEmoji();
    });
}

void MainWindow::addWindowShortcuts()
{
    addShortcut("searchAction", tr("Search in messages"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)},
                [this] { openSearch(); });
    addShortcut("findAction", tr("Search in this chat"), {QKeySequence(Qt::CTRL | Qt::Key_F)}, [this] {
        if (ChatPage *page = m_pane->page(); page && page->isVisible())
            page->openFind();
    });
    addShortcut("findOlderAction", tr("Next message found, an older one"), {QKeySequence(Qt::Key_F3)}, [this] {
        if (ChatPage *page = m_pane->page(); page && page->isVisible())
            page->findNext(true);
    });
    addShortcut("findNewerAction", tr("Previous message found, a newer one"), {QKeySequence(Qt::SHIFT | Qt::Key_F3)},
                [this] {
                    if (ChatPage *page = m_pane->page(); page && page->isVisible())
                        page->findNext(false);
                });
    addShortcut("dateAction", tr("Go to a date…"), {QKeySequence(Qt::CTRL | Qt::Key_G)}, [this] {
        if (ChatPage *page = m_pane->page(); page && page->isVisible())
            page->askForDate();
    });
    addShortcut("settingsAction", tr("Settings…"), {QKeySequence(Qt::CTRL | Qt::Key_Comma)},
                [this] { showSettings(); });
    addShortcut("largerAction", tr("Larger text"),
                {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)}, [this] {
                    changePreferences([](Preferences &p) { p.textScale = std::min(2.0, p.textScale + zoomStep); });
                });
    addShortcut("smallerAction", tr("Smaller text"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, [this] {
        changePreferences([](Preferences &p) { p.textScale = std::max(0.8, p.textScale - zoomStep); });
    });
    addShortcut("normalSizeAction", tr("Normal text size"), {QKeySequence(Qt::CTRL | Qt::Key_0)},
                [this] { changePreferences([](Preferences &p) { p.textScale = 1; }); });
    addShortcut("shortcutsAction", tr("Keyboard shortcuts"), {QKeySequence(Qt::Key_F1)}, [this] { showShortcuts(); });
    refreshActions();
    auto *quit = new QAction(tr("Quit"), this);
    quit->setObjectName(QStringLiteral("quitAction"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    connect(quit, &QAction::triggered, this, &MainWindow::quitRequested);
    addAction(quit);
    m_sidebar->newChatButton()->setWords(tr("New chat"), QKeySequence(Qt::CTRL | Qt::Key_N));
    connect(m_menu, &QMenu::aboutToShow, this, &MainWindow::fillMenu);
    IconButton *button = m_sidebar->menuButton();
    connect(button, &QAbstractButton::clicked, this,
            [this, button] { m_menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    fillMenu();
}

void MainWindow::fillMenu()
{
    m_menu->clear();
    const auto take = [this](const char *name, Icon icon) {
        auto *action = findChild<QAction *>(QString::fromLatin1(name), Qt::FindDirectChildrenOnly);
        action->setIcon(themedIcon(icon, IconRole::Muted));
        m_menu->addAction(action);
    };
    take("newChatAction", Icon::Bubble);
    take("addContactAction", Icon::AddContact);
    take("searchAction", Icon::Search);
    take("paletteAction", Icon::Menu);
    m_menu->addSeparator();
    addViewMenu(*m_menu->addMenu(themedIcon(Icon::Sun, IconRole::Muted), tr("View")));
    take("settingsAction", Icon::Settings);
    take("shortcutsAction", Icon::Info);
    m_menu->addSeparator();
    take("quitAction", Icon::SignOut);
}

QList<NamedAction> MainWindow::namedActions()
{
    QList<NamedAction> all;
    for (QAction *action : actions())
        all.append(NamedAction{{}, action});
    // What only the menu has.
    fillMenu();
    for (const QAction *entry : m_menu->actions()) {
        if (!entry->menu())
            continue;
        for (QAction *action : entry->menu()->actions()) {
            if (!action->isSeparator())
                all.append(NamedAction{entry->text(), action});
        }
    }
    return all;
}

/// Without a chat there is nothing to close, mute or search.
void MainWindow::refreshActions()
{
    const bool isOpen = m_pane->openChat() != 0;
    for (const char *name : {"muteAction", "closeChatAction", "emojiAction", "findAction", "findOlderAction",
                             "findNewerAction", "dateAction", "eraseChatAction", "exportChatAction"}) {
        auto *action = findChild<QAction *>(QLatin1String(name), Qt::FindDirectChildrenOnly);
        action->setEnabled(isOpen);
        action->setProperty("reason", isOpen ? QString() : tr("No chat is open"));
    }
}

void MainWindow::run(const Command &command)
{
    if (command.kind == Command::Kind::Search)
        return openSearch(command.text);
    if (command.kind != Command::Kind::Status)
        return;
    // The words first: a presence that changes goes out with them.
    if (!command.text.isEmpty())
        m_presence.setStatus(command.text);
    if (command.show)
        m_presence.setShow(*command.show);
}

void MainWindow::addViewMenu(QMenu &menu)
{
    menu.setObjectName(QStringLiteral("viewMenu"));
    auto *schemes = new QActionGroup(&menu);
    const auto addScheme = [&](const QString &text, Appearance::Choice choice) {
        QAction *action = menu.addAction(
            text, this, [this, choice] { changePreferences([choice](Preferences &p) { p.scheme = choice; }); });
        action->setCheckable(true);
        action->setChecked(m_appearance.scheme() == choice);
        schemes->addAction(action);
    };
    addScheme(tr("As the system"), Appearance::Choice::System);
    addScheme(tr("Light"), Appearance::Choice::Light);
    addScheme(tr("Dark"), Appearance::Choice::Dark);
    menu.addSeparator();
    for (const char *name : {"largerAction", "smallerAction", "normalSizeAction"})
        menu.addAction(findChild<QAction *>(QString::fromLatin1(name), Qt::FindDirectChildrenOnly));
    menu.addSeparator();
    auto *lists = new QActionGroup(&menu);
    const auto addList = [&](const QString &text, ChatFilter::Show show) {
        QAction *action = menu.addAction(text, this, [this, show] { m_sidebar->setChatFilter(show); });
        action->setCheckable(true);
        action->setChecked(m_sidebar->chatList()->filter().show() == show);
        lists->addAction(action);
    };
    addList(tr("All chats"), ChatFilter::Show::Active);
    addList(tr("Unread chats"), ChatFilter::Show::Unread);
    addList(tr("Archived chats"), ChatFilter::Show::Archived);
    menu.addSeparator();
    ContactFilter &contacts = m_sidebar->contactTree()->filter();
    QAction *hide = menu.addAction(tr("Hide contacts who are offline"));
    hide->setCheckable(true);
    hide->setChecked(contacts.hideOffline());
    connect(hide, &QAction::toggled, this, [this, &contacts](bool on) {
        contacts.setHideOffline(on);
        m_profile.settings().set(ContactFilter::hideOfflineKey(), on);
    });
}

void MainWindow::changePreferences(const std::function<void(Preferences &)> &change)
{
    Preferences preferences = Preferences::load(m_profile.folder());
    change(preferences);
    preferences.applyTo(m_appearance);
    if (const auto saved = preferences.save(m_profile.folder()); !saved)
        tell(errorText(saved.error()));
}

void MainWindow::step(int by, bool unreadOnly)
{
    ChatList *list = m_sidebar->chatList();
    const int count = list->filter().rowCount();
    int row = list->rowOf(m_pane->openChat());
    if (row < 0 && by < 0)
        row = count;
    for (row += by; row >= 0 && row < count; row += by) {
        const qint64 id = list->chatAt(row);
        const store::Conversation *chat = m_profile.conversations().find(id);
        if (unreadOnly && (!chat || chat->unread == 0))
            continue;
        Q_EMIT m_sidebar->chatChosen(id);
        return;
    }
}

/// Ctrl+Tab goes one further back among the chats used last, until Ctrl is let go.
void MainWindow::cycleRecent()
{
    if (m_recent.size() < 2)
        return;
    m_cycle = (m_cycle + 1) % int(m_recent.size());
    const int at = m_cycle;
    const qint64 id = m_recent[size_t(at)];
    m_cycle = std::max(1, at);
    Q_EMIT m_sidebar->chatChosen(id);
    m_cycle = at;
}

void MainWindow::keyReleaseEvent(QKeyEvent *event)
{
    QWidget::keyReleaseEvent(event);
    if (event->key() == Qt::Key_Control && std::exchange(m_cycle, 0) > 0)
        chatOpened(m_pane->openChat());
}

void MainWindow::showShortcuts()
{
    auto *dialog = new ShortcutsDialog(actions(), this);
    dialog->open();
}

void MainWindow::showSettings()
{
    auto *dialog = new SettingsDialog(m_profile, this, &m_appearance);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace ui
