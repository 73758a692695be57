// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"
#include "ui/widgets/panels.h"

namespace ui {

/// A thin bar while an account fetches much of what it missed: how far it is, and a pause. Hidden where that takes but a
/// moment.
class CatchUpBar : public Banner
{
    Q_OBJECT
public:
    /// From so many messages on it is told.
    static constexpr qint64 worthTelling = 200;

    /// `account` outlives the bar.
    CatchUpBar(chat::Account &account, QWidget *parent);

    void setNamed(bool named);

private:
    void refresh();

    chat::Account &m_account;
    bool m_named = false;
};

} // namespace ui
