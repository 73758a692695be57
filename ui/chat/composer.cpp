// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/composer.h"

#include "ui/chat/composerbar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextDocument>

namespace ui {

namespace {

constexpr int draftDelay = 500;
/// Who does not press a key for so long has stopped typing (XEP-0085 5.1 lets the client choose).
constexpr int typingDelay = 5000;

} // namespace

Composer::Composer(QWidget *parent)
    : QWidget(parent), m_bar(new ComposerBar(this)), m_edit(new ComposerEdit(this)),
      m_send(new IconButton(Icon::Send, tr("Send message"), this)), m_row(new QHBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addLayout(m_row);
    m_edit->setAccessibleName(tr("Message"));
    m_edit->setPlaceholderText(tr("Write a message"));
    m_send->setObjectName(QStringLiteral("sendButton"));
    m_send->setRole(IconRole::Accent);
    m_row->addWidget(m_edit, 1);
    m_row->addWidget(m_send, 0, Qt::AlignBottom);
    setFocusProxy(m_edit);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftDelay);
    m_typingTimer.setSingleShot(true);
    m_typingTimer.setInterval(typingDelay);
    connect(&m_draftTimer, &QTimer::timeout, this, &Composer::tellDraft);
    connect(&m_typingTimer, &QTimer::timeout, this, [this] { setTyping(false); });
    connect(m_edit, &QTextEdit::textChanged, this, &Composer::textChanged);
    connect(m_edit->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &Composer::fitHeight);
    connect(m_edit, &ComposerEdit::sendPressed, this, &Composer::send);
    connect(m_edit, &ComposerEdit::upOnEmptyPressed, this, &Composer::editLastRequested);
    connect(m_edit, &ComposerEdit::escapePressed, this, [this] {
        if (!leave())
            Q_EMIT escapePressed();
    });
    connect(m_bar, &ComposerBar::closed, this, [this] {
        leave();
        focusText();
    });
    connect(m_edit, &ComposerEdit::scrollKeyPressed, this, &Composer::scrollKeyPressed);
    connect(m_edit, &ComposerEdit::dataOffered, this, &Composer::dataOffered);
    connect(m_send, &QAbstractButton::clicked, this, [this] {
        send();
        focusText();
    });
    m_edit->installEventFilter(this);
    applyTheme();
    updateButton();
}

void Composer::setText(const QString &text)
{
    m_setting = true;
    m_edit->setPlainText(sendable(text));
    m_edit->moveCursor(QTextCursor::End);
    m_setting = false;
    m_draftTimer.stop();
    m_toldDraft = draft();
    m_waiting = false;
    setTyping(false);
    updateButton();
}

void Composer::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(singleLine(text));
}

void Composer::setTypingEnabled(bool enabled)
{
    if (!enabled)
        setTyping(false);
    m_typingEnabled = enabled;
}

void Composer::addLeading(QWidget *button)
{
    m_row->insertWidget(m_row->indexOf(m_edit), button, 0, Qt::AlignBottom);
}

void Composer::addTrailing(QWidget *button)
{
    m_row->insertWidget(m_row->indexOf(m_send), button, 0, Qt::AlignBottom);
}

void Composer::send()
{
    const QString whole = text();
    const QString toSend = whole.trimmed();
    // Nothing was changed: nobody needs to hear of it.
    if (m_editKey != 0 && !m_waiting && toSend == sendable(m_editBody).trimmed()) {
        leave();
        return;
    }
    // The same text is not sent twice while the first is on its way to the disk.
    if ((toSend.isEmpty() && forwardKey() == 0) || m_busy || m_waiting || m_edit->isComposing())
        return;
    m_sent = whole;
    m_waiting = true;
    updateButton();
    Q_EMIT sendRequested(toSend);
}

void Composer::accepted()
{
    if (!std::exchange(m_waiting, false))
        return;
    const bool isWhole = text().startsWith(m_sent);
    if (isWhole)
        cutSent();
    m_sent.clear();
    // Whoever changed the text of an edit meanwhile goes on with it.
    if (m_editKey != 0 && isWhole)
        endEdit(m_draft + text());
    else if (m_editKey == 0)
        m_reply = m_forward = {};
    showBar();
    setTyping(false);
    tellDraft();
    updateButton();
}

