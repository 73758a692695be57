// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/completionpopup.h"

#include "ui/roster/rowlist.h"
#include "ui/theme/theme.h"
#include "ui/widgets/completionmodel.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextEdit>
#include <QTextLayout>

#include <algorithm>

namespace ui {

namespace {

/// More letters than this do not come from a key.
constexpr int mostTypedAtOnce = 8;

bool isPreedit(const QTextEdit &edit)
{
    const QTextLayout *layout = edit.textCursor().block().layout();
    return layout && !layout->preeditAreaText().isEmpty();
}

} // namespace

CompletionPopup::CompletionPopup(QTextEdit *edit)
    : QWidget(edit->window()), m_edit(edit), m_list(new RowList(this)), m_model(new CompletionModel(this))
{
    setObjectName(QStringLiteral("completionPopup"));
    setAccessibleName(tr("Suggestions"));
    m_list->setObjectName(QStringLiteral("completionList"));
    m_list->setAccessibleName(tr("Suggestions"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CompletionDelegate(m_model));
    m_list->setFocusPolicy(Qt::NoFocus);
    setFocusPolicy(Qt::NoFocus);
    connect(m_list, &RowList::chosen, this, [this](const QModelIndex &index) { take(index.row()); });
    connect(edit->document(), &QTextDocument::contentsChange, this,
            [this](int, int removed, int added) { changed(removed, added); });
    connect(edit, &QTextEdit::textChanged, this, &CompletionPopup::look);
    connect(edit, &QTextEdit::cursorPositionChanged, this, [this] {
        // Moved without typing: that is another place.
        if (isVisible() && !m_typed && m_edit->textCursor().position() != m_position)
            hide();
    });
    edit->installEventFilter(this);
    hide();
}

void CompletionPopup::changed(int removed, int added)
{
    // What Undo or a draft puts there is not typed, and replaces something; so does an input method, its own. Taking letters away narrows a list that shows.
    const bool isNew = added > removed && added - removed <= mostTypedAtOnce;
    m_typed = !m_taking && m_edit->hasFocus() && (isVisible() || (isNew && (removed == 0 || m_committed)));
}

void CompletionPopup::look()
{
    const bool wasTyped = std::exchange(m_typed, false);
    m_committed = false;
    Completions found;
    const QTextCursor cursor = m_edit->textCursor();
    if (wasTyped && !cursor.hasSelection() && !isPreedit(*m_edit)) {
        for (const Source &source : m_sources) {
            found = source(cursor);
            if (!found.items.empty())
                break;
        }
    }
    if (found.items.empty()) {
        hide();
        m_left = m_left > cursor.position() ? -1 : m_left;
    } else if (found.start == m_left) {
        hide();
    } else {
        m_left = -1;
        show(std::move(found));
    }
}

void CompletionPopup::show(Completions found)
{
    m_start = found.start;
    m_position = m_edit->textCursor().position();
    m_model->setItems(std::move(found.items));
    m_list->selectionModel()->setCurrentIndex(m_model->index(0), QItemSelectionModel::ClearAndSelect);
    m_list->scrollToTop();
    place();
    setVisible(true);
    raise();
    tellCurrent();
}

/// Over the line, where there is room; at the beginning of the word.
void CompletionPopup::place()
{
    const Theme &theme = Theme::of(this);
    if (parentWidget() != m_edit->window())
        setParent(m_edit->window());
    const int rows = std::min(mostRows, m_model->rowCount());
    const int high = rows * m_list->sizeHintForRow(0) + 2 * theme.space.xs;
    const QRect window = parentWidget()->rect();
    const int wide = std::min(theme.scaled(360), window.width() - 2 * theme.space.s);
    QTextCursor word = m_edit->textCursor();
    word.setPosition(std::min(m_start, word.position()));
    QRect line = m_edit->cursorRect(word);
    line.moveTopLeft(m_edit->viewport()->mapTo(parentWidget(), line.topLeft()));
    QRect rect(isRightToLeft() ? line.right() + theme.space.m - wide : line.left() - theme.space.m, 0, wide, high);
    const bool fitsOver = line.top() - theme.space.s - high >= 0;
    rect.moveTop(fitsOver ? line.top() - theme.space.s - high : line.bottom() + theme.space.s);
    rect.moveLeft(
        std::clamp(rect.left(), theme.space.s, std::max(theme.space.s, window.width() - theme.space.s - wide)));
    setGeometry(rect);
    m_list->setGeometry(this->rect().adjusted(1, theme.space.xs, -1, -theme.space.xs));
    m_list->setVerticalScrollBarPolicy(rows < m_model->rowCount() ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

void CompletionPopup::leave()
{
    if (isVisible())
        m_left = m_start;
    hide();
}

void CompletionPopup::replace(QTextEdit &edit, int start, const QString &text)
{
    QTextCursor cursor = edit.textCursor();
    const int end = cursor.position();
    cursor.beginEditBlock();
    cursor.setPosition(start);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    cursor.insertText(text);
    cursor.endEditBlock();
    edit.setTextCursor(cursor);
    edit.ensureCursorVisible();
}

void CompletionPopup::take(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const QString insert = m_model->item(row).insert;
    hide();
    m_taking = true;
    replace(*m_edit, m_start, insert);
    m_taking = false;
    Q_EMIT taken(insert);
}

/// A screen reader reads the row that was chosen, though the keyboard stays where it is.
void CompletionPopup::tellCurrent()
{
    const QString words = m_list->currentIndex().data(Qt::AccessibleTextRole).toString();
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent spoken(this, words);
    QAccessible::updateAccessibility(&spoken);
#else
    setAccessibleName(words);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
#endif
}

bool CompletionPopup::takesKey(QKeyEvent *event)
{
    const int count = m_model->rowCount();
    const int row = m_list->currentIndex().row();
    const auto go = [this](int to) {
        m_list->selectionModel()->setCurrentIndex(m_model->index(to), QItemSelectionModel::ClearAndSelect);
        m_list->scrollTo(m_model->index(to));
        tellCurrent();
        return true;
    };
    if ((event->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    switch (event->key()) {
    case Qt::Key_Up: return go((row + count - 1) % count);
    case Qt::Key_Down: return go((row + 1) % count);
    case Qt::Key_PageUp: return go(std::max(0, row - mostRows));
    case Qt::Key_PageDown: return go(std::min(count - 1, row + mostRows));
    case Qt::Key_Tab:
    case Qt::Key_Return:
    case Qt::Key_Enter: take(row); return true;
    case Qt::Key_Escape: leave(); return true;
    default: return false;
    }
}

bool CompletionPopup::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::InputMethod)
        m_committed = !static_cast<QInputMethodEvent *>(event)->commitString().isEmpty();
    if (watched != m_edit || !isVisible())
        return QWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        // Tab and Escape belong to the list now.
        if (const int key = static_cast<QKeyEvent *>(event)->key(); key == Qt::Key_Escape || key == Qt::Key_Tab) {
            event->accept();
            return true;
        }
        break;
    case QEvent::KeyPress:
        if (takesKey(static_cast<QKeyEvent *>(event)))
            return true;
        break;
    case QEvent::InputMethod:
        if (!static_cast<QInputMethodEvent *>(event)->preeditString().isEmpty())
            hide();
        break;
    case QEvent::FocusOut:
    case QEvent::Hide: hide(); break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void CompletionPopup::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.colors.sidebar);
    painter.setPen(theme.highContrast ? theme.colors.text : theme.colors.border);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace ui
