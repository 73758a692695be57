// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/emoji/emojibook.h"

#include <QMenu>

namespace ui {

/// The skin tones of one emoji to choose from; the one in use is checked. Deletes itself.
class ToneMenu : public QMenu
{
    Q_OBJECT
public:
    ToneMenu(EmojiBook &book, int emoji, QWidget *parent);

Q_SIGNALS:
    /// 0 to 5, as in EmojiSet::sign().
    void chosen(int tone);
};

/// "Medium skin tone", for 0 to 5.
QString toneName(int tone);

} // namespace ui