/// Cut out and not set anew, so that what was typed meanwhile keeps its cursor and its undo steps.
void Composer::cutSent()
{
    const bool isAll = text().size() == m_sent.size();
    QTextCursor cursor(m_edit->document());
    cursor.setPosition(0);
    cursor.setPosition(int(m_sent.size()), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    if (isAll)
        m_edit->document()->clearUndoRedoStacks();
}

void Composer::startReply(qint64 key, const QString &author, const QString &body)
{
    // What is on its way to the disk is not turned into something else.
    if (m_waiting || key == 0)
        return;
    if (m_editKey != 0)
        endEdit(m_draft);
    m_forward = {};
    m_reply = {key, author, body};
    showBar();
    updateButton();
    focusText();
}

void Composer::startForward(qint64 key, const QString &head, const QString &body)
{
    if (m_waiting || key == 0)
        return;
    if (m_editKey != 0)
        endEdit(m_draft);
    m_reply = {};
    m_forward = {key, head, body};
    showBar();
    updateButton();
    focusText();
}

void Composer::startEdit(qint64 key, const QString &body)
{
    if (m_waiting || key == 0)
        return;
    const QString before = draft();
    tellDraft();
    m_draft = before;
    m_editKey = key;
    m_editBody = body;
    setText(body);
    showBar();
    focusText();
}

bool Composer::leave()
{
    if (m_waiting || (m_editKey == 0 && m_reply.key == 0 && m_forward.key == 0))
        return false;
    if (m_editKey != 0)
        endEdit(m_draft);
    else
        m_reply = m_forward = {};
    showBar();
    updateButton();
    return true;
}

/// What stood there before comes back as `text`; by value, since it may be m_draft itself.
void Composer::endEdit(QString text)
{
    m_editKey = 0;
    m_editBody.clear();
    m_draft.clear();
    const QString told = m_toldDraft;
    setText(text);
    m_toldDraft = told;
}

void Composer::showBar()
{
    if (m_editKey != 0)
        m_bar->showEdit(m_editBody);
    else if (m_forward.key != 0)
        m_bar->showForward(m_forward.author, m_forward.body);
    else if (m_reply.key != 0)
        m_bar->showReply(m_reply.author, m_reply.body);
    else
        m_bar->hide();
}

void Composer::rejected()
{
    m_waiting = false;
    m_sent.clear();
    updateButton();
}

void Composer::setBusy(bool busy)
{
    m_busy = busy;
    updateButton();
}

void Composer::focusText()
{
    m_edit->setFocus(Qt::OtherFocusReason);
}

void Composer::textChanged()
{
    updateButton();
    if (m_setting)
        return;
    if (text().isEmpty()) {
        setTyping(false);
        tellDraft();
        return;
    }
    setTyping(true);
    m_draftTimer.start();
}

void Composer::setTyping(bool active)
{
    if (active)
        m_typingTimer.start();
    else
        m_typingTimer.stop();
    if (active == m_typing || !m_typingEnabled)
        return;
    m_typing = active;
    Q_EMIT typing(active);
}

void Composer::tellDraft()
{
    m_draftTimer.stop();
    if (const QString now = draft(); now != m_toldDraft) {
        m_toldDraft = now;
        Q_EMIT draftChanged(now);
    }
}

void Composer::updateButton()
{
    m_send->setEnabled(!m_busy && !m_waiting && (!text().trimmed().isEmpty() || forwardKey() != 0));
}

/// One line at least, a third of the window at most.
void Composer::fitHeight()
{
    const Theme &theme = Theme::of(this);
    const int frame = 2 * theme.space.bubbleY;
    const int most = std::max(theme.scaled(80), window()->height() / 3);
    const int wanted = int(std::ceil(m_edit->document()->size().height())) + frame;
    const int height = std::clamp(wanted, theme.controlHeight() + 2, most);
    m_edit->setVerticalScrollBarPolicy(wanted > most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (m_edit->height() != height || m_edit->minimumHeight() != height)
        m_edit->setFixedHeight(height);
}

void Composer::applyTheme()
{
    const Theme &theme = Theme::of(this);
    m_row->setContentsMargins(theme.space.m, theme.space.s, theme.space.m, theme.space.s);
    m_row->setSpacing(theme.space.xs);
    m_edit->setFont(theme.font(TextRole::Body));
    fitHeight();
    update();
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && (event->type() == QEvent::Resize || event->type() == QEvent::Show))
        fitHeight();
    if (watched == m_edit && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        update();
    return QWidget::eventFilter(watched, event);
}

void Composer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        applyTheme();
}

void Composer::hideEvent(QHideEvent *event)
{
    // Whoever goes to another chat leaves a draft behind at once.
    tellDraft();
    setTyping(false);
    QWidget::hideEvent(event);
}

/// The frame round the text, in the theme's look of a field.
void Composer::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const bool focus = m_edit->hasFocus();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(focus ? theme.colors.focus : theme.colors.borderStrong, focus ? 2 : 1));
    painter.setBrush(theme.colors.surface);
    const double inset = focus ? 0 : 0.5;
    painter.drawRoundedRect(QRectF(m_edit->geometry()).adjusted(inset - 1, inset - 1, 1 - inset, 1 - inset),
                            theme.radius.control, theme.radius.control);
}

} // namespace ui
