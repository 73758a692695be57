// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QMenu>
#include <QPointer>

namespace ui {

class TextPrompt;

/// What can be done with a chat or a contact of the lists: the menus, and doing it.
class ChatActions : public QObject
{
    Q_OBJECT
public:
    /// `window` owns the questions that are asked.
    ChatActions(chat::Profile &profile, QWidget *window);

    /// Shows the menu of a chat.
    void showChatMenu(qint64 conversation, const QPoint &globalPosition);
    void showContactMenu(const Jid &account, const Jid &contact, const QPoint &globalPosition);
    /// Mutes, or unmutes a muted chat.
    void toggleMute(qint64 conversation);
    void togglePin(qint64 conversation);
    /// Asks whether to delete all messages of a chat from this computer.
    void askToErase(qint64 conversation);
    /// Asks how and whereto a chat is to be exported.
    void askToExport(qint64 conversation);

Q_SIGNALS:
    void openRequested(qint64 conversation);
    void openPeerRequested(const Jid &account, const Jid &contact);
    void closeRequested(qint64 conversation);
    void addContactRequested(const Jid &account, const Jid &contact);
    /// Something could not be done: a sentence.
    void problem(const QString &sentence);

private:
    QMenu *newMenu(const QString &name);
    void addMuteMenu(QMenu &menu, qint64 conversation);
    void addKeepMenu(QMenu &menu, const store::Conversation &chat);
    void keep(qint64 conversation, std::optional<int> days);
    void addContactItems(QMenu &menu, const Jid &account, const Jid &contact);
    void addGroupsMenu(QMenu &menu, chat::Account &account, const chat::Contact &contact);
    void askName(const Jid &account, const Jid &contact);
    void askGroup(const Jid &account, const Jid &contact);
    void askRemoval(const Jid &account, const Jid &contact);
    void mute(qint64 conversation, const QDateTime &until);
    Task<void> finish(Task<Result<>> work);
    Task<void> answer(Task<Result<>> work, QPointer<TextPrompt> prompt);
    chat::Contacts *contactsOf(const Jid &account) const;
    QString nameOf(const store::Conversation &chat) const;

    chat::Profile &m_profile;
    QWidget *m_window;
    Scope m_scope;
};

} // namespace ui
