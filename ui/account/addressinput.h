// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"

#include <QCoreApplication>

namespace ui {

/// What a person typed into an address field, as it stands now.
struct AddressInput {
    Q_DECLARE_TR_FUNCTIONS(ui::AddressInput)
public:
    enum class State {
        Empty,
        Unfinished, ///< May become an address by typing on: no reason to complain yet.
        Wrong,
        Good,
    };

    State state = State::Empty;
    Jid jid;         ///< Bare; null unless Good.
    QString problem; ///< What is wrong or missing, as a sentence; empty when Good or Empty.

    /// Reads `text` with the slips that typing and pasting bring: spaces around, `xmpp:` before, a full-width ＠ or 。
    static AddressInput read(const QString &text);
    /// The same for the name of a server alone, as a guest has it.
    static AddressInput readServer(const QString &text);
};

} // namespace ui
