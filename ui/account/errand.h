// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"

#include <QObject>

namespace ui {

/// Runs a task to its end, whatever becomes of the widget that began it. It lives as long as the task or its owner.
class Errand : public QObject
{
    Q_OBJECT
public:
    /// Starts `task`; `owner` must outlive all that the task uses.
    static void run(QObject *owner, Task<void> task);
    ~Errand() override;

private:
    explicit Errand(QObject *owner) : QObject(owner) { }
    Task<void> finish(Task<void> task);

    Scope m_scope;
};

} // namespace ui
