// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/emoji/tonemenu.h"

#include "ui/theme/theme.h"

#include <QStyle>

namespace ui {

QString toneName(int tone)
{
    switch (tone) {
    case 1: return ToneMenu::tr("Light skin tone");
    case 2: return ToneMenu::tr("Medium-light skin tone");
    case 3: return ToneMenu::tr("Medium skin tone");
    case 4: return ToneMenu::tr("Medium-dark skin tone");
    case 5: return ToneMenu::tr("Dark skin tone");
    default: return ToneMenu::tr("No skin tone");
    }
}

ToneMenu::ToneMenu(EmojiBook &book, int emoji, QWidget *parent) : QMenu(parent)
{
    setObjectName(QStringLiteral("toneMenu"));
    setAttribute(Qt::WA_DeleteOnClose);
    setTitle(tr("Skin tone"));
    setAccessibleName(tr("Skin tone"));
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    for (int tone = 0; tone < model::EmojiSet::tones; ++tone) {
        const QString sign = book.set().sign(emoji, tone);
        QAction *action = addAction(book.drawing(sign, side, devicePixelRatioF(), Theme::of(this)), toneName(tone),
                                    this, [this, tone] { Q_EMIT chosen(tone); });
        action->setCheckable(true);
        action->setChecked(tone == book.recent().tone());
        if (action->isChecked())
            setActiveAction(action);
    }
}

} // namespace ui
