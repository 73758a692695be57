// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"

#include <QString>

namespace store {

/// The digests under which message_ids finds a message again. What is stored depends on them: they never change.
namespace messageids {

/// Who wrote, as far as it tells messages apart: us, or the author: bare in a chat, with the nick in rooms.
QString authorScope(bool outgoing, const Jid &author, bool inRoom);

/// Of the `id` or the origin id of a stanza by that author.
qint64 ofStanza(qint64 conversation, const QString &authorScope, const QString &id);

/// Of the id that the conversation's archive gave.
qint64 ofArchive(qint64 conversation, const QString &id);

} // namespace messageids

} // namespace store
