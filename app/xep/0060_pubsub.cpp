// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0060_pubsub.h"

#include "xep/0004_dataforms.h"
#include "xmpp/message.h"

namespace xep {
namespace {

constexpr char pubsubNs[] = "http://jabber.org/protocol/pubsub";
constexpr char nsOwner[] = "http://jabber.org/protocol/pubsub#owner";
constexpr char nsEvent[] = "http://jabber.org/protocol/pubsub#event";

std::vector<Pubsub::Item> itemsIn(const xml::Element &list)
{
    std::vector<Pubsub::Item> items;
    for (const xml::Element &child : list.children()) {
        if (child.name() != "item" || items.size() >= Pubsub::mostItems)
            continue;
        items.push_back({child.attribute("id"), child.firstChild()});
    }
    return items;
}

/// XEP-0223 3; in full, with as many items as there are, and none of them sent without need.
xml::Element privateForm(const QString &purpose, bool isFull)
{
    DataForm form;
    form.type = DataForm::Type::Submit;
    const auto add = [&form](const char *var, const QString &value, const QString &type = {}) {
        FormField field;
        field.var = QString::fromLatin1(var);
        field.type = type;
        field.values.push_back({value});
        form.fields.push_back(std::move(field));
    };
    add("FORM_TYPE", purpose, QStringLiteral("hidden"));
    add("pubsub#persist_items", QStringLiteral("true"));
    if (isFull) {
        add("pubsub#max_items", QStringLiteral("max"));
        add("pubsub#send_last_published_item", QStringLiteral("never"));
    }
    add("pubsub#access_model", QStringLiteral("whitelist"));
    return xml::encode(form);
}

/// What publishing privately asks for (XEP-0060 7.1.5).
xml::Element optionsOf(bool isFull)
{
    return privateForm(QStringLiteral("%1#publish-options").arg(QLatin1String(pubsubNs)), isFull);
}

/// ejabberd 23 knows most options only when a node is configured.
bool isUnknownOption(const Error &error)
{
    return error.kind == Error::Kind::Stanza
        && (error.condition == u"resource-constraint" || error.condition == u"not-acceptable");
}

bool isOtherNode(const Error &error)
{
    return error.kind == Error::Kind::Stanza && error.condition == u"conflict";
}

} // namespace

Pubsub::Pubsub(xmpp::Client &client) : m_client(client)
{
    connect(&client, &xmpp::Client::message, this, &Pubsub::take);
}

void Pubsub::take(const xmpp::Incoming &message)
{
    if (xmpp::Message::typeOf(message.element()) == xmpp::Message::Type::Error)
        return;
    const xml::Element list = message.element().child("event", nsEvent).child("items", nsEvent);
    const QString node = list.attribute("node");
    if (node.isEmpty())
        return;
    const std::vector<Item> items = itemsIn(list);
    if (!items.empty())
        Q_EMIT published(message, node, items);
}

Task<Result<std::vector<Pubsub::Item>>> Pubsub::items(QString node)
{
    const xml::Element question = xml::Builder("pubsub", pubsubNs).start("items").attribute("node", node).build();
    auto answer = co_await m_client.get(Jid(), question);
    if (!answer) {
        // XEP-0060 6.5.9.11
        if (answer.error().kind == Error::Kind::Stanza && answer.error().condition == u"item-not-found")
            co_return std::vector<Item>();
        co_return fail(answer.error());
    }
    co_return itemsIn(answer->child("pubsub", pubsubNs).child("items", pubsubNs));
}

Task<Result<Pubsub::Item>> Pubsub::item(Jid owner, QString node, QString id)
{
    const xml::Element question = xml::Builder("pubsub", pubsubNs)
                                      .start("items")
                                      .attribute("node", node)
                                      .start("item")
                                      .attribute("id", id)
                                      .build();
    auto answer = co_await m_client.get(owner, question);
    if (!answer)
        co_return fail(answer.error());
    std::vector<Item> found = itemsIn(answer->child("pubsub", pubsubNs).child("items", pubsubNs));
    for (Item &each : found) {
        if (each.id == id)
            co_return std::move(each);
    }
    // An empty list, or others than the one that was asked for (XEP-0060 6.5.8).
    co_return fail(Error::Kind::Stanza, QStringLiteral("item-not-found"),
                   QStringLiteral("%1 has no item %2 in %3.").arg(owner.toString(), id, node));
}

/// `options` may be null.
Task<Result<>> Pubsub::publish(QString node, Item item, xml::Element options)
{
    xml::Builder payload("pubsub", pubsubNs);
    payload.start("publish").attribute("node", node);
    payload.start("item").attribute("id", item.id).child(item.payload).end().end();
    if (options)
        payload.start("publish-options").child(options);
    const xml::Element request = payload.build();
    auto answer = co_await m_client.set(Jid(), request);
    if (!answer)
        co_return fail(answer.error());
    co_return Result<>{};
}

Task<Result<>> Pubsub::publishShared(QString node, Item item)
{
    auto publishing = publish(node, item, {});
    co_return co_await std::move(publishing);
}

/// XEP-0060 8.2
Task<Result<>> Pubsub::makePrivate(QString node)
{
    const xml::Element payload =
        xml::Builder("pubsub", nsOwner)
            .start("configure")
            .attribute("node", node)
            .child(privateForm(QStringLiteral("%1#node_config").arg(QLatin1String(pubsubNs)), true))
            .build();
    auto answer = co_await m_client.set(Jid(), payload);
    if (!answer)
        co_return fail(answer.error());
    co_return Result<>{};
}

Task<Result<>> Pubsub::publishPrivate(QString node, Item item)
{
    auto publishing = publish(node, item, optionsOf(m_takesAll));
    auto done = co_await std::move(publishing);
    if (!done && m_takesAll && isUnknownOption(done.error())) {
        m_takesAll = false;
        auto shorter = publish(node, item, optionsOf(false));
        done = co_await std::move(shorter);
        if (done) {
            auto completing = makePrivate(node);
            (void)co_await std::move(completing); // else it keeps as many items as it thinks right
        }
    }
    if (done || !isOtherNode(done.error()))
        co_return done;
    // The node is there and is not private (XEP-0060 7.1.5, precondition-not-met): made so first, or nothing is said.
    auto configuring = makePrivate(node);
    auto configured = co_await std::move(configuring);
    if (!configured)
        co_return fail(configured.error());
    auto again = publish(node, item, optionsOf(m_takesAll));
    co_return co_await std::move(again);
}

} // namespace xep
