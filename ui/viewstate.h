// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/worker.h"
#include "store/store.h"

#include <QJsonObject>
#include <QTimer>

namespace ui {

/// What the windows remember from one start to the next: sizes, the open chat, the chosen theme. Kept in the profile's
/// settings under one name, read once, written a moment after a change.
class ViewState : public QObject
{
    Q_OBJECT
public:
    /// `store` outlives this object and may be opened later.
    explicit ViewState(store::Store &store);

    /// Reads what is stored; an unreadable one counts as none. Once, after the store is open.
    Task<void> load();
    QJsonValue value(const QString &key) const { return m_values.value(key); }
    void setValue(const QString &key, const QJsonValue &value);
    /// Hands what is not written yet to the store now; closing the store then waits for it.
    void flush();

private:
    store::Store &m_store;
    QJsonObject m_values;
    QTimer m_timer;
    bool m_dirty = false;
    Scope m_scope;
};

} // namespace ui
