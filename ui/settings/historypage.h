// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/settings.h"
#include "ui/settings/sheetpage.h"

class QComboBox;

namespace ui {

/// How long messages are kept on this computer, where a chat has no choice of its own. It follows what is changed elsewhere.
class HistoryPage : public SheetPage
{
    Q_OBJECT
public:
    /// `settings` outlives the page.
    HistoryPage(chat::Settings &settings, QWidget *parent);

private:
    void showDays();
    void choose(int days);

    chat::Settings &m_settings;
    QComboBox *m_days;
};

} // namespace ui
