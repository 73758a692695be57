// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The text field of the composer.
#include "ui/chat/composer.h"

#include "ui/theme/theme.h"
#include "ui/widgets/plaintext.h"

#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>

namespace ui {

ComposerEdit::ComposerEdit(QWidget *parent) : QTextEdit(parent)
{
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setLineWrapMode(QTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    const Theme::Space space;
    setViewportMargins(space.s, space.bubbleY - int(document()->documentMargin()), space.s,
                       space.bubbleY - int(document()->documentMargin()));
}

QString ComposerEdit::text() const
{
    // toPlainText() would turn no-break spaces into spaces.
    QString text = document()->toRawText();
    for (QChar &c : text) {
        if (c == QChar::ParagraphSeparator || c == QChar::LineSeparator)
            c = u'\n';
    }
    return text;
}

/// Handles what is not writing. True where the key is done with.
bool ComposerEdit::takesKey(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        const bool shift = modifiers == Qt::ShiftModifier;
        const bool plain = modifiers == Qt::NoModifier;
        if (!shift && !plain && modifiers != Qt::ControlModifier)
            return false;
        if (modifiers == Qt::ControlModifier || shift != m_enterSends)
            Q_EMIT sendPressed();
        else
            textCursor().insertBlock();
        ensureCursorVisible();
        return true;
    }
    case Qt::Key_Escape: Q_EMIT escapePressed(); return true;
    case Qt::Key_Up:
        if (modifiers != Qt::NoModifier || !document()->isEmpty())
            return false;
        Q_EMIT upOnEmptyPressed();
        return true;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: Q_EMIT scrollKeyPressed(event->key()); return true;
    case Qt::Key_Home:
    case Qt::Key_End:
        if (modifiers != Qt::NoModifier || !document()->isEmpty())
            return false;
        Q_EMIT scrollKeyPressed(event->key());
        return true;
    default: return false;
    }
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    // While an input method composes, every key is its own.
    if (m_composing)
        return QTextEdit::keyPressEvent(event);
    if (takesKey(event)) {
        event->accept();
        return;
    }
    const QString written = event->text();
    if (!written.isEmpty() && sendable(written) != written && written.at(0).unicode() >= 0x20) {
        insertPlainText(sendable(written));
        return;
    }
    QTextEdit::keyPressEvent(event);
}

void ComposerEdit::inputMethodEvent(QInputMethodEvent *event)
{
    QInputMethodEvent clean(event->preeditString(), event->attributes());
    clean.setCommitString(sendable(event->commitString()), event->replacementStart(), event->replacementLength());
    QTextEdit::inputMethodEvent(&clean);
    m_composing = !event->preeditString().isEmpty();
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasText() || source->hasUrls() || source->hasImage();
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    bool files = source->hasImage() && !source->hasText();
    for (const QUrl &url : source->urls())
        files = files || url.isLocalFile();
    if (files) {
        Q_EMIT dataOffered(source);
        return;
    }
    if (source->hasText()) {
        insertPlainText(sendable(source->text()));
        ensureCursorVisible();
    }
}

} // namespace ui
