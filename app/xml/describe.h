// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/element.h"
#include "xml/values.h"

#include <tuple>
#include <vector>

/// One description of a payload gives both decode and encode:
///
///     struct Received { QString id; };
///     constexpr auto describe(xml::Type<Received>) {
///         return xml::element("received", "urn:xmpp:receipts", xml::attribute("id", &Received::id));
///     }
///
/// Fields: attribute, required(attribute), text, textChild, flag, child, children. Names and namespaces are UTF-8, as in
/// the tree. Unknown attributes and children are ignored, as RFC 6120 8.4 asks.
namespace xml {

/// Names a payload type to describe(), which is found beside the type.
template<class T>
struct Type {
};

/// What a described payload type is.
template<class T>
concept Described = requires
{
    describe(Type<T>{});
};

template<Described T>
Result<T> decode(const Element &element);
template<Described T>
Element encode(const T &value);

namespace detail {

template<class T, class V>
struct AttributeField {
    std::string_view name;
    V T::*member;
    bool isRequired = false;
    std::string_view ns = {};

    Result<> decode(const Element &element, T &value) const
    {
        const auto text = element.findAttribute(name, ns);
        if (!text) {
            if (!isRequired)
                return {};
            return fail(
                Error::Kind::Protocol, QStringLiteral("bad-request"),
                QStringLiteral("The attribute %1 is missing.").arg(QLatin1String(name.data(), qsizetype(name.size()))));
        }
        auto parsed = Value<V>::parse(*text);
        if (!parsed)
            return fail(Error::Kind::Protocol, QStringLiteral("bad-request"),
                        QStringLiteral("The attribute %1 has no legal value.")
                            .arg(QLatin1String(name.data(), qsizetype(name.size()))));
        value.*member = std::move(*parsed);
        return {};
    }
    void encode(Builder &builder, const T &value) const { builder.attribute(name, Value<V>::text(value.*member), ns); }
    static constexpr bool isAttribute = true;
};

template<class T, class V>
struct TextField {
    V T::*member;
    Result<> decode(const Element &element, T &value) const
    {
        std::string buffer;
        auto parsed = Value<V>::parse(element.textView(buffer));
        if (!parsed)
            return fail(Error::Kind::Protocol, QStringLiteral("bad-request"),
                        QStringLiteral("The text has no legal value."));
        value.*member = std::move(*parsed);
        return {};
    }
    void encode(Builder &builder, const T &value) const { builder.text(Value<V>::text(value.*member)); }
    static constexpr bool isAttribute = false;
};

template<class T, class V>
struct TextChildField {
    std::string_view name;
    V T::*member;
    std::string_view ns = {}; ///< Empty: the parent's.
    Result<> decode(const Element &element, T &value) const
    {
        const Element child = element.child(name, ns.empty() ? element.ns() : ns);
        if (!child)
            return {};
        std::string buffer;
        auto parsed = Value<V>::parse(child.textView(buffer));
        if (!parsed)
            return fail(Error::Kind::Protocol, QStringLiteral("bad-request"),
                        QStringLiteral("The element %1 has no legal value.")
                            .arg(QLatin1String(name.data(), qsizetype(name.size()))));
        value.*member = std::move(*parsed);
        return {};
    }
    void encode(Builder &builder, const T &value) const
    {
        const QString text = Value<V>::text(value.*member);
        if (!text.isNull())
            builder.textChild(name, text, ns);
    }
    static constexpr bool isAttribute = false;
};

template<class T>
struct FlagField {
    std::string_view name;
    bool T::*member;
    std::string_view ns = {};
    Result<> decode(const Element &element, T &value) const
    {
        value.*member = element.hasChild(name, ns.empty() ? element.ns() : ns);
        return {};
    }
    void encode(Builder &builder, const T &value) const
    {
        if (value.*member)
            builder.start(name, ns).end();
    }
    static constexpr bool isAttribute = false;
};

template<class T, class V>
struct ChildField {
    std::optional<V> T::*member;
    Result<> decode(const Element &element, T &value) const;
    void encode(Builder &builder, const T &value) const
    {
        if (value.*member)
            builder.child(xml::encode(*(value.*member)));
    }
    static constexpr bool isAttribute = false;
};

template<class T, class V>
struct ChildrenField {
    std::vector<V> T::*member;
    Result<> decode(const Element &element, T &value) const;
    void encode(Builder &builder, const T &value) const
    {
        for (const V &each : value.*member)
            builder.child(xml::encode(each));
    }
    static constexpr bool isAttribute = false;
};

template<class... Fields>
struct Description {
    std::string_view name;
    std::string_view ns;
    std::tuple<Fields...> fields;
};

} // namespace detail

/// An attribute. A null QString or an empty optional is left out when written.
template<class T, class V>
constexpr auto attribute(std::string_view name, V T::*member, std::string_view ns = {})
{
    return detail::AttributeField<T, V>{name, member, false, ns};
}
/// Makes an attribute one without which decode() fails.
template<class T, class V>
constexpr auto required(detail::AttributeField<T, V> field)
{
    field.isRequired = true;
    return field;
}
/// The element's own character data.
template<class T, class V>
constexpr auto text(V T::*member)
{
    return detail::TextField<T, V>{member};
}
/// A child with text alone.
template<class T, class V>
constexpr auto textChild(std::string_view name, V T::*member, std::string_view ns = {})
{
    return detail::TextChildField<T, V>{name, member, ns};
}
/// An empty child whose presence is the value.
template<class T>
constexpr auto flag(std::string_view name, bool T::*member, std::string_view ns = {})
{
    return detail::FlagField<T>{name, member, ns};
}
/// A described child, at most one; an illegal one fails the parent.
template<class T, class V>
constexpr auto child(std::optional<V> T::*member)
{
    return detail::ChildField<T, V>{member};
}
/// Described children, any number; illegal ones are left out.
template<class T, class V>
constexpr auto children(std::vector<V> T::*member)
{
    return detail::ChildrenField<T, V>{member};
}
/// The description itself.
template<class... Fields>
constexpr auto element(std::string_view name, std::string_view ns, Fields... fields)
{
    return detail::Description<Fields...>{name, ns, std::tuple<Fields...>(fields...)};
}

/// True where `element` has the name and namespace of the described type.
template<Described T>
bool matches(const Element &element)
{
    constexpr auto description = describe(Type<T>{});
    return element.is(description.name, description.ns);
}

/// The payload in `element`. Error: Protocol `bad-request` where the name, a required attribute or a value is not as
/// described.
template<Described T>
Result<T> decode(const Element &element)
{
    constexpr auto description = describe(Type<T>{});
    if (!element.is(description.name, description.ns))
        return fail(Error::Kind::Protocol, QStringLiteral("bad-request"),
                    QStringLiteral("An unexpected element came."));
    T value{};
    Result<> result;
    const auto one = [&](const auto &field) {
        if (result)
            result = field.decode(element, value);
    };
    std::apply([&](const auto &...field) { (one(field), ...); }, description.fields);
    if (!result)
        return fail(result.error());
    return value;
}

/// `value` as an element.
template<Described T>
Element encode(const T &value)
{
    constexpr auto description = describe(Type<T>{});
    Builder builder(description.name, description.ns);
    // Attributes first, whatever the order of the description.
    const auto attributes = [&](const auto &field) {
        if constexpr (std::decay_t<decltype(field)>::isAttribute)
            field.encode(builder, value);
    };
    const auto content = [&](const auto &field) {
        if constexpr (!std::decay_t<decltype(field)>::isAttribute)
            field.encode(builder, value);
    };
    std::apply([&](const auto &...field) { (attributes(field), ...); }, description.fields);
    std::apply([&](const auto &...field) { (content(field), ...); }, description.fields);
    return builder.build();
}

/// The first child of `parent` that decodes as T, or nothing.
template<Described T>
std::optional<T> find(const Element &parent)
{
    constexpr auto description = describe(Type<T>{});
    for (Element child = parent.child(description.name, description.ns); child;
         child = child.nextSibling(description.name, description.ns)) {
        if (auto decoded = decode<T>(child))
            return std::move(*decoded);
    }
    return {};
}

namespace detail {

template<class T, class V>
Result<> ChildField<T, V>::decode(const Element &element, T &value) const
{
    constexpr auto description = describe(Type<V>{});
    const Element child = element.child(description.name, description.ns);
    if (!child)
        return {};
    auto decoded = xml::decode<V>(child);
    if (!decoded)
        return fail(decoded.error());
    value.*member = std::move(*decoded);
    return {};
}

template<class T, class V>
Result<> ChildrenField<T, V>::decode(const Element &element, T &value) const
{
    for (const Element &child : element.children()) {
        if (!matches<V>(child))
            continue;
        if (auto decoded = xml::decode<V>(child))
            (value.*member).push_back(std::move(*decoded));
    }
    return {};
}

} // namespace detail
} // namespace xml
