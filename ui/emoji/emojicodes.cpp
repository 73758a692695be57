// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/emoji/emojicodes.h"

#include <QTextBlock>
#include <QTextEdit>

#include <algorithm>

namespace ui {

namespace {

constexpr int longestCode = 60;

bool isCodeLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'+'
        || c == u'-' || c.script() == QChar::Script_Han;
}

/// A colon behind this is part of something else: a time, an address, a word.
bool joinsColon(QChar c)
{
    const bool isWord = c.isLetterOrNumber() && c.script() != QChar::Script_Han;
    return isWord || QStringLiteral("/\\.@:_-+=#&%?~").contains(c);
}

/// Where the code begins that ends at `end` of `line`: at its colon; -1: there is none.
int codeStart(const QString &line, int end)
{
    int at = end;
    while (at > 0 && end - at < longestCode && isCodeLetter(line.at(at - 1)))
        --at;
    if (at == 0 || line.at(at - 1) != u':')
        return -1;
    const int colon = at - 1;
    if (colon > 0 && joinsColon(line.at(colon - 1)))
        return -1;
    // What hangs together with an address before it is part of that.
    const qsizetype space = line.lastIndexOf(u' ', colon);
    const QStringView word = QStringView(line).mid(space + 1, colon - space - 1);
    return word.contains(u"://") || word.contains(u'@') || word.startsWith(u"www.") ? -1 : colon;
}

} // namespace

bool isInCode(const QTextCursor &cursor)
{
    bool isPreformatted = false;
    for (QTextBlock block = cursor.document()->begin(); block.isValid() && block != cursor.block();
         block = block.next()) {
        if (block.text().startsWith(u"```"))
            isPreformatted = !isPreformatted;
    }
    const QString line = cursor.block().text();
    return isPreformatted || line.startsWith(u"```") || line.left(cursor.positionInBlock()).count(u'`') % 2 != 0;
}

EmojiCodes::EmojiCodes(EmojiBook &book, QTextEdit &edit) : m_book(book), m_edit(edit)
{
    connect(edit.document(), &QTextDocument::contentsChange, this, [this](int position, int removed, int added) {
        // Undo gives back a whole code, and that stays one.
        m_closing = added - removed == 1 && removed <= 1 && m_edit.document()->characterAt(position) == u':'
            && m_edit.textCursor().position() == position + 1 && m_edit.hasFocus();
    });
    connect(&edit, &QTextEdit::textChanged, this, &EmojiCodes::replaceClosed);
}

void EmojiCodes::replaceClosed()
{
    if (!std::exchange(m_closing, false))
        return;
    const QTextCursor cursor = m_edit.textCursor();
    const QString line = cursor.block().text();
    const int end = cursor.positionInBlock() - 1;
    const int colon = end < 0 ? -1 : codeStart(line, end);
    if (colon < 0 || end - colon < 2 || isInCode(cursor))
        return;
    const int index = m_book.set().indexOfCode(line.mid(colon + 1, end - colon - 1).toLower());
    if (index < 0)
        return;
    const QString sign = m_book.preferred(index);
    m_book.recent().use(sign);
    CompletionPopup::replace(m_edit, cursor.block().position() + colon, sign);
}

Completions EmojiCodes::completions(const QTextCursor &cursor)
{
    const QString line = cursor.block().text();
    const int colon = codeStart(line, cursor.positionInBlock());
    if (colon < 0 || isInCode(cursor))
        return {};
    const QString typed = line.mid(colon + 1, cursor.positionInBlock() - colon - 1);
    const bool isHan =
        std::any_of(typed.cbegin(), typed.cend(), [](QChar c) { return c.script() == QChar::Script_Han; });
    if (typed.size() < 2 && !isHan)
        return {};
    const model::EmojiSet &set = m_book.set();
    Completions found{cursor.block().position() + colon, {}};
    for (const int index : set.search(typed, mostOffered)) {
        const QStringList &codes = set.at(index).codes;
        const auto meant = std::find_if(codes.cbegin(), codes.cend(),
                                        [&](const QString &code) { return code.startsWith(typed.toLower()); });
        const QString code = meant == codes.cend() ? codes.constFirst() : *meant;
        const QString sign = m_book.preferred(index);
        found.items.push_back({sign, sign, QStringLiteral(":%1:").arg(code), set.name(index)});
    }
    return found;
}

} // namespace ui
