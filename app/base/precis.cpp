// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/precis.h"

#include "base/codepoints.h"

#include <algorithm>

namespace base::precis {
namespace {

enum class Class { Identifier, Freeform };

tl::unexpected<Error> malformedText(const QString &why)
{
    return fail(Error::Kind::Input, QStringLiteral("text-malformed"), why);
}

QString nameOf(uint c)
{
    return QStringLiteral("U+%1").arg(c, 4, 16, QLatin1Char('0')).toUpper();
}

/// Whether every code point belongs to `which` (RFC 8264 4.2, 4.3).
Result<> check(const QList<uint> &text, Class which)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        switch (unicode::property(text.at(i))) {
        case unicode::Property::Valid: continue;
        case unicode::Property::FreeValid:
            if (which == Class::Freeform)
                continue;
            break;
        case unicode::Property::Context:
            if (unicode::isAllowedInContext(text, i))
                continue;
            break;
        case unicode::Property::Disallowed:
        case unicode::Property::Unassigned: break;
        }
        return malformedText(QStringLiteral("The character %1 is not allowed there.").arg(nameOf(text.at(i))));
    }
    return {};
}

/// Full-width and half-width characters become the ordinary ones (RFC 8264 5.2.1).
QString widthMapped(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const uint c : text.toUcs4()) {
        const auto tag = QChar::decompositionTag(c);
        if (tag == QChar::Wide || tag == QChar::Narrow)
            result += QChar::decomposition(c);
        else
            result += QStringView(QChar::fromUcs4(c));
    }
    return result;
}

bool isOtherSpace(QChar c)
{
    return c.unicode() > 0x7F && c.category() == QChar::Separator_Space; // all in the first plane
}

QString spacesMapped(QString text)
{
    std::replace_if(text.begin(), text.end(), isOtherSpace, QChar(u' '));
    return text;
}

/// RFC 8266 2.1, rule 2: no spaces at the ends, single ones in between. Other white space is no space and stays to be
/// refused.
QString spacesCollapsed(const QString &text)
{
    return text.split(u' ', Qt::SkipEmptyParts).join(u' ');
}

bool isPlainAscii(const QString &text, char16_t first)
{
    return std::all_of(text.begin(), text.end(), [=](QChar c) { return c.unicode() >= first && c.unicode() <= 0x7E; });
}

Result<QString> username(const QString &text)
{
    const QString mapped = widthMapped(text).toLower().normalized(QString::NormalizationForm_C);
    const QList<uint> points = mapped.toUcs4();
    if (const auto allowed = check(points, Class::Identifier); !allowed)
        return fail(allowed.error());
    if (!unicode::satisfiesBidiRule(points))
        return malformedText(QStringLiteral("It mixes writing directions (RFC 5893)."));
    return mapped;
}

Result<QString> opaque(const QString &text)
{
    const QString mapped = spacesMapped(text).normalized(QString::NormalizationForm_C);
    if (const auto allowed = check(mapped.toUcs4(), Class::Freeform); !allowed)
        return fail(allowed.error());
    return mapped;
}

Result<QString> nick(const QString &text)
{
    // NFKC makes spaces out of other characters, for instance of U+00A8: collapsed again by the next round.
    const QString mapped = spacesCollapsed(spacesMapped(text)).normalized(QString::NormalizationForm_KC);
    if (const auto allowed = check(mapped.toUcs4(), Class::Freeform); !allowed)
        return fail(allowed.error());
    return mapped;
}

Result<QString> nickKey(const QString &text)
{
    return nick(spacesCollapsed(spacesMapped(text)).toLower());
}

/// Applies `profile` until its result stays: at most three times again (RFC 8264 7).
Result<QString> untilStable(const QString &text, Result<QString> (*profile)(const QString &))
{
    if (!text.isValidUtf16())
        return malformedText(QStringLiteral("It has half of a character."));
    QString before = text;
    for (int round = 0; round < 4; ++round) {
        Result<QString> after = profile(before);
        if (!after)
            return after;
        if (after->isEmpty())
            return malformedText(QStringLiteral("Nothing is left of it."));
        if (*after == before)
            return after;
        before = std::move(*after);
    }
    auto last = profile(before);
    if (last && *last == before)
        return last;
    return malformedText(QStringLiteral("It has no stable form."));
}

} // namespace

Result<QString> usernameCaseMapped(const QString &text)
{
    if (!text.isEmpty() && isPlainAscii(text, 0x21))
        return text.toLower();
    return untilStable(text, username);
}

Result<QString> opaqueString(const QString &text)
{
    if (!text.isEmpty() && isPlainAscii(text, 0x20))
        return text;
    return untilStable(text, opaque);
}

Result<QString> nickname(const QString &text)
{
    return untilStable(text, nick);
}

Result<QString> nicknameKey(const QString &text)
{
    return untilStable(text, nickKey);
}

} // namespace base::precis
