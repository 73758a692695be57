// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chat/commands.h"
#include "ui/emoji/emojicodes.h"

#include <QPointer>

namespace ui {

class Banner;
class Composer;
class EmojiPicker;
class IconButton;

/// What helps with writing in one composer: emoji by a picker and by their short codes, commands with their help, and the
/// bar that says what is wrong with one.
class ComposerTools : public QObject
{
    Q_OBJECT
public:
    /// Puts its button into `composer`, which owns it and is its parent. `book` outlives it.
    ComposerTools(Composer &composer, EmojiBook &book);
    ~ComposerTools() override;

    /// The bar, for a layout over the composer; hidden mostly.
    Banner *note() const { return m_note; }
    /// Opens the picker for the text, or closes it.
    void toggleEmoji();
    /// Opens it for a reaction to a message; `near` is where, in global coordinates.
    void pickReaction(qint64 key, const QPoint &near);
    /// Null before it was opened once.
    EmojiPicker *picker() const;
    CompletionPopup *completions() const { return m_completions; }

    /// What is to be sent for a text that the composer gave. Nothing where it was a command: that is done then, or said
    /// to be none, and the composer has its answer.
    std::optional<QString> textToSend(const QString &text);

Q_SIGNALS:
    void reactionPicked(qint64 key, const QString &sign);
    /// A Status or Search that is to be done.
    void commandGiven(const Command &command);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void open(const QRect &anchor, const QString &purpose);
    void picked(const QString &sign);
    void complain(const QString &sentence, bool canBeText);

    Composer &m_composer;
    EmojiBook &m_book;
    EmojiCodes m_codes;
    IconButton *m_button;
    Banner *m_note;
    QPointer<EmojiPicker> m_picker;
    QPointer<CompletionPopup> m_completions;
    qint64 m_reactsTo = 0; ///< The message that the picker is open for; 0: the text.
    bool m_asText = false; ///< The next one is sent as it is.
};

} // namespace ui
