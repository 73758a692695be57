// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include <QDateTime>
#include <QFile>
#include <QMutex>

#include <algorithm>
#include <cstdio>

namespace base {
namespace {

constexpr qsizetype longestLine = 16 * 1024;

/// Guards LogFile::Sink::current and what it points to: a thread may log while the LogFile goes.
QMutex sinkMutex;
/// True while this thread writes a record: what Qt itself warns of in there must not come back.
thread_local bool isWriting = false;

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

/// What would begin a new line, or move a terminal's cursor.
bool isControl(QChar c)
{
    const auto category = c.category();
    return category == QChar::Other_Control || category == QChar::Separator_Line
        || category == QChar::Separator_Paragraph;
}

QByteArray lineFor(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    QString message = redacted(text.left(longestLine));
    std::replace_if(message.begin(), message.end(), isControl, QChar(u' '));
    const bool named = context.category && qstrcmp(context.category, "default") != 0;
    const QLatin1String category(named ? context.category : "balcony");
    const QString line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) + u' ' + levelName(type) + u' '
        + category + QStringLiteral(": ") + message + u'\n';
    return line.toUtf8();
}

} // namespace

struct LogFile::Sink {
    QFile file;
    qint64 largest = 0;
    qint64 size = 0;
    bool wantsAll = false; ///< On standard error: what QT_LOGGING_RULES lets pass, not just warnings.
    QtMessageHandler previous = nullptr;

    void write(const QByteArray &line)
    {
        if (file.isOpen() && size > 0 && size + line.size() > largest)
            turn();
        if (file.isOpen()) {
            size += std::max<qint64>(file.write(line), 0);
            file.flush();
        } else {
            std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
        }
    }
    bool open()
    {
        constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;
        // The mode is given at creation, so that nobody can open the file before it is closed to them; a file that
        // was there keeps its own, and is set right.
        if (!file.open(QIODevice::WriteOnly | QIODevice::Append, ownerOnly))
            return false;
        file.setPermissions(ownerOnly);
        size = file.size();
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
    bool takes(QtMsgType type) const { return file.isOpen() || wantsAll || (type != QtDebugMsg && type != QtInfoMsg); }

    static Sink *current;
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        if (isWriting)
            return;
        isWriting = true;
        const QByteArray line = lineFor(type, context, text); // not under the lock: long texts take their time
        {
            const QMutexLocker locker(&sinkMutex);
            if (current && current->takes(type))
                current->write(line);
        }
        isWriting = false;
    }
};

LogFile::Sink *LogFile::Sink::current = nullptr;

LogFile::LogFile(const QString &path, qint64 largest) : m_sink(std::make_unique<Sink>())
{
    m_sink->largest = largest;
    m_sink->wantsAll = qEnvironmentVariableIsSet("QT_LOGGING_RULES");
    if (!path.isEmpty()) {
        m_sink->file.setFileName(path);
        if (!m_sink->open())
            std::fprintf(stderr, "balcony: the log file %s cannot be written: %s\n", qPrintable(path),
                         qPrintable(m_sink->file.errorString()));
    }
    const QMutexLocker locker(&sinkMutex);
    Sink::current = m_sink.get();
    m_sink->previous = qInstallMessageHandler(&Sink::handle);
}

LogFile::~LogFile()
{
    qInstallMessageHandler(m_sink->previous);
    const QMutexLocker locker(&sinkMutex);
    Sink::current = nullptr;
}

bool LogFile::isOpen() const
{
    const QMutexLocker locker(&sinkMutex);
    return m_sink->file.isOpen();
}

} // namespace base
