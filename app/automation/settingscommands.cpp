// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/fields.h"
#include "automation/port.h"
#include "chat/awaysettings.h"

#include <algorithm>

namespace automation {
namespace {

QString valueField()
{
    return QStringLiteral("value");
}

Setting flagSetting(chat::Settings &settings, const QString &key, const QJsonValue &fallback)
{
    return {[&settings, key, fallback] {
                const QJsonValue value = settings.value(key);
                return value.isBool() ? value : fallback;
            },
            [&settings, key](const QJsonValue &value) -> Result<> {
                const bool isFalse = value.isBool() ? !value.toBool() : value.toString() == u"false";
                if (!isFalse && !isTrue(value))
                    return fail(badField(valueField(), QStringLiteral("true or false")));
                settings.set(key, !isFalse);
                return {};
            }};
}

using Times = QTime chat::AlertSettings::*;

Setting timeSetting(chat::Settings &settings, const QString &key, Times member)
{
    return {[&settings, member] { return chat::AlertSettings::timeText(chat::AlertSettings::of(settings).*member); },
            [&settings, key](const QJsonValue &value) -> Result<> {
                const auto time = chat::AlertSettings::time(value.toString());
                if (!time)
                    return fail(badField(valueField(), QStringLiteral("a time of day, as in 22:30")));
                settings.set(key, chat::AlertSettings::timeText(*time));
                return {};
            }};
}

using Minutes = int chat::AwaySettings::*;

Setting minutesSetting(chat::Settings &settings, const QString &key, Minutes member)
{
    return {[&settings, member] { return chat::AwaySettings::of(settings).*member; },
            [&settings, key](const QJsonValue &value) -> Result<> {
                // From the command line it is a text.
                bool isNumber = value.isDouble();
                const int minutes = isNumber ? value.toInt(-1) : value.toString().toInt(&isNumber);
                if (!isNumber || minutes < 0 || minutes > chat::AwaySettings::mostMinutes)
                    return fail(badField(valueField(), QStringLiteral("minutes from 0 (never) to 1440")));
                settings.set(key, minutes);
                return {};
            }};
}

Setting contentSetting(chat::Settings &settings)
{
    using Alerts = chat::AlertSettings;
    return {[&settings] { return Alerts::word(Alerts::of(settings).content); },
            [&settings](const QJsonValue &value) -> Result<> {
                for (const auto content : {Alerts::Content::Text, Alerts::Content::Name, Alerts::Content::Nothing}) {
                    if (value.toString() != Alerts::word(content))
                        continue;
                    settings.set(Alerts::contentKey(), value);
                    return {};
                }
                return fail(badField(valueField(), QStringLiteral("text, name or nothing")));
            }};
}

Setting keepSetting(chat::Settings &settings)
{
    using chat::Retention;
    return {[&settings] { return Retention::usualDays(settings); },
            [&settings](const QJsonValue &value) -> Result<> {
                bool isNumber = value.isDouble();
                const int days = isNumber ? value.toInt(-1) : value.toString().toInt(&isNumber);
                const auto &known = Retention::choices;
                if (!isNumber || std::find(known.begin(), known.end(), days) == known.end())
                    return fail(badField(valueField(), QStringLiteral("0, 7, 30, 90 or 365")));
                settings.set(Retention::daysKey(), days);
                return {};
            }};
}

} // namespace

void Port::addSettingsCommands()
{
    using Alerts = chat::AlertSettings;
    chat::Settings &settings = m_profile.settings();
    const Alerts usual;
    addSetting(Alerts::onKey(), flagSetting(settings, Alerts::onKey(), usual.isOn));
    addSetting(Alerts::contentKey(), contentSetting(settings));
    addSetting(Alerts::soundKey(), flagSetting(settings, Alerts::soundKey(), usual.hasSound));
    addSetting(Alerts::disturbKey(), flagSetting(settings, Alerts::disturbKey(), usual.doNotDisturb));
    addSetting(Alerts::quietKey(), flagSetting(settings, Alerts::quietKey(), usual.hasQuietHours));
    addSetting(Alerts::quietFromKey(), timeSetting(settings, Alerts::quietFromKey(), &Alerts::quietFrom));
    addSetting(Alerts::quietToKey(), timeSetting(settings, Alerts::quietToKey(), &Alerts::quietTo));
    addSetting(Alerts::trayKey(), flagSetting(settings, Alerts::trayKey(), true));
    addSetting(Alerts::keepKey(), flagSetting(settings, Alerts::keepKey(), QJsonValue::Null));
    using Away = chat::AwaySettings;
    addSetting(Away::afterKey(), minutesSetting(settings, Away::afterKey(), &Away::after));
    addSetting(Away::extendedKey(), minutesSetting(settings, Away::extendedKey(), &Away::extendedAfter));
    addSetting(Away::lockedKey(), flagSetting(settings, Away::lockedKey(), Away().whenLocked));
    addSetting(chat::Retention::daysKey(), keepSetting(settings));
    add("settings.get", std::bind_front(&Port::settingsGet, this));
    add("settings.set", std::bind_front(&Port::settingsSet, this));
}

Result<const Setting *> Port::settingOf(const QString &key) const
{
    const auto found = m_settings.find(key);
    if (found == m_settings.end())
        return fail(badField(QStringLiteral("key"), QStringLiteral("a setting; settings.get without it lists them")));
    return &found->second;
}

Task<Result<QJsonObject>> Port::settingsGet(QJsonObject arguments)
{
    const QString key = arguments.value(QStringLiteral("key")).toString();
    if (key.isEmpty()) {
        QJsonObject all;
        for (const auto &[name, setting] : m_settings)
            all[name] = setting.value();
        co_return QJsonObject{{QStringLiteral("settings"), all}};
    }
    const auto setting = settingOf(key);
    if (!setting)
        co_return fail(setting.error());
    co_return QJsonObject{{QStringLiteral("key"), key}, {QStringLiteral("value"), (*setting)->value()}};
}

Task<Result<QJsonObject>> Port::settingsSet(QJsonObject arguments)
{
    const QString key = arguments.value(QStringLiteral("key")).toString();
    const auto setting = settingOf(key);
    if (!setting)
        co_return fail(setting.error());
    const Result<> done = (*setting)->set(arguments.value(valueField()));
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("key"), key}, {QStringLiteral("value"), (*setting)->value()}};
}

} // namespace automation
