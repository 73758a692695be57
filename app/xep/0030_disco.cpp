// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0030_disco.h"

#include <algorithm>

namespace xep {
namespace {

constexpr const char *infoNs = "http://jabber.org/protocol/disco#info";
constexpr const char *itemsNs = "http://jabber.org/protocol/disco#items";

/// RELIABILITY 1.13: an answer is measured before it is read.
Result<> measure(const xml::Element &query, qsizetype mostElements, qsizetype mostBytes)
{
    if (!query || (query.childCount() <= mostElements && qsizetype(query.tree()->bytes()) <= mostBytes))
        return {};
    return fail(Error::Kind::Protocol, QStringLiteral("policy-violation"),
                QStringLiteral("The answer has more than %1 parts or %2 KiB.").arg(mostElements).arg(mostBytes / 1024));
}

} // namespace

Result<DiscoInfo> DiscoInfo::of(const xml::Element &query)
{
    if (auto fits = measure(query, mostElements, mostBytes); !fits)
        return fail(fits.error());
    return xml::decode<DiscoInfo>(query);
}

bool DiscoInfo::has(QStringView feature) const
{
    return std::any_of(features.begin(), features.end(), [&](const DiscoFeature &each) { return each.var == feature; });
}

QStringList DiscoInfo::featureNames() const
{
    QStringList names;
    names.reserve(qsizetype(features.size()));
    for (const DiscoFeature &each : features)
        names.append(each.var);
    return names;
}

Result<DiscoItems> DiscoItems::of(const xml::Element &query)
{
    if (auto fits = measure(query, mostElements, mostElements * 1024); !fits)
        return fail(fits.error());
    return xml::decode<DiscoItems>(query);
}

Disco::Disco(xmpp::Client &client, const Audience &audience) : m_client(client), m_audience(audience)
{
    client.router().answer("get", "query", infoNs,
                           [this](const xmpp::Incoming &iq, xmpp::Reply reply) { answerInfo(iq, std::move(reply)); });
    client.router().answer("get", "query", itemsNs,
                           [this](const xmpp::Incoming &iq, xmpp::Reply reply) { answerItems(iq, std::move(reply)); });
}

QStringList Disco::features() const
{
    return {QString::fromLatin1(infoNs), QString::fromLatin1(itemsNs)};
}

void Disco::setFeatures(const QStringList &features)
{
    m_features = features;
    m_features.removeDuplicates();
    m_features.sort();
}

DiscoInfo Disco::own() const
{
    DiscoInfo info;
    info.identities.push_back({QStringLiteral("client"), QStringLiteral("pc"), QStringLiteral("Balcony"), {}});
    for (const QString &feature : m_features)
        info.features.push_back({feature});
    return info;
}

void Disco::answerInfo(const xmpp::Incoming &iq, xmpp::Reply reply) const
{
    if (!m_audience.allows(iq.author())) {
        reply.error("service-unavailable"); // XEP-0030 3.1: as if nobody were there
        return;
    }
    const QString node = iq.element().firstChild().attribute("node");
    if (!node.isEmpty() && !(m_alias && node == m_alias())) {
        reply.error("item-not-found"); // XEP-0030 7
        return;
    }
    DiscoInfo info = own();
    info.node = node;
    reply.result(xml::encode(info));
}

void Disco::answerItems(const xmpp::Incoming &iq, xmpp::Reply reply) const
{
    if (!m_audience.allows(iq.author())) {
        reply.error("service-unavailable");
        return;
    }
    const QString node = iq.element().firstChild().attribute("node");
    if (!node.isEmpty()) {
        reply.error("item-not-found");
        return;
    }
    reply.result(xml::encode(DiscoItems{}));
}

Task<Result<DiscoInfo>> Disco::info(Jid who, QString node)
{
    if (node.size() > longestNode)
        co_return fail(Error::Kind::Input, QStringLiteral("node-too-long"),
                       QStringLiteral("The node's name is too long."));
    DiscoInfo question;
    question.node = node;
    const xml::Element payload = xml::encode(question);
    auto iq = co_await m_client.get(who, payload);
    if (!iq)
        co_return fail(iq.error());
    co_return DiscoInfo::of(iq->firstChild());
}

Task<Result<DiscoItems>> Disco::items(Jid who, QString node)
{
    if (node.size() > longestNode)
        co_return fail(Error::Kind::Input, QStringLiteral("node-too-long"),
                       QStringLiteral("The node's name is too long."));
    DiscoItems question;
    question.node = node;
    const xml::Element payload = xml::encode(question);
    auto iq = co_await m_client.get(who, payload);
    if (!iq)
        co_return fail(iq.error());
    co_return DiscoItems::of(iq->firstChild());
}

} // namespace xep
