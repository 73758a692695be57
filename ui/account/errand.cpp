// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/errand.h"

namespace ui {

void Errand::run(QObject *owner, Task<void> task)
{
    auto *errand = new Errand(owner);
    errand->m_scope.run(errand->finish(std::move(task)));
}

Errand::~Errand()
{
    m_scope.cancel();
}

Task<void> Errand::finish(Task<void> task)
{
    co_await std::move(task);
    deleteLater();
}

} // namespace ui
