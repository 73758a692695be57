// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/client.h"

#include <QStringList>

#include <vector>

namespace xmpp {

/// One contact as the server keeps it (RFC 6121 2.1.2).
struct RosterItem {
    enum class Subscription { None, To, From, Both, Remove };

    Jid jid;
    QString name;
    std::vector<QString> groups;
    Subscription subscription = Subscription::None;
    bool asked = false;    ///< ask='subscribe': our request waits for an answer.
    bool approved = false; ///< Pre-approved (RFC 6121 3.4).

    xml::Element toElement() const;
    /// Nothing where the JID is missing or illegal.
    static std::optional<RosterItem> of(const xml::Element &item);
};

/// The roster protocol (RFC 6121 2): fetch with version, pushes, changes. Keeps no list itself; the contacts do.
class Roster : public QObject
{
    Q_OBJECT
public:
    explicit Roster(Client &client);

    /// Fetches the roster; `version` is the one stored, empty for none, null where the server has no versioning. Gives
    /// nothing where the stored one is still right (RFC 6121 2.6); changes then come as pushes.
    struct Fetched {
        bool isCurrent = false;
        QString version; ///< Null where the server has no versions.
        std::vector<RosterItem> items;
    };
    Task<Result<Fetched>> fetch(QString version);

    /// Adds or changes the name and groups of a contact.
    Task<Result<>> set(RosterItem item);
    /// Removes a contact and both subscriptions.
    Task<Result<>> remove(Jid jid);

Q_SIGNALS:
    /// The server says that `item` is new, changed, or (Subscription::Remove) gone. Give `reply` when it is stored.
    void pushed(const xmpp::RosterItem &item, const QString &version, std::shared_ptr<xmpp::Reply> reply);

private:
    void takePush(const Incoming &iq, Reply reply);

    Client &m_client;
};

} // namespace xmpp

template<>
struct xml::Words<xmpp::RosterItem::Subscription> {
    static constexpr std::array<std::pair<xmpp::RosterItem::Subscription, std::string_view>, 5> table{{
        {xmpp::RosterItem::Subscription::None, "none"},
        {xmpp::RosterItem::Subscription::To, "to"},
        {xmpp::RosterItem::Subscription::From, "from"},
        {xmpp::RosterItem::Subscription::Both, "both"},
        {xmpp::RosterItem::Subscription::Remove, "remove"},
    }};
};
