// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/language.h"
#include "ui/theme/style.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

namespace tests {

/// One way in which a window must be good to look at.
struct Look {
    const char *name;
    ui::Scheme scheme = ui::Scheme::Light;
    double textScale = 1;
    const char *language = "en";
};

inline QVector<Look> looks()
{
    using ui::Scheme;
    return {{"light"},
            {"dark", Scheme::Dark},
            {"zh_CN", Scheme::Light, 1, "zh_CN"},
            {"zh_CN-dark", Scheme::Dark, 1, "zh_CN"},
            {"200", Scheme::Light, 2},
            {"long", Scheme::Light, 1, "en_XA"},
            {"rtl", Scheme::Light, 1, "ar_XB"}};
}

/// Columns for a test that runs in every look; QFETCH(int, which) and looks().at(which).
inline void addLooks()
{
    QTest::addColumn<int>("which");
    const QVector<Look> all = looks();
    for (int i = 0; i < all.size(); ++i)
        QTest::newRow(all.at(i).name) << i;
}

/// The program in a look while this lives; widgets are made after it. `folder` is a profile that may be written to.
class InLook
{
public:
    InLook(const Look &look, const QString &folder) : m_look(look), m_folder(folder)
    {
        static const QFont font = QApplication::font(); // before any theme
        const QString name = QStringLiteral("balcony_%1.qm").arg(QLatin1String(look.language));
        const QString made = QCoreApplication::applicationDirPath() + QStringLiteral("/../translations/pseudo/") + name;
        QDir().mkpath(folder + QStringLiteral("/translations"));
        QFile::copy(made, folder + QStringLiteral("/translations/") + name);
        ui::installTranslators(*qApp, QLatin1String(look.language), folder);
        ui::Theme::Wish wish;
        wish.scheme = look.scheme;
        wish.textScale = look.textScale;
        wish.font = font;
        wish.motion = false;
        wear(wish);
    }
    ~InLook()
    {
        ui::installTranslators(*qApp, QStringLiteral("en"), m_folder);
        wear({});
    }
    InLook(const InLook &) = delete;
    InLook &operator=(const InLook &) = delete;

    /// Leaves a picture in the build folder's `screenshots`.
    bool shoot(QWidget &widget, const char *what) const
    {
        const QDir folder(QCoreApplication::applicationDirPath() + QStringLiteral("/../screenshots"));
        folder.mkpath(QStringLiteral("."));
        const QString name = QStringLiteral("%1-%2.png").arg(QLatin1String(what), QLatin1String(m_look.name));
        return widget.grab().save(folder.filePath(name));
    }

private:
    static void wear(const ui::Theme::Wish &wish)
    {
        const ui::Theme theme = ui::Theme::make(wish);
        qApp->setStyle(new ui::Style(theme));
        qApp->setPalette(theme.palette());
        qApp->setFont(theme.font(ui::TextRole::Body));
    }

    Look m_look;
    QString m_folder;
};

/// Labels and buttons in `root` that have less room than their text needs; empty: all is readable.
inline QStringList clipped(const QWidget &root)
{
    QStringList found;
    for (const auto *label : root.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const int needs = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        if (label->height() < needs || (!label->wordWrap() && label->width() < label->minimumSizeHint().width()))
            found.append(label->text());
    }
    for (const auto *button : root.findChildren<QAbstractButton *>()) {
        // A line edit makes its own ones fit.
        if (qobject_cast<const QLineEdit *>(button->parentWidget()))
            continue;
        if (button->isVisible()
            && (button->width() < button->sizeHint().width() || button->height() < button->sizeHint().height()))
            found.append(button->text());
    }
    return found;
}

/// Everything that the keyboard can reach in `root` and a screen reader would find without a name.
inline QStringList nameless(const QWidget &root)
{
    QStringList found;
    for (const auto *widget : root.findChildren<QWidget *>()) {
        const bool isControl = qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
            || qobject_cast<const QComboBox *>(widget);
        if (!isControl || !widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        if (!face || face->text(QAccessible::Name).isEmpty())
            found.append(QString::fromLatin1(widget->metaObject()->className()));
    }
    return found;
}

} // namespace tests
