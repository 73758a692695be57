// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "chat/settings.h"
#include "chat/storagewatch.h"
#include "ui/account/accountbars.h"
#include "ui/account/avatardialog.h"
#include "ui/account/presencemenu.h"
#include "ui/account/signinpage.h"
#include "ui/chat/chatpane.h"
#include "ui/chat/timelineview.h"
#include "ui/errortext.h"
#include "ui/roster/addcontactdialog.h"
#include "ui/roster/chatactions.h"
#include "ui/roster/chatlist.h"
#include "ui/roster/contacttree.h"
#include "ui/roster/selfbutton.h"
#include "ui/roster/sidebar.h"
#include "ui/search/searchpanel.h"
#include "ui/switcher.h"
#include "ui/theme/theme.h"
#include "ui/widgets/avatarpictures.h"
#include "ui/widgets/panels.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/textprompt.h"
#include "ui/windowaccessible.h"

#include <QApplication>
#include <QCloseEvent>
#include <QJsonObject>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace ui {

namespace {

const QString geometryKey = QStringLiteral("window.geometry");
const QString sidebarKey = QStringLiteral("window.sidebar");
const QString placeKey = QStringLiteral("window.place");
const QString chatKey = QStringLiteral("window.chat");
const QString tabKey = QStringLiteral("window.tab");
const QString closedGroupsKey = QStringLiteral("contacts.closed");
constexpr int sidebarWidth = 320;

} // namespace

MainWindow::MainWindow(chat::Profile &profile, Appearance &appearance)
    : m_profile(profile), m_appearance(appearance), m_chats(profile), m_roster(profile), m_presence(profile)
{
    installWindowAccessibility();
    setObjectName(QStringLiteral("mainWindow"));
    build();
    connectSidebar();
    connectPane();
    connectSearch();
    connectState();
    addChatShortcuts();
    addWindowShortcuts();
    restore();
    refreshAccounts();
    refreshTitle();
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    new AvatarPictures(m_profile, this);
    m_sidebar = new Sidebar(m_profile, m_chats, m_roster, m_presence, this);
    m_pane = new ChatPane(m_profile, this);
    m_actions = new ChatActions(m_profile, this);
    m_problem = new Banner(this);
    m_problem->setObjectName(QStringLiteral("windowProblem"));
    m_problem->setClosable(true);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(QStringLiteral("splitter"));
    m_splitter->setChildrenCollapsible(false);
    m_search = new SearchPanel(m_profile, this);
    m_left = new QStackedWidget(this);
    m_left->setObjectName(QStringLiteral("leftPane"));
    m_left->addWidget(m_sidebar);
    m_left->addWidget(m_search);
    m_splitter->addWidget(m_left);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setHandleWidth(1);
    auto *main = new QWidget(this);
    auto *column = new QVBoxLayout(main);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new AccountBars(m_profile, main));
    column->addWidget(m_problem);
    column->addWidget(m_splitter, 1);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(main);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
    m_switcher = new Switcher(m_chats, m_roster, this);
    buildForward();
    m_menu = new QMenu(this);
    m_menu->setObjectName(QStringLiteral("mainMenu"));
    m_switcher->setActions([this] { return namedActions(); });
}

