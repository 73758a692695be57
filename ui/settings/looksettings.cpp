// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/looksettings.h"

#include "automation/fields.h"
#include "automation/port.h"
#include "ui/settings/preferences.h"

#include <QMetaEnum>

namespace ui {
namespace {

template<class E>
QStringList wordsOfEnum()
{
    QStringList words;
    const QMetaEnum all = QMetaEnum::fromType<E>();
    for (int i = 0; i < all.keyCount(); ++i)
        words.append(QString::fromLatin1(all.key(i)).toLower());
    return words;
}

Error badValue(const QString &expected)
{
    return automation::badField(QStringLiteral("value"), expected);
}

/// `write` puts the value into the preferences, or says what it must be.
automation::Setting lookSetting(const QString &folder, Appearance &appearance,
                                std::function<QJsonValue(const Preferences &)> read,
                                std::function<Result<>(Preferences &, const QJsonValue &)> write)
{
    return {[folder, read = std::move(read)] { return read(Preferences::load(folder)); },
            [folder, &appearance, write = std::move(write)](const QJsonValue &value) -> Result<> {
                Preferences preferences = Preferences::load(folder);
                if (auto written = write(preferences, value); !written)
                    return written;
                preferences.applyTo(appearance);
                return preferences.save(folder);
            }};
}

template<class E>
automation::Setting enumSetting(const QString &folder, Appearance &appearance, E Preferences::*member)
{
    return lookSetting(
        folder, appearance,
        [member](const Preferences &preferences) { return wordsOfEnum<E>().at(int(preferences.*member)); },
        [member](Preferences &preferences, const QJsonValue &value) -> Result<> {
            const qsizetype at = wordsOfEnum<E>().indexOf(value.toString());
            if (at < 0)
                return fail(badValue(wordsOfEnum<E>().join(QStringLiteral(", "))));
            preferences.*member = E(at);
            return {};
        });
}

} // namespace

void addLookSettings(automation::Port &port, const QString &profileFolder, Appearance &appearance)
{
    port.addSetting(QStringLiteral("appearance.scheme"), enumSetting(profileFolder, appearance, &Preferences::scheme));
    port.addSetting(QStringLiteral("appearance.contrast"),
                    enumSetting(profileFolder, appearance, &Preferences::contrast));
    port.addSetting(QStringLiteral("appearance.textScale"),
                    lookSetting(
                        profileFolder, appearance, [](const Preferences &preferences) { return preferences.textScale; },
                        [](Preferences &preferences, const QJsonValue &value) -> Result<> {
                            const double scale = value.isString() ? value.toString().toDouble() : value.toDouble();
                            if (!(scale >= 0.8 && scale <= 2))
                                return fail(badValue(QStringLiteral("a number from 0.8 to 2")));
                            preferences.textScale = scale;
                            return {};
                        }));
    port.addSetting(QStringLiteral("appearance.language"),
                    lookSetting(
                        profileFolder, appearance, [](const Preferences &preferences) { return preferences.language; },
                        [](Preferences &preferences, const QJsonValue &value) -> Result<> {
                            if (!value.isString())
                                return fail(badValue(QStringLiteral("the name of a language, or empty")));
                            preferences.language = value.toString();
                            return {};
                        }));
}

} // namespace ui
