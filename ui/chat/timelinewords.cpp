// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The words of timelinelayout.h: what a row says.
#include "ui/chat/filewords.h"
#include "ui/chat/timelinelayout.h"
#include "ui/widgets/plaintext.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

QString timelineWord(const char *text)
{
    return QCoreApplication::translate("ui::Timeline", text);
}

} // namespace

QString deliveryWords(model::Delivery delivery)
{
    switch (delivery) {
    case model::Delivery::Received: return {};
    case model::Delivery::Queued: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "waiting to be sent"));
    case model::Delivery::Encrypted:
        return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "encrypted, waiting to be sent"));
    case model::Delivery::Written: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "sent, not confirmed yet"));
    case model::Delivery::Accepted: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "received by the server"));
    case model::Delivery::Delivered: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "delivered"));
    case model::Delivery::Displayed: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "read"));
    case model::Delivery::Failed: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "not sent"));
    }
    Q_UNREACHABLE();
}

QString stepWords(model::Delivery step)
{
    switch (step) {
    case model::Delivery::Received:
    case model::Delivery::Queued:
    case model::Delivery::Encrypted: break;
    //: A label before the time at which this happened to a message.
    case model::Delivery::Written: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Sent"));
    //: A label before the time at which this happened to a message.
    case model::Delivery::Accepted: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Received by the server"));
    //: A label before the time at which this happened to a message.
    case model::Delivery::Delivered: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Delivered"));
    //: A label before the time at which this happened to a message.
    case model::Delivery::Displayed: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Read"));
    //: A label before the time at which this happened to a message.
    case model::Delivery::Failed: return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Failed"));
    }
    return {};
}

QString momentWords(const QDateTime &time, const QDate &today)
{
    const QLocale locale;
    const QDateTime local = time.toLocalTime();
    // The long format has the seconds, and the zone, which is always the reader's own.
    const QString clock = locale.toString(local.time(), locale.timeFormat(QLocale::LongFormat).remove(u't')).trimmed();
    if (local.date() == today)
        return clock;
    //: A moment: %1 is the date, %2 the time.
    return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "%1, %2"))
        .arg(locale.toString(local.date(), QLocale::ShortFormat), clock);
}

QStringList wayWords(const model::TimelineRow &row, const QDate &today)
{
    QStringList lines;
    for (const model::Reached &each : row.reached) {
        //: A step of a message's way and its time, as in "Delivered: 10:42:07".
        lines.append(timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "%1: %2"))
                         .arg(stepWords(each.delivery), momentWords(each.time, today)));
    }
    return lines;
}

Icon deliveryIcon(model::Delivery delivery)
{
    switch (delivery) {
    case model::Delivery::Received:
    case model::Delivery::Queued:
    case model::Delivery::Encrypted:
    case model::Delivery::Written: return Icon::Clock;
    case model::Delivery::Accepted: return Icon::Check;
    case model::Delivery::Delivered:
    case model::Delivery::Displayed: return Icon::DoubleCheck;
    case model::Delivery::Failed: return Icon::Alert;
    }
    Q_UNREACHABLE();
}

QString dayWords(const QDate &day, const QDate &today)
{
    if (day == today)
        return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Today"));
    if (day == today.addDays(-1))
        return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Yesterday"));
    return QLocale().toString(day, QLocale::LongFormat);
}

QString clockWords(const QDateTime &time)
{
    // The C locale alone has seconds in its short format.
    static const QString seconds = QStringLiteral(":ss");
    const QLocale locale;
    return locale.toString(time.toLocalTime().time(), locale.timeFormat(QLocale::ShortFormat).remove(seconds));
}

QString missingWords(model::Missing missing)
{
    switch (missing) {
    case model::Missing::Nothing: break;
    case model::Missing::Older:
        return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Older messages are on the server"));
    case model::Missing::Messages:
        return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Messages are missing here and are being fetched"));
    case model::Missing::Stuck:
        return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "History is incomplete here. Try again"));
    }
    return {};
}

