// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/searchtext.h"

#include "ui/roster/rowpaint.h"
#include "ui/widgets/plaintext.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

QString searchWord(const char *text)
{
    return QCoreApplication::translate("ui::SearchPanel", text);
}

QString noValueText(const QString &filter)
{
    if (filter == u"from")
        return searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel", "Write a name or an address behind “from:”."));
    if (filter == u"in")
        return searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel", "Write the name of a chat behind “in:”."));
    if (filter == u"has")
        return searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel", "Write “link”, “reaction” or “reply” behind “has:”."));
    //: %1 is one of the words before, after, on; it is not translated.
    return searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel",
                                        "Write a day behind “%1:”, such as 2026-11-30, 2026-11, today or yesterday."))
        .arg(filter);
}

} // namespace

QString problemText(const model::SearchProblem &problem)
{
    using Kind = model::SearchProblem::Kind;
    constexpr int mostQuoted = 100;
    const QString value = isolated(singleLine(problem.value.left(mostQuoted)));
    switch (problem.kind) {
    case Kind::NoValue: return noValueText(problem.filter);
    case Kind::UnknownPerson:
        return searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel", "Nobody in your contacts and chats is called “%1”."))
            .arg(value);
    case Kind::UnknownChat:
        return searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel", "No chat is called “%1”.")).arg(value);
    case Kind::BadDate:
        return searchWord(QT_TRANSLATE_NOOP(
                              "ui::SearchPanel",
                              "“%1” is no date. Write a day as 2026-11-30, a month as 2026-11, or today or yesterday."))
            .arg(value);
    case Kind::EmptyTime:
        return searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel", "No day lies between the two that you named."));
    case Kind::UnknownKind:
        return searchWord(
                   QT_TRANSLATE_NOOP("ui::SearchPanel",
                                     "Balcony cannot look for “%1”. Behind “has:” may stand link, reaction or reply."))
            .arg(value);
    case Kind::LaterKind: return searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel", "Files cannot be looked for yet."));
    }
    Q_UNREACHABLE();
}

QString spokenResult(const model::SearchRow &row)
{
    const QString author =
        row.author.isEmpty() ? searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel", "You")) : singleLine(row.author);
    //: A message that was found, for a screen reader: %1 is the name of the chat, %2 who wrote it, %3 the time, %4 the text.
    return searchWord(QT_TRANSLATE_NOOP("ui::SearchPanel", "%1: %2, %3, %4"))
        .arg(isolated(singleLine(row.chat)), isolated(author), shortTime(row.time, QDateTime::currentDateTime()),
             isolated(row.snippet));
}

} // namespace ui
