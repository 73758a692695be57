// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/appearancepage.h"

#include "ui/account/formfield.h"
#include "ui/account/note.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int smallestScale = 80; // per cent
constexpr int largestScale = 200;
constexpr int scaleStep = 10;

} // namespace

AppearancePage::AppearancePage(const QString &profileFolder, Appearance *appearance, QWidget *parent)
    : SheetPage(parent), m_folder(profileFolder), m_appearance(appearance),
      m_preferences(Preferences::load(profileFolder)), m_schemes(new QButtonGroup(this)),
      m_contrast(new QCheckBox(tr("&High contrast"), sheet())), m_scale(new QComboBox(sheet())),
      m_language(new QComboBox(sheet())), m_note(new Note(sheet()))
{
    build();
    showAll();
    watch();
}

void AppearancePage::buildSchemes(QWidget *parent)
{
    m_schemeRow = new QWidget(parent);
    auto *row = new QHBoxLayout(m_schemeRow);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](Appearance::Choice choice, const QString &text) {
        auto *button = new QRadioButton(text, m_schemeRow);
        m_schemes->addButton(button, int(choice));
        row->addWidget(button);
    };
    add(Appearance::Choice::System, tr("As the s&ystem"));
    add(Appearance::Choice::Light, tr("&Light"));
    add(Appearance::Choice::Dark, tr("&Dark"));
    row->addStretch(1);
}

void AppearancePage::build()
{
    buildSchemes(sheet());
    for (int percent = smallestScale; percent <= largestScale; percent += scaleStep) {
        //: The size of text in per cent of the system's.
        m_scale->addItem(tr("%1 %").arg(QLocale().toString(percent)), percent);
    }
    m_language->addItem(tr("As the system"), QString());
    for (const Language &language : availableLanguages(m_folder))
        m_language->addItem(language.native, language.name);
    QVBoxLayout *column = this->column();
    column->addWidget(new FormField(tr("Colors"), m_schemeRow, sheet()));
    column->addWidget(m_contrast);
    column->addWidget(new FormField(tr("&Text size"), m_scale, sheet()));
    auto *language = new FormField(tr("Lan&guage"), m_language, sheet());
    language->setHint(tr("Takes effect when Balcony starts the next time."));
    column->addWidget(language);
    column->addWidget(m_note);
    column->addStretch(1);
}

void AppearancePage::showAll()
{
    m_schemes->button(int(m_preferences.scheme))->setChecked(true);
    m_contrast->setChecked(m_preferences.contrast == Appearance::Contrast::High);
    const int percent = qRound(m_preferences.textScale * 100 / scaleStep) * scaleStep;
    m_scale->setCurrentIndex(m_scale->findData(percent));
    m_language->setCurrentIndex(std::max(0, m_language->findData(m_preferences.language)));
}

void AppearancePage::watch()
{
    connect(m_schemes, &QButtonGroup::idClicked, this, [this](int id) {
        Preferences next = m_preferences;
        next.scheme = Appearance::Choice(id);
        take(next);
    });
    connect(m_contrast, &QAbstractButton::toggled, this, [this](bool high) {
        Preferences next = m_preferences;
        next.contrast = high ? Appearance::Contrast::High : Appearance::Contrast::System;
        take(next);
    });
    connect(m_scale, &QComboBox::activated, this, [this](int row) {
        Preferences next = m_preferences;
        next.textScale = m_scale->itemData(row).toInt() / 100.0;
        take(next);
    });
    connect(m_language, &QComboBox::activated, this, [this](int row) {
        Preferences next = m_preferences;
        next.language = m_language->itemData(row).toString();
        take(next);
    });
}

void AppearancePage::take(const Preferences &preferences)
{
    m_preferences = preferences;
    if (m_appearance)
        m_preferences.applyTo(*m_appearance);
    const auto saved = m_preferences.save(m_folder);
    if (saved)
        m_note->clear();
    else
        m_note->tell(saved.error());
}

} // namespace ui
