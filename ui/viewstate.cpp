// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewstate.h"

namespace ui {

namespace {

constexpr int writeDelay = 500;
const QString settingName = QStringLiteral("view");

struct ReadState {
    Result<QJsonValue> operator()(store::Reader &reader) const { return reader.settings().value(settingName); }
};

struct WriteState {
    QJsonObject values;
    Result<> operator()(store::Transaction &transaction) const { return transaction.settings().set(settingName, values); }
};

/// Nobody waits: a state that could not be stored only costs a person a new look at the window.
Task<void> write(store::Store *store, QJsonObject values)
{
    auto writing = store->write(WriteState{std::move(values)});
    (void)co_await std::move(writing);
}

} // namespace

ViewState::ViewState(store::Store &store) : m_store(store)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(writeDelay);
    connect(&m_timer, &QTimer::timeout, this, &ViewState::flush);
}

Task<void> ViewState::load()
{
    auto reading = m_store.read(ReadState{});
    const auto value = co_await std::move(reading);
    if (value)
        m_values = value->toObject();
}

void ViewState::setValue(const QString &key, const QJsonValue &value)
{
    if (m_values.value(key) == value)
        return;
    m_values[key] = value;
    m_dirty = true;
    m_timer.start();
}

void ViewState::flush()
{
    if (!std::exchange(m_dirty, false))
        return;
    m_timer.stop();
    m_scope.run(write(&m_store, m_values));
}

} // namespace ui
