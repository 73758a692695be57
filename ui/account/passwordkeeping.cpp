// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/passwordkeeping.h"

#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QEvent>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ui {

PasswordKeeping::PasswordKeeping(chat::Profile &profile, QWidget *parent)
    : QWidget(parent), m_profile(profile), m_remember(new QCheckBox(tr("&Remember the password"), this)),
      m_explanation(new PlainLabel({}, this)), m_ask(new QRadioButton(tr("Ask me &each time Balcony starts"), this)),
      m_file(new QRadioButton(tr("Keep it in a &file of this profile"), this)),
      m_fileWarning(new PlainLabel(tr("Whoever can read your files can then read the password."), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_remember);
    column->addWidget(m_explanation);
    column->addWidget(m_ask);
    column->addWidget(m_file);
    column->addWidget(m_fileWarning);
    for (PlainLabel *label : {m_explanation, m_fileWarning}) {
        label->setWordWrap(true);
        label->setTextRole(TextRole::Caption);
        label->setMuted(true);
    }
    m_remember->setChecked(true);
    m_ask->setChecked(true); // the file only by the person's own hand
    m_file->setAccessibleDescription(m_fileWarning->text());
    connect(m_remember, &QAbstractButton::toggled, this, [this] {
        showChoices();
        Q_EMIT changed();
    });
    connect(m_file, &QAbstractButton::toggled, this, [this] { Q_EMIT changed(); });
    applyTheme();
    showChoices();
}

PasswordKeeping::~PasswordKeeping()
{
    m_scope.cancel();
}

void PasswordKeeping::probe()
{
    if (std::exchange(m_probed, true))
        return;
    m_scope.run(askKeychain());
}

/// Looks for an entry that is never there: `not-found` is the answer of a keychain that works.
Task<void> PasswordKeeping::askKeychain()
{
    auto reading = m_profile.services().keychain.read(QStringLiteral("probe"));
    const auto answer = co_await std::move(reading);
    setKeychainAvailable(answer || answer.error().condition != u"keychain-unavailable");
}

void PasswordKeeping::setKeychainAvailable(bool available)
{
    m_probed = true;
    m_available = available;
    showChoices();
    Q_EMIT changed();
}

PasswordKeeping::PasswordStore PasswordKeeping::store() const
{
    if (m_available)
        return m_remember->isChecked() ? PasswordStore::Keychain : PasswordStore::None;
    return m_file->isChecked() ? PasswordStore::File : PasswordStore::None;
}

void PasswordKeeping::showChoices()
{
    m_remember->setVisible(m_available);
    m_explanation->setText(
        !m_available ? tr("This computer has no keychain that Balcony can use. Where shall the password be kept?")
            : m_remember->isChecked() ? tr("It is kept in this computer's keychain.")
                                      : tr("You will be asked for it each time Balcony starts."));
    m_remember->setAccessibleDescription(m_explanation->text());
    for (QWidget *widget : std::initializer_list<QWidget *>{m_ask, m_file, m_fileWarning})
        widget->setVisible(!m_available);
    m_explanation->setTextRole(m_available ? TextRole::Caption : TextRole::Body);
    m_explanation->setMuted(m_available);
    applyTheme();
}

void PasswordKeeping::applyTheme()
{
    const Theme &theme = Theme::of(this);
    layout()->setSpacing(theme.space.xs);
    const int indent = style()->pixelMetric(QStyle::PM_IndicatorWidth) + theme.space.s;
    m_fileWarning->setContentsMargins(isRightToLeft() ? 0 : indent, 0, isRightToLeft() ? indent : 0, 0);
    const int own = m_available ? indent : 0;
    m_explanation->setContentsMargins(isRightToLeft() ? 0 : own, 0, isRightToLeft() ? own : 0, 0);
}

void PasswordKeeping::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange)
        applyTheme();
}

} // namespace ui
