// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/settings.h"

#include <QJsonArray>

namespace chat {

Settings::Settings(store::Store &store) : m_store(store) { }

Settings::~Settings() = default;

Task<Result<>> Settings::load()
{
    auto reading = m_store.read([](store::Reader &reader) { return reader.settings().all(); });
    auto all = co_await std::move(reading);
    if (!all)
        co_return fail(all.error());
    m_values = std::move(*all);
    co_return Result<>{};
}

QStringList Settings::list(const QString &key) const
{
    QStringList result;
    const QJsonArray array = value(key).toArray();
    for (const QJsonValue entry : array)
        result.append(entry.toString());
    return result;
}

QByteArray Settings::bytes(const QString &key) const
{
    return QByteArray::fromBase64(text(key).toLatin1());
}

void Settings::set(const QString &key, const QJsonValue &value)
{
    if (m_values.value(key) == value)
        return;
    if (value.isUndefined())
        m_values.remove(key);
    else
        m_values.insert(key, value);
    m_scope.run(write(key, value));
    Q_EMIT changed(key);
}

void Settings::setList(const QString &key, const QStringList &list)
{
    set(key, QJsonArray::fromStringList(list));
}

void Settings::setBytes(const QString &key, const QByteArray &bytes)
{
    set(key, QString::fromLatin1(bytes.toBase64()));
}

void Settings::rememberStatus(const QString &text)
{
    const QString status = text.trimmed();
    if (status.isEmpty())
        return;
    QStringList texts = statusTexts();
    texts.removeAll(status);
    texts.prepend(status);
    setList(QStringLiteral("presence.texts"), texts.mid(0, mostStatusTexts));
}

namespace {

struct WriteSetting {
    QString key;
    QJsonValue value;
    Result<> operator()(store::Transaction &transaction) const
    {
        if (!value.isUndefined())
            return transaction.settings().set(key, value);
        auto removed = transaction.settings().remove(key);
        if (!removed)
            return fail(removed.error());
        return {};
    }
};

} // namespace

Task<void> Settings::write(QString key, QJsonValue value)
{
    WriteSetting job{key, value};
    auto writing = m_store.write(std::move(job));
    const auto written = co_await std::move(writing);
    if (!written)
        Q_EMIT writeFailed(written.error());
}

} // namespace chat
