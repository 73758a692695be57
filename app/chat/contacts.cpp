// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/contacts.h"

#include <algorithm>

namespace chat {
namespace {

constexpr qsizetype longestRequestText = 1000;
constexpr size_t mostRequests = 1000; // RELIABILITY P21: more is a flood, and is counted, not kept
constexpr size_t mostBehind = 1000;

Contact toContact(const xmpp::RosterItem &item)
{
    return {item.jid, item.name, item.groups, item.subscription, item.asked, false};
}

store::RosterItem toRow(const xmpp::RosterItem &item)
{
    store::RosterItem row;
    row.jid = item.jid;
    row.name = item.name;
    row.groups = item.groups;
    const auto subscription = xml::word(item.subscription);
    row.subscription = QString::fromLatin1(subscription.data(), qsizetype(subscription.size()));
    row.asked = item.asked;
    row.approved = item.approved;
    return row;
}

Contact fromRow(const store::RosterItem &row)
{
    Contact contact;
    contact.jid = row.jid;
    contact.name = row.name;
    contact.groups = row.groups;
    contact.subscription = xml::fromWord<xmpp::RosterItem::Subscription>(row.subscription.toStdString())
                               .value_or(xmpp::RosterItem::Subscription::None);
    contact.asked = row.asked;
    return contact;
}

xmpp::RosterItem toItem(const Contact &contact)
{
    xmpp::RosterItem item;
    item.jid = contact.jid;
    item.name = contact.name;
    item.groups = contact.groups;
    return item;
}

} // namespace

Contacts::Contacts(xmpp::Client &client, store::Store &store, const Jid &account)
    : m_client(client), m_roster(client), m_store(store), m_account(account)
{
    connect(&m_roster, &xmpp::Roster::pushed, this,
            [this](const xmpp::RosterItem &item, const QString &version, const std::shared_ptr<xmpp::Reply> &reply) {
                m_scope.run(storePush(item, version, reply));
            });
    connect(&client, &xmpp::Client::presence, this, &Contacts::takePresence);
}

Contacts::~Contacts() = default;

namespace {

struct Stored {
    std::vector<store::RosterItem> items;
    std::vector<store::SubscriptionRequest> requests;
    QString version;
};

struct ReadAll {
    Jid account;
    Result<Stored> operator()(store::Reader &reader) const
    {
        auto items = reader.contacts().roster(account);
        if (!items)
            return fail(items.error());
        auto requests = reader.contacts().requests(account);
        if (!requests)
            return fail(requests.error());
        auto version = reader.contacts().version(account);
        if (!version)
            return fail(version.error());
        return Stored{std::move(*items), std::move(*requests), std::move(*version)};
    }
};

} // namespace

Task<Result<>> Contacts::load()
{
    ReadAll read{m_account};
    auto reading = m_store.read(read);
    auto stored = co_await std::move(reading);
    if (!stored)
        co_return fail(stored.error());
    m_version = stored->version;
    m_contacts.clear();
    for (const store::RosterItem &row : stored->items)
        m_contacts.insert_or_assign(row.jid, fromRow(row));
    for (const store::SubscriptionRequest &row : stored->requests)
        m_requests.insert_or_assign(row.jid, SubscriptionRequest{row.jid, row.text, row.time});
    Q_EMIT reset();
    co_return Result<>{};
}

Task<Result<>> Contacts::fetch()
{
    // An empty version asks for everything and says that versions are understood (RFC 6121 2.6.2).
    const QString known = m_version.isNull() ? QStringLiteral("") : m_version;
    auto fetching = m_roster.fetch(known);
    auto fetched = co_await std::move(fetching);
    if (!fetched)
        co_return fail(fetched.error());
    if (fetched->isCurrent)
        co_return Result<>{};
    std::vector<store::RosterItem> rows;
    for (const xmpp::RosterItem &item : fetched->items)
        rows.push_back(toRow(item));
    const Jid account = m_account;
    const QString version = fetched->version;
    auto writing = m_store.write([account, rows, version](store::Transaction &transaction) {
        return transaction.contacts().replaceRoster(account, rows, version);
    });
    auto written = co_await std::move(writing);
    // What cannot be stored is shown all the same; pushes must not claim then that the stored list is as new as they are.
    m_isStale = !written;
    if (written)
        m_version = version;
    m_contacts.clear();
    for (const xmpp::RosterItem &item : fetched->items)
        m_contacts.insert_or_assign(item.jid, toContact(item));
    Q_EMIT reset();
    for (const xmpp::RosterItem &item : fetched->items)
        settleRequest(item);
    co_return written;
}

const Contact *Contacts::find(const Jid &bare) const
{
    const auto found = m_contacts.find(bare);
    return found == m_contacts.end() ? nullptr : &found->second;
}

namespace {

struct StorePush {
    Jid account;
    store::RosterItem row;
    QString version;
    bool isRemoval;
    Result<> operator()(store::Transaction &transaction) const
    {
        if (!isRemoval)
            return transaction.contacts().putItem(account, row, version);
        auto removed = transaction.contacts().removeItem(account, row.jid, version);
        if (!removed)
            return fail(removed.error());
        return {};
    }
};

} // namespace

void Contacts::endPush()
{
    if (--m_pushing > 0)
        return;
    for (const auto &[incoming, type] : std::exchange(m_behind, {}))
        takeSubscription(incoming, type);
}

/// Stored first, then answered and shown (I5).
Task<void> Contacts::storePush(xmpp::RosterItem item, QString version, std::shared_ptr<xmpp::Reply> reply)
{
    if (m_isStale)
        version = QString();
    const store::RosterItem row = toRow(item);
    const bool isRemoval = item.subscription == xmpp::RosterItem::Subscription::Remove;
    ++m_pushing;
    auto writing = m_store.write(StorePush{m_account, row, version, isRemoval});
    const auto written = co_await std::move(writing);
    if (!written) {
        reply->error("internal-server-error");
        endPush();
        co_return;
    }
    if (!version.isNull())
        m_version = version;
    reply->result();
    apply(item);
    endPush();
}

void Contacts::apply(const xmpp::RosterItem &item)
{
    if (item.subscription == xmpp::RosterItem::Subscription::Remove) {
        if (m_contacts.erase(item.jid))
            Q_EMIT removed(item.jid);
        return;
    }
    m_contacts.insert_or_assign(item.jid, toContact(item));
    Q_EMIT changed(item.jid);
    settleRequest(item);
}

/// A request that another device of ours answered waits no more.
void Contacts::settleRequest(const xmpp::RosterItem &item)
{
    using Subscription = xmpp::RosterItem::Subscription;
    if ((item.subscription == Subscription::From || item.subscription == Subscription::Both)
        && m_requests.count(item.jid))
        m_scope.run(dropRequest(item.jid));
}

Error Contacts::offline() const
{
    return {Error::Kind::Network, QStringLiteral("offline"),
            QStringLiteral(
                "The account is not connected; contacts are kept by the server and can be changed only online.")};
}

void Contacts::takePresence(const xmpp::Incoming &incoming)
{
    const auto presence = xmpp::Presence::of(incoming.element());
    if (!presence || incoming.origin().isOwnAccount())
        return;
    using Type = xmpp::Presence::Type;
    const Jid from = incoming.author().bare();
    switch (presence->type) {
    case Type::Subscribe:
        if (m_arriving.contains(from))
            break; // a second one says nothing new
        // Those on their way count too: a flood comes faster than a disk takes it.
        if (m_requests.contains(from) || m_requests.size() + m_arriving.size() < mostRequests)
            m_scope.run(storeRequest({from, presence->status.left(longestRequestText), incoming.origin().time()},
                                     incoming.token()));
        break;
    case Type::Subscribed:
    case Type::Unsubscribed:
    case Type::Unsubscribe:
        // Who they are may stand in a push that is not stored yet.
        if (m_pushing > 0 && m_behind.size() < mostBehind)
            m_behind.emplace_back(incoming, presence->type);
        else
            takeSubscription(incoming, presence->type);
        break;
    default: break;
    }
}

void Contacts::takeSubscription(const xmpp::Incoming &incoming, xmpp::Presence::Type type)
{
    using Type = xmpp::Presence::Type;
    const Jid from = incoming.author().bare();
    switch (type) {
    case Type::Subscribed:
        // Only an answer to what we asked (RELIABILITY P21); the roster push tells the rest.
        if (const Contact *contact = find(from))
            Q_EMIT subscriptionChanged(contact->jid, QStringLiteral("subscribed"));
        break;
    case Type::Unsubscribed:
        if (find(from))
            Q_EMIT subscriptionChanged(from, QStringLiteral("unsubscribed"));
        break;
    case Type::Unsubscribe:
        if (m_requests.count(from))
            m_scope.run(dropRequest(from));
        else if (!find(from))
            break; // a stranger who never had anything
        Q_EMIT subscriptionChanged(from, QStringLiteral("unsubscribe"));
        break;
    default: break;
    }
}

/// Keeps `token` until it is stored (I5).
Task<void> Contacts::storeRequest(SubscriptionRequest request, xmpp::HandledToken token)
{
    store::SubscriptionRequest row;
    const Jid account = m_account;
    row.jid = request.jid;
    row.text = request.text;
    row.time = request.time;
    m_arriving.insert(request.jid);
    auto writing = m_store.write(
        [account, row](store::Transaction &transaction) { return transaction.contacts().putRequest(account, row); });
    // Where it cannot be stored the server asks again at the next sign-in (RFC 6121 3.1.3).
    (void)co_await std::move(writing);
    token.reset();
    m_arriving.erase(request.jid);
    const bool isNew = m_requests.insert_or_assign(request.jid, request).second;
    if (isNew)
        Q_EMIT requested(request);
}

Task<void> Contacts::dropRequest(Jid jid)
{
    (void)co_await forgetRequest(jid);
}

Task<Result<>> Contacts::forgetRequest(Jid jid)
{
    if (!m_requests.count(jid))
        co_return Result<>{};
    const Jid account = m_account;
    auto writing = m_store.write(
        [account, jid](store::Transaction &transaction) { return transaction.contacts().removeRequest(account, jid); });
    auto written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error());
    m_requests.erase(jid);
    Q_EMIT requestGone(jid);
    co_return Result<>{};
}

