// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "xml/words.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <limits>
#include <optional>
#include <type_traits>

namespace xml {

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
        bool ok = false;
        if constexpr (std::is_same_v<T, bool>) { // xs:boolean
            const QString word = text.trimmed();
            if (word == u"true" || word == u"1")
                return true;
            if (word == u"false" || word == u"0")
                return false;
            return {};
        } else if constexpr (std::is_signed_v<T>) {
            const qlonglong number = text.trimmed().toLongLong(&ok);
            if (!ok || number < std::numeric_limits<T>::min() || number > std::numeric_limits<T>::max())
                return {};
            return T(number);
        } else {
            const qulonglong number = text.trimmed().toULongLong(&ok);
            if (!ok || text.trimmed().startsWith(u'-') || number > std::numeric_limits<T>::max())
                return {};
            return T(number);
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

/// Base64 (RFC 4648 4), strict but for white space.
template<>
struct Value<QByteArray> {
    static std::optional<QByteArray> parse(const QString &text);
    static QString text(const QByteArray &value);
};

/// XEP-0082 DateTime, always UTC when written; null is left out.
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
