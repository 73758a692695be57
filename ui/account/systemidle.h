// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/account/idlesource.h"

#include <optional>

namespace ui {

/// The operating system, or the X server, where one of them answers at once; nothing where none does.
std::optional<std::chrono::milliseconds> systemIdleTime();

/// Asks who answers at once, and else the desktop by D-Bus.
class SystemIdle final : public IdleSource
{
    Q_OBJECT
public:
    SystemIdle();

    void ask() override;

private Q_SLOTS:
    void takeProperties(const QString &interface, const QVariantMap &changed, const QStringList &invalid);

private:
    void askMutter();

    bool m_hasMutter = true; ///< Until it does not answer.
};

} // namespace ui
