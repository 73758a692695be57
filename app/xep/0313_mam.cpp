// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0313_mam.h"

#include "xep/0004_dataforms.h"

namespace xep {
namespace {

/// What a query has brought so far.
struct Collected {
    std::vector<xmpp::Incoming> messages;
    QStringList ids;
    size_t bytes = 0;
    size_t most = 0;
    bool isTooMuch = false;

    void take(const QString &id, const xmpp::Incoming *message)
    {
        if (message)
            bytes += message->element().tree()->bytes();
        isTooMuch = isTooMuch || size_t(ids.size()) >= most || bytes > Mam::mostBytes;
        if (isTooMuch)
            return;
        ids.append(id);
        if (message)
            messages.push_back(*message);
    }
};

/// Open while it lives.
struct OpenQuery {
    QPointer<xmpp::Router> router;
    QString id;
    ~OpenQuery()
    {
        if (router)
            router->closeArchive(id);
    }
};

void addField(DataForm &form, const char *var, const QString &value, const char *type = nullptr)
{
    if (value.isEmpty())
        return;
    FormField field;
    field.var = QString::fromLatin1(var);
    if (type)
        field.type = QString::fromLatin1(type);
    field.values.push_back({value});
    form.fields.push_back(std::move(field));
}

xml::Element toElement(const Mam::Query &query, const QString &id)
{
    DataForm form;
    form.type = DataForm::Type::Submit;
    addField(form, "with", xml::Value<Jid>::text(query.with));
    addField(form, "start", xml::Value<QDateTime>::text(query.start));
    addField(form, "end", xml::Value<QDateTime>::text(query.end));
    ResultSet set;
    set.max = query.max;
    set.after = query.after;
    set.before = query.before;
    xml::Builder builder("query", xmpp::ns::archive);
    builder.attribute("queryid", id);
    if (!form.fields.empty()) {
        DataForm typed;
        typed.type = DataForm::Type::Submit;
        addField(typed, "FORM_TYPE", Mam::feature(), "hidden");
        std::move(form.fields.begin(), form.fields.end(), std::back_inserter(typed.fields));
        builder.child(xml::encode(typed));
    }
    return builder.child(xml::encode(set)).build();
}

} // namespace

bool Mam::Page::isWhole() const
{
    if (!set)
        return false;
    // Some servers leave <first/> out; that something was lost shows by <last/> then.
    const bool firstFits = !set->first || set->firstId() == firstId();
    return firstFits && set->last == lastId();
}

Task<Result<Mam::Page>> Mam::page(Query query)
{
    const auto collected = std::make_shared<Collected>();
    collected->most = 2 * size_t(query.max) + mostSurplus; // some send a message twice
    const OpenQuery open{&m_client.router(), m_client.random().id()};
    m_client.router().openArchive(
        query.archive, open.id,
        [collected](const QString &id, const xmpp::Incoming *message) { collected->take(id, message); });
    const xml::Element payload = toElement(query, open.id);
    auto answer = co_await m_client.set(query.archive, payload, answerLimit);
    if (!answer)
        co_return fail(answer.error());
    const auto fin = xml::decode<MamFin>(answer->firstChild());
    if (!fin)
        co_return fail(fin.error());
    if (collected->isTooMuch)
        co_return fail(Error::Kind::Protocol, QStringLiteral("policy-violation"),
                       QStringLiteral("The archive sent more than was asked for."));
    Page page;
    page.messages = std::move(collected->messages);
    page.ids = collected->ids;
    page.complete = fin->complete.value_or(false);
    page.stable = fin->stable.value_or(true);
    page.set = fin->set;
    co_return page;
}

} // namespace xep