namespace {

xmpp::Presence presenceTo(const Jid &jid, xmpp::Presence::Type type)
{
    xmpp::Presence presence;
    presence.to = jid.bare();
    presence.type = type;
    return presence;
}

} // namespace

Task<Result<>> Contacts::add(Jid jid, QString name, QStringList groups)
{
    if (!m_client.isOnline())
        co_return fail(offline());
    if (jid.bare() == m_account)
        co_return fail(Error::Kind::Input, QStringLiteral("own-address"),
                       QStringLiteral("This is the account's own address."));
    Contact contact;
    if (const Contact *known = find(jid.bare()))
        contact = *known;
    contact.jid = jid.bare();
    if (!name.isEmpty())
        contact.name = name;
    if (!groups.isEmpty())
        contact.groups.assign(groups.begin(), groups.end());
    auto setting = m_roster.set(toItem(contact));
    auto set = co_await std::move(setting);
    if (!set)
        co_return fail(set.error());
    using Subscription = xmpp::RosterItem::Subscription;
    if (contact.subscription == Subscription::None || contact.subscription == Subscription::From)
        m_client.send(presenceTo(jid, xmpp::Presence::Type::Subscribe));
    co_return Result<>{};
}

Task<Result<>> Contacts::remove(Jid jid)
{
    if (!m_client.isOnline())
        co_return fail(offline());
    auto removing = m_roster.remove(jid.bare());
    co_return co_await std::move(removing);
}

