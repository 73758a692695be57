// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/secretbytes.h"

#include <QJsonObject>

namespace automation {

/// Error Input `bad-field`; `expected` ends "must be ...".
Error badField(const QString &field, const QString &expected);
/// The text of a field that is secret; the command's own copy is overwritten where it can be.
SecretBytes takeSecret(const QJsonObject &arguments, const QString &field = QStringLiteral("password"));
/// A truth value, which the command line gives as text.
bool isTrue(const QJsonValue &value);

} // namespace automation
