// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/idna.h"

#include "base/codepoints.h"

#include <QUrl>

#include <algorithm>

namespace base::idna {
namespace {

tl::unexpected<Error> malformedDomain(const QString &why)
{
    return fail(Error::Kind::Input, QStringLiteral("text-malformed"), why);
}

bool isAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

/// The full stop, and what UTS-46 takes for one.
bool isDot(QChar c)
{
    return c == u'.' || c == u'\u3002' || c == u'\uFF0E' || c == u'\uFF61';
}

/// `[…]`: an IPv6 address, perhaps with a zone (RFC 6874). QUrl has the parser, and its shortest form is the normal one.
Result<QString> literal(const QString &domain)
{
    QUrl url;
    url.setScheme(QStringLiteral("xmpp"));
    url.setHost(domain, QUrl::StrictMode);
    const QString host = url.host(QUrl::FullyEncoded);
    if (!url.isValid() || !host.contains(u':'))
        return malformedDomain(QStringLiteral("It is no IPv6 address."));
    return u'[' + host + u']';
}

/// What UTS-46 lets pass and IDNA2008 does not: symbols, look-alikes of `/`, misplaced joiners (RFC 5892), and
/// directions that mix (RFC 5893).
Result<> checkLabel(const QString &label)
{
    if (isAscii(label)) {
        if (label.startsWith(QLatin1String("xn--")))
            return malformedDomain(QStringLiteral("%1 is no label in Punycode.").arg(label));
        return {};
    }
    const QList<uint> points = label.toUcs4();
    for (qsizetype i = 0; i < points.size(); ++i) {
        const auto property = unicode::property(points.at(i));
        if (property == unicode::Property::Valid
            || (property == unicode::Property::Context && unicode::isAllowedInContext(points, i)))
            continue;
        return malformedDomain(QStringLiteral("The character U+%1 is not allowed in a domain.")
                                   .arg(QString::number(points.at(i), 16).toUpper().rightJustified(4, u'0')));
    }
    if (!unicode::satisfiesBidiRule(points))
        return malformedDomain(QStringLiteral("%1 mixes writing directions (RFC 5893).").arg(label));
    return {};
}

} // namespace

Result<QString> normalized(const QString &domain)
{
    if (!domain.isValidUtf16())
        return malformedDomain(QStringLiteral("It has half of a character."));
    if (domain.startsWith(u'['))
        return literal(domain);
    QString name = domain;
    if (!name.isEmpty() && isDot(name.back()))
        name.chop(1); // RFC 7622 3.2
    const QByteArray ascii = QUrl::toAce(name, QUrl::IgnoreIDNWhitelist);
    if (ascii.isEmpty())
        return malformedDomain(QStringLiteral("It is no domain name."));
    const QString result = QUrl::fromAce(ascii, QUrl::IgnoreIDNWhitelist);
    // There and back again, so that no two A-labels stand for one name (CVE-2019-12290).
    if (QUrl::toAce(result, QUrl::IgnoreIDNWhitelist) != ascii)
        return malformedDomain(QStringLiteral("It does not survive IDNA."));
    for (const QString &label : result.split(u'.')) {
        if (label.isEmpty())
            return malformedDomain(QStringLiteral("It has an empty label."));
        if (const auto good = checkLabel(label); !good)
            return fail(good.error());
    }
    return result;
}

QString ascii(const QString &normalDomain)
{
    if (isAscii(normalDomain))
        return normalDomain;
    return QString::fromLatin1(QUrl::toAce(normalDomain, QUrl::IgnoreIDNWhitelist));
}

} // namespace base::idna
