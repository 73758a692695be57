// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/settings.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace store {
namespace {

/// In a list, because a document's top must be a list or an object.
QString toText(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

QJsonValue fromText(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).array().at(0);
}

} // namespace

Result<> Settings::set(const QString &key, const QJsonValue &value)
{
    return m_database.query("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", orEmpty(key), toText(value))
        .run();
}

Result<bool> Settings::remove(const QString &key)
{
    if (auto done = m_database.query("DELETE FROM settings WHERE key = ?", orEmpty(key)).run(); !done)
        return fail(done.error());
    return m_database.changes() > 0;
}

Result<QJsonValue> Settings::value(const QString &key) const
{
    const auto row = m_database.query("SELECT value FROM settings WHERE key = ?", orEmpty(key))
                         .one<QJsonValue>([](const Statement &s) { return fromText(s.text(0)); });
    if (!row)
        return fail(row.error());
    return row->value_or(QJsonValue(QJsonValue::Undefined));
}

Result<QJsonObject> Settings::all() const
{
    QJsonObject object;
    auto rows = m_database.query("SELECT key, value FROM settings");
    while (rows.next())
        object.insert(rows.text(0), fromText(rows.text(1)));
    if (auto done = rows.finish(); !done)
        return fail(done.error());
    return object;
}

} // namespace store
