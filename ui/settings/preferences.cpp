// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/preferences.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>
#include <QSaveFile>

#include <algorithm>

namespace ui {
namespace {

constexpr qint64 largestFile = 64 * 1024;

QString pathIn(const QString &profileFolder)
{
    return profileFolder + QStringLiteral("/interface.json");
}

template<class E>
QString wordOf(E value)
{
    return QString::fromLatin1(QMetaEnum::fromType<E>().valueToKey(int(value))).toLower();
}

template<class E>
E fromWord(const QString &word, E otherwise)
{
    const QMetaEnum all = QMetaEnum::fromType<E>();
    for (int i = 0; i < all.keyCount(); ++i) {
        if (word.compare(QLatin1String(all.key(i)), Qt::CaseInsensitive) == 0)
            return E(all.value(i));
    }
    return otherwise;
}

} // namespace

Preferences Preferences::load(const QString &profileFolder)
{
    Preferences result;
    QFile file(pathIn(profileFolder));
    if (!file.open(QIODevice::ReadOnly))
        return result;
    const QJsonObject json = QJsonDocument::fromJson(file.read(largestFile)).object();
    result.scheme = fromWord(json[QStringLiteral("scheme")].toString(), result.scheme);
    result.contrast = fromWord(json[QStringLiteral("contrast")].toString(), result.contrast);
    result.textScale = std::clamp(json[QStringLiteral("textScale")].toDouble(1), 0.8, 2.0);
    result.language = json[QStringLiteral("language")].toString();
    return result;
}

Result<> Preferences::save(const QString &profileFolder) const
{
    QJsonObject json{{QStringLiteral("scheme"), wordOf(scheme)},
                     {QStringLiteral("contrast"), wordOf(contrast)},
                     {QStringLiteral("textScale"), textScale}};
    if (!language.isEmpty())
        json[QStringLiteral("language")] = language;
    QSaveFile file(pathIn(profileFolder));
    const QByteArray bytes = QJsonDocument(json).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(Error::Kind::Storage, QStringLiteral("storage-failed"),
                    QStringLiteral("%1 cannot be written: %2.").arg(file.fileName(), file.errorString()));
    return {};
}

void Preferences::applyTo(Appearance &appearance) const
{
    appearance.setScheme(scheme);
    appearance.setContrast(contrast);
    appearance.setTextScale(textScale);
}

} // namespace ui
