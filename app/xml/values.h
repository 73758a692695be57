// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "xml/words.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <charconv>
#include <optional>
#include <type_traits>

namespace xml {

/// Without the white space of XML at its ends (XML 1.0, 2.3: S); other blanks stay, and make a value illegal.
constexpr QStringView trimmed(QStringView text)
{
    const auto isSpace = [](QChar c) { return c == u' ' || c == u'\t' || c == u'\r' || c == u'\n'; };
    while (!text.empty() && isSpace(text.front()))
        text = text.mid(1);
    while (!text.empty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

/// How a type stands in attributes and text: parse() gives nothing for an illegal value, text() null for "leave out".
template<class T>
struct Value;

template<>
struct Value<QString> {
    static std::optional<QString> parse(const QString &text) { return text; }
    static QString text(const QString &value) { return value; }
};

template<class T>
requires std::is_integral_v<T>
struct Value<T> {
    static std::optional<T> parse(const QString &text)
    {
        const QStringView word = trimmed(text);
        if constexpr (std::is_same_v<T, bool>) { // xs:boolean
            if (word == u"true" || word == u"1")
                return true;
            if (word == u"false" || word == u"0")
                return false;
            return {};
        } else { // xs:integer: ASCII digits alone, whatever the locale
            const QByteArray digits = word.toUtf8();
            const char *begin = digits.constData();
            const char *const end = begin + digits.size();
            if (begin != end && *begin == '+' && begin[1] != '-')
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
struct Value<T> {
    static std::optional<T> parse(const QString &text) { return fromWord<T>(text.toStdString()); }
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
    static QString text(const Jid &value) { return value.isNull() ? QString() : value.toString(); }
};

/// Base64 (RFC 4648 4), strict but for white space: one text for any bytes. Null is left out, empty is not.
template<>
struct Value<QByteArray> {
    static std::optional<QByteArray> parse(const QString &text);
    static QString text(const QByteArray &value);
};

/// XEP-0082 DateTime, to the millisecond, always UTC when written; null is left out. Years 1 to 9999.
template<>
struct Value<QDateTime> {
    static std::optional<QDateTime> parse(const QString &text);
    static QString text(const QDateTime &value);
};

template<class T>
struct Value<std::optional<T>> {
    static std::optional<std::optional<T>> parse(const QString &text)
    {
        auto value = Value<T>::parse(text);
        if (!value)
            return {};
        return std::optional<T>(std::move(*value));
    }
    static QString text(const std::optional<T> &value) { return value ? Value<T>::text(*value) : QString(); }
};

} // namespace xml
