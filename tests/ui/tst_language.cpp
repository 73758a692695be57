// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/language.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/labels.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace {

QString said()
{
    return QCoreApplication::translate("ui::PasswordBar", "Sign in");
}

} // namespace

/// Everybody gets the language that suits them best, and translators can try theirs without a compiler.
class TestLanguage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resolves_data()
    {
        QTest::addColumn<QStringList>("wanted");
        QTest::addColumn<QStringList>("available");
        QTest::addColumn<QString>("name");
        const QStringList both{QStringLiteral("en"), QStringLiteral("zh_CN"), QStringLiteral("zh_TW")};
        const QStringList simplified{QStringLiteral("en"), QStringLiteral("zh_CN")};
        const QStringList many{QStringLiteral("en"),    QStringLiteral("de"),   QStringLiteral("pt_BR"),
                               QStringLiteral("pt"),    QStringLiteral("sr"),   QStringLiteral("sr_Latn"),
                               QStringLiteral("zh_HK"), QStringLiteral("zh_TW")};
        const auto row = [](const char *wanted, const QStringList &available, const char *name) {
            QTest::addRow("%s of %lld", wanted, qlonglong(available.size()))
                << QString::fromLatin1(wanted).split(u' ', Qt::SkipEmptyParts) << available
                << QString::fromLatin1(name);
        };
        for (const char *hans : {"zh_CN", "zh-CN", "zh", "zh_SG", "zh_MY", "zh-Hans", "zh_Hans_CN", "zh-Hans-SG",
                                 "zh_Hans_HK", "zh_CN.UTF-8", "ZH-hans-cn"}) {
            row(hans, both, "zh_CN");
            row(hans, simplified, "zh_CN");
        }
        for (const char *hant :
             {"zh_TW", "zh-TW", "zh_HK", "zh_MO", "zh-Hant", "zh_Hant_TW", "zh-Hant-HK", "zh_Hant_CN"}) {
            row(hant, both, "zh_TW");
            row(hant, simplified, "en"); // never the other script
        }
        row("zh_HK", many, "zh_HK");
        row("zh_MO", many, "zh_TW");
        row("de_AT", many, "de");
        row("de-CH.UTF-8", many, "de");
        row("pt_BR", many, "pt_BR");
        row("pt_PT", many, "pt");
        row("sr_RS@latin", many, "sr_Latn");
        row("sr-Latn-RS", many, "sr_Latn");
        row("sr_RS", many, "sr");
        row("fr", many, "en");
        row("fr de", many, "de");       // what comes second is better than English
        row("fr en_GB de", many, "en"); // but English was wanted before
        row("en_US", many, "en");
        row("C", many, "en");
        row("POSIX", many, "en");
        row("", many, "en");
        row("../../etc/passwd", many, "en");
        row("zh_CN", {}, "en");
    }

    void resolves()
    {
        QFETCH(QStringList, wanted);
        QFETCH(QStringList, available);
        QFETCH(QString, name);
        QCOMPARE(ui::resolveTranslation(wanted, available), name);
    }

    void installs_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("language");
        QTest::addColumn<QString>("cancel"); // Qt's own
        QTest::newRow("en") << QStringLiteral("en") << QStringLiteral("Sign in") << int(QLocale::English) << QString();
        QTest::newRow("zh_CN") << QStringLiteral("zh_CN") << QString::fromUtf8("登录") << int(QLocale::Chinese)
                               << QString::fromUtf8("取消");
        QTest::newRow("zh_SG") << QStringLiteral("zh_SG") << QString::fromUtf8("登录") << int(QLocale::Chinese)
                               << QString::fromUtf8("取消");
        QTest::newRow("zh_TW") << QStringLiteral("zh_TW") << QStringLiteral("Sign in") << int(QLocale::English)
                               << QString();
        QTest::newRow("nonsense") << QStringLiteral("xx_YY") << QStringLiteral("Sign in") << int(QLocale::English)
                                  << QString();
    }

    void installs()
    {
        QFETCH(QString, wanted);
        QFETCH(QString, text);
        QFETCH(int, language);
        QFETCH(QString, cancel);
        ui::installTranslators(*qApp, wanted, QString());
        QCOMPARE(said(), text);
        QCOMPARE(int(QLocale().language()), language);
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
        const QString qt = QCoreApplication::translate("QPlatformTheme", "Cancel");
        QCOMPARE(qt, cancel.isEmpty() ? QStringLiteral("Cancel") : cancel);
    }

    /// --lang goes before what was chosen in the settings, and that before the system.
    void keepsTheChoice()
    {
        QTemporaryDir profile;
        ui::Preferences preferences;
        preferences.language = QStringLiteral("zh_CN");
        QVERIFY(preferences.save(profile.path()));
        ui::installTranslators(*qApp, QString(), profile.path());
        QCOMPARE(said(), QString::fromUtf8("登录"));
        ui::installTranslators(*qApp, QStringLiteral("en"), profile.path());
        QCOMPARE(said(), QStringLiteral("Sign in"));
    }

    void turnsAround()
    {
        QTemporaryDir profile;
        take(profile.path(), QStringLiteral("ar_XB"));
        ui::installTranslators(*qApp, QStringLiteral("ar_XB"), profile.path());
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
        QVERIFY(said().contains(QStringLiteral("Sign in")) && said() != QStringLiteral("Sign in"));
        ui::installTranslators(*qApp, QStringLiteral("en"), profile.path());
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
        QCOMPARE(said(), QStringLiteral("Sign in"));
    }

    /// A file in the profile goes before the built-in one of the same name.
    void triesATranslatorsFile()
    {
        QTemporaryDir profile;
        take(profile.path(), QStringLiteral("en_XA"));
        ui::installTranslators(*qApp, QStringLiteral("en_XA"), profile.path());
        QVERIFY2(said().startsWith(u'['), qPrintable(said()));
        const QDir folder(profile.path() + QStringLiteral("/translations"));
        QVERIFY(QFile::rename(folder.filePath(QStringLiteral("balcony_en_XA.qm")),
                              folder.filePath(QStringLiteral("balcony_zh_CN.qm"))));
        ui::installTranslators(*qApp, QStringLiteral("zh_CN"), profile.path());
        QVERIFY(said().startsWith(u'['));
        // A file that is none is passed over.
        QFile broken(folder.filePath(QStringLiteral("balcony_zh_CN.qm")));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("not a translation") > 0);
        broken.close();
        ui::installTranslators(*qApp, QStringLiteral("zh_CN"), profile.path());
        QCOMPARE(said(), QString::fromUtf8("登录"));
        ui::installTranslators(*qApp, QStringLiteral("en"), profile.path());
    }

    void counts()
    {
        const auto unread = [](int count) {
            ui::Badge badge;
            badge.setCount(count);
            return badge.accessibleName();
        };
        ui::installTranslators(*qApp, QStringLiteral("en"), QString());
        QCOMPARE(unread(1), QStringLiteral("1 unread"));
        QCOMPARE(QCoreApplication::translate("ui::Sidebar", "%n accounts", nullptr, 1), QStringLiteral("1 account"));
        QCOMPARE(QCoreApplication::translate("ui::Sidebar", "%n accounts", nullptr, 2), QStringLiteral("2 accounts"));
        ui::installTranslators(*qApp, QStringLiteral("zh_CN"), QString());
        QCOMPARE(unread(3), QString::fromUtf8("3 条未读"));
        ui::installTranslators(*qApp, QStringLiteral("en"), QString());
    }

    void listsLanguages()
    {
        QTemporaryDir profile;
        take(profile.path(), QStringLiteral("en_XA"));
        QStringList names;
        for (const ui::Language &language : ui::availableLanguages(profile.path())) {
            QVERIFY(!language.native.isEmpty());
            names.append(language.name);
            if (language.name == u"zh_CN")
                QCOMPARE(language.native, QString::fromUtf8("简体中文"));
        }
        names.sort();
        QCOMPARE(names, QStringList({QStringLiteral("en"), QStringLiteral("en_XA"), QStringLiteral("zh_CN")}));
    }

    void cleanupTestCase() { ui::installTranslators(*qApp, QStringLiteral("en"), QString()); }

private:
    /// As a translator does: the file into the profile's folder.
    static void take(const QString &profile, const QString &locale)
    {
        const QString name = QStringLiteral("balcony_%1.qm").arg(locale);
        QVERIFY(QDir().mkpath(profile + QStringLiteral("/translations")));
        QVERIFY(QFile::copy(QCoreApplication::applicationDirPath() + QStringLiteral("/../translations/pseudo/") + name,
                            profile + QStringLiteral("/translations/") + name));
    }
};

BALCONY_TEST(TestLanguage)
#include "tst_language.moc"
