// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/commandhelpdialog.h"

#include "ui/chat/commands.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QGridLayout>

namespace ui {

CommandHelpDialog::CommandHelpDialog(QWidget *parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("commandHelp"));
    setWindowTitle(tr("Commands"));
    const Theme &theme = Theme::of(this);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(theme.space.xl);
    grid->setVerticalSpacing(theme.space.s);
    grid->setColumnStretch(1, 1);
    QList<CommandHelp> lines = commandHelp();
    lines.append({QStringLiteral("//"), tr("Sends a text that begins with a slash.")});
    for (int row = 0; row < lines.size(); ++row) {
        auto *usage = new PlainLabel(lines.at(row).usage, this);
        usage->setTextRole(TextRole::Strong);
        auto *text = new PlainLabel(lines.at(row).text, this);
        text->setWordWrap(true);
        grid->addWidget(usage, row, 0, Qt::AlignTop);
        grid->addWidget(text, row, 1, Qt::AlignTop);
    }
    auto *intro =
        new PlainLabel(tr("Typed at the beginning of a message, these do something instead of being sent."), this);
    intro->setWordWrap(true);
    intro->setMuted(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.space.xl, theme.space.l, theme.space.xl, theme.space.l);
    column->setSpacing(theme.space.l);
    column->addWidget(intro);
    column->addLayout(grid);
    column->addStretch(1);
    column->addWidget(buttons);
    const int width = std::max(theme.scaled(520), sizeHint().width());
    // Texts that break take more height than a hint says.
    resize(width, std::max(sizeHint().height(), column->totalHeightForWidth(width)));
}

} // namespace ui
