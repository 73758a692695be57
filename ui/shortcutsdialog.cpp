// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shortcutsdialog.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

ShortcutsDialog::ShortcutsDialog(const QList<QAction *> &actions, QWidget *parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    const Theme &theme = Theme::of(this);
    QList<QPair<QString, QString>> lines;
    for (const QAction *action : actions) {
        const QVariant listed = action->property("listed");
        if (action->shortcuts().isEmpty() || (listed.isValid() && !listed.toBool()))
            continue;
        QString text = action->text();
        QString keys = action->shortcut().toString(QKeySequence::NativeText);
        if (listed.isValid()) {
            text = tr("Chat by its place in the list");
            //: A range of shortcuts, from %1 to the digit 9.
            keys = tr("%1 to 9").arg(keys);
        }
        lines.append({text.remove(u'…'), keys});
    }
    lines.append({tr("Send the message"), QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText)});
    lines.append(
        {tr("New line in the message"), QKeySequence(Qt::SHIFT | Qt::Key_Return).toString(QKeySequence::NativeText)});
    lines.append({tr("Scroll the messages"),
                  tr("%1 and %2")
                      .arg(QKeySequence(Qt::Key_PageUp).toString(QKeySequence::NativeText),
                           QKeySequence(Qt::Key_PageDown).toString(QKeySequence::NativeText))});
    lines.append({tr("One step back"), QKeySequence(Qt::Key_Escape).toString(QKeySequence::NativeText)});
    lines.append({tr("Menu of a chat, contact or message"), tr("Menu key")});
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    auto *inner = new QWidget(area);
    auto *grid = new QGridLayout(inner);
    grid->setContentsMargins(theme.space.xl, theme.space.l, theme.space.xl, theme.space.s);
    grid->setHorizontalSpacing(theme.space.xl);
    grid->setVerticalSpacing(theme.space.s);
    grid->setColumnStretch(0, 1);
    for (int row = 0; row < lines.size(); ++row) {
        auto *what = new PlainLabel(lines.at(row).first, inner);
        auto *keys = new PlainLabel(lines.at(row).second, inner);
        keys->setTextRole(TextRole::Strong);
        keys->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(what, row, 0);
        grid->addWidget(keys, row, 1);
    }
    area->setWidget(inner);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(theme.space.xl, theme.space.s, theme.space.xl, theme.space.l);
    foot->addWidget(buttons);
    column->addLayout(foot);
    resize(theme.scaled(460), theme.scaled(620));
}

} // namespace ui
