// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/outboxjobs.h"

/// What happens to files in the store: each a transaction, or a read, of its own. They run on the store's thread, so they
/// hold all that they need.
namespace chat::filejobs {

/// A file that has to go: its message, with a place in the outbox and no stanza yet.
struct StoreUpload {
    Jid account;
    Jid peer;
    store::NewMessage message; ///< With the file.
    /// Errors: Input `id-in-use`; Storage.
    Result<outboxjobs::Stored> operator()(store::Transaction &transaction) const;
};

/// One that waits, and where it goes.
struct Upload {
    store::File file;
    store::Message message;
    Jid peer;
};

/// Those of the account that wait, the oldest first.
struct ReadUploads {
    Jid account;
    Result<std::vector<Upload>> operator()(store::Reader &reader) const;
};

/// It is at its address: its message gets its stanza and goes out. Gives the message; nothing where it was taken back
/// meanwhile.
struct FinishUpload {
    Upload upload; ///< With all that is known of the file now.
    Result<std::optional<store::Message>> operator()(store::Transaction &transaction) const;
};

/// It will never go by itself: its message is Failed, and no place is kept for it. As FinishUpload.
struct FailUpload {
    Upload upload;
    Error why;
    QDateTime now;
    Result<std::optional<store::Message>> operator()(store::Transaction &transaction) const;
};

/// A file of theirs, and who sent it.
struct Download {
    store::File file;
    store::Message message;
};

/// Asks for a file of theirs: it is Loading from now on. Errors: Input `file-unknown`, `file-here`, `bad-address`; Storage.
struct StartDownload {
    Jid account;
    qint64 file;
    Result<Download> operator()(store::Transaction &transaction) const;
};

/// Those of the account that were asked for and are not here yet, the oldest first.
struct ReadDownloads {
    Jid account;
    Result<std::vector<Download>> operator()(store::Reader &reader) const;
};

/// How a file is now. Gives its message; nothing where it is gone.
struct PutFile {
    store::File file;
    Result<std::optional<store::Message>> operator()(store::Transaction &transaction) const;
};

} // namespace chat::filejobs
