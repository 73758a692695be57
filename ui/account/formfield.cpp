// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/formfield.h"

#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ui {
namespace {

QString withoutMnemonic(QString text)
{
    // Chinese labels carry theirs in brackets at the end: 地址(&A)
    if (const auto at = text.indexOf(QStringLiteral("(&")); at >= 0 && text.size() - at == 4)
        return text.left(at);
    return text.remove(u'&');
}

} // namespace

FormField::FormField(const QString &label, QWidget *editor, QWidget *parent)
    : QWidget(parent), m_editor(editor), m_label(new PlainLabel(label, this)), m_message(new PlainLabel({}, this)),
      m_line(new QHBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_label);
    column->addLayout(m_line);
    column->addWidget(m_message);
    m_line->addWidget(editor, 1);
    m_label->setTextRole(TextRole::Strong);
    m_label->setBuddy(editor);
    m_message->setTextRole(TextRole::Caption);
    m_message->setWordWrap(true);
    m_message->hide();
    editor->setAccessibleName(withoutMnemonic(label));
    applyTheme();
}

void FormField::addBeside(QWidget *widget)
{
    m_line->addWidget(widget);
}

void FormField::setHint(const QString &hint)
{
    m_hint = hint;
    showMessage();
}

void FormField::setProblem(const QString &problem)
{
    if (problem == m_problem)
        return;
    m_problem = problem;
    showMessage();
}

void FormField::showMessage()
{
    const QString text = m_problem.isEmpty() ? m_hint : m_problem;
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    applyTheme();
    m_editor->setAccessibleDescription(text);
    QAccessibleEvent event(m_editor, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void FormField::applyTheme()
{
    const Theme &theme = Theme::of(this);
    static_cast<QVBoxLayout *>(layout())->setSpacing(theme.space.xs);
    m_line->setSpacing(theme.space.xs);
    QPalette palette;
    palette.setColor(QPalette::WindowText, m_problem.isEmpty() ? theme.colors.textMuted : theme.colors.dangerText);
    m_message->setPalette(palette);
}

void FormField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
