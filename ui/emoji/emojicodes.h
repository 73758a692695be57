// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/emoji/emojibook.h"
#include "ui/widgets/completionpopup.h"

#include <QObject>

namespace ui {

/// `:short_codes:` in a text field: what completes one for a CompletionPopup, and the emoji in its place as soon as the
/// closing colon of a known one is typed. Nothing of it happens in addresses or in code (XEP-0393).
class EmojiCodes : public QObject
{
    Q_OBJECT
public:
    /// Found at most.
    static constexpr int mostOffered = 40;

    /// Both outlive it.
    EmojiCodes(EmojiBook &book, QTextEdit &edit);

    /// Emoji for the code that is being typed before `cursor`, from two letters or one Han character on.
    Completions completions(const QTextCursor &cursor);

private:
    void replaceClosed();

    EmojiBook &m_book;
    QTextEdit &m_edit;
    bool m_closing = false; ///< A colon was typed, and nothing else.
};

/// Whether the place of `cursor` is in code: between grave accents of its line, or in a preformatted block.
bool isInCode(const QTextCursor &cursor);

} // namespace ui
