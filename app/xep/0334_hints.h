// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

/// What a sender asks servers to do with a message (XEP-0334). Wishes, not orders.
namespace xep::hints {

/// Keep it in archives and offline storage, though it has no body.
struct Store {
};
constexpr auto describe(xml::Type<Store>)
{
    return xml::element("store", "urn:xmpp:hints");
}

/// Keep it nowhere, not even for somebody who is offline.
struct NoStore {
};
constexpr auto describe(xml::Type<NoStore>)
{
    return xml::element("no-store", "urn:xmpp:hints");
}

/// Keep it for somebody who is offline, but in no archive.
struct NoPermanentStore {
};
constexpr auto describe(xml::Type<NoPermanentStore>)
{
    return xml::element("no-permanent-store", "urn:xmpp:hints");
}

/// No copies to other resources; only on messages to full addresses (XEP-0334 4.3).
struct NoCopy {
};
constexpr auto describe(xml::Type<NoCopy>)
{
    return xml::element("no-copy", "urn:xmpp:hints");
}

} // namespace xep::hints
