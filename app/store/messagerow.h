// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/messages.h"

/// The columns of a message, for every statement that reads one with readMessage().
#define STORE_MESSAGE_COLUMNS                                                                                                 \
    "m.key, m.outgoing, m.state, m.encryption, m.edited, m.retracted, m.time, m.author, m.body, m.stanza_id, m.origin_id, "   \
    "m.archive_id, m.occupant_id, m.replaces, m.reply_to, m.payload, m.failure_kind, m.failure_condition, m.failure_detail, " \
    "m.written_time, m.accepted_time, m.delivered_time, m.displayed_time, m.failed_time, m.has_changes, m.has_files"

namespace store {

/// How many they are: what a statement asks for behind them has this number.
constexpr int messageColumns = 26;

/// The message of a row with those columns, in that order.
Message readMessage(const Statement &row);
/// What a list of chats shows of a text: its beginning.
QString previewOf(const QString &body, const std::vector<File> &files = {});
/// What a person wrote beside the files of a message: its text without the file's name or address, which stand for it.
QString captionOf(const QString &body, const std::vector<File> &files);

} // namespace store
