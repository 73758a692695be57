// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <QJsonObject>
#include <QObject>

namespace chat {

/// What the person set for this profile, and what windows remember: read whole at the start, written behind. Keys are
/// words with dots: `window.geometry`.
class Settings : public QObject
{
    Q_OBJECT
public:
    /// How many status texts are remembered.
    static constexpr int mostStatusTexts = 10;

    explicit Settings(store::Store &store);
    ~Settings() override;

    Task<Result<>> load();

    /// Undefined where nothing is set.
    QJsonValue value(const QString &key) const { return m_values.value(key); }
    QString text(const QString &key, const QString &fallback = {}) const { return value(key).toString(fallback); }
    bool flag(const QString &key, bool fallback = false) const { return value(key).toBool(fallback); }
    int number(const QString &key, int fallback = 0) const { return value(key).toInt(fallback); }
    QStringList list(const QString &key) const;
    /// What a window keeps of itself, as Qt gives it.
    QByteArray bytes(const QString &key) const;

    /// In effect now, on disk soon; undefined takes the setting away. A setting that cannot be written stays in effect
    /// and is told by writeFailed(). Nothing is written where nothing changes.
    void set(const QString &key, const QJsonValue &value);
    void setList(const QString &key, const QStringList &list);
    void setBytes(const QString &key, const QByteArray &bytes);

    /// The texts that the person gave with a presence, the latest first.
    QStringList statusTexts() const { return list(QStringLiteral("presence.texts")); }
    /// Puts `text` first; an empty one is not remembered.
    void rememberStatus(const QString &text);

Q_SIGNALS:
    void changed(const QString &key);
    void writeFailed(const Error &error);

private:
    Task<void> write(QString key, QJsonValue value);

    store::Store &m_store;
    QJsonObject m_values;
    Scope m_scope;
};

} // namespace chat
