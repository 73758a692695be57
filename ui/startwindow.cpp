// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/startwindow.h"

#include "ui/errortext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/panels.h"
#include "ui/windowaccessible.h"

#include <QCloseEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {

StartWindow::StartWindow() : m_state(new EmptyState(Icon::Clock, {}, {}, this))
{
    installWindowAccessibility();
    setObjectName(QStringLiteral("startWindow"));
    setWindowTitle(tr("Balcony"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_state);
    const Theme &theme = Theme::of(this);
    resize(theme.scaled(460), theme.scaled(320));
    connect(m_state, &EmptyState::actionTriggered, this, &QWidget::close);
}

void StartWindow::showOpening()
{
    m_state->setState(Icon::Clock, tr("Opening your messages…"), tr("This takes longer after an update."));
    show();
}

void StartWindow::showTrouble(const Error &error)
{
    m_state->setState(Icon::Warning, tr("Balcony cannot start"), errorText(error));
    m_state->setAction(tr("Close"));
    show();
    activateWindow();
}

void StartWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    Q_EMIT closed();
}

void StartWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Return || event->matches(QKeySequence::Quit))
        close();
    else
        QWidget::keyPressEvent(event);
}

void StartWindow::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(event->rect(), Theme::of(this).colors.window);
}

} // namespace ui
