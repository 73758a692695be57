// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

namespace base {

/// An XMPP address, prepared once (RFC 7622): a cheap, immutable value that compares by its normal form.
class Jid
{
public:
    /// The null address: no domain. `isNull()`; never sent.
    Jid() = default;

    /// The most bytes of UTF-8 that each part may have.
    static constexpr int longestPart = 1023;

    /// Prepares `text` by RFC 7622 and IDNA2008/UTS-46: what people and programs type. Error: Input, `jid-malformed`,
    /// and the detail says which part. Repeated texts are answered from a cache. Safe to call from any thread.
    static Result<Jid> parse(const QString &text);
    /// For what servers deliver: a bad text gives the null address, but where only the resource breaks its profile it
    /// is kept as it is, because no stanza may be lost for an odd one. Cached like parse().
    static Jid fromWire(const QString &text);
    /// From parts; each is prepared. An empty `local` or `resource` means that there is none.
    static Result<Jid> make(const QString &local, const QString &domain, const QString &resource = {});

    bool isNull() const { return m_domainLength == 0; }
    bool isBare() const { return !isNull() && m_resourceLength == 0; }
    bool isFull() const { return m_resourceLength != 0; }
    /// A domain alone: a server or a service.
    bool isDomain() const { return !isNull() && m_localLength == 0 && m_resourceLength == 0; }

    QString local() const { return m_text.left(m_localLength); }
    /// The domain as U-labels, normalised.
    QString domain() const;
    /// The domain as A-labels: what DNS and certificates use.
    QString asciiDomain() const;
    QString resource() const { return m_resourceLength ? m_text.right(m_resourceLength) : QString(); }

    Jid bare() const;
    /// This address with another resource, as fromWire() takes it; with none where it is empty. Null where this is null
    /// or the resource is too long.
    Jid withResource(const QString &resource) const;
    /// The normal form, as it is sent and stored.
    const QString &toString() const { return m_text; }

    friend bool operator==(const Jid &a, const Jid &b) { return a.m_text == b.m_text; }
    friend bool operator<(const Jid &a, const Jid &b) { return a.m_text < b.m_text; }
    friend size_t qHash(const Jid &jid, size_t seed = 0) { return qHash(jid.m_text, seed); }

private:
    class Preparation;
    Jid(const QString &local, const QString &domain, const QString &resource);

    QString m_text;
    // Each at most longestPart, counted in UTF-16.
    quint16 m_localLength = 0;
    quint16 m_domainLength = 0;
    quint16 m_resourceLength = 0;
};

} // namespace base

using base::Jid;
Q_DECLARE_METATYPE(base::Jid)
