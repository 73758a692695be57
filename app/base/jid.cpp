// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jid.h"
#include <QUrl>
namespace base {
Result<Jid> Jid::parse(const QString &text)
{
    const auto slash = text.indexOf(u'/');
    const QString bare = slash < 0 ? text : text.left(slash);
    const auto at = bare.indexOf(u'@');
    return make(at < 0 ? QString() : bare.left(at), bare.mid(at + 1), slash < 0 ? QString() : text.mid(slash + 1));
}
Jid Jid::fromWire(const QString &text) { return parse(text).value_or(Jid()); }
Result<Jid> Jid::make(const QString &local, const QString &domain, const QString &resource)
{
    if (domain.isEmpty() || domain.contains(u' '))
        return fail(Error::Kind::Input, QStringLiteral("jid-malformed"), QStringLiteral("The address has no domain."));
    Jid jid;
    const QString l = local.toLower().normalized(QString::NormalizationForm_C), d = domain.toLower();
    jid.m_text = (l.isEmpty() ? QString() : l + u'@') + d + (resource.isEmpty() ? QString() : u'/' + resource);
    jid.m_localLength = quint16(l.size()); jid.m_domainLength = quint16(d.size()); jid.m_resourceLength = quint16(resource.size());
    return jid;
}
QString Jid::domain() const { return m_text.mid(m_localLength ? m_localLength + 1 : 0, m_domainLength); }
QString Jid::asciiDomain() const { return QString::fromLatin1(QUrl::toAce(domain())); }
Jid Jid::bare() const { Jid j = *this; if (m_resourceLength) { j.m_text.chop(m_resourceLength + 1); j.m_resourceLength = 0; } return j; }
Jid Jid::withResource(const QString &r) const { return make(local(), domain(), r).value_or(Jid()); }
}
