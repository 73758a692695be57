// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/language.h"
#include "ui/settings/preferences.h"
#include "ui/settings/sheetpage.h"

#include <QPointer>

class QButtonGroup;
class QCheckBox;
class QComboBox;

namespace ui {

class Note;

/// Light or dark, contrast, size of text: at once. The language: at the next start, and it says so.
class AppearancePage : public SheetPage
{
    Q_OBJECT
public:
    /// `appearance` may be null: the choice is then only kept.
    AppearancePage(const QString &profileFolder, Appearance *appearance, QWidget *parent);

private:
    void build();
    void buildSchemes(QWidget *parent);
    void watch();
    void showAll();
    /// Puts the change into effect and keeps it.
    void take(const Preferences &preferences);

    QString m_folder;
    QPointer<Appearance> m_appearance;
    Preferences m_preferences;
    QButtonGroup *m_schemes;
    QWidget *m_schemeRow = nullptr;
    QCheckBox *m_contrast;
    QComboBox *m_scale;
    QComboBox *m_language;
    Note *m_note;
};

} // namespace ui
