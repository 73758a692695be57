// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include <QDateTime>
#include <QFile>
#include <QMutex>
#include <QRegularExpression>

#include <cstdio>

namespace base {
namespace {

constexpr qint64 largestFile = 8 * 1024 * 1024;
constexpr qsizetype longestLine = 16 * 1024;

const QString &blank()
{
    static const QString text = QStringLiteral("[…]");
    return text;
}

QLatin1String levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return QLatin1String("debug");
    case QtInfoMsg: return QLatin1String("info");
    case QtWarningMsg: return QLatin1String("warning");
    case QtCriticalMsg: return QLatin1String("critical");
    case QtFatalMsg: return QLatin1String("fatal");
    }
    return QLatin1String("unknown");
}

QString lineFor(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    QString message = redacted(text.left(longestLine));
    // One record stays one line, whatever a peer put into it.
    message.replace(u'\n', u' ').replace(u'\r', u' ');
    const QLatin1String category(context.category && qstrcmp(context.category, "default") != 0 ? context.category : "balcony");
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) + u' ' + levelName(type) + u' ' + category + QStringLiteral(": ")
        + message + u'\n';
}

} // namespace

QString redacted(const QString &text)
{
    // The contents of elements that carry secrets or what people wrote; the element itself stays.
    static const QRegularExpression elements(
        QStringLiteral("(<(?:[\\w.-]+:)?(auth|response|challenge|success|initial-response|additional-data|password|token|body|subject"
                       "|hash-token|next|key|payload|rc|rsa|pubkey|value)\\b[^>]*(?<!/)>)([^<]+)"),
        QRegularExpression::CaseInsensitiveOption);
    // token='...' and the like, and password=... as programs write it.
    static const QRegularExpression attributes(
        QStringLiteral("\\b(password|passwd|token|secret|access_token|authorization)(\"?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;&}>]+)"),
        QRegularExpression::CaseInsensitiveOption);
    QString result = text;
    result.replace(elements, QStringLiteral("\\1") + blank());
    result.replace(attributes, QStringLiteral("\\1\\2") + blank());
    return result;
}

struct LogFile::Sink {
    QMutex mutex;
    QFile file;
    QtMessageHandler previous = nullptr;

    void write(const QString &line)
    {
        const QMutexLocker locker(&mutex);
        const QByteArray bytes = line.toUtf8();
        if (!file.isOpen()) {
            std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
            return;
        }
        if (file.size() + bytes.size() > largestFile)
            turn();
        file.write(bytes);
        file.flush();
    }
    bool open()
    {
        if (!file.open(QIODevice::WriteOnly | QIODevice::Append))
            return false;
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return true;
    }
    void turn()
    {
        const QString path = file.fileName();
        const QString older = path + QStringLiteral(".1");
        file.close();
        QFile::remove(older);
        QFile::rename(path, older);
        file.setFileName(path);
        open();
    }

    static Sink *current;
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        if (current && (current->file.isOpen() || type != QtDebugMsg))
            current->write(lineFor(type, context, text));
    }
};

LogFile::Sink *LogFile::Sink::current = nullptr;

LogFile::LogFile(const QString &path) : m_sink(std::make_unique<Sink>())
{
    if (!path.isEmpty()) {
        m_sink->file.setFileName(path);
        if (!m_sink->open())
            std::fprintf(stderr, "balcony: the log file %s cannot be written: %s\n", qPrintable(path), qPrintable(m_sink->file.errorString()));
    }
    Sink::current = m_sink.get();
    m_sink->previous = qInstallMessageHandler(&Sink::handle);
}

LogFile::~LogFile()
{
    qInstallMessageHandler(m_sink->previous);
    Sink::current = nullptr;
}

bool LogFile::isOpen() const
{
    return m_sink->file.isOpen();
}

} // namespace base
