// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/values.h"

#include <QRegularExpression>

#include <algorithm>

namespace xml {

std::optional<QByteArray> Value<QByteArray>::parse(const QString &text)
{
    QByteArray bytes = text.toLatin1();
    bytes.erase(std::remove_if(bytes.begin(), bytes.end(),
                               [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }),
                bytes.end());
    const auto decoded = QByteArray::fromBase64Encoding(bytes, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return {};
    return *decoded;
}

QString Value<QByteArray>::text(const QByteArray &value)
{
    return value.isNull() ? QString() : QString::fromLatin1(value.toBase64());
}

std::optional<QDateTime> Value<QDateTime>::parse(const QString &text)
{
    // XEP-0082 3.2: CCYY-MM-DDThh:mm:ss[.sss]TZD, where TZD is Z or (+|-)hh:mm.
    static const QRegularExpression form(
        QStringLiteral("^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"));
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    QDateTime time = QDateTime::fromString(match.captured(1) + match.captured(3), Qt::ISODate);
    if (!time.isValid())
        return {};
    if (const QString fraction = match.captured(2); !fraction.isEmpty())
        time = time.addMSecs(fraction.mid(1, 3).leftJustified(3, u'0').toInt());
    return time.toUTC();
}

QString Value<QDateTime>::text(const QDateTime &value)
{
    if (!value.isValid())
        return {};
    const QDateTime utc = value.toUTC();
    return utc.toString(utc.time().msec() ? Qt::ISODateWithMs : Qt::ISODate);
}

} // namespace xml
