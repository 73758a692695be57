// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errortext.h"

#include "ui/errorsentences.h"
#include "ui/widgets/plaintext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

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

/// The sentence with what the certificate says; null where that is not known whole.
QString certifiedText(const ErrorSentence &sentence, const std::optional<base::CertificateFacts> &certificate)
{
    if (!sentence.certified || !certificate || certificate->name.isEmpty() || certificate->issuer.isEmpty())
        return {};
    const QDateTime day = certificate->since.isValid() ? certificate->since : certificate->validFrom;
    if (!day.isValid())
        return {};
    const auto words = [](const QString &text) { return isolated(singleLine(text).trimmed().left(longestDetail)); };
    const QStringList parts{words(certificate->name), words(certificate->issuer),
                            QLocale().toString(day.toLocalTime().date(), QLocale::LongFormat)};
    // All at once: a name that looks like a place holder stays what it is.
    static const QRegularExpression place(QStringLiteral("%([123])"));
    const QString text = translated(sentence.certified);
    QString result;
    qsizetype at = 0;
    for (auto each = place.globalMatch(text); each.hasNext();) {
        const auto match = each.next();
        result += text.mid(at, match.capturedStart() - at) + parts[match.captured(1).toInt() - 1];
        at = match.capturedEnd();
    }
    return result + text.mid(at);
}

} // namespace

QString errorText(const base::Error &error, const QString &where)
{
    if (const ErrorSentence *sentence = errorSentence(error.kind, error.condition)) {
        if (const QString certified = certifiedText(*sentence, error.certificate); !certified.isNull())
            return certified;
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
