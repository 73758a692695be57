// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace ui {

/// One clear sentence for a person: what went wrong, where, and what to do. In the person's language, plain text.
/// `where` names the server or address that it is about, where the caller knows it; it may come from outside.
/// A condition without a sentence of its own gets the one of its kind, with `detail` quoted.
QString errorText(const base::Error &error, const QString &where);
QString errorText(const base::Error &error);

} // namespace ui
