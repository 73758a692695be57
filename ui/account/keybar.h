// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"
#include "ui/widgets/panels.h"

namespace ui {

/// Says, once, that an account's server has another key than before (RELIABILITY 1.31). Servers change keys, so this is
/// told plainly and stops nothing; closed, it does not come back.
class KeyBar : public Banner
{
    Q_OBJECT
public:
    /// `account` outlives the bar.
    explicit KeyBar(chat::Account &account, QWidget *parent = nullptr);

private:
    void refresh();

    chat::Account &m_account;
};

} // namespace ui
