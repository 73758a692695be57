// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "ui/theme/icons.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class PlainLabel;

/// A rounded box inside a form that says what is the matter: one sentence, and on demand the technical detail. A screen
/// reader speaks it as it comes. Hidden while there is nothing to say.
class Note : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { Info, Warning, Problem };

    explicit Note(QWidget *parent = nullptr);

    /// Shows the box with `text`; `detail` may quote the outside and waits behind a button; empty: no button.
    void tell(Kind kind, Icon icon, const QString &text, const QString &detail = {});
    /// Shows the sentence for `error`; `where` as for errorText().
    void tell(const Error &error, const QString &where = {});
    /// Hides the box.
    void clear();
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();
    void showDetail(bool shown);

    Kind m_kind = Kind::Info;
    Icon m_icon = Icon::Info;
    QLabel *m_picture;
    PlainLabel *m_text;
    QPushButton *m_more;
    PlainLabel *m_detail;
};

} // namespace ui
