// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/crashmarks.h"
#include "base/worker.h"
#include "chat/secrets.h"
#include "net/http.h"
#include "store/store.h"
#include "xmpp/connection.h"

namespace chat {

/// What the outside world gives us: made in main, handed down, outliving all that uses it.
struct Services {
    Clock &clock;
    Random &random;
    Worker &worker; ///< For computing: key derivation.
    store::Store &store;
    Secrets &keychain;
    Secrets &files; ///< Passwords in the profile, where asked for.
    xmpp::TransportFactory makeTransport;
    base::CrashMarks *crashMarks = nullptr; ///< May be null.
    net::Http *http = nullptr;              ///< Null: no files go or come.
    QString filesFolder{};                  ///< Where files that come are kept; made where it is missing.
};

} // namespace chat
