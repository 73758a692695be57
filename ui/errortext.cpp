// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errortext.h"

#include "ui/errorsentences.h"
#include "ui/widgets/plaintext.h"

#include <QCoreApplication>

namespace ui {
namespace {

constexpr qsizetype longestDetail = 300;

QString translated(const char *text)
{
    return QCoreApplication::translate(errorContext, text);
}

/// The peer's words as one quoted, bounded piece that cannot reorder the sentence around it.
QString quoted(const QString &detail)
{
    QString line = singleLine(detail).trimmed();
    if (line.size() > longestDetail)
        line = line.left(longestDetail) + QChar(0x2026);
    return isolated(
        QCoreApplication::translate(errorContext, "“%1”", "What somebody else said, in quotation marks.").arg(line));
}

} // namespace

QString errorText(const base::Error &error, const QString &where)
{
    if (const ErrorSentence *sentence = errorSentence(error.kind, error.condition)) {
        if (sentence->named && !where.isEmpty())
            return translated(sentence->named).arg(isolated(singleLine(where)));
        return translated(sentence->text);
    }
    return translated(errorSentence(error.kind)).arg(quoted(error.detail.isEmpty() ? error.condition : error.detail));
}

QString errorText(const base::Error &error)
{
    return errorText(error, QString());
}

} // namespace ui
