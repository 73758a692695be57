// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

namespace xmpp {

/// The base of every XEP that does something by itself. A XEP that is payloads alone needs no object.
class Extension : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    /// The features it adds to our disco#info (XEP-0030).
    virtual QStringList features() const { return {}; }
};

} // namespace xmpp
