// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace automation {

/// The longest line that a carrier takes; a longer one ends it with an error.
constexpr qsizetype longestLine = 16 * 1024 * 1024;

/// One object as one line.
inline QByteArray toLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace automation
