// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QWidget>

namespace ui {

class TextPrompt;

/// Asks for a day, and leads to the first message of it in one chat, or to the next one behind it.
class DateJump : public QObject
{
    Q_OBJECT
public:
    /// `page` is what the question stands over, and owns this.
    DateJump(chat::Profile &profile, qint64 conversation, QWidget *page);

    void ask();

Q_SIGNALS:
    void found(qint64 key);

private:
    void take(TextPrompt *prompt, const QString &text);
    Task<void> go(QPointer<TextPrompt> prompt, QDate day);

    chat::Profile &m_profile;
    qint64 m_conversation;
    QWidget *m_page;
    Scope m_scope;
};

} // namespace ui
