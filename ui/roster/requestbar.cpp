// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/requestbar.h"

#include "ui/errortext.h"
#include "ui/theme/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QAccessible>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace ui {
namespace {

constexpr qsizetype shownText = 200;

QString shortened(const QString &text)
{
    // Alone on its label it needs no isolation, only the end of its own bidi controls.
    const QString line = isolated(singleLine(text)).mid(1).chopped(1).trimmed();
    return line.size() > shownText ? line.left(shownText) + QChar(0x2026) : line;
}

} // namespace

RequestBar::RequestBar(chat::Profile &profile, QWidget *parent)
    : QWidget(parent), m_profile(profile), m_picture(new QLabel(this)), m_headline(new PlainLabel({}, this)),
      m_text(new PlainLabel({}, this)), m_small(new PlainLabel({}, this)),
      m_accept(new QPushButton(tr("Accept"), this)), m_deny(new QPushButton(tr("Deny"), this))
{
    auto *grid = new QGridLayout(this);
    grid->addWidget(m_picture, 0, 0, Qt::AlignTop);
    grid->addWidget(m_headline, 0, 1);
    grid->addWidget(m_text, 1, 1);
    grid->addWidget(m_small, 2, 1);
    m_row = new QHBoxLayout;
    m_row->addWidget(m_accept);
    m_row->addWidget(m_deny);
    m_row->addStretch(1);
    grid->addLayout(m_row, 3, 1);
    grid->setColumnStretch(1, 1);
    for (PlainLabel *label : {m_headline, m_text, m_small})
        label->setWordWrap(true);
    m_small->setTextRole(TextRole::Caption);
    m_small->setMuted(true);
    m_accept->setDefault(true);
    m_accept->setToolTip(tr("They see when you are online, and you ask to see them, too."));
    connect(m_accept, &QAbstractButton::clicked, this, [this] { answer(true); });
    connect(m_deny, &QAbstractButton::clicked, this, [this] { answer(false); });
    connect(&profile.accounts(), &chat::Accounts::added, this, &RequestBar::follow);
    connect(&profile.accounts(), &chat::Accounts::removing, this, [this](chat::Account *account) {
        account->disconnect(this);
        account->contacts().disconnect(this);
        // It goes right after this.
        QMetaObject::invokeMethod(this, &RequestBar::refresh, Qt::QueuedConnection);
    });
    hide();
    applyTheme();
    for (chat::Account *account : profile.accounts().all())
        follow(account);
}

RequestBar::~RequestBar()
{
    m_scope.cancel();
}

void RequestBar::follow(chat::Account *account)
{
    connect(account, &chat::Account::stateChanged, this, &RequestBar::refresh);
    chat::Contacts *contacts = &account->contacts();
    connect(contacts, &chat::Contacts::requested, this, &RequestBar::refresh);
    connect(contacts, &chat::Contacts::requestGone, this, &RequestBar::refresh);
    connect(contacts, &chat::Contacts::reset, this, &RequestBar::refresh);
    refresh();
}

int RequestBar::count() const
{
    int number = 0;
    for (const chat::Account *account : m_profile.accounts().all())
        number += int(account->contacts().requests().size());
    return number;
}

void RequestBar::refresh()
{
    const chat::SubscriptionRequest *first = nullptr;
    const chat::Account *of = nullptr;
    for (const chat::Account *account : m_profile.accounts().all()) {
        for (const auto &[jid, request] : account->contacts().requests()) {
            if (!first || request.time < first->time) {
                first = &request;
                of = account;
            }
        }
    }
    if (!first) {
        m_who = {};
        hide();
        return;
    }
    const bool isNew = m_who != first->jid || m_account != of->jid();
    if (isNew)
        m_failure.clear();
    m_who = first->jid;
    m_account = of->jid();
    const bool isOnline = of->state() == chat::Account::State::Online;
    m_headline->setText(tr("%1 wants to add you as a contact").arg(isolated(m_who.toString())));
    const QString said = shortened(first->text);
    const QString quoted = tr("“%1”", "What somebody who asks says, in quotation marks.").arg(said);
    m_text->setText(said.isEmpty() ? QString() : quoted);
    m_text->setVisible(!said.isEmpty());
    QStringList small;
    if (!m_failure.isEmpty())
        small.append(m_failure);
    else if (!isOnline)
        small.append(tr("%1 is not connected; you can answer when it is online.").arg(isolated(m_account.toString())));
    else if (m_profile.accounts().all().size() > 1)
        small.append(tr("To your account %1").arg(isolated(m_account.toString())));
    if (const int others = count() - 1; others > 0)
        small.append(tr("%n more waiting", nullptr, others));
    m_small->setText(small.join(u'\n'));
    m_small->setVisible(!small.isEmpty());
    m_accept->setEnabled(isOnline && m_scope.isEmpty());
    m_deny->setEnabled(isOnline && m_scope.isEmpty());
    m_accept->setAccessibleName(tr("Accept %1").arg(m_who.toString()));
    m_deny->setAccessibleName(tr("Deny %1").arg(m_who.toString()));
    setAccessibleName(said.isEmpty() ? m_headline->text() : m_headline->text() + QStringLiteral(". ") + m_text->text());
    show();
    if (isNew) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void RequestBar::answer(bool accept)
{
    if (m_who.isNull() || !m_scope.isEmpty())
        return;
    m_failure.clear();
    m_scope.run(send(m_account, m_who, accept));
    refresh();
}

Task<void> RequestBar::send(Jid accountJid, Jid who, bool accept)
{
    chat::Account *account = m_profile.accounts().find(accountJid);
    if (!account)
        co_return;
    auto answering = accept ? account->contacts().accept(who) : account->contacts().deny(who);
    const auto answered = co_await std::move(answering);
    if (!answered && who == m_who)
        m_failure = errorText(answered.error(), who.toString());
    // Only when this task has ended may the next answer be given.
    QMetaObject::invokeMethod(this, &RequestBar::refresh, Qt::QueuedConnection);
}

void RequestBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.colors.infoGround);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colors.border);
}

void RequestBar::applyTheme()
{
    const Theme &theme = Theme::of(this);
    auto *grid = static_cast<QGridLayout *>(layout());
    grid->setContentsMargins(theme.space.l, theme.space.m, theme.space.l, theme.space.m);
    grid->setHorizontalSpacing(theme.space.s);
    grid->setVerticalSpacing(theme.space.xs);
    m_row->setSpacing(theme.space.s);
    m_row->setContentsMargins(0, theme.space.xs, 0, 0);
    const int side = theme.iconSize();
    m_picture->setPixmap(iconPixmap(Icon::AddContact, theme.colors.text, side, devicePixelRatioF()));
    m_picture->setFixedSize(side, side);
}

void RequestBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
