// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace ui {

/// A text of a few lines beside a file: Enter is done, Shift+Enter breaks the line, Tab walks on.
class CaptionEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit CaptionEdit(QWidget *parent);

    QString text() const { return toPlainText(); }
    QSize sizeHint() const override;

Q_SIGNALS:
    void donePressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    bool m_isComposing = false; ///< An input method shows what is not chosen yet.
};

} // namespace ui
