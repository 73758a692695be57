// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0372_references.h"

#include "xep/payloads.h"

#include <QUrl>

namespace xep {

std::vector<Reference> Reference::of(const xml::Element &message)
{
    return findAll<Reference>(message, mostPerMessage);
}

Reference Reference::mention(const Jid &who, const CodePoints &body, TextRange range)
{
    Reference reference;
    reference.uri = QStringLiteral("xmpp:")
        + QString::fromLatin1(QUrl::toPercentEncoding(who.bare().toString(), QByteArrayLiteral("@")));
    reference.begin = CodePoint{body.fromUnits(range.begin)};
    reference.end = CodePoint{body.fromUnits(range.end)};
    return reference;
}

/// RFC 5122 2.2: xmpp:node@host, what is no letter of an address in percent codes; nothing that is to be done with it.
Jid Reference::mentioned() const
{
    const QString scheme = QStringLiteral("xmpp:");
    if (type != Type::Mention || !uri.startsWith(scheme, Qt::CaseInsensitive))
        return {};
    const QString path = uri.mid(scheme.size());
    if (path.startsWith(u'/') || path.contains(u'?') || path.contains(u'#'))
        return {};
    return Jid::fromWire(QUrl::fromPercentEncoding(path.toUtf8()));
}

std::optional<TextRange> Reference::placeIn(const CodePoints &body) const
{
    if (!begin || !end || !anchor.isNull())
        return {};
    return body.range(begin, end);
}

} // namespace xep