Task<Result<>> Contacts::rename(Jid jid, QString name)
{
    if (!m_client.isOnline())
        co_return fail(offline());
    const Contact *known = find(jid.bare());
    if (!known)
        co_return fail(Error::Kind::Input, QStringLiteral("contact-unknown"),
                       QStringLiteral("%1 is not in the contact list.").arg(jid.toString()));
    xmpp::RosterItem item = toItem(*known);
    item.name = name;
    auto setting = m_roster.set(item);
    co_return co_await std::move(setting);
}

Task<Result<>> Contacts::setGroups(Jid jid, QStringList groups)
{
    if (!m_client.isOnline())
        co_return fail(offline());
    const Contact *known = find(jid.bare());
    if (!known)
        co_return fail(Error::Kind::Input, QStringLiteral("contact-unknown"),
                       QStringLiteral("%1 is not in the contact list.").arg(jid.toString()));
    xmpp::RosterItem item = toItem(*known);
    item.groups.assign(groups.begin(), groups.end());
    auto setting = m_roster.set(item);
    co_return co_await std::move(setting);
}

Task<Result<>> Contacts::accept(Jid jid)
{
    if (!m_client.isOnline())
        co_return fail(offline());
    m_client.send(presenceTo(jid, xmpp::Presence::Type::Subscribed));
    auto forgetting = forgetRequest(jid.bare());
    auto forgotten = co_await std::move(forgetting);
    if (!forgotten)
        co_return fail(forgotten.error());
    using Subscription = xmpp::RosterItem::Subscription;
    const Contact *known = find(jid.bare());
    const bool seesThem =
        known && (known->subscription == Subscription::To || known->subscription == Subscription::Both || known->asked);
    if (seesThem)
        co_return Result<>{};
    auto adding = add(jid, QString(), QStringList());
    co_return co_await std::move(adding);
}

Task<Result<>> Contacts::deny(Jid jid)
{
    if (!m_client.isOnline())
        co_return fail(offline());
    m_client.send(presenceTo(jid, xmpp::Presence::Type::Unsubscribed));
    auto forgetting = forgetRequest(jid.bare());
    co_return co_await std::move(forgetting);
}

} // namespace chat
