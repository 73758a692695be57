// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/element.h"

namespace xmpp {

/// A stream error (RFC 6120 4.9), received.
/// Kind Stream; the condition is the RFC's word, `undefined-condition` where there is none or an unknown one.
Error streamError(const xml::Element &error);
/// The stream error that says `condition`, to send before closing; `specific` is an application's own condition
/// (RFC 6120 4.9.4), or null.
xml::Element streamErrorElement(const QString &condition, const QString &text = {}, const xml::Element &specific = {});

} // namespace xmpp
