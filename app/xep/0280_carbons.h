// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/client.h"
#include "xmpp/extension.h"
#include "xmpp/ns.h"

namespace xep {

/// Has our other devices' messages copied to us (XEP-0280). What comes then is unwrapped and judged by the Router: it
/// looks like any other message, with its Origin saying what it is.
class Carbons : public xmpp::Extension
{
    Q_OBJECT
public:
    /// The server's feature.
    static QString feature() { return QStringLiteral("urn:xmpp:carbons:2"); }
    /// Keeps a message, addressed to a full address, from being copied (XEP-0280 9).
    struct Private {
    };

    explicit Carbons(xmpp::Client &client) : m_client(client) { }

    QStringList features() const override { return {feature()}; }

    /// Asks for copies on this stream. Errors: as xmpp::Client::set().
    Task<Result<>> enable();
    /// Ends them. Errors: as enable().
    Task<Result<>> disable();
    /// A session begins: they are on from its start (XEP-0386 4.4, XEP-0198 5), or not yet.
    void setEnabled(bool enabled = true);
    /// Whether they are on.
    bool isEnabled() const { return m_enabled; }

private:
    Task<Result<>> set(bool enabled);

    xmpp::Client &m_client;
    bool m_enabled = false;
};
constexpr auto describe(xml::Type<Carbons::Private>)
{
    return xml::element("private", xmpp::ns::carbons);
}

} // namespace xep
