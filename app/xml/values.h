// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "xml/element.h"
#include "xml/words.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <charconv>
#include <optional>
#include <type_traits>

namespace xml {

/// True for the white space of XML (XML 1.0, 2.3: S); other blanks make a value illegal.
constexpr bool isSpace(char16_t c)
{
    return c == u' ' || c == u'\t' || c == u'\r' || c == u'\n';
}

/// Without the white space of XML at its ends; other blanks stay.
constexpr QStringView trimmed(QStringView text)
{
    while (!text.empty() && isSpace(text.front().unicode()))
        text = text.mid(1);
    while (!text.empty() && isSpace(text.back().unicode()))
        text.chop(1);
    return text;
}
constexpr std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(static_cast<unsigned char>(text.front())))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(static_cast<unsigned char>(text.back())))
        text.remove_suffix(1);
    return text;
}

/// How a type stands in attributes and text: parse() takes UTF-8 or a string and gives nothing for an illegal value,
/// text() gives null for "leave out".
template<class T>
struct Value;

namespace detail {

/// parse() of a string, for the values that are read from UTF-8.
template<class T>
struct ParsedFromUtf8 {
    static std::optional<T> parse(const QString &text)
    {
        const QByteArray bytes = text.toUtf8();
        return Value<T>::parse(std::string_view(bytes.constData(), size_t(bytes.size())));
    }
};

} // namespace detail

template<>
struct Value<QString> {
    static std::optional<QString> parse(const QString &text) { return text; }
    static std::optional<QString> parse(std::string_view text) { return fromUtf8(text); }
    static QString text(const QString &value) { return value; }
};

template<class T>
requires std::is_integral_v<T>
struct Value<T> : detail::ParsedFromUtf8<T> {
    using detail::ParsedFromUtf8<T>::parse;
    static std::optional<T> parse(std::string_view text)
    {
        const std::string_view word = trimmed(text);
        if constexpr (std::is_same_v<T, bool>) { // xs:boolean
            if (word == "true" || word == "1")
                return true;
            if (word == "false" || word == "0")
                return false;
            return {};
        } else { // xs:integer: ASCII digits alone, whatever the locale
            const char *begin = word.data();
            const char *const end = begin + word.size();
            if (end - begin >= 2 && *begin == '+' && begin[1] != '-')
                ++begin;
            T number{};
            const auto [at, error] = std::from_chars(begin, end, number);
            if (error != std::errc() || at != end)
                return {};
            return number;
        }
    }
    static QString text(T value)
    {
        if constexpr (std::is_same_v<T, bool>)
            return value ? QStringLiteral("true") : QStringLiteral("false");
        else
            return QString::number(value);
    }
};

template<class T>
requires std::is_enum_v<T>
struct Value<T> : detail::ParsedFromUtf8<T> {
    using detail::ParsedFromUtf8<T>::parse;
    static std::optional<T> parse(std::string_view text) { return fromWord<T>(text); }
    static QString text(T value)
    {
        const auto text = word(value);
        return text.empty() ? QString() : QString::fromUtf8(text.data(), qsizetype(text.size()));
    }
};

template<>
struct Value<Jid> {
    static std::optional<Jid> parse(const QString &text)
    {
        const Jid jid = Jid::fromWire(text);
        if (jid.isNull())
            return {};
        return jid;
    }
    static std::optional<Jid> parse(std::string_view text) { return parse(fromUtf8(text)); }
    static QString text(const Jid &value) { return value.isNull() ? QString() : value.toString(); }
};

/// Base64 (RFC 4648 4), strict but for white space: one text for any bytes. Null is left out, empty is not.
template<>
struct Value<QByteArray> : detail::ParsedFromUtf8<QByteArray> {
    using ParsedFromUtf8::parse;
    static std::optional<QByteArray> parse(std::string_view text);
    static QString text(const QByteArray &value);
};

/// XEP-0082 DateTime, to the millisecond, always UTC when written; null is left out. Years 1 to 9999.
template<>
struct Value<QDateTime> : detail::ParsedFromUtf8<QDateTime> {
    using ParsedFromUtf8::parse;
    static std::optional<QDateTime> parse(std::string_view text);
    static QString text(const QDateTime &value);
};

template<class T>
struct Value<std::optional<T>> {
    template<class Text>
    static std::optional<std::optional<T>> parse(const Text &text)
    {
        auto value = Value<T>::parse(text);
        if (!value)
            return {};
        return std::optional<T>(std::move(*value));
    }
    static QString text(const std::optional<T> &value) { return value ? Value<T>::text(*value) : QString(); }
};

} // namespace xml
