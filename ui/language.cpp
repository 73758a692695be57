// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language.h"

#include "ui/settings/preferences.h"

#include <QDir>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QTranslator>

#include <algorithm>

namespace ui {
namespace {

const QString builtIn = QStringLiteral(":/i18n");
const QString prefix = QStringLiteral("balcony_");

QString ownFolder(const QString &profileFolder)
{
    return profileFolder + QStringLiteral("/translations");
}

/// `zh-Hant-HK`, `zh_HK.UTF-8`, `sr_RS@latin` in its parts.
struct Parts {
    QString language;
    QString script;
    QString territory;
};

Parts split(const QString &wanted)
{
    QString name = wanted.trimmed();
    const QString modifier = name.section(u'@', 1);
    name = name.section(u'@', 0, 0).section(u'.', 0, 0);
    name.replace(u'-', u'_');
    Parts parts;
    const QStringList pieces = name.split(u'_', Qt::SkipEmptyParts);
    for (const QString &piece : pieces) {
        if (parts.language.isEmpty())
            parts.language = piece.toLower();
        else if (piece.size() == 4 && piece.at(0).isLetter())
            parts.script = piece.left(1).toUpper() + piece.mid(1).toLower();
        else if ((piece.size() == 2 || piece.size() == 3) && parts.territory.isEmpty())
            parts.territory = piece.toUpper();
    }
    if (modifier == u"latin")
        parts.script = QStringLiteral("Latn");
    const bool isName = parts.language.size() >= 2 && parts.language.size() <= 3
        && std::all_of(parts.language.begin(), parts.language.end(), [](QChar c) { return c.isLetter(); });
    return isName && parts.language != u"c" ? parts : Parts{};
}

/// Simplified Chinese is written in CN, SG and MY, traditional in TW, HK and MO; the script, where given, decides.
QStringList chineseNames(const Parts &parts)
{
    static const QStringList traditional{QStringLiteral("TW"), QStringLiteral("HK"), QStringLiteral("MO")};
    const bool isTraditional =
        parts.script == u"Hant" || (parts.script.isEmpty() && traditional.contains(parts.territory));
    QStringList names;
    const QString own = QStringLiteral("zh_") + parts.territory;
    const QString common = isTraditional ? QStringLiteral("zh_TW") : QStringLiteral("zh_CN");
    // zh_HK has words of its own; but zh_Hans_HK must not end there.
    const bool ownFits = traditional.contains(parts.territory) == isTraditional;
    if (!parts.territory.isEmpty() && ownFits && own != common)
        names.append(own);
    names.append(common);
    return names;
}

QStringList filesIn(const QString &folder)
{
    QStringList names;
    const QStringList found = QDir(folder).entryList({prefix + QStringLiteral("*.qm")}, QDir::Files);
    for (const QString &file : found)
        names.append(file.mid(prefix.size()).chopped(3));
    return names;
}

QStringList availableNames(const QString &profileFolder)
{
    QStringList names = filesIn(builtIn) + filesIn(ownFolder(profileFolder));
    names.removeDuplicates();
    return names;
}

/// Installs `folder/file.qm`; false where there is none or it is no translation.
bool install(QCoreApplication &app, const QString &folder, const QString &file)
{
    auto *translator = new QTranslator(&app);
    translator->setObjectName(QStringLiteral("balcony-translator"));
    if (translator->load(file, folder)) {
        app.installTranslator(translator);
        return true;
    }
    delete translator;
    return false;
}

void removeOld(QCoreApplication &app)
{
    const auto old = app.findChildren<QTranslator *>(QStringLiteral("balcony-translator"), Qt::FindDirectChildrenOnly);
    for (QTranslator *translator : old) {
        app.removeTranslator(translator);
        delete translator;
    }
}

/// Qt's own dialogs; in a bundle its files lie beside the program.
void installForQt(QCoreApplication &app, const QString &name)
{
    const QStringList folders{QLibraryInfo::path(QLibraryInfo::TranslationsPath),
                              QCoreApplication::applicationDirPath() + QStringLiteral("/translations"), builtIn};
    for (const QString &candidate : translationNames(name)) {
        for (const QString &folder : folders) {
            if (install(app, folder, QStringLiteral("qtbase_") + candidate))
                return;
        }
    }
}

/// Dates and numbers follow the system where it speaks the language that the program speaks.
QLocale formats(const QStringList &wanted, const QString &name)
{
    const QLocale language(name);
    for (const QString &candidate : wanted) {
        const QLocale locale(candidate);
        if (locale.language() == language.language() && locale.script() == language.script())
            return locale;
    }
    return language;
}

} // namespace

QStringList translationNames(const QString &wanted)
{
    const Parts parts = split(wanted);
    if (parts.language.isEmpty())
        return {};
    if (parts.language == u"zh")
        return chineseNames(parts);
    QStringList names;
    if (!parts.script.isEmpty() && !parts.territory.isEmpty())
        names.append(parts.language + u'_' + parts.script + u'_' + parts.territory);
    if (!parts.script.isEmpty())
        names.append(parts.language + u'_' + parts.script);
    if (!parts.territory.isEmpty())
        names.append(parts.language + u'_' + parts.territory);
    names.append(parts.language);
    return names;
}

QString resolveTranslation(const QStringList &wanted, const QStringList &available)
{
    for (const QString &one : wanted) {
        for (const QString &name : translationNames(one)) {
            if (available.contains(name) || name == u"en")
                return name;
        }
    }
    return QStringLiteral("en");
}

std::vector<Language> availableLanguages(const QString &profileFolder)
{
    QStringList names = availableNames(profileFolder);
    if (!names.contains(QStringLiteral("en")))
        names.append(QStringLiteral("en"));
    std::vector<Language> languages;
    for (const QString &name : std::as_const(names)) {
        const QLocale locale(name);
        QString native = name == u"en" ? QStringLiteral("English") : locale.nativeLanguageName();
        if (name.contains(u'_') && name != u"zh_CN" && name != u"zh_TW" && !locale.nativeTerritoryName().isEmpty())
            native += QStringLiteral(" (%1)").arg(locale.nativeTerritoryName());
        if (native.isEmpty() || locale.language() == QLocale::C)
            native = name;
        languages.push_back({name, native});
    }
    std::sort(languages.begin(), languages.end(),
              [](const Language &a, const Language &b) { return a.native.localeAwareCompare(b.native) < 0; });
    return languages;
}

void installTranslators(QCoreApplication &app, const QString &wanted, const QString &profileFolder)
{
    removeOld(app);
    const QString chosen = wanted.isEmpty() ? Preferences::load(profileFolder).language : wanted;
    const QStringList languages = chosen.isEmpty() ? QLocale::system().uiLanguages() : QStringList{chosen};
    const QString name = resolveTranslation(languages, availableNames(profileFolder));
    installForQt(app, name);
    // English holds the plural forms of the sources; a translation goes before it.
    install(app, builtIn, prefix + QStringLiteral("en"));
    if (!install(app, ownFolder(profileFolder), prefix + name) && name != u"en")
        install(app, builtIn, prefix + name);
    const QLocale locale = formats(languages, name);
    QLocale::setDefault(locale);
    if (auto *gui = qobject_cast<QGuiApplication *>(&app))
        gui->setLayoutDirection(locale.textDirection());
}

} // namespace ui
