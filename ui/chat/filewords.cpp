// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/filewords.h"

#include "ui/widgets/plaintext.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

QString fileWord(const char *text)
{
    return QCoreApplication::translate("ui::Files", text);
}

QString sizeWords(const model::RowFile &file)
{
    return file.size ? QLocale().formattedDataSize(*file.size, 1, QLocale::DataSizeSIFormat) : QString();
}

/// "Downloading: 34% of 2.4 MB", with as much of it as is known.
QString movingWords(const model::RowFile &file, double progress, const char *alone, const char *part)
{
    if (progress < 0)
        return fileWord(alone);
    const QString percent = QLocale().toString(int(progress * 100)) + QLocale().percent();
    const QString size = sizeWords(file);
    return size.isEmpty() ? fileWord(alone) : fileWord(part).arg(percent, size);
}

} // namespace

QString fileKindWords(const model::RowFile &file)
{
    if (file.type == u"image/gif")
        return fileWord(QT_TRANSLATE_NOOP("ui::Files", "GIF"));
    if (file.type.startsWith(u"image/"))
        return fileWord(QT_TRANSLATE_NOOP("ui::Files", "Picture"));
    if (file.type.startsWith(u"video/"))
        return fileWord(QT_TRANSLATE_NOOP("ui::Files", "Video"));
    if (file.type.startsWith(u"audio/"))
        return fileWord(QT_TRANSLATE_NOOP("ui::Files", "Sound"));
    if (file.type == u"application/pdf")
        return fileWord(QT_TRANSLATE_NOOP("ui::Files", "PDF document"));
    return fileWord(QT_TRANSLATE_NOOP("ui::Files", "File"));
}

Icon fileIcon(const model::RowFile &file)
{
    if (file.type.startsWith(u"image/"))
        return Icon::Picture;
    if (file.type.startsWith(u"video/"))
        return Icon::Video;
    if (file.type.startsWith(u"audio/"))
        return Icon::Sound;
    return Icon::File;
}

QString fileNote(const model::RowFile &file, double progress, const QString &failure)
{
    const QString size = sizeWords(file);
    switch (file.place) {
    case model::FilePlace::Remote:
        return size.isEmpty() ? fileWord(QT_TRANSLATE_NOOP("ui::Files", "Not downloaded"))
                              //: Under a file's name: %1 is its size.
                              : fileWord(QT_TRANSLATE_NOOP("ui::Files", "%1, not downloaded")).arg(size);
    case model::FilePlace::Loading:
        return movingWords(file, progress, QT_TRANSLATE_NOOP("ui::Files", "Downloading…"),
                           //: %1 is how much of the file is here, as in "34%", %2 its size.
                           QT_TRANSLATE_NOOP("ui::Files", "Downloading: %1 of %2"));
    case model::FilePlace::Waiting:
        return movingWords(file, progress, QT_TRANSLATE_NOOP("ui::Files", "Waiting to be uploaded"),
                           //: %1 is how much of the file is with the server, as in "34%", %2 its size.
                           QT_TRANSLATE_NOOP("ui::Files", "Uploading: %1 of %2"));
    case model::FilePlace::Here: return size.isEmpty() ? fileKindWords(file) : size;
    case model::FilePlace::Failed:
        return failure.isEmpty() ? fileWord(QT_TRANSLATE_NOOP("ui::Files", "It could not be downloaded.")) : failure;
    }
    Q_UNREACHABLE();
}

QString fileButtonWords(const model::RowFile &file)
{
    switch (file.place) {
    case model::FilePlace::Remote: return fileWord(QT_TRANSLATE_NOOP("ui::Files", "Download"));
    case model::FilePlace::Loading: return fileWord(QT_TRANSLATE_NOOP("ui::Files", "Stop Downloading"));
    case model::FilePlace::Waiting: return fileWord(QT_TRANSLATE_NOOP("ui::Files", "Do Not Send"));
    case model::FilePlace::Here: return {};
    // One of ours has the buttons of its message.
    case model::FilePlace::Failed:
        return file.url.isEmpty() ? QString() : fileWord(QT_TRANSLATE_NOOP("ui::Files", "Try Again"));
    }
    Q_UNREACHABLE();
}

QString fileNameText(const model::RowFile &file)
{
    const QString name = singleLine(file.name);
    return isolated(name.isEmpty() ? fileKindWords(file) : name);
}

QString spokenFile(const model::RowFile &file)
{
    //: What a screen reader says of a file: %1 is its kind ("Picture"), %2 its name.
    return fileWord(QT_TRANSLATE_NOOP("ui::Files", "%1: %2")).arg(fileKindWords(file), fileNameText(file));
}

} // namespace ui