void MainWindow::connectSidebar()
{
    connect(m_sidebar, &Sidebar::chatChosen, this, [this](qint64 id) {
        openChat(id);
        if (ChatPage *page = m_pane->page())
            page->focusComposer();
    });
    connect(m_sidebar, &Sidebar::contactChosen, this, &MainWindow::openPeer);
    connect(m_sidebar, &Sidebar::addressChosen, this, &MainWindow::chooseAddress);
    connect(m_sidebar, &Sidebar::chatMenuRequested, m_actions, &ChatActions::showChatMenu);
    connect(m_sidebar, &Sidebar::contactMenuRequested, m_actions, &ChatActions::showContactMenu);
    connect(m_sidebar, &Sidebar::newChatRequested, m_switcher, &Switcher::open);
    connect(m_sidebar, &Sidebar::addContactRequested, this, [this] { addContact({}, {}); });
    connect(m_sidebar, &Sidebar::escapePressed, this, [this] {
        if (ChatPage *page = m_pane->page(); page && page->isVisible())
            page->focusComposer();
    });
    connect(m_sidebar, &Sidebar::tabChanged, this, [this] { m_profile.settings().set(tabKey, int(m_sidebar->tab())); });
    connect(m_sidebar->contactTree(), &ContactTree::closedGroupsChanged, this,
            [this] { m_profile.settings().setList(closedGroupsKey, m_sidebar->contactTree()->closedGroups()); });
    auto *presence = new PresenceMenu(m_presence, m_profile, this);
    connect(presence, &PresenceMenu::accountsRequested, this, &MainWindow::showSettings);
    connect(presence, &PresenceMenu::pictureRequested, this, [this](const Jid &account) {
        if (chat::Account *found = m_profile.accounts().find(account))
            (new AvatarDialog(m_profile, *found, this))->open();
    });
    SelfButton *self = m_sidebar->selfButton();
    connect(self, &QAbstractButton::clicked, presence, [self, presence] {
        presence->popup(self->mapToGlobal(
            QPoint(self->isRightToLeft() ? self->width() - presence->sizeHint().width() : 0, self->height())));
    });
    for (auto *chooser : {m_switcher}) {
        connect(chooser, &Switcher::chatChosen, m_sidebar, &Sidebar::chatChosen);
        connect(chooser, &Switcher::contactChosen, this, &MainWindow::openPeer);
        connect(chooser, &Switcher::addressChosen, this, &MainWindow::chooseAddress);
    }
}

void MainWindow::connectPane()
{
    connect(m_pane, &ChatPane::openChanged, this, &MainWindow::chatOpened);
    connect(m_pane, &ChatPane::openChanged, this, &MainWindow::refreshActions);
    connect(m_pane, &ChatPane::commandGiven, this, &MainWindow::run);
    connect(m_pane, &ChatPane::titleChanged, this, [this](const QString &title) {
        m_chatTitle = title;
        refreshTitle();
    });
    connect(m_pane, &ChatPane::backRequested, this, &MainWindow::back);
    connect(m_pane, &ChatPane::menuRequested, m_actions, &ChatActions::showChatMenu);
    connect(m_pane, &ChatPane::addressActivated, this, &MainWindow::askToOpen);
    connect(m_pane, &ChatPane::newChatRequested, m_switcher, &Switcher::open);
    connect(m_actions, &ChatActions::openRequested, m_sidebar, &Sidebar::chatChosen);
    connect(m_actions, &ChatActions::openPeerRequested, this, &MainWindow::openPeer);
    connect(m_actions, &ChatActions::addContactRequested, this, &MainWindow::addContact);
    connect(m_actions, &ChatActions::problem, this, &MainWindow::tell);
    connect(m_actions, &ChatActions::closeRequested, this, [this](qint64 id) {
        if (m_pane->openChat() != id)
            return;
        m_pane->open(0);
        showPane(false);
    });
}

void MainWindow::connectSearch()
{
    connect(m_sidebar, &Sidebar::messageSearchRequested, this, &MainWindow::openSearch);
    connect(m_search, &SearchPanel::closed, this, &MainWindow::closeSearch);
    connect(m_search, &SearchPanel::chosen, this, [this](qint64 conversation, qint64 key) {
        openChat(conversation);
        if (ChatPage *page = m_pane->page())
            page->showMessage(key);
    });
}

void MainWindow::openSearch(const QString &text)
{
    if (m_left->currentWidget() != m_search || !m_left->isVisible()) {
        m_beforeSearch = QApplication::focusWidget();
        m_paneBeforeSearch = m_paneShown;
    }
    m_left->setCurrentWidget(m_search);
    if (m_narrow)
        showPane(false);
    m_search->open(text);
}

void MainWindow::closeSearch()
{
    m_left->setCurrentWidget(m_sidebar);
    if (m_narrow)
        showPane(m_paneBeforeSearch && m_pane->openChat() != 0);
    if (m_beforeSearch && m_beforeSearch->isVisible())
        m_beforeSearch->setFocus(Qt::OtherFocusReason);
    else if (ChatPage *page = m_pane->page(); page && page->isVisible())
        page->focusComposer();
    else
        m_sidebar->focusList();
}

