// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/settings.h"
#include "ui/settings/sheetpage.h"

class QCheckBox;
class QSpinBox;

namespace ui {

/// What others see when nobody is there (AutoAway). At once, and it follows what is changed elsewhere.
class PresencePage : public SheetPage
{
    Q_OBJECT
public:
    /// `settings` outlives the page.
    PresencePage(chat::Settings &settings, QWidget *parent);

private:
    QSpinBox *addMinutes(const QString &title, const QString &key);
    void showAll();

    chat::Settings &m_settings;
    QSpinBox *m_after;
    QSpinBox *m_extended;
    QCheckBox *m_locked;
};

} // namespace ui
