// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/jid.h"

#include "base/idna.h"
#include "base/precis.h"

#include <QCache>
#include <QMutex>

#include <algorithm>
#include <memory>
#include <optional>

namespace base {
namespace {

/// What the cache may hold, in bytes of text: some thousands of addresses, as a large room needs.
constexpr qsizetype cacheSize = 16 * 1024 * 1024;
/// What an entry costs beside its text.
constexpr qsizetype entrySize = 128;

tl::unexpected<Error> malformedJid(const QString &why)
{
    return fail(Error::Kind::Input, QStringLiteral("jid-malformed"), why);
}

bool isTooLong(const QString &part)
{
    return part.size() > Jid::longestPart || part.toUtf8().size() > Jid::longestPart;
}

/// Mapping never makes a text four times shorter: no work on what cannot become a part.
bool isHopeless(const QString &part)
{
    return part.size() > 4 * Jid::longestPart;
}

tl::unexpected<Error> tooLong(QLatin1String part)
{
    return malformedJid(QStringLiteral("%1 is longer than %2 bytes.").arg(part).arg(Jid::longestPart));
}

/// Characters that PRECIS allows in names and RFC 7622 3.3.1 does not in a localpart.
bool isForbiddenInLocal(QChar c)
{
    return QStringView(u"\"&'/:<>@").contains(c);
}

Result<QString> preparedLocal(const QString &local)
{
    if (isHopeless(local))
        return tooLong(QLatin1String("The part before the @"));
    auto name = precis::usernameCaseMapped(local);
    if (!name)
        return malformedJid(QStringLiteral("The part before the @ is not good: %1").arg(name.error().detail));
    if (std::any_of(name->begin(), name->end(), isForbiddenInLocal))
        return malformedJid(QStringLiteral("The part before the @ has one of the characters \" & ' / : < > @."));
    if (isTooLong(*name))
        return tooLong(QLatin1String("The part before the @"));
    return name;
}

Result<QString> preparedDomain(const QString &domain)
{
    if (domain.isEmpty())
        return malformedJid(QStringLiteral("The address has no domain."));
    if (isHopeless(domain))
        return tooLong(QLatin1String("The domain"));
    auto name = idna::normalized(domain);
    if (!name)
        return malformedJid(QStringLiteral("The domain is not good: %1").arg(name.error().detail));
    if (isTooLong(*name))
        return tooLong(QLatin1String("The domain"));
    return name;
}

Result<QString> preparedResource(const QString &resource)
{
    if (isHopeless(resource))
        return tooLong(QLatin1String("The part after the /"));
    auto name = precis::opaqueString(resource);
    if (!name)
        return malformedJid(QStringLiteral("The part after the / is not good: %1").arg(name.error().detail));
    if (name->startsWith(u' '))
        return malformedJid(QStringLiteral("The part after the / begins with a space.")); // RFC 7622 3.5, example 15
    if (isTooLong(*name))
        return tooLong(QLatin1String("The part after the /"));
    return name;
}

/// A resource that a server delivered. Nothing where it cannot be part of an address at all.
std::optional<QString> deliveredResource(const QString &resource)
{
    if (auto prepared = preparedResource(resource))
        return std::move(*prepared);
    if (resource.isEmpty() || isTooLong(resource) || !resource.isValidUtf16())
        return std::nullopt;
    return resource;
}

} // namespace

/// What one text comes to: both answers at once, for parse() and for fromWire().
class Jid::Preparation
{
public:
    explicit Preparation(const QString &text) { prepare(text); }

    Jid jid;
    std::optional<Error> error; ///< Why parse() refuses it; `jid` may be good all the same.

    /// From the cache, or made and kept there.
    static std::shared_ptr<const Preparation> of(const QString &text)
    {
        using Entry = std::shared_ptr<const Preparation>;
        static QMutex mutex;
        static QCache<QString, Entry> cache(cacheSize);
        {
            const QMutexLocker locker(&mutex);
            if (const Entry *found = cache.object(text))
                return *found;
        }
        Entry made = std::make_shared<const Preparation>(text); // without the lock: other texts need not wait
        const QMutexLocker locker(&mutex);
        cache.insert(text, new Entry(made), (text.size() + made->jid.m_text.size()) * 2 + entrySize);
        return made;
    }

private:
    void prepare(const QString &text)
    {
        // The first slash, then the first @ before it (RFC 7622 3.2).
        const auto slash = text.indexOf(u'/');
        const QString bare = slash < 0 ? text : text.left(slash);
        const auto at = bare.indexOf(u'@');
        Result<QString> local = at < 0 ? QString() : preparedLocal(bare.left(at));
        Result<QString> domain = preparedDomain(bare.mid(at + 1));
        Result<QString> resource = slash < 0 ? QString() : preparedResource(text.mid(slash + 1));
        for (const auto *part : {&local, &domain, &resource}) {
            if (!*part && !error)
                error = part->error();
        }
        if (!local || !domain)
            return;
        const auto kept = resource ? std::optional(*resource) : deliveredResource(text.mid(slash + 1));
        if (kept)
            jid = Jid(*local, *domain, *kept);
    }
};

Jid::Jid(const QString &local, const QString &domain, const QString &resource)
    : m_localLength(quint16(local.size())), m_domainLength(quint16(domain.size())),
      m_resourceLength(quint16(resource.size()))
{
    m_text.reserve(local.size() + domain.size() + resource.size() + 2);
    if (!local.isEmpty())
        m_text += local + u'@';
    m_text += domain;
    if (!resource.isEmpty())
        m_text += u'/' + resource;
}

Result<Jid> Jid::parse(const QString &text)
{
    const auto prepared = Preparation::of(text);
    if (prepared->error)
        return fail(*prepared->error);
    return prepared->jid;
}

Jid Jid::fromWire(const QString &text)
{
    return text.isEmpty() ? Jid() : Preparation::of(text)->jid;
}

Result<Jid> Jid::make(const QString &local, const QString &domain, const QString &resource)
{
    const auto l = local.isEmpty() ? Result<QString>(QString()) : preparedLocal(local);
    if (!l)
        return fail(l.error());
    const auto d = preparedDomain(domain);
    if (!d)
        return fail(d.error());
    const auto r = resource.isEmpty() ? Result<QString>(QString()) : preparedResource(resource);
    if (!r)
        return fail(r.error());
    return Jid(*l, *d, *r);
}

QString Jid::domain() const
{
    return m_text.mid(m_localLength ? m_localLength + 1 : 0, m_domainLength);
}

QString Jid::asciiDomain() const
{
    return idna::ascii(domain());
}

Jid Jid::bare() const
{
    Jid jid = *this;
    if (m_resourceLength) {
        jid.m_text.chop(m_resourceLength + 1);
        jid.m_resourceLength = 0;
    }
    return jid;
}

Jid Jid::withResource(const QString &resource) const
{
    if (isNull() || resource.isEmpty())
        return bare();
    const auto kept = deliveredResource(resource);
    return kept ? Jid(local(), domain(), *kept) : Jid();
}

} // namespace base
