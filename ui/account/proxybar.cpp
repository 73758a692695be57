// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/proxybar.h"

#include "ui/account/passwordedit.h"
#include "ui/errortext.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace ui {

ProxyBar::ProxyBar(chat::Account &account, QWidget *parent)
    : QWidget(parent), m_account(account), m_picture(new QLabel(this)), m_text(new PlainLabel({}, this)),
      m_user(new QLineEdit(this)), m_password(new PasswordEdit(this)), m_use(new QPushButton(tr("Connect"), this))
{
    setObjectName(QStringLiteral("proxyBar"));
    auto *grid = new QGridLayout(this);
    grid->addWidget(m_picture, 0, 0, Qt::AlignTop);
    grid->addWidget(m_text, 0, 1, 1, 4);
    grid->addWidget(m_user, 1, 1);
    grid->addWidget(m_password, 1, 2);
    grid->addWidget(m_password->eye(), 1, 3);
    grid->addWidget(m_use, 1, 4);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    m_text->setWordWrap(true);
    m_text->setBuddy(m_user);
    const net::Proxy &proxy = account.settings().proxy;
    //: %1 is the name or the address of a proxy, %2 an account's address.
    m_text->setText(
        tr("The proxy %1 on the way to the server of %2 wants a user name and a password, or others than it "
           "was given; please enter them.")
            .arg(isolated(singleLine(proxy.host)), isolated(account.jid().toString())));
    m_user->setText(proxy.user);
    m_user->setPlaceholderText(tr("User name"));
    m_user->setAccessibleName(tr("User name for the proxy"));
    m_password->setPlaceholderText(tr("Password"));
    m_password->setAccessibleName(tr("Password for the proxy"));
    for (QLineEdit *edit : {m_user, static_cast<QLineEdit *>(m_password)}) {
        edit->setAccessibleDescription(m_text->text());
        connect(edit, &QLineEdit::textChanged, this, [this] { m_use->setEnabled(!m_user->text().isEmpty()); });
        connect(edit, &QLineEdit::returnPressed, this, &ProxyBar::submit);
    }
    m_use->setEnabled(!proxy.user.isEmpty());
    m_use->setDefault(true);
    connect(m_use, &QAbstractButton::clicked, this, &ProxyBar::submit);
    setFocusProxy(proxy.user.isEmpty() ? m_user : m_password);
    setAccessibleName(m_text->text());
    applyTheme();
}

void ProxyBar::submit()
{
    if (m_user->text().isEmpty())
        return;
    chat::AccountSettings settings = m_account.settings();
    settings.proxy.user = m_user->text();
    QString password = m_password->text();
    settings.proxy.password = std::make_shared<const SecretBytes>(SecretBytes::take(password));
    Q_EMIT answered(settings);
}

void ProxyBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.colors.warningGround);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colors.border);
}

void ProxyBar::applyTheme()
{
    const Theme &theme = Theme::of(this);
    auto *grid = static_cast<QGridLayout *>(layout());
    grid->setContentsMargins(theme.space.l, theme.space.m, theme.space.l, theme.space.m);
    grid->setHorizontalSpacing(theme.space.s);
    grid->setVerticalSpacing(theme.space.s);
    const int side = theme.iconSize();
    m_picture->setPixmap(iconPixmap(Icon::Key, theme.colors.warningText, side, devicePixelRatioF()));
    m_picture->setFixedSize(side, side);
    QPalette palette;
    palette.setColor(QPalette::WindowText, theme.colors.warningText);
    m_text->setPalette(palette);
}

void ProxyBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
