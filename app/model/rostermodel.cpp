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

RosterModel::RosterModel(chat::Profile &profile) : m_profile(profile)
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
            refreshRows(name);
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
    const auto found =
        std::find_if(m_groups.begin(), m_groups.end(), [group](const auto &g) { return g.get() == group; });
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
            return group.online;
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
    m_places.clear();
    std::map<QString, std::unique_ptr<Group>> groups;
    for (const chat::Account *account : m_profile.accounts().all()) {
        for (const auto &[jid, contact] : account->contacts().all()) {
            const ContactRow row = rowFor(*account, contact);
            m_places.insert({row.account, row.jid}, {row.title, groupsOf(contact)});
            for (const QString &name : groupsOf(contact)) {
                auto &group = groups[name];
                if (!group)
                    group = std::make_unique<Group>(Group{name, {}, 0});
                group->contacts.push_back(row);
                group->online += row.show.has_value();
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

void RosterModel::refreshRows(const Jid &account)
{
    const chat::Account *owner = m_profile.accounts().find(account);
    if (!owner)
        return;
    for (const auto &[jid, contact] : owner->contacts().all())
        update(account, jid);
}

/// By the order of the rows; the scan passes only those of the same title and address in other accounts.
std::optional<size_t> RosterModel::findIn(const Group &group, const Jid &account, const Jid &jid, const QString &title)
{
    ContactRow probe;
    probe.jid = jid;
    probe.title = title;
    auto at = std::lower_bound(group.contacts.begin(), group.contacts.end(), probe, before);
    for (; at != group.contacts.end() && at->jid == jid; ++at) {
        if (isSame(*at, account, jid))
            return size_t(at - group.contacts.begin());
    }
    return {};
}

void RosterModel::takeAway(size_t group, size_t at)
{
    Group &from = *m_groups[group];
    beginRemoveRows(index(int(group), 0), int(at), int(at));
    from.online -= from.contacts[at].show.has_value();
    from.contacts.erase(from.contacts.begin() + qsizetype(at));
    endRemoveRows();
}

void RosterModel::removeFrom(const QString &group, const Jid &account, const Jid &jid, const QString &title)
{
    const auto [at, exists] = findGroup(group);
    if (!exists)
        return;
    if (const auto row = findIn(*m_groups[at], account, jid, title))
        takeAway(at, *row);
    if (!m_groups[at]->contacts.empty()) {
        Q_EMIT dataChanged(index(int(at), 0), index(int(at), 0), {OnlineRole});
        return;
    }
    beginRemoveRows({}, int(at), int(at));
    m_groups.erase(m_groups.begin() + qsizetype(at));
    endRemoveRows();
}

std::pair<size_t, bool> RosterModel::findGroup(const QString &name) const
{
    const auto isLess = [](const QString &a, const QString &b) {
        return a.isEmpty() != b.isEmpty() ? b.isEmpty() : a < b;
    };
    size_t at = 0;
    while (at < m_groups.size() && isLess(m_groups[at]->name, name))
        ++at;
    return {at, at < m_groups.size() && m_groups[at]->name == name};
}

size_t RosterModel::groupAt(const QString &name)
{
    const auto [at, exists] = findGroup(name);
    if (exists)
        return at;
    beginInsertRows({}, int(at), int(at));
    m_groups.insert(m_groups.begin() + qsizetype(at), std::make_unique<Group>(Group{name, {}, 0}));
    endInsertRows();
    return at;
}

void RosterModel::place(size_t group, ContactRow row, const QString &oldTitle)
{
    Group &to = *m_groups[group];
    const auto found = findIn(to, row.account, row.jid, oldTitle);
    if (found && to.contacts[*found] == row)
        return;
    const QModelIndex parent = index(int(group), 0);
    if (found && oldTitle == row.title) {
        to.online += int(row.show.has_value()) - int(to.contacts[*found].show.has_value());
        to.contacts[*found] = std::move(row);
        const QModelIndex changed = index(int(*found), 0, parent);
        Q_EMIT dataChanged(changed, changed);
    } else {
        if (found)
            takeAway(group, *found);
        const auto at = std::lower_bound(to.contacts.begin(), to.contacts.end(), row, before) - to.contacts.begin();
        beginInsertRows(parent, int(at), int(at));
        to.online += row.show.has_value();
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
    const Place old = m_places.value({account, jid});
    for (const QString &name : old.groups) {
        if (std::find(wanted.begin(), wanted.end(), name) == wanted.end())
            removeFrom(name, account, jid, old.title);
    }
    if (!contact) {
        m_places.remove({account, jid});
        return;
    }
    const ContactRow row = rowFor(*owner, *contact);
    m_places.insert({account, jid}, {row.title, wanted});
    for (const QString &name : wanted)
        place(groupAt(name), row, old.title);
}

} // namespace model
