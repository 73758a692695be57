// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notify/notices.h"

#include "chat/outbox.h"
#include "ui/widgets/plaintext.h"

namespace ui {

Notices::Notices(chat::Profile &profile, Notifier &notifier, QObject *parent)
    : QObject(parent), m_profile(profile), m_notifier(notifier)
{
    Notifier::Words words;
    words.open = tr("Open");
    words.markRead = tr("Mark as Read");
    words.reply = tr("Reply");
    words.replyHint = tr("Write a reply…");
    notifier.setWords(words);
    chat::Alerts &alerts = profile.alerts();
    connect(&alerts, &chat::Alerts::raised, this, &Notices::show);
    connect(&alerts, &chat::Alerts::changed, this, &Notices::show);
    connect(&alerts, &chat::Alerts::withdrawn, this, [this](const chat::Alert &alert) {
        m_keys.erase(alert.id);
        m_notifier.withdraw(alert.id);
    });
    connect(&notifier, &Notifier::activated, this,
            [this](qint64 id, const QString &token) { Q_EMIT chosen(std::max<qint64>(id, 0), token); });
    connect(&notifier, &Notifier::readChosen, this, [this](qint64 id) {
        if (const auto found = m_keys.find(id); found != m_keys.end())
            m_scope.run(markRead(id, found->second));
    });
    connect(&notifier, &Notifier::replied, this,
            [this](qint64 id, const QString &text) { m_scope.run(answer(id, text)); });
    for (const chat::Alert &alert : alerts.all())
        show(alert);
}

Notices::~Notices() = default;

void Notices::leave()
{
    m_profile.alerts().disconnect(this);
    for (const chat::Alert &alert : m_profile.alerts().all())
        m_notifier.withdraw(alert.id);
}

Notice Notices::noticeOf(const chat::Alert &alert)
{
    Notice notice;
    notice.id = alert.id;
    notice.hasSound = alert.hasSound;
    switch (alert.kind) {
    case chat::Alert::Kind::Chat:
        notice.hasChat = true;
        if (alert.name.isEmpty()) {
            notice.title = tr("%n new message(s)", nullptr, alert.count);
            break;
        }
        //: The title of a notification: %1 is a name, %2 the number of new messages.
        notice.title = alert.count > 1 ? tr("%1 (%2)").arg(isolated(alert.name), QLocale().toString(alert.count))
                                       : isolated(alert.name);
        notice.body = alert.text.isEmpty() ? tr("%n new message(s)", nullptr, alert.count) : alert.text;
        break;
    case chat::Alert::Kind::Requests:
        notice.title = tr("%n message(s) from people who are not your contacts", nullptr, alert.count);
        break;
    case chat::Alert::Kind::Many:
        notice.title = tr("More new messages: %1").arg(QLocale().toString(alert.count));
        notice.body = tr("In %n chat(s)", nullptr, alert.chats);
        break;
    }
    return notice;
}

void Notices::show(const chat::Alert &alert)
{
    if (alert.kind == chat::Alert::Kind::Chat)
        m_keys[alert.id] = alert.key;
    m_notifier.show(noticeOf(alert));
}

Task<void> Notices::markRead(qint64 chat, qint64 key)
{
    auto marking = m_profile.conversations().markRead(chat, key);
    (void)co_await std::move(marking); // else it stays unread, and says so
}

/// Who answers has read it.
Task<void> Notices::answer(qint64 chat, QString text)
{
    const store::Conversation *row = m_profile.conversations().find(chat);
    chat::Account *account = row ? m_profile.accounts().find(row->account) : nullptr;
    if (!account)
        co_return;
    const auto found = m_keys.find(chat);
    const qint64 key = found == m_keys.end() ? 0 : found->second;
    chat::Outbox::Draft draft;
    draft.to = row->peer;
    draft.body = sendable(text);
    const QString kept = row->draft;
    auto sending = account->outbox().send(draft);
    const auto sent = co_await std::move(sending);
    if (!sent) {
        // Nothing that a person typed is lost.
        auto keeping = m_profile.conversations().setDraft(chat, kept.isEmpty() ? text : kept + u'\n' + text);
        (void)co_await std::move(keeping);
        Q_EMIT answerFailed(chat, sent.error());
        co_return;
    }
    if (key != 0) {
        auto marking = markRead(chat, key);
        co_await std::move(marking);
    }
}

} // namespace ui
