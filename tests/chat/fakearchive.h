// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/dialogue.h"
#include "xep/0004_dataforms.h"
#include "xep/0313_mam.h"

#include <QCryptographicHash>

#include <algorithm>
#include <vector>

namespace tests {

/// A server's archive of romeo@montague.lit, as good or as bad as a test wants it.
class FakeArchive
{
public:
    struct Entry {
        QByteArray id;   ///< The archive's; opaque, as they are.
        QByteArray peer; ///< Bare.
        bool outgoing = false;
        QByteArray stanza; ///< The message's own id.
        QByteArray body;
        QDateTime stamp;
        bool isGone = false; ///< Expunged.
        QByteArray payload;  ///< Instead of a body.
    };
    /// What it does wrong. Each is something that a real server did or may do.
    struct Faults {
        int cap = 1000;           ///< Never more in a page.
        int loses = 0;            ///< So many results at the page's end never come.
        bool noSet = false;       ///< <fin/> without <set/>.
        bool noFirst = false;     ///< <set/> without <first/> (Openfire).
        bool noComplete = false;  ///< Never says complete (Openfire).
        bool allComplete = false; ///< Always says complete.
        bool unstable = false;
        bool doubles = false;  ///< Each result twice.
        bool reorders = false; ///< Two neighbours change places.
        bool finFirst = false; ///< The end comes before the results.
    };

    std::vector<Entry> entries;
    Faults faults;
    int questions = 0;

    const Entry &add(const QByteArray &peer, bool outgoing, const QByteArray &body, const QDateTime &stamp,
                     const QByteArray &stanza = {})
    {
        const QByteArray number = QByteArray::number(entries.size());
        // Opaque: neither sorted nor alike.
        const QByteArray id = QCryptographicHash::hash(number, QCryptographicHash::Md5).toHex().left(12) + '-' + number;
        entries.push_back(
            {id, peer, outgoing, stanza.isNull() ? "stanza-number-" + number : stanza, body, stamp, false, {}});
        return entries.back();
    }
    /// Another device of ours confirmed a message, and the archive has that.
    void addReceipt(const QByteArray &peer, const QByteArray &stanza, const QDateTime &stamp)
    {
        add(peer, true, {}, stamp);
        entries.back().payload = "<received xmlns='urn:xmpp:receipts' id='" + stanza + "'/>";
    }
    /// The message as it goes to one who is online.
    static QByteArray live(const Entry &entry, bool withId)
    {
        return message(entry,
                       withId ? "<stanza-id xmlns='urn:xmpp:sid:0' by='romeo@montague.lit' id='" + entry.id + "'/>"
                              : QByteArray());
    }
    /// As it goes to our other devices, where one of ours sent it.
    static QByteArray carbon(const Entry &entry, bool withId)
    {
        return "<message from='romeo@montague.lit' to='romeo@montague.lit/orchard'><sent xmlns='urn:xmpp:carbons:2'>"
               "<forwarded xmlns='urn:xmpp:forward:0'>"
            + live(entry, withId) + "</forwarded></sent></message>";
    }

