// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/element.h"

namespace xml {

/// One element from its text, under the same guard and limits as a stream. For what we stored ourselves and for what a
/// person types into a console. Errors: as Reader::next(), and Protocol `not-well-formed` where it is not one element.
Result<Element> parse(const QByteArray &text, std::string_view defaultNamespace = {});

} // namespace xml
