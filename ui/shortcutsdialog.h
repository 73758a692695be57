// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QAction;

namespace ui {

/// Lists what the keyboard can do.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT
public:
    /// Those of `actions` that have a shortcut are listed, in their order; a property `listed` false leaves one out.
    ShortcutsDialog(const QList<QAction *> &actions, QWidget *parent);
};

} // namespace ui
