// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/timeline.h"

#include <QVector>

#include <algorithm>
#include <functional>

namespace tests {

/// A conversation of any length of which it holds a window of 600 rows: the timeline model's rules, without a database.
/// Keys are 1, 2, 3 ... It answers at once.
class FakeTimeline : public model::Timeline
{
public:
    using Make = std::function<model::TimelineRow(qint64 index)>;

    static constexpr int windowSize = 600;
    static constexpr int page = 100;

    FakeTimeline(qint64 total, Make make) : m_make(std::move(make)), m_total(total) { load(total - windowSize); }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == RowRole ? QVariant::fromValue(m_rows.at(index.row())) : QVariant();
    }
    const model::TimelineRow &row(int index) const override { return m_rows.at(index); }
    int indexOf(qint64 key) const override
    {
        const qint64 index = key - 1 - m_first;
        return index >= 0 && index < m_rows.size() ? int(index) : -1;
    }
    qint64 rowsBefore() const override { return m_first; }
    qint64 rowsAfter() const override { return m_total - m_first - m_rows.size(); }

    void readVersions(qint64 key) override { Q_EMIT versionsRead(key, versions); }

    void fetchOlder() override
    {
        ++olderFetches;
        if (frozen)
            return;
        const int count = int(std::min<qint64>(page, m_first));
        if (count == 0)
            return;
        beginInsertRows({}, 0, count - 1);
        m_first -= count;
        for (int i = count - 1; i >= 0; --i)
            m_rows.prepend(made(m_first + i));
        endInsertRows();
        if (const int excess = int(m_rows.size()) - windowSize; excess > 0) {
            beginRemoveRows({}, windowSize, windowSize + excess - 1);
            m_rows.resize(windowSize);
            endRemoveRows();
        }
        Q_EMIT settled();
    }

    void fetchNewer() override
    {
        ++newerFetches;
        if (frozen)
            return;
        const int count = int(std::min<qint64>(page, rowsAfter()));
        if (count == 0)
            return;
        const int end = int(m_rows.size());
        beginInsertRows({}, end, end + count - 1);
        const qint64 next = m_first + end;
        for (int i = 0; i < count; ++i)
            m_rows.append(made(next + i));
        endInsertRows();
        if (const int excess = int(m_rows.size()) - windowSize; excess > 0) {
            beginRemoveRows({}, 0, excess - 1);
            m_rows.remove(0, excess);
            m_first += excess;
            endRemoveRows();
        }
        Q_EMIT settled();
    }

    void showLatest() override { move(m_total - windowSize); }
    void showFraction(double place) override
    {
        lastFraction = place;
        move(qint64(place * double(m_total)) - windowSize / 2);
    }
    void showKey(qint64 key) override { move(key - 1 - windowSize / 2); }

    /// A new message at the end of the conversation.
    void append(model::TimelineRow row)
    {
        row.key = m_total + 1;
        if (rowsAfter() > 0) {
            ++m_total;
            return;
        }
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size()));
        m_rows.append(row);
        ++m_total;
        endInsertRows();
    }

    void change(int index, const std::function<void(model::TimelineRow &)> &f)
    {
        f(m_rows[index]);
        Q_EMIT dataChanged(this->index(index), this->index(index));
    }

    void retryMissing() override { ++missingRetries; }

    int missingRetries = 0;
    QList<model::RowVersion> versions; ///< Of whichever message is asked for.
    int olderFetches = 0;
    int newerFetches = 0;
    double lastFraction = -1;
    bool frozen = false; ///< Fetches bring nothing, as with a slow disk.

private:
    model::TimelineRow made(qint64 index) const
    {
        model::TimelineRow row = m_make(index);
        row.key = index + 1;
        return row;
    }
    void load(qint64 first)
    {
        m_first = std::clamp<qint64>(first, 0, std::max<qint64>(0, m_total - windowSize));
        m_rows.clear();
        for (qint64 i = m_first; i < std::min(m_total, m_first + windowSize); ++i)
            m_rows.append(made(i));
    }
    void move(qint64 first)
    {
        beginResetModel();
        load(first);
        endResetModel();
        Q_EMIT settled();
    }

    Make m_make;
    qint64 m_total;
    qint64 m_first = 0;
    QVector<model::TimelineRow> m_rows;
};

} // namespace tests
