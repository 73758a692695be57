// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/captionedit.h"

#include "ui/theme/theme.h"
#include "ui/widgets/plaintext.h"

#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>

namespace ui {

CaptionEdit::CaptionEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize CaptionEdit::sizeHint() const
{
    constexpr int lines = 3;
    const int frame = 2 * (frameWidth() + int(document()->documentMargin()));
    return {QPlainTextEdit::sizeHint().width(), lines * fontMetrics().lineSpacing() + frame + Theme::of(this).space.s};
}

void CaptionEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    // While an input method composes, Enter is its own.
    if (isEnter && !m_isComposing && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        Q_EMIT donePressed();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void CaptionEdit::inputMethodEvent(QInputMethodEvent *event)
{
    QPlainTextEdit::inputMethodEvent(event);
    m_isComposing = !event->preeditString().isEmpty();
}

/// Only text, and no picture or markup with it.
void CaptionEdit::insertFromMimeData(const QMimeData *source)
{
    if (source->hasText())
        insertPlainText(sendable(source->text()));
}

} // namespace ui
