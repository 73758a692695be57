// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QToolButton>

namespace ui {

/// A flat button that is only a drawing. It cannot be made without the words that a screen reader and a tooltip need.
class IconButton : public QToolButton
{
    Q_OBJECT
public:
    IconButton(Icon icon, const QString &name, QWidget *parent);

    void setDrawing(Icon icon);
    Icon drawing() const { return m_icon; }
    void setRole(IconRole role);
    /// The words; `shortcut` is shown behind them in the tooltip.
    void setWords(const QString &name, const QKeySequence &shortcut = {});

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();

    Icon m_icon;
    IconRole m_role = IconRole::Muted;
};

} // namespace ui
