// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/passwordbar.h"

#include "ui/account/errand.h"
#include "ui/account/passwordedit.h"
#include "ui/errortext.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace ui {
namespace {

/// A keychain that fails is no dead end: the password is then asked for at the next start.
Task<void> keep(chat::Account *account, SecretBytes password)
{
    (void)co_await account->keepPassword(std::move(password));
}

} // namespace

PasswordBar::PasswordBar(chat::Account &account, QWidget *parent)
    : QWidget(parent), m_account(account), m_picture(new QLabel(this)), m_text(new PlainLabel({}, this)),
      m_password(new PasswordEdit(this)), m_signIn(new QPushButton(tr("Sign in"), this))
{
    auto *grid = new QGridLayout(this);
    grid->addWidget(m_picture, 0, 0, Qt::AlignTop);
    grid->addWidget(m_text, 0, 1, 1, 3);
    grid->addWidget(m_password, 1, 1);
    grid->addWidget(m_password->eye(), 1, 2);
    grid->addWidget(m_signIn, 1, 3);
    grid->setColumnStretch(1, 1);
    m_text->setWordWrap(true);
    m_text->setBuddy(m_password);
    m_password->setPlaceholderText(tr("Password"));
    m_password->setAccessibleName(tr("Password of %1").arg(account.jid().toString()));
    m_signIn->setEnabled(false);
    m_signIn->setDefault(true);
    connect(m_password, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_signIn->setEnabled(!text.isEmpty()); });
    connect(m_password, &QLineEdit::returnPressed, this, &PasswordBar::submit);
    connect(m_signIn, &QAbstractButton::clicked, this, &PasswordBar::submit);
    connect(&account, &chat::Account::stateChanged, this, &PasswordBar::follow);
    setFocusProxy(m_password);
    applyTheme();
    hide();
    follow();
}

PasswordBar::~PasswordBar() = default;

void PasswordBar::follow()
{
    using State = chat::Account::State;
    const State state = m_account.state();
    if (state == State::Online && !m_typed.isEmpty()) {
        // The bar hides, and may go, as soon as the account is online.
        Errand::run(&m_account, keep(&m_account, std::exchange(m_typed, {})));
        m_password->clear();
        m_password->setShown(false);
    }
    if (state == State::NeedsPassword) {
        const Error error = m_account.error().value_or(Error{Error::Kind::Auth, QStringLiteral("needs-password"), {}});
        m_text->setText(errorText(error, m_account.jid().toString()));
        m_password->setAccessibleDescription(m_text->text());
        const bool isPassphrase = error.condition == u"certificate-passphrase";
        m_password->setPlaceholderText(isPassphrase ? tr("Passphrase") : tr("Password"));
    }
    setVisible(state == State::NeedsPassword);
    if (state == State::NeedsPassword && !m_typed.isEmpty()) { // refused: what was typed is there to be mended
        m_typed = {};
        m_password->setFocus();
        m_password->selectAll();
    }
}

void PasswordBar::submit()
{
    if (m_password->text().isEmpty())
        return;
    QString text = m_password->text();
    m_typed = SecretBytes::take(text);
    m_account.goOnline(m_typed.copy());
}

void PasswordBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.colors.warningGround);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colors.border);
}

void PasswordBar::applyTheme()
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

void PasswordBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
