// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/iconbutton.h"

#include <QEvent>

namespace ui {

IconButton::IconButton(Icon icon, const QString &name, QWidget *parent) : QToolButton(parent), m_icon(icon)
{
    Q_ASSERT(!name.isEmpty());
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setWords(name);
    applyTheme();
}

void IconButton::setDrawing(Icon icon)
{
    m_icon = icon;
    applyTheme();
}

void IconButton::setRole(IconRole role)
{
    m_role = role;
    applyTheme();
}

void IconButton::setWords(const QString &name, const QKeySequence &shortcut)
{
    setAccessibleName(name);
    const QString keys = shortcut.toString(QKeySequence::NativeText);
    //: A tooltip: %1 is what the button does, %2 its keyboard shortcut.
    setToolTip((keys.isEmpty() ? name : tr("%1 (%2)").arg(name, keys)).toHtmlEscaped());
}

QSize IconButton::sizeHint() const
{
    const int side = Theme::of(this).scaled(36);
    return {side, side};
}

void IconButton::applyTheme()
{
    const int side = Theme::of(this).iconSize();
    if (iconSize().width() != side)
        setIconSize({side, side});
    setIcon(themedIcon(m_icon, m_role));
    updateGeometry();
}

void IconButton::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        applyTheme();
}

} // namespace ui
