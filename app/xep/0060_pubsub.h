// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/client.h"
#include "xmpp/extension.h"

namespace xep {

/// Publishes for our own account and hears what others publish (XEP-0060, XEP-0163). What a node means is for those who
/// use it.
class Pubsub : public xmpp::Extension
{
    Q_OBJECT
public:
    /// Of one answer or one event; what is beyond is left out.
    static constexpr size_t mostItems = 10000;

    struct Item {
        QString id;
        xml::Element payload; ///< Null where only the id came.
    };

    explicit Pubsub(xmpp::Client &client);

    /// All items of a node of our own account; none where there is no such node. Errors: as xmpp::Client::get().
    Task<Result<std::vector<Item>>> items(QString node);
    /// The one of that id, of a node of `owner`, a bare address. Errors: as xmpp::Client::get(); Stanza `item-not-found`
    /// where it is not there, however the service says so.
    Task<Result<Item>> item(Jid owner, QString node, QString id);
    /// Publishes for those whom the server lets read such a node, which is who may see our presence where nobody set it
    /// up otherwise (XEP-0163 3). Errors: as xmpp::Client::set().
    Task<Result<>> publishShared(QString node, Item item);
    /// Publishes for our own devices alone (XEP-0223): kept, as many as there are, and never in a node that others could
    /// read. A node that is set up otherwise is set right first. Errors: as xmpp::Client::set(); `conflict` and
    /// `precondition-not-met` where that is refused: nothing was published then.
    Task<Result<>> publishPrivate(QString node, Item item);

Q_SIGNALS:
    /// `from` says that these were published; its Origin says who that is.
    void published(const xmpp::Incoming &from, const QString &node, const std::vector<xep::Pubsub::Item> &items);

private:
    void take(const xmpp::Incoming &message);
    Task<Result<>> publish(QString node, Item item, xml::Element options);
    Task<Result<>> makePrivate(QString node);

    xmpp::Client &m_client;
    bool m_takesAll = true; ///< The server knows all options of privateForm().
};

} // namespace xep
