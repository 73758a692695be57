// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rostermodel.h"

#include <QCollator>

#include <algorithm>

namespace model {
namespace {

/// By name as people sort it, in their language; the address decides a tie.
bool before(const ContactRow &a, const ContactRow &b)
{
    static const QCollator collator = [] {
        QCollator c;
        c.setCaseSensitivity(Qt::CaseInsensitive);
        c.setNumericMode(true);
        return c;
    }();
    const int order = collator.compare(a.title, b.title);
    return order != 0 ? order < 0 : a.jid < b.jid;
}

bool isSame(const ContactRow &row, const Jid &account, const Jid &jid)
{
    return row.jid == jid && row.account == account;
}

} // namespace

RosterModel::RosterModel(chat::Profile &profile)
    : m_profile(profile)
{
    connect(&profile.accounts(), &chat::Accounts::added, this, [this](chat::Account *account) {
        connectAccount(account);
        reload();
    });
    connect(&profile.accounts(), &chat::Accounts::removing, this,
            [this] { QMetaObject::invokeMethod(this, &RosterModel::reload, Qt::QueuedConnection); });
    for (chat::Account *account : profile.accounts().all())
        connectAccount(account);
    reload();
}

RosterModel::~RosterModel() = default;

void RosterModel::connectAccount(chat::Account *account)
{
    const Jid name = account->jid();
    const auto refresh = [this, name](const Jid &jid) {
        if (jid.isNull())
            reload();
        else
            update(name, jid);
    };
    connect(&account->presences(), &chat::Presences::changed, this, refresh);
    connect(&account->contacts(), &chat::Contacts::changed, this, refresh);
    connect(&account->contacts(), &chat::Contacts::removed, this, refresh);
    connect(&account->contacts(), &chat::Contacts::reset, this, &RosterModel::reload);
}

std::vector<QString> RosterModel::groupsOf(const chat::Contact &contact)
{
    return contact.groups.empty() ? std::vector<QString>{QString()} : contact.groups;
}

ContactRow RosterModel::rowFor(const chat::Account &account, const chat::Contact &contact) const
{
    using Subscription = xmpp::RosterItem::Subscription;
    ContactRow row;
    row.account = account.jid();
    row.jid = contact.jid;
    row.title = contact.title();
    row.asked = contact.asked;
    row.canSee = contact.subscription == Subscription::To || contact.subscription == Subscription::Both;
    if (const auto best = account.presences().best(contact.jid)) {
        row.show = best->show;
        row.status = best->status.simplified();
    }
    return row;
}

QModelIndex RosterModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    // A contact's index points to its group; a group's to nothing.
    return createIndex(row, column, parent.isValid() ? m_groups[size_t(parent.row())].get() : nullptr);
}

QModelIndex RosterModel::parent(const QModelIndex &child) const
{
    const auto *group = static_cast<const Group *>(child.internalPointer());
    if (!group)
        return {};
    const auto found = std::find_if(m_groups.begin(), m_groups.end(), [group](const auto &g) { return g.get() == group; });
    return createIndex(int(found - m_groups.begin()), 0, nullptr);
}

int RosterModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    return parent.internalPointer() || parent.column() > 0 ? 0 : int(m_groups[size_t(parent.row())]->contacts.size());
}

int RosterModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant RosterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto *inGroup = static_cast<const Group *>(index.internalPointer());
    if (!inGroup) {
        const Group &group = *m_groups[size_t(index.row())];
        if (role == Qt::DisplayRole || role == GroupRole)
            return group.name;
        if (role == OnlineRole)
            return int(std::count_if(group.contacts.begin(), group.contacts.end(), [](const ContactRow &c) { return c.show.has_value(); }));
        return {};
    }
    const ContactRow &row = inGroup->contacts[size_t(index.row())];
    if (role == RowRole)
        return QVariant::fromValue(row);
    if (role == Qt::DisplayRole)
        return row.title;
    if (role == SearchRole)
        return QString(row.title + u' ' + row.jid.toString());
    return {};
}