QString deletedWords()
{
    return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "This message was deleted"));
}

QString editedWords()
{
    //: A mark beside the time of a message that was changed after it was sent.
    return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "edited"));
}

QString removeWords(const model::TimelineRow &row)
{
    //: A button under a message whose correction, deletion or reaction could not be sent: forget that, keep the message.
    return row.changeFailed ? timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Discard Change"))
                            : timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "Delete"));
}

QString stateWords(const model::TimelineRow &row)
{
    if (row.changeFailed)
        return timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "the change was not sent"));
    if (row.changeWaits)
        return timelineWord(row.retracted ? QT_TRANSLATE_NOOP("ui::Timeline", "the deletion waits to be sent")
                                          : QT_TRANSLATE_NOOP("ui::Timeline", "the change waits to be sent"));
    return deliveryWords(row.delivery);
}

QString reactionWords(const QList<model::RowReaction> &reactions)
{
    QStringList each;
    int count = 0;
    for (const model::RowReaction &reaction : reactions) {
        count += reaction.count();
        if (each.size() < RowReactions::mostChips)
            //: A reaction to a message, and how many gave it: "👍 2".
            each.append(timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "%1 %2"))
                            .arg(singleLine(reaction.text.left(64)), QLocale().toString(reaction.count())));
    }
    if (each.isEmpty())
        return {};
    //: What a screen reader says of a message: %1 lists the reactions, as in "2 reactions: 👍 2".
    return QCoreApplication::translate("ui::Timeline", "%n reaction(s): %1", nullptr, count)
        .arg(each.join(QStringLiteral(", ")));
}

namespace {

/// What a screen reader says after the text of a message.
QStringList spokenMarks(const model::TimelineRow &row, const QString &failure)
{
    QStringList marks;
    if (row.edited && !row.retracted)
        marks.append(editedWords());
    if (row.outgoing || row.changeFailed)
        marks.append(row.delivery == model::Delivery::Failed && !failure.isEmpty() ? failure : stateWords(row));
    if (row.firstUnread)
        marks.append(timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "first unread message")));
    if (row.missing != model::Missing::Nothing)
        marks.append(missingWords(row.missing));
    if (row.encrypted)
        marks.append(timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "encrypted")));
    if (row.reply && !row.retracted) {
        const QString quoted = cutText(quoteWords(*row.reply), 120, 1);
        marks.append(row.reply->authorName.isEmpty()
                         //: What a screen reader says of an answer: %1 is the beginning of what it answers.
                         ? timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "reply to: %1")).arg(quoted)
                         //: What a screen reader says of an answer: %1 is who is answered, %2 what they wrote.
                         : timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "reply to %1: %2"))
                               .arg(singleLine(row.reply->authorName), quoted));
    }
    if (!row.reactions.isEmpty() && !row.retracted)
        marks.append(reactionWords(row.reactions));
    return marks;
}

} // namespace

QString spokenRow(const model::TimelineRow &row, const QString &failure)
{
    QStringList said;
    for (const model::RowFile &file : row.files)
        said.append(file.place == model::FilePlace::Here ? spokenFile(file)
                                                         : spokenFile(file) + u' ' + fileNote(file, -1, {}));
    if (row.retracted || !row.body.isEmpty() || row.files.isEmpty())
        said.append(row.retracted ? deletedWords() : cutText(row.body, 4096, 200));
    const QString body = said.join(QStringLiteral(", "));
    //: A message for a screen reader: %1 is who wrote it, %2 the time, %3 the text.
    QString text = timelineWord(QT_TRANSLATE_NOOP("ui::Timeline", "%1, %2, %3"))
                       .arg(singleLine(row.authorName), clockWords(row.time), body);
    const QStringList marks = spokenMarks(row, failure);
    if (marks.isEmpty())
        return text;
    // The text may end as it likes; the state is a sentence of its own.
    if (!text.isEmpty() && !text.back().isPunct())
        text.append(u'.');
    return text + u' ' + marks.join(QStringLiteral(", "));
}

} // namespace ui
