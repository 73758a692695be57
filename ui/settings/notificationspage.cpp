// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/notificationspage.h"

#include "ui/account/formfield.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSystemTrayIcon>
#include <QTimeEdit>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int timeWidth = 112; // of "10:00 PM" and the arrows, at 100 % text

} // namespace

using chat::AlertSettings;

NotificationsPage::NotificationsPage(chat::Settings &settings, QWidget *parent)
    : SheetPage(parent), m_settings(settings), m_on(new QCheckBox(tr("Notify me of new &messages"))),
      m_content(new QComboBox), m_sound(new QCheckBox(tr("Play a s&ound"))),
      m_disturb(new QCheckBox(tr("Do not &disturb"))), m_quiet(new QCheckBox(tr("&Quiet hours"))),
      m_from(new QTimeEdit), m_to(new QTimeEdit), m_tray(new QCheckBox(tr("Show an icon in the &tray"))),
      m_keep(new QCheckBox(tr("&Keep running when the window is closed")))
{
    build();
    showAll();
    watch();
}

QWidget *NotificationsPage::buildHours()
{
    auto *hours = new QWidget(sheet());
    auto *row = new QHBoxLayout(hours);
    row->setContentsMargins(0, 0, 0, 0);
    //: Before a time of day: the quiet hours begin.
    auto *from = new PlainLabel(tr("From"), hours);
    //: Before a time of day: the quiet hours end.
    auto *to = new PlainLabel(tr("to"), hours);
    for (QTimeEdit *edit : {m_from, m_to})
        edit->setMinimumWidth(Theme::of(this).scaled(timeWidth));
    m_from->setAccessibleName(tr("Beginning of the quiet hours"));
    m_to->setAccessibleName(tr("End of the quiet hours"));
    // The field inside is what has the keyboard.
    for (const QTimeEdit *edit : {m_from, m_to}) {
        if (auto *field = edit->findChild<QLineEdit *>())
            field->setAccessibleName(edit->accessibleName());
    }
    for (QWidget *each : std::initializer_list<QWidget *>{from, m_from, to, m_to})
        row->addWidget(each);
    row->addStretch(1);
    return hours;
}

void NotificationsPage::build()
{
    using Content = AlertSettings::Content;
    m_content->addItem(tr("Name and text"), AlertSettings::word(Content::Text));
    m_content->addItem(tr("Only the name"), AlertSettings::word(Content::Name));
    m_content->addItem(tr("Neither name nor text"), AlertSettings::word(Content::Nothing));
    QVBoxLayout *column = this->column();
    column->addWidget(m_on);
    column->addWidget(new FormField(tr("Notifications &show"), m_content, sheet()));
    column->addWidget(m_sound);
    column->addWidget(m_disturb);
    auto *about = new PlainLabel(tr("Nothing is shown either while your presence is “Do not disturb”."), sheet());
    about->setMuted(true);
    about->setWordWrap(true);
    column->addWidget(about);
    column->addWidget(m_quiet);
    column->addWidget(buildHours());
    column->addWidget(m_tray);
    column->addWidget(m_keep);
    if (!QSystemTrayIcon::isSystemTrayAvailable()) {
        auto *none = new PlainLabel(tr("This desktop has no tray: closing the window quits Balcony."), sheet());
        none->setMuted(true);
        none->setWordWrap(true);
        column->addWidget(none);
    }
    column->addStretch(1);
}

void NotificationsPage::watchFlag(QCheckBox *box, const QString &key)
{
    connect(box, &QAbstractButton::toggled, this, [this, key](bool on) { m_settings.set(key, on); });
}

void NotificationsPage::watch()
{
    watchFlag(m_on, AlertSettings::onKey());
    watchFlag(m_sound, AlertSettings::soundKey());
    watchFlag(m_disturb, AlertSettings::disturbKey());
    watchFlag(m_quiet, AlertSettings::quietKey());
    watchFlag(m_tray, AlertSettings::trayKey());
    watchFlag(m_keep, AlertSettings::keepKey());
    connect(m_content, &QComboBox::activated, this,
            [this](int row) { m_settings.set(AlertSettings::contentKey(), m_content->itemData(row).toString()); });
    connect(m_from, &QTimeEdit::timeChanged, this, [this](const QTime &time) {
        m_settings.set(AlertSettings::quietFromKey(), AlertSettings::timeText(time));
    });
    connect(m_to, &QTimeEdit::timeChanged, this,
            [this](const QTime &time) { m_settings.set(AlertSettings::quietToKey(), AlertSettings::timeText(time)); });
    connect(&m_settings, &chat::Settings::changed, this, &NotificationsPage::showAll);
}

void NotificationsPage::showAll()
{
    const AlertSettings now = AlertSettings::of(m_settings);
    const auto check = [](QCheckBox *box, bool on) {
        const QSignalBlocker quiet(box);
        box->setChecked(on);
    };
    const auto set = [](QTimeEdit *edit, const QTime &time) {
        const QSignalBlocker quiet(edit);
        if (edit->time() != time) // else the cursor would jump
            edit->setTime(time);
    };
    check(m_on, now.isOn);
    check(m_sound, now.hasSound);
    check(m_disturb, now.doNotDisturb);
    check(m_quiet, now.hasQuietHours);
    check(m_tray, m_settings.flag(AlertSettings::trayKey(), true));
    check(m_keep, m_settings.flag(AlertSettings::keepKey()));
    m_content->setCurrentIndex(m_content->findData(AlertSettings::word(now.content)));
    set(m_from, now.quietFrom);
    set(m_to, now.quietTo);
    for (QWidget *each : std::initializer_list<QWidget *>{m_content, m_sound, m_disturb, m_quiet})
        each->setEnabled(now.isOn);
    for (QWidget *each : std::initializer_list<QWidget *>{m_from, m_to})
        each->setEnabled(now.isOn && now.hasQuietHours);
    const bool hasTray = QSystemTrayIcon::isSystemTrayAvailable();
    m_tray->setEnabled(hasTray);
    m_keep->setEnabled(hasTray && m_tray->isChecked());
}

} // namespace ui
