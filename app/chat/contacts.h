// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"
#include "xmpp/roster.h"

#include <QHash>
#include <QObject>

#include <map>
#include <set>

namespace chat {

/// Somebody in an account's contact list.
struct Contact {
    Jid jid;
    QString name; ///< As the person named it; empty: show the JID.
    std::vector<QString> groups;
    xmpp::RosterItem::Subscription subscription = xmpp::RosterItem::Subscription::None;
    bool asked = false; ///< Our request to see their presence waits.
    bool blocked = false;

    /// The name to show: the given one, else the address.
    QString title() const { return name.isEmpty() ? jid.toString() : name; }
    friend bool operator==(const Contact &, const Contact &) = default;
};

/// Somebody asks to see our presence (RFC 6121 3.1).
struct SubscriptionRequest {
    Jid jid;
    QString text; ///< What they say; plain text from outside, at most 1,000 characters.
    QDateTime time;
};

/// The contact list of one account: the roster, kept in the store and in memory, and the life of subscriptions.
class Contacts : public QObject
{
    Q_OBJECT
public:
    Contacts(xmpp::Client &client, store::Store &store, const Jid &account);
    ~Contacts() override;

    /// Reads what is stored; shown at once, before any connection.
    Task<Result<>> load();
    /// Fetches the roster of the stream that just came up.
    Task<Result<>> fetch();

    /// By bare JID, or null.
    const Contact *find(const Jid &bare) const;
    const std::map<Jid, Contact> &all() const { return m_contacts; }
    const std::map<Jid, SubscriptionRequest> &requests() const { return m_requests; }

    /// Adds to the roster and asks for the presence (RFC 6121 3.1.1).
    Task<Result<>> add(Jid jid, QString name, QStringList groups);
    Task<Result<>> remove(Jid jid);
    Task<Result<>> rename(Jid jid, QString name);
    Task<Result<>> setGroups(Jid jid, QStringList groups);
    /// Lets them see us, adds them to the roster and asks to see them too.
    Task<Result<>> accept(Jid jid);
    /// Says no, or takes back what was granted.
    Task<Result<>> deny(Jid jid);

Q_SIGNALS:
    /// New or changed.
    void changed(const Jid &jid);
    void removed(const Jid &jid);
    /// Everything may be different.
    void reset();
    void requested(const chat::SubscriptionRequest &request);
    /// A request was answered or taken back.
    void requestGone(const Jid &jid);
    /// They granted, refused or withdrew (for events and notices): `subscribed`, `unsubscribed`, `unsubscribe`.
    void subscriptionChanged(const Jid &jid, const QString &type);

private:
    Task<void> storePush(xmpp::RosterItem item, QString version, std::shared_ptr<xmpp::Reply> reply);
    Task<void> storeRequest(SubscriptionRequest request, xmpp::HandledToken token);
    Task<Result<>> forgetRequest(Jid jid);
    Task<void> dropRequest(Jid jid);
    void takePresence(const xmpp::Incoming &incoming);
    void takeSubscription(const xmpp::Incoming &incoming, xmpp::Presence::Type type);
    void endPush();
    void apply(const xmpp::RosterItem &item);
    void settleRequest(const xmpp::RosterItem &item);
    Error offline() const;

    xmpp::Client &m_client;
    xmpp::Roster m_roster;
    store::Store &m_store;
    Jid m_account;
    QString m_version;
    bool m_isStale = false; ///< The list in memory is newer than the stored one.
    std::map<Jid, Contact> m_contacts;
    std::map<Jid, SubscriptionRequest> m_requests;
    std::set<Jid> m_arriving;                                              ///< Whose request is on its way to the disk.
    int m_pushing = 0;                                                     ///< Pushes on their way to the disk.
    std::vector<std::pair<xmpp::Incoming, xmpp::Presence::Type>> m_behind; ///< What came after them.
    Scope m_scope;
};

} // namespace chat
