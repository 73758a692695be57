// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/alertsettings.h"
#include "ui/settings/sheetpage.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QTimeEdit;

namespace ui {

/// When and how the person is told of new messages, and what closing the window does. All at once, and it follows what is
/// changed elsewhere.
class NotificationsPage : public SheetPage
{
    Q_OBJECT
public:
    /// `settings` outlives the page.
    NotificationsPage(chat::Settings &settings, QWidget *parent);

private:
    void build();
    QWidget *buildHours();
    void watch();
    void watchFlag(QCheckBox *box, const QString &key);
    void showAll();

    chat::Settings &m_settings;
    QCheckBox *m_on;
    QComboBox *m_content;
    QCheckBox *m_sound;
    QCheckBox *m_disturb;
    QCheckBox *m_quiet;
    QTimeEdit *m_from;
    QTimeEdit *m_to;
    QCheckBox *m_tray;
    QCheckBox *m_keep;
};

} // namespace ui