void MainWindow::connectState()
{
    // A window manager needs no more of them, however many messages come.
    m_titleTimer.setSingleShot(true);
    m_titleTimer.setInterval(RowList::calm);
    connect(&m_titleTimer, &QTimer::timeout, this, &MainWindow::refreshTitle);
    connect(&m_chats, &model::ConversationModel::unreadChanged, this, [this] {
        if (!m_titleTimer.isActive())
            m_titleTimer.start();
    });
    // The list is complete only after the signal.
    connect(&m_profile.accounts(), &chat::Accounts::removing, this, &MainWindow::refreshAccounts, Qt::QueuedConnection);
    connect(&m_profile.accounts(), &chat::Accounts::added, this, &MainWindow::refreshAccounts, Qt::QueuedConnection);
    connect(&m_profile.storage(), &chat::StorageWatch::changed, this, &MainWindow::showStorage);
    showStorage();
}

/// A disk that takes nothing more is told once, and again when it is another trouble.
void MainWindow::showStorage()
{
    if (const std::optional<Error> &trouble = m_profile.storage().trouble())
        tell(errorText(*trouble));
    else
        m_problem->hide();
}

void MainWindow::restore()
{
    const Theme &theme = Theme::of(this);
    setMinimumSize(theme.scaled(340), theme.scaled(360));
    const chat::Settings &settings = m_profile.settings();
    const QByteArray geometry = settings.bytes(geometryKey);
    if (geometry.isEmpty() || !restoreGeometry(geometry))
        resize(1040, 720);
    const int wide = settings.number(sidebarKey, theme.scaled(sidebarWidth));
    m_sidebar->setMinimumWidth(theme.scaled(220));
    m_splitter->setSizes({wide, std::max(1, width() - wide)});
    m_sidebar->setTab(Sidebar::Tab(std::clamp(settings.number(tabKey), 0, 1)));
    m_sidebar->contactTree()->setClosedGroups(settings.list(closedGroupsKey));
    m_sidebar->contactTree()->filter().setHideOffline(settings.flag(ContactFilter::hideOfflineKey()));
    const qint64 chat = settings.value(chatKey).toInteger();
    if (m_profile.conversations().find(chat)) {
        openChat(chat);
        // Where it stood, unless something new is to be seen first.
        const QJsonObject place = settings.value(placeKey).toObject();
        ChatPage *page = m_pane->page();
        if (page && place.value(QLatin1String("chat")).toInteger() == chat
            && m_profile.conversations().find(chat)->unread == 0)
            page->timeline()->setPlace(
                {place.value(QLatin1String("key")).toInteger(), place.value(QLatin1String("y")).toInt()});
    }
    if (ChatPage *page = m_pane->page())
        page->focusComposer();
    else
        m_sidebar->focusList();
}

void MainWindow::refreshAccounts()
{
    const bool none = m_profile.accounts().all().empty();
    if (m_signIn && (none || m_signIn->isBusy()))
        return; // it says itself when it is done
    if (m_signIn)
        leaveSignIn(); // the account came another way: by the port
    else if (none)
        showSignIn();
    else
        m_stack->setCurrentIndex(0);
}

void MainWindow::showSignIn()
{
    m_signIn = new SignInPage(m_profile, this);
    m_stack->addWidget(m_signIn);
    m_stack->setCurrentWidget(m_signIn);
    connect(m_signIn, &SignInPage::signedIn, this, &MainWindow::leaveSignIn);
}

void MainWindow::leaveSignIn()
{
    SignInPage *page = std::exchange(m_signIn, nullptr);
    m_stack->setCurrentIndex(0);
    m_stack->removeWidget(page);
    page->deleteLater();
    m_sidebar->focusList();
}

void MainWindow::openChat(qint64 conversation)
{
    m_pane->open(conversation);
    if (conversation != 0)
        showPane(true);
}

void MainWindow::openPeer(const Jid &account, const Jid &peer)
{
    m_scope.run(openPeerLater(account, peer));
}

Task<void> MainWindow::openPeerLater(Jid account, Jid peer)
{
    auto opening = m_profile.conversations().open(account, peer);
    const auto id = co_await std::move(opening);
    if (!id) {
        tell(errorText(id.error()));
        co_return;
    }
    Q_EMIT m_sidebar->chatChosen(*id);
}

