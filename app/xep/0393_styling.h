// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/styledtext.h"

namespace xep {

/// In a message: its body is no styling, whatever it looks like (XEP-0393 6).
struct Unstyled {
};
constexpr auto describe(xml::Type<Unstyled>)
{
    return xml::element("unstyled", "urn:xmpp:styling:0");
}

/// Reads the styling of a body (XEP-0393): in one pass, and total, whatever the body holds.
StyledText styled(const QString &body);
/// `body` as it looks without any styling: its lines alone.
StyledText unstyled(const QString &body);

} // namespace xep
