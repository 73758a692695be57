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

    /// Prepares `text` by RFC 7622 and IDNA2008/UTS-46. Error: Input, `jid-malformed`, and the detail says which part.
    /// Repeated texts are answered from a cache. Safe to call from any thread.
    static Result<Jid> parse(const QString &text);
    /// As parse(), but an empty or bad text gives the null address: for what servers deliver.
    static Jid fromWire(const QString &text);
    /// From parts; each is prepared.
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
    Jid withResource(const QString &resource) const;
    /// The normal form, as it is sent and stored.
    const QString &toString() const { return m_text; }

    friend bool operator==(const Jid &a, const Jid &b) { return a.m_text == b.m_text; }
    friend bool operator<(const Jid &a, const Jid &b) { return a.m_text < b.m_text; }
    friend size_t qHash(const Jid &jid, size_t seed = 0) { return qHash(jid.m_text, seed); }

private:
    QString m_text;
    quint16 m_localLength = 0;
    quint16 m_domainLength = 0;
    quint16 m_resourceLength = 0;
};

} // namespace base

using base::Jid;
Q_DECLARE_METATYPE(base::Jid)
