// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace base {

/// A value or an Error. `if (!r) return fail(r.error());`
template<class T = void>
using Result = tl::expected<T, Error>;

/// The error side of any Result.
inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}
inline tl::unexpected<Error> fail(Error::Kind kind, QString condition, QString detail)
{
    return tl::unexpected<Error>(Error{kind, std::move(condition), std::move(detail)});
}

} // namespace base

using base::fail;
using base::Result;
