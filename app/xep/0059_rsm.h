// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

/// Long results page by page (XEP-0059). A payload alone.
namespace xep {

/// The first item of a page.
struct ResultSetFirst {
    QString index; ///< As it came: how many items lie before the page; null where that is not said.
    QString id;
};
constexpr auto describe(xml::Type<ResultSetFirst>)
{
    return xml::element("first", "http://jabber.org/protocol/rsm", xml::attribute("index", &ResultSetFirst::index),
                        xml::text(&ResultSetFirst::id));
}

/// A question for a page: `max`, and `after` or `before` (empty: the last page). Its answer: `first`, `last`, `count`.
struct ResultSet {
    std::optional<int> max;
    QString after;  ///< Null: not said.
    QString before; ///< Null: not said; empty: the last page (XEP-0059 2.5).
    std::optional<ResultSetFirst> first;
    QString last;
    QString count; ///< As it came: many servers leave it empty or out.

    /// Items in the whole result; nothing where that is not said.
    std::optional<qint64> total() const { return xml::Value<qint64>::parse(count); }
    QString firstId() const { return first ? first->id : QString(); }
};
constexpr auto describe(xml::Type<ResultSet>)
{
    return xml::element("set", "http://jabber.org/protocol/rsm", xml::textChild("max", &ResultSet::max),
                        xml::textChild("after", &ResultSet::after), xml::textChild("before", &ResultSet::before),
                        xml::child(&ResultSet::first), xml::textChild("last", &ResultSet::last),
                        xml::textChild("count", &ResultSet::count));
}

} // namespace xep
