// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace ui {

/// Hands the arguments of a second start to the Balcony that has the profile open, through its local socket, so that its
/// window comes forward. True where it took them. Waits for its answer, a few seconds at most: nothing else runs yet.
bool handOver(const QString &profileFolder, const QStringList &arguments);

} // namespace ui
