// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0004_dataforms.h"
#include "xep/audience.h"
#include "xmpp/client.h"
#include "xmpp/extension.h"
#include "xmpp/ns.h"

namespace xep {

/// What something is (XEP-0030 3.1).
struct DiscoIdentity {
    QString category;
    QString type;
    QString name;
    QString language; ///< xml:lang of the name.

    friend bool operator==(const DiscoIdentity &, const DiscoIdentity &) = default;
};
constexpr auto describe(xml::Type<DiscoIdentity>)
{
    return xml::element("identity", "http://jabber.org/protocol/disco#info",
                        xml::required(xml::attribute("category", &DiscoIdentity::category)),
                        xml::required(xml::attribute("type", &DiscoIdentity::type)),
                        xml::attribute("name", &DiscoIdentity::name),
                        xml::attribute("lang", &DiscoIdentity::language, xmpp::ns::xml));
}

/// What something can do (XEP-0030 3.1).
struct DiscoFeature {
    QString var;
};
constexpr auto describe(xml::Type<DiscoFeature>)
{
    return xml::element("feature", "http://jabber.org/protocol/disco#info",
                        xml::required(xml::attribute("var", &DiscoFeature::var)));
}

/// The answer to "what are you?", with its extensions by data forms (XEP-0128). Empty, it is the question.
struct DiscoInfo {
    static constexpr qsizetype mostElements = 1000;    ///< Features and identities together.
    static constexpr qsizetype mostBytes = 256 * 1024; ///< All text of the answer.

    QString node;
    std::vector<DiscoIdentity> identities;
    std::vector<DiscoFeature> features;
    std::vector<DataForm> forms;

    /// Reads an answer. Error: Protocol `bad-request`, or `policy-violation` where it is larger than the limits.
    static Result<DiscoInfo> of(const xml::Element &query);
    bool has(QStringView feature) const;
    /// All features' names, as they came.
    QStringList featureNames() const;
};
constexpr auto describe(xml::Type<DiscoInfo>)
{
    return xml::element("query", "http://jabber.org/protocol/disco#info", xml::attribute("node", &DiscoInfo::node),
                        xml::children(&DiscoInfo::identities), xml::children(&DiscoInfo::features),
                        xml::children(&DiscoInfo::forms));
}

/// One thing that belongs to another (XEP-0030 4.1).
struct DiscoItem {
    Jid jid;
    QString node;
    QString name;
};
constexpr auto describe(xml::Type<DiscoItem>)
{
    return xml::element("item", "http://jabber.org/protocol/disco#items",
                        xml::required(xml::attribute("jid", &DiscoItem::jid)), xml::attribute("node", &DiscoItem::node),
                        xml::attribute("name", &DiscoItem::name));
}

/// The answer to "what belongs to you?". Empty, it is the question.
struct DiscoItems {
    static constexpr qsizetype mostElements = 10000; ///< A large room service has thousands.

    QString node;
    std::vector<DiscoItem> items;

    /// Reads an answer. Error: as DiscoInfo::of().
    static Result<DiscoItems> of(const xml::Element &query);
};
constexpr auto describe(xml::Type<DiscoItems>)
{
    return xml::element("query", "http://jabber.org/protocol/disco#items", xml::attribute("node", &DiscoItems::node),
                        xml::children(&DiscoItems::items));
}

/// Says what we are, and asks others (XEP-0030).
class Disco : public xmpp::Extension
{
    Q_OBJECT
public:
    static constexpr qsizetype longestNode = 3071; ///< Characters, as an address at most.

    Disco(xmpp::Client &client, const Audience &audience);

    QStringList features() const override;

    /// All features that we have, of all extensions; sorted and without doubles from here on.
    void setFeatures(const QStringList &features);
    /// A node under which we say the same as under none (XEP-0115 6.2); asked for each time.
    void setAlias(std::function<QString()> alias) { m_alias = std::move(alias); }
    /// What we say of ourselves, without node.
    DiscoInfo own() const;

    /// What `who` is. Errors: as xmpp::Client::get(), DiscoInfo::of(), and Input `node-too-long`.
    Task<Result<DiscoInfo>> info(Jid who, QString node = {});
    /// What belongs to `who`. Errors: as info().
    Task<Result<DiscoItems>> items(Jid who, QString node = {});

private:
    void answerInfo(const xmpp::Incoming &iq, xmpp::Reply reply) const;
    void answerItems(const xmpp::Incoming &iq, xmpp::Reply reply) const;

    xmpp::Client &m_client;
    const Audience &m_audience;
    QStringList m_features;
    std::function<QString()> m_alias;
};

} // namespace xep
