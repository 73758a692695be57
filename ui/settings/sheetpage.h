// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace ui {

/// A page of settings, one below the other, that scrolls where there is no room for all.
class SheetPage : public QWidget
{
    Q_OBJECT
public:
    explicit SheetPage(QWidget *parent);

protected:
    /// What scrolls: the parent of all that is shown.
    QWidget *sheet() const { return m_sheet; }
    QVBoxLayout *column() const { return m_column; }
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();

    QWidget *m_sheet;
    QVBoxLayout *m_column;
};

} // namespace ui
