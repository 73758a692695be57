// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/chatactions.h"

#include "ui/chat/exportdialog.h"
#include "ui/errortext.h"
#include "ui/settings/keepwords.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/textprompt.h"

#include <QActionGroup>
#include <QSet>

namespace ui {

namespace {

/// As the store has it: a year beyond 9000 is for good.
QDateTime forGood()
{
    return QDateTime(QDate(9999, 1, 1), QTime(0, 0), Qt::UTC);
}

} // namespace

ChatActions::ChatActions(chat::Profile &profile, QWidget *window)
    : QObject(window), m_profile(profile), m_window(window)
{
}

QMenu *ChatActions::newMenu(const QString &name)
{
    auto *menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(name);
    return menu;
}

chat::Contacts *ChatActions::contactsOf(const Jid &account) const
{
    chat::Account *found = m_profile.accounts().find(account);
    return found ? &found->contacts() : nullptr;
}

/// Runs what changes the store or the roster, and tells where it did not work.
Task<void> ChatActions::finish(Task<Result<>> work)
{
    const auto done = co_await std::move(work);
    if (!done)
        Q_EMIT problem(errorText(done.error()));
}

/// As finish(), for a question that stays open until its text was taken.
Task<void> ChatActions::answer(Task<Result<>> work, QPointer<TextPrompt> prompt)
{
    const auto done = co_await std::move(work);
    if (!done && prompt)
        prompt->refuse(errorText(done.error()));
    else if (!done)
        Q_EMIT problem(errorText(done.error()));
    else if (prompt)
        prompt->accept();
}

void ChatActions::showChatMenu(qint64 id, const QPoint &globalPosition)
{
    const store::Conversation *chat = m_profile.conversations().find(id);
    if (!chat)
        return;
    chat::Conversations &all = m_profile.conversations();
    QMenu *menu = newMenu(QStringLiteral("chatMenu"));
    menu->addAction(themedIcon(Icon::Bubble, IconRole::Muted), tr("Open"), this,
                    [this, id] { Q_EMIT openRequested(id); });
    const bool pinned = chat->pinned;
    menu->addAction(themedIcon(Icon::Pin, IconRole::Muted), pinned ? tr("Unpin") : tr("Pin to the top"), this,
                    [this, id] { togglePin(id); });
    addMuteMenu(*menu, id);
    QAction *read =
        menu->addAction(themedIcon(Icon::Check, IconRole::Muted), tr("Mark as read"), this,
                        [this, id, key = chat->lastKey, &all] { m_scope.run(finish(all.markRead(id, key))); });
    read->setEnabled(chat->unread > 0);
    const bool archived = chat->archived;
    menu->addAction(themedIcon(Icon::Archive, IconRole::Muted),
                    archived ? tr("Take out of the archive") : tr("Archive"), this, [this, id, archived, &all] {
                        m_scope.run(finish(all.setArchived(id, !archived)));
                        if (!archived)
                            Q_EMIT closeRequested(id);
                    });
    menu->addAction(themedIcon(Icon::Close, IconRole::Muted), tr("Close"), this,
                    [this, id] { Q_EMIT closeRequested(id); });
    menu->addSeparator();
    addKeepMenu(*menu, *chat);
    menu->addAction(themedIcon(Icon::Download, IconRole::Muted), tr("Export…"), this, [this, id] { askToExport(id); })
        ->setObjectName(QStringLiteral("exportChatAction"));
    menu->addAction(themedIcon(Icon::Trash, IconRole::Danger), tr("Delete the history…"), this,
                    [this, id] { askToErase(id); })
        ->setObjectName(QStringLiteral("eraseChatAction"));
    menu->addSeparator();
    addContactItems(*menu, chat->account, chat->peer);
    menu->popup(globalPosition);
}

void ChatActions::showContactMenu(const Jid &account, const Jid &contact, const QPoint &globalPosition)
{
    QMenu *menu = newMenu(QStringLiteral("contactMenu"));
    menu->addAction(themedIcon(Icon::Bubble, IconRole::Muted), tr("Open the chat"), this,
                    [this, account, contact] { Q_EMIT openPeerRequested(account, contact); });
    menu->addSeparator();
    addContactItems(*menu, account, contact);
    menu->popup(globalPosition);
}

void ChatActions::addMuteMenu(QMenu &menu, qint64 id)
{
    const store::Conversation *chat = m_profile.conversations().find(id);
    if (chat->mutedUntil.isValid()) {
        menu.addAction(themedIcon(Icon::Bell, IconRole::Muted), tr("Unmute"), this, [this, id] { mute(id, {}); });
        return;
    }
    QMenu *times = menu.addMenu(themedIcon(Icon::Mute, IconRole::Muted), tr("Mute"));
    const auto add = [&](const QString &text, int hours) {
        times->addAction(text, this, [this, id, hours] {
            mute(id, hours > 0 ? QDateTime::currentDateTimeUtc().addSecs(hours * 3600) : forGood());
        });
    };
    add(tr("For one hour"), 1);
    add(tr("For 8 hours"), 8);
    add(tr("Until I turn it on again"), 0);
}

void ChatActions::mute(qint64 id, const QDateTime &until)
{
    m_scope.run(finish(m_profile.conversations().setMutedUntil(id, until)));
}

void ChatActions::toggleMute(qint64 id)
{
    if (const store::Conversation *chat = m_profile.conversations().find(id))
        mute(id, chat->mutedUntil.isValid() ? QDateTime() : forGood());
}

void ChatActions::togglePin(qint64 id)
{
    if (const store::Conversation *chat = m_profile.conversations().find(id))
        m_scope.run(finish(m_profile.conversations().setPinned(id, !chat->pinned)));
}

QString ChatActions::nameOf(const store::Conversation &chat) const
{
    const chat::Contacts *contacts = contactsOf(chat.account);
    const chat::Contact *contact = contacts ? contacts->find(chat.peer) : nullptr;
    return contact ? contact->title() : chat.peer.toString();
}

void ChatActions::askToErase(qint64 id)
{
    const store::Conversation *chat = m_profile.conversations().find(id);
    if (!chat)
        return;
    const QStringList words{
        tr("Deleted from this computer: all messages of this chat, what they are found by in the search, the copies that "
           "Balcony keeps of them, their files in Balcony's folder, and what you have not sent yet."),
        tr("Messages that wait to be sent are not sent."),
        tr("Not deleted: what the other side, your server and your other devices have, and files that you saved "
           "elsewhere. What was deleted here is not fetched from the server again.")};
    auto *question =
        new Confirmation(tr("Delete the history of the chat with %1?").arg(isolated(singleLine(nameOf(*chat)))),
                         words.join(QStringLiteral("\n\n")), tr("Delete the history"), true, m_window);
    question->setObjectName(QStringLiteral("eraseChatQuestion"));
    connect(question, &Confirmation::confirmed, this,
            [this, id] { m_scope.run(finish(m_profile.eraser().eraseChat(id))); });
    question->open();
}

void ChatActions::addKeepMenu(QMenu &menu, const store::Conversation &chat)
{
    QMenu *times = menu.addMenu(themedIcon(Icon::Clock, IconRole::Muted), tr("Keep messages"));
    times->setObjectName(QStringLiteral("keepMenu"));
    auto *group = new QActionGroup(times);
    const auto add = [&](const QString &text, std::optional<int> days) {
        QAction *action = times->addAction(text, this, [this, id = chat.id, days] { keep(id, days); });
        action->setCheckable(true);
        action->setChecked(chat.keepDays == days);
        group->addAction(action);
    };
    //: %1 is how long: "For good", "90 days".
    add(tr("As in the settings (%1)").arg(keepName(chat::Retention::usualDays(m_profile.settings()))), std::nullopt);
    for (const int days : chat::Retention::choices)
        add(keepName(days), days);
}

/// Nothing is deleted before that was understood.
void ChatActions::keep(qint64 id, std::optional<int> days)
{
    const store::Conversation *chat = m_profile.conversations().find(id);
    if (!chat)
        return;
    const auto set = [this, id, days] { m_scope.run(finish(m_profile.retention().setDays(id, days))); };
    const int then = days.value_or(chat::Retention::usualDays(m_profile.settings()));
    if (!keepsLess(m_profile.retention().daysOf(*chat), then))
        return set();
    Confirmation *question = askToKeepLess(then, nameOf(*chat), m_window);
    connect(question, &Confirmation::confirmed, this, set);
    question->open();
}

void ChatActions::askToExport(qint64 id)
{
    if (const store::Conversation *chat = m_profile.conversations().find(id))
        (new ExportDialog(m_profile, id, nameOf(*chat), m_window))->open();
}

void ChatActions::addContactItems(QMenu &menu, const Jid &account, const Jid &jid)
{
    chat::Account *owner = m_profile.accounts().find(account);
    const chat::Contact *contact = owner ? owner->contacts().find(jid) : nullptr;
    if (!contact) {
        menu.addAction(themedIcon(Icon::AddContact, IconRole::Muted), tr("Add to contacts…"), this,
                       [this, account, jid] { Q_EMIT addContactRequested(account, jid); });
        return;
    }
    menu.addAction(themedIcon(Icon::Edit, IconRole::Muted), tr("Rename…"), this,
                   [this, account, jid] { askName(account, jid); });
    addGroupsMenu(menu, *owner, *contact);
    menu.addAction(themedIcon(Icon::Trash, IconRole::Danger), tr("Remove from contacts…"), this,
                   [this, account, jid] { askRemoval(account, jid); });
}

void ChatActions::addGroupsMenu(QMenu &menu, chat::Account &account, const chat::Contact &contact)
{
    QSet<QString> names;
    for (const auto &[jid, other] : account.contacts().all())
        names += QSet<QString>(other.groups.begin(), other.groups.end());
    QStringList sorted(names.begin(), names.end());
    std::sort(sorted.begin(), sorted.end());
    QMenu *groups = menu.addMenu(themedIcon(Icon::Group, IconRole::Muted), tr("Groups"));
    const QStringList own(contact.groups.begin(), contact.groups.end());
    for (const QString &name : sorted) {
        QAction *action = groups->addAction(menuText(name));
        action->setCheckable(true);
        action->setChecked(own.contains(name));
        connect(action, &QAction::toggled, this,
                [this, own, name, account = account.jid(), jid = contact.jid](bool in) {
                    QStringList now = own;
                    now.removeAll(name);
                    if (in)
                        now.append(name);
                    if (chat::Contacts *contacts = contactsOf(account))
                        m_scope.run(finish(contacts->setGroups(jid, now)));
                });
    }
    if (!sorted.isEmpty())
        groups->addSeparator();
    groups->addAction(themedIcon(Icon::Plus, IconRole::Muted), tr("New group…"), this,
                      [this, account = account.jid(), jid = contact.jid] { askGroup(account, jid); });
}

void ChatActions::askName(const Jid &account, const Jid &jid)
{
    chat::Contacts *contacts = contactsOf(account);
    const chat::Contact *contact = contacts ? contacts->find(jid) : nullptr;
    if (!contact)
        return;
    auto *prompt = new TextPrompt(tr("Rename a contact"),
                                  tr("Name for %1; empty shows the address.").arg(isolated(jid.toString())),
                                  contact->name, tr("Rename"), m_window);
    prompt->setEmptyAllowed(true);
    connect(prompt, &TextPrompt::given, this, [this, account, jid, prompt](const QString &name) {
        if (chat::Contacts *owner = contactsOf(account))
            m_scope.run(answer(owner->rename(jid, name), prompt));
    });
    prompt->open();
}

void ChatActions::askGroup(const Jid &account, const Jid &jid)
{
    auto *prompt = new TextPrompt(tr("New group"), tr("The name of the group"), {}, tr("Add to the group"), m_window);
    connect(prompt, &TextPrompt::given, this, [this, account, jid, prompt](const QString &name) {
        chat::Contacts *contacts = contactsOf(account);
        const chat::Contact *contact = contacts ? contacts->find(jid) : nullptr;
        if (!contact) {
            prompt->accept();
            return;
        }
        QStringList groups(contact->groups.begin(), contact->groups.end());
        groups.append(name);
        groups.removeDuplicates();
        m_scope.run(answer(contacts->setGroups(jid, groups), prompt));
    });
    prompt->open();
}

void ChatActions::askRemoval(const Jid &account, const Jid &jid)
{
    auto *question =
        new Confirmation(tr("Remove %1 from your contacts?").arg(isolated(jid.toString())),
                         tr("Neither of you sees any more whether the other is there. Your messages stay."),
                         tr("Remove"), true, m_window);
    connect(question, &Confirmation::confirmed, this, [this, account, jid] {
        if (chat::Contacts *contacts = contactsOf(account))
            m_scope.run(finish(contacts->remove(jid)));
    });
    question->open();
}

} // namespace ui
