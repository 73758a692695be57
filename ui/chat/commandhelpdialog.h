// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace ui {

/// Which commands the composer knows, and what they do. Deletes itself when closed.
class CommandHelpDialog : public QDialog
{
    Q_OBJECT
public:
    explicit CommandHelpDialog(QWidget *parent);
};

} // namespace ui
