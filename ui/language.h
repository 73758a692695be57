// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace ui {

/// The names under which a translation for `wanted` may be found, best first and without English: `zh_SG` gives
/// `zh_CN`; `zh_HK` gives `zh_HK`, `zh_TW`; `de-AT` gives `de_AT`, `de`. The file names follow POSIX: `zh_CN`, `pt_BR`.
/// `wanted` is a POSIX or BCP 47 name; one that makes no sense gives an empty list.
QStringList translationNames(const QString &wanted);
/// Chooses from `available` for a person who wants `wanted`, most wanted first: the first that is there, `en` where
/// English comes first or nothing fits. English needs no file: it is the language of the sources.
QString resolveTranslation(const QStringList &wanted, const QStringList &available);

/// A language that can be chosen.
struct Language {
    QString name;   ///< As in translation file names: `zh_CN`.
    QString native; ///< As its speakers call it.
};
/// What comes with the program and what lies in the profile's folder `translations`, sorted by native name.
std::vector<Language> availableLanguages(const QString &profileFolder);

/// Puts the program into the person's language: translators for Qt and for Balcony, the default QLocale, and the layout
/// direction. `wanted` is what --lang says; where it is empty, the choice kept in the profile counts, else the system's
/// languages. Files `<profile>/translations/balcony_<locale>.qm` go before the built-in ones, so that translators can
/// try theirs. Call it before any window is made.
void installTranslators(QCoreApplication &app, const QString &wanted, const QString &profileFolder);

} // namespace ui
