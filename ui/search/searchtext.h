// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/searchmodel.h"

namespace ui {

/// A sentence about what a search cannot answer. It may quote what was typed.
QString problemText(const model::SearchProblem &problem);
/// A result as a sentence for a screen reader.
QString spokenResult(const model::SearchRow &row);

} // namespace ui
