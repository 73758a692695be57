// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <optional>
#include <string_view>

namespace ui {

/// What is said of one condition. The texts are sources for QCoreApplication::translate() in errorContext.
struct ErrorSentence {
    std::optional<base::Error::Kind> kind; ///< Null: for each kind that has no row of its own.
    std::string_view condition;
    const char *text;            ///< A whole sentence.
    const char *named = nullptr; ///< The same with %1 for the server or address, where one helps.
    /// The same where it is known which certificate it is about: %1 for whom it names, %2 for its issuer, %3 for the day
    /// since or until when it is wrong, else for the day on which it was issued.
    const char *certified = nullptr;
};

constexpr const char *errorContext = "ui::ErrorText";

/// The sentence for a condition; null where it has none.
const ErrorSentence *errorSentence(base::Error::Kind kind, const QString &condition);
/// The sentence for anything of this kind; %1 is the detail.
const char *errorSentence(base::Error::Kind kind);

} // namespace ui
