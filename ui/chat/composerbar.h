// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QWidget>

namespace ui {

class ElidedLabel;
class IconButton;

/// The bar over the text field that says what is being written: an answer to a message, or another text for one.
class ComposerBar : public QWidget
{
    Q_OBJECT
public:
    explicit ComposerBar(QWidget *parent);

    /// Shows the bar for an answer to `author`, who wrote `body`; both may quote the outside.
    void showReply(const QString &author, const QString &body);
    /// Shows it for passing on a message that says `body`; `head` says whose it is.
    void showForward(const QString &head, const QString &body);
    /// Shows it for changing a message that says `body`.
    void showEdit(const QString &body);

Q_SIGNALS:
    /// The button that ends it was pressed.
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void tell(Icon icon, const QString &title, const QString &body);
    void applyTheme();

    Icon m_icon = Icon::Reply;
    ElidedLabel *m_title;
    ElidedLabel *m_body;
    IconButton *m_close;
};

} // namespace ui
