// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/textprompt.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

QVBoxLayout *columnOf(QDialog &dialog)
{
    const Theme &theme = Theme::of(&dialog);
    dialog.setAttribute(Qt::WA_DeleteOnClose);
    dialog.setMinimumWidth(theme.scaled(360));
    auto *column = new QVBoxLayout(&dialog);
    column->setContentsMargins(theme.space.xl, theme.space.xl, theme.space.xl, theme.space.l);
    column->setSpacing(theme.space.s);
    return column;
}

} // namespace

TextPrompt::TextPrompt(const QString &title, const QString &label, const QString &text, const QString &action,
                       QWidget *parent)
    : QDialog(parent), m_edit(new QLineEdit(text, this)), m_problem(new PlainLabel({}, this)),
      m_action(new QPushButton(action, this))
{
    setObjectName(QStringLiteral("textPrompt"));
    setWindowTitle(title);
    QVBoxLayout *column = columnOf(*this);
    auto *words = new PlainLabel(label, this);
    words->setWordWrap(true);
    words->setBuddy(m_edit);
    m_edit->setObjectName(QStringLiteral("textPromptEdit"));
    m_edit->setAccessibleName(label);
    m_edit->selectAll();
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_action, QDialogButtonBox::AcceptRole);
    m_action->setDefault(true);
    for (QWidget *widget : std::initializer_list<QWidget *>{words, m_edit, m_problem})
        column->addWidget(widget);
    column->addSpacing(Theme::of(this).space.s);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        m_busy = true;
        m_problem->hide();
        refresh();
        Q_EMIT given(m_edit->text().trimmed());
    });
    connect(m_edit, &QLineEdit::textChanged, this, &TextPrompt::refresh);
    refresh();
}

void TextPrompt::setEmptyAllowed(bool allowed)
{
    m_emptyAllowed = allowed;
    refresh();
}

void TextPrompt::refuse(const QString &why)
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, Theme::of(this).colors.dangerText);
    m_problem->setPalette(palette);
    m_problem->setText(why);
    m_problem->show();
    m_busy = false;
    refresh();
    // A sentence of several lines gets the room it needs.
    layout()->activate();
    resize(width(), std::max(height(), layout()->heightForWidth(width())));
}

void TextPrompt::refresh()
{
    m_action->setEnabled(!m_busy && (m_emptyAllowed || !m_edit->text().trimmed().isEmpty()));
}

Confirmation::Confirmation(const QString &question, const QString &explanation, const QString &action, bool danger,
                           QWidget *parent)
    : QDialog(parent), m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("confirmation"));
    setWindowTitle(question);
    QVBoxLayout *column = columnOf(*this);
    auto *headline = new PlainLabel(question, this);
    headline->setTextRole(TextRole::Title);
    headline->setWordWrap(true);
    auto *words = new PlainLabel(explanation, this);
    words->setWordWrap(true);
    words->setMuted(true);
    auto *button = new QPushButton(action, this);
    button->setProperty("danger", danger);
    m_buttons->addButton(button, QDialogButtonBox::AcceptRole);
    button->setDefault(true);
    column->addWidget(headline);
    column->addWidget(words);
    column->addSpacing(Theme::of(this).space.s);
    column->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT confirmed();
        accept();
    });
    // Sentences of several lines get the room that they need, at any size of the text.
    const int wide = std::max(minimumWidth(), sizeHint().width());
    resize(wide, std::max(sizeHint().height(), column->totalHeightForWidth(wide)));
}

void Confirmation::setOther(const QString &action)
{
    QPushButton *button = m_buttons->addButton(action, QDialogButtonBox::ActionRole);
    connect(button, &QAbstractButton::clicked, this, [this] {
        accept();
        Q_EMIT otherChosen();
    });
}

} // namespace ui
