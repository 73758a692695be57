// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/values.h"

#include <array>

namespace xml {
namespace {

/// True for a time whose year has the four digits that XEP-0082 gives it.
bool isInRange(const QDateTime &utc)
{
    return utc.isValid() && utc.date().year() >= 1 && utc.date().year() <= 9999;
}

constexpr auto base64Values = [] {
    std::array<qint8, 256> table{};
    table.fill(-1);
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = qint8(i);
    return table;
}();

/// Reads a time from its front; isGood() says in the end whether all of it was there, and nothing else.
class Digits
{
public:
    explicit Digits(std::string_view text) : m_rest(text) { }

    /// `digits` decimal digits after `before`, which is no character where it is 0.
    int number(size_t digits, char before = 0)
    {
        if (before)
            take(before);
        if (m_rest.size() < digits) {
            m_isGood = false;
            return 0;
        }
        int value = 0;
        for (const char c : m_rest.substr(0, digits)) {
            m_isGood = m_isGood && isDigit(c);
            value = value * 10 + (c - '0');
        }
        m_rest.remove_prefix(digits);
        return m_isGood ? value : 0;
    }
    /// What follows a point, if there is one, in milliseconds; what is below them is dropped.
    int fraction()
    {
        if (!m_rest.starts_with('.'))
            return 0;
        m_rest.remove_prefix(1);
        int value = 0;
        int digits = 0;
        for (; !m_rest.empty() && isDigit(m_rest.front()); ++digits, m_rest.remove_prefix(1)) {
            m_isWhole = m_isWhole && m_rest.front() == '0';
            if (digits < 3)
                value = value * 10 + (m_rest.front() - '0');
        }
        m_isGood = m_isGood && digits > 0;
        for (; digits < 3; ++digits)
            value *= 10;
        return value;
    }
    /// The zone, in minutes east: at most 14 hours (XML Schema part 2, 3.2.7).
    int offset()
    {
        if (m_rest == "Z") {
            m_rest = {};
            return 0;
        }
        const bool isWest = m_rest.starts_with('-');
        const int hours = number(2, isWest ? '-' : '+');
        const int minutes = number(2, ':');
        m_isGood = m_isGood && minutes < 60 && hours * 60 + minutes <= 14 * 60;
        return (isWest ? -1 : 1) * (hours * 60 + minutes);
    }
    bool isGood() const { return m_isGood && m_rest.empty(); }
    /// True where the fraction is 0.
    bool isWhole() const { return m_isWhole; }

private:
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    void take(char c)
    {
        m_isGood = m_isGood && m_rest.starts_with(c);
        m_rest.remove_prefix(m_rest.empty() ? 0 : 1);
    }

    std::string_view m_rest;
    bool m_isGood = true;
    bool m_isWhole = true;
};

} // namespace

/// White space may stand anywhere. RFC 4648 3.2 and 3.5: the padding must be there, and the bits beside it must be 0.
std::optional<QByteArray> Value<QByteArray>::parse(std::string_view text)
{
    QByteArray bytes;
    bytes.reserve(qsizetype(text.size() / 4 * 3 + 3));
    quint32 bits = 0;
    int letters = 0; // of the four at hand
    int padding = 0;
    for (const char c : text) {
        if (isSpace(static_cast<unsigned char>(c)))
            continue;
        const int value = base64Values[static_cast<unsigned char>(c)];
        const bool isPadding = c == '=' && letters >= 2;
        if ((padding > 0 && (!isPadding || letters == 0)) || (value < 0 && !isPadding))
            return {};
        padding += isPadding;
        bits = bits << 6 | quint32(isPadding ? 0 : value);
        if (++letters < 4)
            continue;
        letters = 0;
        if (bits & (padding == 2 ? 0xFFFFU : padding == 1 ? 0xFFU : 0U))
            return {};
        const char three[] = {char(bits >> 16), char(bits >> 8), char(bits)};
        bytes.append(three, 3 - padding);
        bits = 0;
    }
    if (letters != 0)
        return {};
    return bytes;
}

QString Value<QByteArray>::text(const QByteArray &value)
{
    if (value.isEmpty())
        return value.isNull() ? QString() : QStringLiteral("");
    return QString::fromLatin1(value.toBase64());
}

/// XEP-0082 3.2: CCYY-MM-DDThh:mm:ss[.sss]TZD, where TZD is Z or (+|-)hh:mm.
std::optional<QDateTime> Value<QDateTime>::parse(std::string_view text)
{
    Digits at(trimmed(text));
    const int year = at.number(4);
    const int month = at.number(2, '-');
    const int day = at.number(2, '-');
    const int hour = at.number(2, 'T');
    const int minute = at.number(2, ':');
    const int second = at.number(2, ':');
    const int milliseconds = at.fraction();
    const int offset = at.offset();
    if (!at.isGood())
        return {};
    // XML Schema part 2, 3.2.7: 24:00:00 is the next day's first moment, and nothing in a day comes after it.
    const bool isMidnight = hour == 24 && minute == 0 && second == 0 && at.isWhole();
    const QDate date(year, month, day);
    const QTime time(isMidnight ? 0 : hour, minute, second, milliseconds);
    if (!date.isValid() || !time.isValid())
        return {};
    const QDateTime utc = QDateTime(date, time, Qt::UTC).addDays(isMidnight ? 1 : 0).addSecs(-60 * offset);
    if (!isInRange(utc))
        return {};
    return utc;
}

QString Value<QDateTime>::text(const QDateTime &value)
{
    const QDateTime utc = value.toUTC();
    if (!isInRange(utc))
        return {};
    return utc.toString(utc.time().msec() ? Qt::ISODateWithMs : Qt::ISODate);
}

} // namespace xml
