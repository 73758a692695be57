// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatpane.h"

#include "ui/chat/chatheader.h"
#include "ui/widgets/panels.h"

#include <algorithm>

namespace ui {

ChatPane::ChatPane(chat::Profile &profile, QWidget *parent)
    : QStackedWidget(parent), m_profile(profile), m_pictures(profile.services().clock), m_emoji(profile.settings()),
      m_empty(new EmptyState(Icon::Bubble, tr("No chat is open"), tr("Choose one from the list, or start a new one."),
                             this))
{
    setObjectName(QStringLiteral("chatPane"));
    m_empty->setObjectName(QStringLiteral("noChatOpen"));
    m_empty->setAction(tr("New chat"));
    addWidget(m_empty);
    connect(m_empty, &EmptyState::actionTriggered, this, &ChatPane::newChatRequested);
    connect(&profile.conversations(), &chat::Conversations::removed, this, &ChatPane::drop);
}

ChatPane::~ChatPane()
{
    for (ChatPage *page : std::exchange(m_pages, {}))
        delete page;
}

ChatPage *ChatPane::page() const
{
    return qobject_cast<ChatPage *>(currentWidget());
}

qint64 ChatPane::openChat() const
{
    const ChatPage *current = page();
    return current ? current->conversation() : 0;
}

void ChatPane::open(qint64 conversation)
{
    if (conversation != 0 && conversation == openChat())
        return;
    if (ChatPage *current = page())
        current->setSeen(false);
    if (conversation == 0 || !m_profile.conversations().find(conversation)) {
        setCurrentWidget(m_empty);
    } else {
        const auto found = std::find_if(m_pages.begin(), m_pages.end(),
                                        [&](const ChatPage *page) { return page->conversation() == conversation; });
        ChatPage *next = nullptr;
        if (found == m_pages.end()) {
            next = make(conversation);
        } else {
            next = *found;
            std::rotate(found, found + 1, m_pages.end());
            next->prepare();
        }
        next->header()->setBackShown(m_backShown);
        setCurrentWidget(next);
    }
    refreshSeen();
    Q_EMIT openChanged(openChat());
    Q_EMIT titleChanged(page() ? page()->header()->title() : QString());
}

ChatPage *ChatPane::make(qint64 conversation)
{
    auto *page = new ChatPage(m_profile, m_pictures, conversation, this);
    page->setEmoji(m_emoji);
    connect(page, &ChatPage::commandGiven, this, &ChatPane::commandGiven);
    connect(page, &ChatPage::backRequested, this, &ChatPane::backRequested);
    connect(page, &ChatPage::addressActivated, this, &ChatPane::addressActivated);
    connect(page, &ChatPage::forwardRequested, this, &ChatPane::forwardRequested);
    connect(page, &ChatPage::menuRequested, this,
            [this, conversation](const QPoint &place) { Q_EMIT menuRequested(conversation, place); });
    connect(page->header(), &ChatHeader::titleChanged, this, [this, conversation](const QString &title) {
        if (conversation == openChat())
            Q_EMIT titleChanged(title);
    });
    addWidget(page);
    m_pages.push_back(page);
    if (int(m_pages.size()) > mostPages)
        drop(m_pages.front()->conversation());
    return page;
}

void ChatPane::drop(qint64 conversation)
{
    const auto found = std::find_if(m_pages.begin(), m_pages.end(),
                                    [&](const ChatPage *page) { return page->conversation() == conversation; });
    if (found == m_pages.end())
        return;
    ChatPage *page = *found;
    m_pages.erase(found);
    const bool shown = page == currentWidget();
    // What is typed and not kept yet is kept when the page hides; then it must not touch the chat any more.
    if (!m_profile.conversations().find(conversation))
        page->abandon();
    if (shown)
        open(0);
    removeWidget(page);
    page->deleteLater();
}

void ChatPane::setBackShown(bool shown)
{
    m_backShown = shown;
    if (ChatPage *current = page())
        current->header()->setBackShown(shown);
}

void ChatPane::refreshSeen()
{
    ChatPage *current = page();
    const bool seen = current && isVisible() && window()->isActiveWindow() && !window()->isMinimized();
    if (current)
        current->setSeen(seen);
    m_profile.conversations().setVisible(seen ? current->conversation() : 0);
}

void ChatPane::showEvent(QShowEvent *event)
{
    QStackedWidget::showEvent(event);
    refreshSeen();
}

void ChatPane::hideEvent(QHideEvent *event)
{
    QStackedWidget::hideEvent(event);
    refreshSeen();
}

} // namespace ui
