// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>
#include <QTimer>
#include <QWidget>

class QHBoxLayout;

namespace ui {

class ComposerBar;
class IconButton;

/// The text field of the composer: plain text only, and keys that send. Only Composer makes one.
class ComposerEdit : public QTextEdit
{
    Q_OBJECT
public:
    explicit ComposerEdit(QWidget *parent);

    /// The text with line breaks as \n; no-break spaces stay what they are.
    QString text() const;
    /// True while an input method shows text that is not chosen yet.
    bool isComposing() const { return m_composing; }
    void setEnterSends(bool sends) { m_enterSends = sends; }
    bool enterSends() const { return m_enterSends; }

Q_SIGNALS:
    void sendPressed();
    void upOnEmptyPressed();
    void escapePressed();
    /// Page Up or Down, or Home or End with an empty text: for the timeline.
    void scrollKeyPressed(int key);
    /// Files or an image were pasted or dropped; the text takes only text.
    void dataOffered(const QMimeData *data);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    bool takesKey(QKeyEvent *event);

    bool m_enterSends = true;
    bool m_composing = false;
};

/// Where a person writes. It empties only when it is told that the message is stored: nothing typed is ever lost.
class Composer : public QWidget
{
    Q_OBJECT
public:
    explicit Composer(QWidget *parent = nullptr);

    QString text() const { return m_edit->text(); }
    /// Puts a draft or a message to edit in; the cursor goes behind it. Says no draftChanged.
    void setText(const QString &text);
    void setPlaceholder(const QString &text);
    /// True: Enter sends and Shift+Enter breaks the line. False: the other way round. Ctrl+Enter always sends.
    void setEnterSends(bool sends) { m_edit->setEnterSends(sends); }
    bool enterSends() const { return m_edit->enterSends(); }
    /// The person wants no signs of typing to be sent: typing() stays silent.
    void setTypingEnabled(bool enabled);
    /// Puts a button before (attach) or behind (emoji) the text. The composer owns it then.
    void addLeading(QWidget *button);
    void addTrailing(QWidget *button);
    QTextEdit *edit() const { return m_edit; }

    /// What is sent next answers this message; a bar says so.
    void startReply(qint64 key, const QString &author, const QString &body);
    /// What is sent next stands for this message of our own; the text that was there comes back afterwards.
    void startEdit(qint64 key, const QString &body);
    /// What is sent next passes this message on; a bar says so. `head` says whose it is. It can go without a text of one's own.
    void startForward(qint64 key, const QString &head, const QString &body);
    /// Ends an answer, an edit, or a forwarding, without sending. False where there was none.
    bool leave();
    /// The message that is answered; 0: none.
    qint64 replyKey() const { return m_editKey == 0 ? m_reply.key : 0; }
    /// The message that is edited; 0: none.
    qint64 editKey() const { return m_editKey; }
    /// The message that is passed on; 0: none.
    qint64 forwardKey() const { return m_editKey == 0 ? m_forward.key : 0; }
    /// What stands above it.
    QString forwardHead() const { return m_forward.author; }

public Q_SLOTS:
    /// What sendRequested() gave is stored: it goes away. What was typed behind it meanwhile stays.
    void accepted();
    /// It could not be stored: everything stays, and may be sent again.
    void rejected();
    /// While busy nothing is sent; typing goes on.
    void setBusy(bool busy);
    void focusText();
    /// Asks for what is written to be sent, as Enter does.
    void send();

Q_SIGNALS:
    /// The text to send; as it is, but for blank lines and spaces at its ends. It is an answer where there is a
    /// replyKey(), stands for a message where there is an editKey(), and goes with one where there is a forwardKey(). Answer with accepted() or rejected().
    void sendRequested(const QString &text);
    /// The person began (true) or stopped (false) to type.
    void typing(bool active);
    /// The draft to keep, half a second after the last change; at once when it became empty. An edit is no draft.
    void draftChanged(const QString &text);
    /// Up was pressed on an empty text.
    void editLastRequested();
    void escapePressed();
    void scrollKeyPressed(int key);
    void dataOffered(const QMimeData *data);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// What an answer answers.
    struct Reply {
        qint64 key = 0;
        QString author;
        QString body;
    };

    void cutSent();
    void endEdit(QString text);
    void showBar();
    QString draft() const { return m_editKey != 0 ? m_draft : text(); }
    void textChanged();
    void setTyping(bool active);
    void tellDraft();
    void fitHeight();
    void applyTheme();
    void updateButton();

    ComposerBar *m_bar;
    ComposerEdit *m_edit;
    IconButton *m_send;
    QHBoxLayout *m_row;
    QTimer m_draftTimer;
    QTimer m_typingTimer;
    QString m_sent; ///< The whole text as it was when sendRequested() went out.
    Reply m_reply;
    Reply m_forward; ///< What is passed on; `author` is its head.
    qint64 m_editKey = 0;
    QString m_editBody; ///< What the message said when its edit began.
    QString m_draft;    ///< While one edits: what stood there before.
    QString m_toldDraft;
    bool m_waiting = false;
    bool m_busy = false;
    bool m_typing = false;
    bool m_typingEnabled = true;
    bool m_setting = false;
};

} // namespace ui
