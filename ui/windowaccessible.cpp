// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windowaccessible.h"

#include "ui/mainwindow.h"
#include "ui/startwindow.h"

#include <QAccessibleWidget>

namespace ui {

namespace {

QAccessibleInterface *makeWindow(const QString &, QObject *object)
{
    if (!qobject_cast<MainWindow *>(object) && !qobject_cast<StartWindow *>(object))
        return nullptr;
    return new QAccessibleWidget(qobject_cast<QWidget *>(object), QAccessible::Window);
}

} // namespace

void installWindowAccessibility()
{
    QAccessible::installFactory(makeWindow); // Qt keeps each function once
}

} // namespace ui
