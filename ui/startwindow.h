// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QWidget>

namespace ui {

class EmptyState;

/// What shows while there is no main window: that the profile is being opened, where that takes long, or why it cannot
/// be.
class StartWindow : public QWidget
{
    Q_OBJECT
public:
    StartWindow();

    void showOpening();
    void showTrouble(const Error &error);

Q_SIGNALS:
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    EmptyState *m_state;
};

} // namespace ui
