// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/element.h"

#include <QByteArray>

namespace xml {

/// The only place where XML text is made. Escapes, declares namespaces where they change, replaces what XML 1.0 cannot
/// carry; what comes out is well-formed whatever goes in.
class Writer
{
public:
    /// `element` as XML, inside a stream whose default namespace is `defaultNamespace`.
    static QByteArray write(const Element &element, std::string_view defaultNamespace = {});

    /// The opening of a stream (RFC 6120 4.7), with the XML declaration; attributes that are null are left out.
    struct StreamHeader {
        QString to;
        QString from; ///< Only once the stream is encrypted (RELIABILITY 1.26).
        QString language;
    };
    static QByteArray openStream(const StreamHeader &header);
    /// `</stream:stream>`
    static QByteArray closeStream();
};

} // namespace xml
