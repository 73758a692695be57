// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatheader.h"

#include "ui/roster/presencelook.h"
#include "ui/roster/rowpaint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace ui {

namespace {

/// Who says nothing more for so long does not type any more, whatever got lost on the way (XEP-0085 5.1).
constexpr int typingLimit = 45000;

} // namespace

ChatHeader::ChatHeader(chat::Profile &profile, qint64 conversation, QWidget *parent)
    : QWidget(parent), m_profile(profile), m_conversation(conversation),
      m_back(new IconButton(Icon::Back, tr("Back to the list"), this)), m_avatar(new Avatar(38, this)),
      m_name(new ElidedLabel({}, this)), m_line(new ElidedLabel({}, this)),
      m_find(new IconButton(Icon::Search, tr("Search in this chat"), this)),
      m_more(new IconButton(Icon::More, tr("Menu of this chat"), this)), m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("chatHeader"));
    m_back->setObjectName(QStringLiteral("backButton"));
    m_more->setObjectName(QStringLiteral("chatMenuButton"));
    m_find->setObjectName(QStringLiteral("chatFindButton"));
    m_find->setWords(tr("Search in this chat"), QKeySequence(Qt::CTRL | Qt::Key_F));
    m_name->setObjectName(QStringLiteral("chatName"));
    m_line->setObjectName(QStringLiteral("chatPresence"));
    m_back->hide();
    m_name->setTextRole(TextRole::Title);
    m_line->setMuted(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch(1);
    words->addWidget(m_name);
    words->addWidget(m_line);
    words->addStretch(1);
    m_row->addWidget(m_back);
    m_row->addWidget(m_avatar);
    m_row->addLayout(words, 1);
    m_row->addWidget(m_find);
    m_row->addWidget(m_more);
    m_typingEnd.setSingleShot(true);
    m_typingEnd.setInterval(typingLimit);
    connect(&m_typingEnd, &QTimer::timeout, this, [this] { setTyping(false); });
    connect(m_back, &QAbstractButton::clicked, this, &ChatHeader::backRequested);
    connect(m_find, &QAbstractButton::clicked, this, &ChatHeader::findRequested);
    connect(m_more, &QAbstractButton::clicked, this,
            [this] { Q_EMIT menuRequested(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    chat::Conversations &conversations = profile.conversations();
    connect(&conversations, &chat::Conversations::changed, this, [this](qint64 id) {
        if (id == m_conversation)
            refresh();
    });
    connect(&conversations, &chat::Conversations::typing, this, [this](qint64 id, bool active) {
        if (id == m_conversation)
            setTyping(active);
    });
    if (const store::Conversation *chat = conversations.find(conversation)) {
        if (chat::Account *account = profile.accounts().find(chat->account)) {
            connect(&account->presences(), &chat::Presences::changed, this, &ChatHeader::refresh);
            connect(&account->contacts(), &chat::Contacts::changed, this, &ChatHeader::refresh);
            connect(&account->contacts(), &chat::Contacts::removed, this, &ChatHeader::refresh);
            connect(&account->contacts(), &chat::Contacts::reset, this, &ChatHeader::refresh);
            connect(account, &chat::Account::stateChanged, this, &ChatHeader::refresh);
        }
    }
    applyTheme();
    refresh();
}

void ChatHeader::setBackShown(bool shown)
{
    m_back->setVisible(shown);
}

void ChatHeader::setTyping(bool active)
{
    m_typing = active;
    if (active)
        m_typingEnd.start();
    else
        m_typingEnd.stop();
    refresh();
}

void ChatHeader::refresh()
{
    const store::Conversation *chat = m_profile.conversations().find(m_conversation);
    chat::Account *account = chat ? m_profile.accounts().find(chat->account) : nullptr;
    if (!account)
        return;
    const chat::Contact *contact = account->contacts().find(chat->peer);
    const auto best = account->presences().best(chat->peer);
    const QString title = contact ? contact->title() : chat->peer.toString();
    const bool online = account->state() == chat::Account::State::Online;
    QString line;
    if (m_typing && best) {
        line = tr("Typing…");
    } else if (!contact) {
        line = tr("Not in your contacts");
    } else if (!online) {
        line = chat->peer.toString();
    } else {
        line = presenceName(best ? std::optional(best->show) : std::nullopt);
        if (best && best->idleSince.isValid()) {
            //: Under a name: %1 is a presence such as "Away", %2 the time or day since when the person was not there.
            line = tr("%1, idle since %2").arg(line, shortTime(best->idleSince, QDateTime::currentDateTime()));
        }
        if (best && !best->status.isEmpty())
            //: Under a name: %1 is a presence such as "Away", %2 the person's own words about it.
            line = tr("%1 – %2").arg(line, isolated(singleLine(best->status)));
    }
    m_avatar->setPerson({title, chat->account, chat->peer});
    m_avatar->setPresence(!online || !contact ? PresenceDot::None
                                              : dotOf(best ? std::optional(best->show) : std::nullopt));
    m_name->setIsolatedText(title);
    m_line->setText(line);
    m_line->setAccessibleName(line);
    if (std::exchange(m_title, title) != title)
        Q_EMIT titleChanged(title);
}

void ChatHeader::applyTheme()
{
    const Theme &theme = Theme::of(this);
    m_row->setContentsMargins(theme.space.l, theme.space.s, theme.space.s, theme.space.s);
    m_row->setSpacing(theme.space.m);
    setMinimumHeight(theme.scaled(60));
    update();
}

void ChatHeader::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.colors.window);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colors.border);
}

void ChatHeader::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
