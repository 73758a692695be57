// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/messagedetails.h"

#include "ui/chat/timelinelayout.h"
#include "ui/chat/timelinetext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

namespace {

// Somebody may correct a message without end.
constexpr qsizetype mostVersions = 50;
constexpr int longestVersion = 2000;

} // namespace

MessageDetails::MessageDetails(model::Timeline *timeline, qint64 key, std::function<QString(const Error &)> errorText,
                               QWidget *parent)
    : QDialog(parent), m_timeline(timeline), m_key(key), m_errorText(std::move(errorText)), m_form(new QFormLayout),
      m_versions(new QScrollArea(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("messageDetails"));
    setWindowTitle(tr("Details of the message"));
    const Theme &theme = Theme::of(this);
    m_form->setHorizontalSpacing(theme.space.xl);
    m_form->setVerticalSpacing(theme.space.s);
    auto *versions = new QWidget(m_versions);
    m_versionLines = new QVBoxLayout(versions);
    m_versionLines->setContentsMargins(theme.space.m, theme.space.m, theme.space.m, theme.space.m);
    m_versionLines->setSpacing(theme.space.xs);
    m_versions->setObjectName(QStringLiteral("messageVersions"));
    m_versions->setAccessibleName(tr("What it said before"));
    m_versions->setWidget(versions);
    m_versions->setWidgetResizable(true);
    m_versions->setMinimumHeight(theme.scaled(120));
    m_versions->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.space.xl, theme.space.l, theme.space.xl, theme.space.l);
    column->setSpacing(theme.space.l);
    column->addLayout(m_form);
    column->addWidget(m_versions, 1);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(theme.scaled(380));
    // A move exchanges what two keys hold, so the key and not the row is what is followed.
    connect(timeline, &QAbstractItemModel::dataChanged, this, &MessageDetails::fill);
    connect(timeline, &QAbstractItemModel::rowsRemoved, this, &MessageDetails::fill);
    connect(timeline, &QAbstractItemModel::modelReset, this, &MessageDetails::fill);
    connect(timeline, &model::Timeline::versionsRead, this, &MessageDetails::showVersions);
    connect(timeline, &QObject::destroyed, this, &QDialog::reject);
    fill();
}

void MessageDetails::addLine(const QString &label, const QString &text)
{
    auto *words = new PlainLabel(label, this);
    words->setMuted(true);
    auto *value = new PlainLabel(text, this);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(tr("%1: %2", "label and value").arg(label, text));
    m_form->addRow(words, value);
}

void MessageDetails::fill()
{
    const int index = m_timeline ? m_timeline->indexOf(m_key) : -1;
    if (index < 0)
        return reject();
    const model::TimelineRow &row = m_timeline->row(index);
    if (row == m_row)
        return;
    m_row = row;
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    const QDate today = QDate::currentDate();
    addLine(tr("From"), isolated(singleLine(row.authorName)));
    addLine(tr("Address"), isolated(row.author.toString()));
    addLine(tr("Written"), momentWords(row.time, today));
    for (const model::Reached &each : row.reached)
        addLine(stepWords(each.delivery), momentWords(each.time, today));
    if (row.outgoing)
        addLine(tr("State"), stateWords(row));
    if (row.delivery == model::Delivery::Failed && m_errorText)
        addLine(tr("Reason"), m_errorText(row.failure));
    for (const model::RowReaction &reaction : row.reactions.mid(0, RowReactions::mostChips))
        addLine(isolated(singleLine(reaction.text.left(64))), reactionNames(reaction));
    addLine(tr("Encryption"), row.encrypted ? tr("End to end") : tr("Only on the way to the server"));
    if (row.edited)
        m_timeline->readVersions(m_key);
    else
        m_versions->hide();
}

/// Each with the time since when it stood there, the oldest first.
void MessageDetails::showVersions(qint64 key, const QList<model::RowVersion> &versions)
{
    if (key != m_key)
        return;
    while (QLayoutItem *item = m_versionLines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    auto *title = new PlainLabel(tr("What it said before"), this);
    title->setTextRole(TextRole::Strong);
    m_versionLines->addWidget(title);
    const QDate today = QDate::currentDate();
    for (const model::RowVersion &version : versions.last(std::min<qsizetype>(versions.size(), mostVersions))) {
        auto *time = new PlainLabel(momentWords(version.time, today), this);
        time->setMuted(true);
        m_versionLines->addWidget(time);
        auto *text = new PlainLabel(cutText(version.body, longestVersion, longestVersion), this);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        text->setAccessibleName(tr("%1: %2", "label and value").arg(time->text(), text->text()));
        m_versionLines->addWidget(text);
    }
    m_versionLines->addStretch();
    m_versions->setVisible(!versions.isEmpty());
}

} // namespace ui
