// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/presencepage.h"

#include "chat/awaysettings.h"
#include "ui/account/formfield.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {

using chat::AwaySettings;

PresencePage::PresencePage(chat::Settings &settings, QWidget *parent)
    : SheetPage(parent), m_settings(settings),
      m_after(addMinutes(tr("Show me as “&Away” when the computer was not used for"), AwaySettings::afterKey())),
      m_extended(addMinutes(tr("Show me as “Away for &longer” when it was not used for"), AwaySettings::extendedKey())),
      m_locked(new QCheckBox(tr("Show me as “Away” while the &screen is locked"), sheet()))
{
    column()->addWidget(m_locked);
    auto *about = new PlainLabel(
        tr("Your own choice comes back as soon as you do. Only “Available” and “Free to chat” are shown otherwise."),
        sheet());
    about->setMuted(true);
    about->setWordWrap(true);
    column()->addWidget(about);
    column()->addStretch(1);
    showAll();
    connect(m_locked, &QAbstractButton::toggled, this,
            [this](bool on) { m_settings.set(AwaySettings::lockedKey(), on); });
    connect(&m_settings, &chat::Settings::changed, this, &PresencePage::showAll);
}

QSpinBox *PresencePage::addMinutes(const QString &title, const QString &key)
{
    auto *box = new QSpinBox(sheet());
    box->setRange(0, AwaySettings::mostMinutes);
    //: In place of a number of minutes.
    box->setSpecialValueText(tr("Never"));
    //: A number of minutes, in a field where it can be changed.
    const QString words = tr("%1 min");
    box->setPrefix(words.section(QStringLiteral("%1"), 0, 0));
    box->setSuffix(words.section(QStringLiteral("%1"), 1));
    column()->addWidget(new FormField(title, box, sheet()));
    connect(box, &QSpinBox::valueChanged, this, [this, key](int minutes) { m_settings.set(key, minutes); });
    return box;
}

void PresencePage::showAll()
{
    const AwaySettings now = AwaySettings::of(m_settings);
    const auto set = [](QSpinBox *box, int minutes) {
        const QSignalBlocker quiet(box);
        if (box->value() != minutes) // else the cursor would jump
            box->setValue(minutes);
    };
    set(m_after, now.after);
    set(m_extended, now.extendedAfter);
    const QSignalBlocker quiet(m_locked);
    m_locked->setChecked(now.whenLocked);
}

} // namespace ui
