// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/completionpopup.h"

#include <QStyledItemDelegate>

namespace ui {

/// The rows of a completion list.
class CompletionModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<Completion> items);
    const Completion &item(int row) const { return m_items[size_t(row)]; }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<Completion> m_items;
};

/// Draws them: sign, text, and what is behind it.
class CompletionDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit CompletionDelegate(CompletionModel *model) : QStyledItemDelegate(model), m_model(model) { }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    CompletionModel *m_model;
};

} // namespace ui
