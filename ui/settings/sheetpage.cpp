// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/sheetpage.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

SheetPage::SheetPage(QWidget *parent) : QWidget(parent), m_sheet(new QWidget), m_column(new QVBoxLayout(m_sheet))
{
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(m_sheet);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    applyTheme();
}

void SheetPage::applyTheme()
{
    const Theme &theme = Theme::of(this);
    m_column->setContentsMargins(theme.space.xl, theme.space.xl, theme.space.xl, theme.space.xl);
    m_column->setSpacing(theme.space.l);
}

void SheetPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