    /// The stanzas that answer a query, the iq the last (mostly).
    std::vector<QByteArray> answer(const xml::Element &iq)
    {
        ++questions;
        const xml::Element query = iq.child("query", xmpp::ns::archive);
        const auto set = xml::decode<xep::ResultSet>(query.child("set", "http://jabber.org/protocol/rsm"));
        const QByteArray id = iq.attribute("id").toUtf8();
        const auto [from, to] = bounds(*set);
        if (from > entries.size())
            return {
                "<iq type='error' id='" + id
                + "'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"};
        std::vector<size_t> all;
        for (size_t i = from; i < to; ++i) {
            if (!entries[i].isGone && fits(entries[i], query))
                all.push_back(i);
        }
        const size_t most = size_t(std::min(set->max.value_or(1000), faults.cap));
        std::vector<size_t> page = all;
        if (page.size() > most) {
            if (!set->before.isNull())
                page.erase(page.begin(), page.end() - qsizetype(most));
            else
                page.resize(most);
        }
        return written(page, page.size() == all.size(), query.attribute("queryid").toUtf8(), id);
    }

private:
    static QByteArray message(const Entry &entry, const QByteArray &more)
    {
        const QByteArray own = "romeo@montague.lit/home";
        return "<message xmlns='jabber:client' type='chat' from='" + (entry.outgoing ? own : entry.peer + "/x")
            + "' to='" + (entry.outgoing ? entry.peer : QByteArray("romeo@montague.lit")) + "' id='" + entry.stanza
            + "'>"
            + (entry.payload.isEmpty() ? "<body>" + entry.body + "</body><request xmlns='urn:xmpp:receipts'/>"
                                       : entry.payload)
            + more + "</message>";
    }
    /// From and to, as indexes; `from` beyond the end where an id is not there.
    std::pair<size_t, size_t> bounds(const xep::ResultSet &set) const
    {
        const auto place = [this](const QString &id) {
            for (size_t i = 0; i < entries.size(); ++i) {
                if (entries[i].id == id.toUtf8() && !entries[i].isGone)
                    return i;
            }
            return entries.size() + 1;
        };
        if (!set.after.isNull())
            return {place(set.after) + 1, entries.size()};
        if (set.before.isNull() || set.before.isEmpty())
            return {0, entries.size()};
        const size_t at = place(set.before);
        return {at > entries.size() ? at : 0, at};
    }
    static bool fits(const Entry &entry, const xml::Element &query)
    {
        const auto form = xml::find<xep::DataForm>(query);
        if (!form)
            return true;
        const auto value = [&](QStringView name) {
            const xep::FormField *field = form->field(name);
            return field ? field->value() : QString();
        };
        const auto start = xml::Value<QDateTime>::parse(value(u"start"));
        const auto end = xml::Value<QDateTime>::parse(value(u"end"));
        const QString with = value(u"with");
        return (with.isEmpty() || with.toUtf8() == entry.peer) && (!start || *start <= entry.stamp)
            && (!end || entry.stamp <= *end);
    }
    std::vector<QByteArray> written(std::vector<size_t> page, bool isComplete, const QByteArray &queryId,
                                    const QByteArray &id) const
    {
        QByteArray set;
        if (page.empty())
            set = "<count>0</count>";
        else
            set = (faults.noFirst ? QByteArray() : "<first>" + entries[page.front()].id + "</first>") + "<last>"
                + entries[page.back()].id + "</last>";
        set = faults.noSet ? QByteArray() : "<set xmlns='http://jabber.org/protocol/rsm'>" + set + "</set>";
        const bool complete = faults.allComplete || (isComplete && !faults.noComplete);
        const QByteArray fin = "<iq type='result' id='" + id + "'><fin xmlns='urn:xmpp:mam:2'"
            + (complete ? " complete='true'" : "") + (faults.unstable ? " stable='false'" : "") + ">" + set
            + "</fin></iq>";
        if (faults.reorders && page.size() > 3)
            std::swap(page[1], page[2]);
        page.resize(page.size() - std::min(page.size(), size_t(faults.loses)));
        std::vector<QByteArray> stanzas;
        for (const size_t i : page) {
            const QByteArray result =
                "<message to='romeo@montague.lit/orchard'><result xmlns='urn:xmpp:mam:2' queryid='" + queryId + "' id='"
                + entries[i].id + "'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' " + "stamp='"
                + entries[i].stamp.toString(Qt::ISODateWithMs).toUtf8() + "'/>" + message(entries[i], {})
                + "</forwarded></result></message>";
            for (int times = faults.doubles ? 2 : 1; times > 0; --times)
                stanzas.push_back(result);
        }
        stanzas.insert(faults.finFirst ? stanzas.begin() : stanzas.end(), fin);
        return stanzas;
    }
};

} // namespace tests
