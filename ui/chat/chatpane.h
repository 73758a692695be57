// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chat/chatpage.h"
#include "ui/chat/pictures.h"
#include "ui/emoji/emojibook.h"

#include <QStackedWidget>

namespace ui {

class EmptyState;

/// The right side of the window: the open chat, or what to do where none is open. A few chats stay ready behind it, so
/// that going to and fro is instant.
class ChatPane : public QStackedWidget
{
    Q_OBJECT
public:
    /// Pages kept; the one that was not seen for the longest time goes.
    static constexpr int mostPages = 8;

    explicit ChatPane(chat::Profile &profile, QWidget *parent = nullptr);
    ~ChatPane() override;

    /// Shows a chat; 0 shows none.
    void open(qint64 conversation);
    /// The chat that shows, 0: none.
    qint64 openChat() const;
    ChatPage *page() const;
    void setBackShown(bool shown);
    /// The window came to the front or left it.
    void refreshSeen();

Q_SIGNALS:
    void openChanged(qint64 conversation);
    void titleChanged(const QString &title);
    void backRequested();
    void menuRequested(qint64 conversation, const QPoint &globalPosition);
    void addressActivated(const QString &uri);
    void newChatRequested();
    /// As ChatPage::forwardRequested().
    void forwardRequested(qint64 key, const QString &head, const QString &body);
    void commandGiven(const Command &command);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    ChatPage *make(qint64 conversation);
    void drop(qint64 conversation);

    chat::Profile &m_profile;
    Pictures m_pictures; ///< Of all pages; it goes after them (~ChatPane()).
    EmojiBook m_emoji;   ///< One for all pages: read once.
    EmptyState *m_empty;
    std::vector<ChatPage *> m_pages; ///< The one seen last is the last.
    bool m_backShown = false;
};

} // namespace ui
