// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QAbstractItemModel>
#include <QHash>

#include <map>

namespace model {

/// A contact as the tree draws it.
struct ContactRow {
    Jid account;
    Jid jid;
    QString title;
    QString status;                           ///< What they say of themselves; plain text.
    std::optional<xmpp::Presence::Show> show; ///< Nothing: offline.
    bool asked = false;                       ///< We wait for their answer.
    bool canSee = false;                      ///< We get their presence.

    friend bool operator==(const ContactRow &, const ContactRow &) = default;
};

/// The contacts as a tree of groups. A contact in two groups stands in both; those in none stand under a group without
/// name, which comes last.
class RosterModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role {
        RowRole = Qt::UserRole, ///< ContactRow, for contacts.
        GroupRole,              ///< QString, for groups; empty for the one without name.
        OnlineRole,             ///< int, for groups: contacts that are there.
        SearchRole,             ///< QString: everything a filter looks at.
    };

    explicit RosterModel(chat::Profile &profile);
    ~RosterModel() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Group {
        QString name;
        std::vector<ContactRow> contacts; ///< By title, then address.
        int online = 0;
    };
    /// Where a contact stands, so that it is found again without looking at all others.
    struct Place {
        QString title;
        std::vector<QString> groups;
    };
    void connectAccount(chat::Account *account);
    void reload();
    void update(const Jid &account, const Jid &jid);
    ContactRow rowFor(const chat::Account &account, const chat::Contact &contact) const;
    void refreshRows(const Jid &account);
    void place(size_t group, ContactRow row, const QString &oldTitle);
    void takeAway(size_t group, size_t at);
    void removeFrom(const QString &group, const Jid &account, const Jid &jid, const QString &title);
    /// The group's place, and whether it is there.
    std::pair<size_t, bool> findGroup(const QString &name) const;
    size_t groupAt(const QString &name);
    static std::optional<size_t> findIn(const Group &group, const Jid &account, const Jid &jid, const QString &title);
    static std::vector<QString> groupsOf(const chat::Contact &contact);

    chat::Profile &m_profile;
    std::vector<std::unique_ptr<Group>> m_groups;
    QHash<std::pair<Jid, Jid>, Place> m_places; ///< By account and address.
};

} // namespace model

Q_DECLARE_METATYPE(model::ContactRow)
