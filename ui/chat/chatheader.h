// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;

namespace ui {

class Avatar;
class ElidedLabel;
class IconButton;

/// The head of a conversation: who it is, how they are, whether they type, and what can be done with the chat.
class ChatHeader : public QWidget
{
    Q_OBJECT
public:
    ChatHeader(chat::Profile &profile, qint64 conversation, QWidget *parent);

    /// The way back to the list, where there is room for one pane only.
    void setBackShown(bool shown);
    QString title() const { return m_title; }

Q_SIGNALS:
    void backRequested();
    /// A text in this chat is to be found.
    void findRequested();
    /// The menu of the chat, at this place.
    void menuRequested(const QPoint &globalPosition);
    void titleChanged(const QString &title);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void setTyping(bool active);
    void applyTheme();

    chat::Profile &m_profile;
    qint64 m_conversation;
    QString m_title;
    bool m_typing = false;
    QTimer m_typingEnd;
    IconButton *m_back;
    Avatar *m_avatar;
    ElidedLabel *m_name;
    ElidedLabel *m_line;
    IconButton *m_find;
    IconButton *m_more;
    QHBoxLayout *m_row;
};

} // namespace ui