void RosterModel::reload()
{
    beginResetModel();
    m_groups.clear();
    std::map<QString, std::unique_ptr<Group>> groups;
    for (const chat::Account *account : m_profile.accounts().all()) {
        for (const auto &[jid, contact] : account->contacts().all()) {
            const ContactRow row = rowFor(*account, contact);
            for (const QString &name : groupsOf(contact)) {
                auto &group = groups[name];
                if (!group)
                    group = std::make_unique<Group>(Group{name, {}});
                group->contacts.push_back(row);
            }
        }
    }
    for (auto &[name, group] : groups) {
        std::sort(group->contacts.begin(), group->contacts.end(), before);
        m_groups.push_back(std::move(group));
    }
    if (!m_groups.empty() && m_groups.front()->name.isEmpty())
        std::rotate(m_groups.begin(), m_groups.begin() + 1, m_groups.end());
    endResetModel();
}

void RosterModel::takeAway(size_t group, size_t at)
{
    Group &from = *m_groups[group];
    beginRemoveRows(index(int(group), 0), int(at), int(at));
    from.contacts.erase(from.contacts.begin() + qsizetype(at));
    endRemoveRows();
}

size_t RosterModel::groupAt(const QString &name)
{
    const auto isLess = [](const QString &a, const QString &b) { return a.isEmpty() != b.isEmpty() ? b.isEmpty() : a < b; };
    size_t at = 0;
    while (at < m_groups.size() && isLess(m_groups[at]->name, name))
        ++at;
    if (at < m_groups.size() && m_groups[at]->name == name)
        return at;
    beginInsertRows({}, int(at), int(at));
    m_groups.insert(m_groups.begin() + qsizetype(at), std::make_unique<Group>(Group{name, {}}));
    endInsertRows();
    return at;
}

void RosterModel::place(size_t group, ContactRow row)
{
    Group &to = *m_groups[group];
    const auto found = std::find_if(to.contacts.begin(), to.contacts.end(),
                                    [&](const ContactRow &other) { return isSame(other, row.account, row.jid); });
    if (found != to.contacts.end() && *found == row)
        return;
    const QModelIndex parent = index(int(group), 0);
    if (found != to.contacts.end() && found->title == row.title) {
        *found = std::move(row);
        const QModelIndex changed = index(int(found - to.contacts.begin()), 0, parent);
        Q_EMIT dataChanged(changed, changed);
    } else {
        if (found != to.contacts.end())
            takeAway(group, size_t(found - to.contacts.begin()));
        const auto at = std::lower_bound(to.contacts.begin(), to.contacts.end(), row, before) - to.contacts.begin();
        beginInsertRows(parent, int(at), int(at));
        to.contacts.insert(to.contacts.begin() + at, std::move(row));
        endInsertRows();
    }
    Q_EMIT dataChanged(parent, parent, {OnlineRole});
}

void RosterModel::update(const Jid &account, const Jid &jid)
{
    const chat::Account *owner = m_profile.accounts().find(account);
    const chat::Contact *contact = owner ? owner->contacts().find(jid) : nullptr;
    const std::vector<QString> wanted = contact ? groupsOf(*contact) : std::vector<QString>();
    for (size_t g = m_groups.size(); g-- > 0;) {
        Group &group = *m_groups[g];
        if (std::find(wanted.begin(), wanted.end(), group.name) != wanted.end())
            continue;
        for (size_t at = group.contacts.size(); at-- > 0;) {
            if (isSame(group.contacts[at], account, jid))
                takeAway(g, at);
        }
        if (group.contacts.empty()) {
            beginRemoveRows({}, int(g), int(g));
            m_groups.erase(m_groups.begin() + qsizetype(g));
            endRemoveRows();
        }
    }
    for (const QString &name : wanted)
        place(groupAt(name), rowFor(*owner, *contact));
}

} // namespace model
