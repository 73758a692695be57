// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/changes.h"
#include "store/sqlite.h"

/// The columns of a change, as readChange() wants them.
#define STORE_CHANGE_COLUMNS                                                                                           \
    "id, conversation, message, kind, outgoing, author, target, time, state, failure_kind, failure_condition, "        \
    "failure_detail, stanza_id, archive_id, stand_in, body, payload, place, archived, in_force, page"

namespace store {

/// The change of a row of STORE_CHANGE_COLUMNS.
Change readChange(const Statement &row);
/// Whether the same one says it: in chats by the bare address.
bool isBySame(const Change &a, const Change &b);
/// Whether `change`, which is told now, came after `known` of the same author on the same message.
bool isLater(const Change &change, const Change &known);

} // namespace store
