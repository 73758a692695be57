// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/values.h"

#include <QRegularExpression>

#include <algorithm>

namespace xml {
namespace {

/// True for a time whose year has the four digits that XEP-0082 gives it.
bool isInRange(const QDateTime &utc)
{
    return utc.isValid() && utc.date().year() >= 1 && utc.date().year() <= 9999;
}

} // namespace

std::optional<QByteArray> Value<QByteArray>::parse(const QString &text)
{
    QByteArray bytes = text.toUtf8(); // what is not ASCII stays illegal
    bytes.removeIf([](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    if (bytes.isEmpty())
        return QByteArray("");
    // Qt does without the padding, and takes any bits beside it (RFC 4648 3.2, 3.5).
    const auto decoded = QByteArray::fromBase64Encoding(bytes, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || bytes.size() % 4 != 0 || (*decoded).mid((bytes.size() / 4 - 1) * 3).toBase64() != bytes.right(4))
        return {};
    return *decoded;
}

QString Value<QByteArray>::text(const QByteArray &value)
{
    if (value.isEmpty())
        return value.isNull() ? QString() : QStringLiteral("");
    return QString::fromLatin1(value.toBase64());
}

std::optional<QDateTime> Value<QDateTime>::parse(const QString &text)
{
    // XEP-0082 3.2: CCYY-MM-DDThh:mm:ss[.sss]TZD, where TZD is Z or (+|-)hh:mm.
    static const QRegularExpression form(
        QStringLiteral("^(\\d{4}-\\d\\d-\\d\\dT(\\d\\d):\\d\\d:\\d\\d)(?:\\.(\\d+))?(Z|[+-](\\d\\d):(\\d\\d))$"));
    const auto match = form.match(trimmed(text).toString());
    if (!match.hasMatch())
        return {};
    // XML Schema part 2, 3.2.7: no offset beyond 14 hours, and nothing in a day after 24:00:00.
    const QString fraction = match.captured(3);
    const bool isWhole = std::all_of(fraction.begin(), fraction.end(), [](QChar c) { return c == u'0'; });
    if (match.capturedView(5).toInt() * 60 + match.capturedView(6).toInt() > 14 * 60
        || (match.capturedView(2) == u"24" && !isWhole))
        return {};
    QDateTime time = QDateTime::fromString(match.captured(1) + match.captured(4), Qt::ISODate).toUTC();
    if (!isInRange(time))
        return {};
    return isWhole ? time : time.addMSecs(fraction.left(3).leftJustified(3, u'0').toInt());
}

QString Value<QDateTime>::text(const QDateTime &value)
{
    const QDateTime utc = value.toUTC();
    if (!isInRange(utc))
        return {};
    return utc.toString(utc.time().msec() ? Qt::ISODateWithMs : Qt::ISODate);
}

} // namespace xml
