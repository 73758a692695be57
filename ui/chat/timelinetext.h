// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>
#include <QVector>

#include <utility>

namespace ui {

/// A link inside a text: where, and whereto.
struct TextLink {
    int start = 0;
    int length = 0;
    QUrl url;
};

/// The links of `text`: http, https, xmpp and mailto only, without the punctuation that a sentence puts behind them.
QVector<TextLink> findLinks(const QString &text);
/// True for one to three emoji and nothing else: they are drawn big.
bool isEmojiOnly(const QString &text);
/// Where emoji stand among other text: (start, length) of each run. They want the colour font.
QVector<std::pair<int, int>> emojiRuns(const QString &text);
/// At most `limit` UTF-16 units and `lines` lines of `text`, never half a character.
QString cutText(const QString &text, int limit, int lines);
/// `text` unit for unit as a text layout takes it: line separators for line breaks, no other controls.
QString layoutText(const QString &text);

} // namespace ui
