// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

namespace xep {

/// The first `most` children of `parent` that decode as T; what is beyond is left out, so that nobody can make a message
/// of ten thousand of what there should be ten of.
template<xml::Described T>
std::vector<T> findAll(const xml::Element &parent, size_t most)
{
    constexpr auto description = describe(xml::Type<T>{});
    std::vector<T> all;
    for (xml::Element child = parent.child(description.name, description.ns); child && all.size() < most;
         child = child.nextSibling(description.name, description.ns)) {
        if (auto decoded = xml::decode<T>(child))
            all.push_back(std::move(*decoded));
    }
    return all;
}

} // namespace xep
