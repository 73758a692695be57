// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/weakerbar.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace ui {

WeakerBar::WeakerBar(chat::Account &account, QWidget *parent)
    : QWidget(parent), m_account(account), m_picture(new QLabel(this)), m_text(new PlainLabel({}, this)),
      m_answers(new QWidget(this))
{
    setObjectName(QStringLiteral("weakerBar"));
    auto *grid = new QGridLayout(this);
    grid->addWidget(m_picture, 0, 0, Qt::AlignTop);
    grid->addWidget(m_text, 0, 1);
    grid->addWidget(m_answers, 1, 1);
    grid->setColumnStretch(1, 1);
    m_text->setWordWrap(true);
    auto *row = new QHBoxLayout(m_answers);
    row->setContentsMargins(0, 0, 0, 0);
    QPushButton *stay = answer("stayOffline", tr("Stay offline"));
    QPushButton *once = answer("once", tr("Sign in this once"));
    QPushButton *always = answer("fromNowOn", tr("Accept from now on"));
    row->addStretch();
    stay->setDefault(true);
    setFocusProxy(stay);
    using Weaker = chat::Account::Weaker;
    connect(stay, &QAbstractButton::clicked, this, [this] { m_account.goOffline(); });
    connect(once, &QAbstractButton::clicked, this, [this] { m_account.acceptWeaker(Weaker::Once); });
    connect(always, &QAbstractButton::clicked, this, [this] { m_account.acceptWeaker(Weaker::FromNowOn); });
    connect(&account, &chat::Account::stateChanged, this, &WeakerBar::refresh);
    applyTheme();
    refresh();
}

QPushButton *WeakerBar::answer(const char *name, const QString &text)
{
    auto *button = new QPushButton(text, m_answers);
    button->setObjectName(QLatin1String(name));
    m_answers->layout()->addWidget(button);
    return button;
}

QString WeakerBar::text() const
{
    return m_text->text();
}

void WeakerBar::refresh()
{
    const auto &offer = m_account.weakerOffer();
    if (!offer)
        return; // it goes in a moment
    const auto inWords = [](const xmpp::Pin &pin) {
        const QString name = isolated(singleLine(pin.mechanism));
        switch (pin.binding) {
        case net::ChannelBinding::None:
            //: %1 is the name of a way to sign in, like SCRAM-SHA-256.
            return tr("%1, not tied to the connection").arg(name);
        case net::ChannelBinding::TlsServerEndPoint:
            //: %1 is the name of a way to sign in, like SCRAM-SHA-256.
            return tr("%1, tied to the server's certificate").arg(name);
        case net::ChannelBinding::TlsUnique:
        case net::ChannelBinding::TlsExporter:
            //: %1 is the name of a way to sign in, like SCRAM-SHA-256.
            return tr("%1, tied to the connection").arg(name);
        }
        Q_UNREACHABLE();
    };
    //: %1 is an account's address.
    const QString warning =
        tr("The server of %1 offers a weaker way to sign in than before. Somebody may have put themselves between you "
           "and the server; the password was not used. If nobody told you of a change, stay offline and ask the "
           "server's operator.")
            .arg(isolated(m_account.jid().toString()));
    //: %1 and %2 are ways to sign in, like "SCRAM-SHA-256, tied to the connection".
    const QString facts =
        tr("Used before: %1. Offered now: %2.").arg(inWords(m_account.memory().pin()), inWords(*offer));
    m_text->setText(warning + u'\n' + facts);
    setAccessibleName(m_text->text());
}

void WeakerBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.colors.warningGround);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colors.border);
}

void WeakerBar::applyTheme()
{
    const Theme &theme = Theme::of(this);
    auto *grid = static_cast<QGridLayout *>(layout());
    grid->setContentsMargins(theme.space.l, theme.space.m, theme.space.l, theme.space.m);
    grid->setHorizontalSpacing(theme.space.s);
    grid->setVerticalSpacing(theme.space.s);
    m_answers->layout()->setSpacing(theme.space.s);
    const int side = theme.iconSize();
    m_picture->setPixmap(iconPixmap(Icon::Alert, theme.colors.warningText, side, devicePixelRatioF()));
    m_picture->setFixedSize(side, side);
    QPalette palette;
    palette.setColor(QPalette::WindowText, theme.colors.warningText);
    m_text->setPalette(palette);
}

void WeakerBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