void MainWindow::chooseAddress(const Jid &address)
{
    if (const Jid account = accountForStrangers(); !account.isNull())
        openPeer(account, address);
}

void MainWindow::addContact(const Jid &account, const Jid &contact)
{
    auto *dialog = new AddContactDialog(m_profile, m_profile.accounts().find(account), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!contact.isNull())
        dialog->setAddress(contact.toString());
    connect(dialog, &AddContactDialog::contactAdded, this, &MainWindow::openPeer);
    dialog->open();
}

void MainWindow::askToOpen(const QString &uri)
{
    // RFC 5122: xmpp:[//authority/]path[?query]; the path is the address.
    const QUrl url(uri);
    const auto jid = Jid::parse(url.path(QUrl::FullyDecoded));
    if (url.scheme() != u"xmpp" || !jid || m_profile.accounts().all().empty()) {
        tell(tr("The address %1 cannot be opened.").arg(isolated(singleLine(uri.left(200)))));
        return;
    }
    const Jid bare = jid->bare();
    auto *question =
        new Confirmation(tr("Open a chat with %1?").arg(isolated(bare.toString())),
                         tr("A link asks for it. Nothing is sent before you write."), tr("Open the chat"), false, this);
    connect(question, &Confirmation::confirmed, this, [this, bare] { chooseAddress(bare); });
    question->open();
}

void MainWindow::activate()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::tell(const QString &sentence)
{
    m_problem->tell(Banner::Kind::Problem, Icon::Alert, sentence);
}

void MainWindow::chatOpened(qint64 conversation)
{
    m_sidebar->chatList()->setOpenChat(conversation);
    m_profile.settings().set(chatKey, conversation);
    if (conversation == 0 || m_cycle > 0)
        return;
    m_recent.erase(std::remove(m_recent.begin(), m_recent.end(), conversation), m_recent.end());
    m_recent.insert(m_recent.begin(), conversation);
}

void MainWindow::setNarrow(bool narrow)
{
    if (std::exchange(m_narrow, narrow) == narrow)
        return;
    m_pane->setBackShown(narrow);
    showPane(m_pane->openChat() != 0);
}

void MainWindow::showPane(bool conversation)
{
    m_paneShown = conversation;
    m_left->setVisible(!m_narrow || !conversation);
    m_pane->setVisible(!m_narrow || conversation);
}

/// Escape in a chat, or the back button: to the lists.
void MainWindow::back()
{
    if (m_narrow)
        showPane(false);
    if (m_left->currentWidget() == m_search)
        m_search->focusResults();
    else
        m_sidebar->focusList();
}

void MainWindow::refreshTitle()
{
    const int unread = m_chats.unread();
    const QString chat = singleLine(m_chatTitle);
    //: The title of the main window; %1 is the name of a chat.
    QString title = chat.isEmpty() ? tr("Balcony") : tr("%1 – Balcony").arg(isolated(chat));
    if (unread > 0)
        //: The title of the main window with unread messages: %1 their number, %2 the title.
        title = tr("(%1) %2").arg(QLocale().toString(unread), title);
    setWindowTitle(title);
    Q_EMIT unreadChanged(unread);
}

void MainWindow::remember()
{
    if (!isVisible())
        return; // minimised from the start, or hidden already
    if (const ChatPage *page = m_pane->page()) {
        const TimelineView::Place place = page->timeline()->place();
        m_profile.settings().set(placeKey,
                                 QJsonObject{{QStringLiteral("chat"), page->conversation()},
                                             {QStringLiteral("key"), place.key},
                                             {QStringLiteral("y"), place.y}});
    }
    m_profile.settings().setBytes(geometryKey, saveGeometry());
    if (!m_narrow)
        m_profile.settings().set(sidebarKey, m_splitter->sizes().constFirst());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayClose && !m_mayClose()) {
        event->ignore();
        return;
    }
    remember();
    event->accept();
    Q_EMIT closed();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setNarrow(width() < Theme::of(this).scaled(narrowWidth));
}

void MainWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ActivationChange || event->type() == QEvent::WindowStateChange)
        m_pane->refreshSeen();
    if (event->type() == QEvent::StyleChange && m_splitter)
        setNarrow(width() < Theme::of(this).scaled(narrowWidth));
}

} // namespace ui
