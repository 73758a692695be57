// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonValue>

#include <functional>

namespace automation {

/// One setting of the dialog, as `settings.get` and `settings.set` show it.
struct Setting {
    /// As it is in effect now; null: the person has not decided.
    std::function<QJsonValue()> value;
    /// Takes a value into effect, and keeps it. Errors: Input `bad-field`; Storage.
    std::function<Result<>(const QJsonValue &value)> set;
};

} // namespace automation
