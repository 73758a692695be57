// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/keepwords.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/textprompt.h"

#include <QCoreApplication>

namespace ui {

namespace {

/// The words of this file.
class KeepWords
{
    Q_DECLARE_TR_FUNCTIONS(ui::KeepWords)
};

} // namespace

QString keepName(int days)
{
    if (days == 0)
        return KeepWords::tr("For good");
    if (days == 365)
        return KeepWords::tr("One year");
    return KeepWords::tr("%n day(s)", nullptr, days);
}

bool keepsLess(int now, int then)
{
    return then > 0 && (now == 0 || then < now);
}

Confirmation *askToKeepLess(int days, const QString &name, QWidget *window)
{
    const QString question = name.isEmpty()
        ? KeepWords::tr("Delete older messages of all chats?")
        //: %1 is the name of a chat.
        : KeepWords::tr("Delete older messages of the chat with %1?").arg(isolated(singleLine(name)));
    const QStringList words{
        //: %1 is a time, as in "90 days" or "One year".
        KeepWords::tr(
            "Messages that are older are deleted from this computer, now and from then on, with their files in "
            "Balcony's folder. Kept is: %1.")
            .arg(keepName(days)),
        KeepWords::tr(
            "What you have not read yet, and what waits to be sent, stays until then. What the other side, your "
            "server and your other devices have is not deleted.")};
    auto *confirmation = new Confirmation(question, words.join(QStringLiteral("\n\n")),
                                          KeepWords::tr("Delete older messages"), true, window);
    confirmation->setObjectName(QStringLiteral("keepLessQuestion"));
    return confirmation;
}

} // namespace ui
