// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The words of rowpaint.h: what a row of the sidebar says.
#include "ui/roster/presencelook.h"
#include "ui/roster/rowpaint.h"
#include "ui/widgets/plaintext.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

QString rowWord(const char *text)
{
    return QCoreApplication::translate("ui::ChatList", text);
}

} // namespace

QString shortTime(const QDateTime &time, const QDateTime &now)
{
    const QDateTime local = time.toLocalTime();
    const QLocale locale;
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    if (days <= 0)
        return locale.toString(local.time(), QLocale::ShortFormat);
    if (days == 1)
        return rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "Yesterday"));
    if (days < 7)
        return locale.dayName(local.date().dayOfWeek(), QLocale::LongFormat);
    return locale.toString(local.date(), QLocale::ShortFormat);
}

QString previewText(const model::ConversationRow &row)
{
    if (row.typing)
        return rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "Typing…"));
    const QString text = singleLine(row.preview);
    if (text.isEmpty())
        return rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "No messages yet"));
    if (!row.previewIsOwn)
        return isolated(text);
    //: The last message of a chat is one's own; %1 is its text.
    const QString own = rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "You: %1")).arg(text);
    return isolated(own); // as a whole, so that the mark stays before the text
}

QString contactLine(const model::ContactRow &row)
{
    if (row.asked && !row.canSee)
        return rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "Waiting for their answer"));
    if (!row.canSee)
        return rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "Presence not shared"));
    return row.status.isEmpty() ? presenceName(row.show) : isolated(singleLine(row.status));
}

QString spokenChat(const model::ConversationRow &row)
{
    QStringList parts{isolated(singleLine(row.title))};
    if (row.time.isValid())
        parts.append(shortTime(row.time, QDateTime::currentDateTime()));
    if (row.previewIsDraft && !row.typing) {
        //: Spoken; %1 is a text that is written and not sent.
        parts.append(rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "draft: %1")).arg(isolated(singleLine(row.preview))));
    } else {
        parts.append(previewText(row));
    }
    if (row.unread > 0)
        parts.append(QCoreApplication::translate("ui::ChatList", "%n unread", nullptr, row.unread));
    if (row.failed)
        parts.append(rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "not sent")));
    if (row.show)
        parts.append(presenceName(row.show));
    if (row.pinned)
        parts.append(rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "pinned")));
    if (row.muted)
        parts.append(rowWord(QT_TRANSLATE_NOOP("ui::ChatList", "muted")));
    //: Between the parts of a row that is read aloud.
    return parts.join(rowWord(QT_TRANSLATE_NOOP("ui::ChatList", ", ")));
}

QString spokenContact(const model::ContactRow &row)
{
    QStringList parts{isolated(singleLine(row.title)), presenceName(row.show)};
    if (const QString line = contactLine(row); line != parts.last())
        parts.append(line);
    return parts.join(rowWord(QT_TRANSLATE_NOOP("ui::ChatList", ", ")));
}

} // namespace ui
