// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "ui/notify/notifier.h"

namespace ui {

/// Brings alerts to the desktop in the words of the person, and what the person does with them back: a chat is opened, read,
/// or answered. An answer goes through the outbox, as any message.
class Notices : public QObject
{
    Q_OBJECT
public:
    /// Both outlive this.
    Notices(chat::Profile &profile, Notifier &notifier, QObject *parent = nullptr);
    ~Notices() override;

    /// Takes away what is out, and shows nothing more.
    void leave();
    static Notice noticeOf(const chat::Alert &alert);

Q_SIGNALS:
    /// A chat is to be opened; 0: only the window. `token` as with Notifier::activated().
    void chosen(qint64 chat, const QString &token);
    /// An answer could not be stored; it waits in the chat's composer. `chat` is to be opened.
    void answerFailed(qint64 chat, const Error &error);

private:
    void show(const chat::Alert &alert);
    Task<void> markRead(qint64 chat, qint64 key);
    Task<void> answer(qint64 chat, QString text);

    chat::Profile &m_profile;
    Notifier &m_notifier;
    std::map<qint64, qint64> m_keys; ///< Of the alerts that are out, by chat: their newest message.
    Scope m_scope;
};

} // namespace ui
