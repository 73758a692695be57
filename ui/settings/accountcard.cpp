// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/accountcard.h"

#include "ui/account/accountstate.h"
#include "ui/account/avatardialog.h"
#include "ui/account/certificatechoice.h"
#include "ui/account/connectionoptions.h"
#include "ui/account/errand.h"
#include "ui/account/note.h"
#include "ui/account/passwordedit.h"
#include "ui/settings/archivechoice.h"
#include "ui/settings/connectiondetails.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QPainter>
#include <QPushButton>

namespace ui {

AccountCard::AccountCard(chat::Profile &profile, chat::Account &account, QWidget *parent)
    : QWidget(parent), m_profile(profile), m_account(account), m_jid(account.jid()), m_avatar(new Avatar(40, this)),
      m_name(new PlainLabel({}, this)), m_state(new PlainLabel({}, this)),
      m_enabled(new QCheckBox(tr("Use this account"), this)),
      m_markers(new QCheckBox(tr("Tell contacts when I have read their messages"), this)),
      m_changePassword(new QPushButton(tr("New password…"), this)),
      m_changeConnection(new QPushButton(tr("Connection…"), this)), m_archive(new QPushButton(tr("Archive…"), this)),
      m_picture(new QPushButton(tr("Picture…"), this)), m_remove(new QPushButton(tr("Remove…"), this)),
      m_passwordPart(new QWidget(this)), m_connectionPart(new QWidget(this)),
      m_archivePart(new ArchiveChoice(account, this)), m_removePart(new QWidget(this)), m_note(new Note(this))
{
    const QString address = m_jid.toString();
    m_avatar->setPerson({address, m_jid, m_jid});
    m_name->setIsolatedText(address);
    m_name->setTextRole(TextRole::Strong);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_state->setWordWrap(true);
    m_state->setMuted(true);
    setAccessibleName(address);
    m_enabled->setAccessibleName(tr("Use the account %1").arg(address));
    m_changePassword->setAccessibleName(tr("New password for %1").arg(address));
    m_remove->setAccessibleName(tr("Remove the account %1").arg(address));
    m_changeConnection->setAccessibleName(tr("Connection of %1").arg(address));
    m_archive->setAccessibleName(tr("Archive of %1").arg(address));
    m_picture->setAccessibleName(tr("Picture of %1").arg(address));
    m_picture->setObjectName(QStringLiteral("ownPicture"));
    for (QPushButton *button : {m_changePassword, m_changeConnection, m_archive, m_picture, m_remove})
        button->setAutoDefault(false);
    build();
    connect(m_enabled, &QAbstractButton::clicked, this, &AccountCard::enable);
    connect(m_markers, &QAbstractButton::clicked, this, [this](bool checked) {
        chat::AccountSettings settings = m_account.settings();
        settings.displayedMarkers = checked;
        m_scope.run(changeMarkers(std::move(settings)));
    });
    connect(m_changePassword, &QAbstractButton::clicked, this, [this] {
        showPart(m_passwordPart);
        m_password->setFocus();
    });
    connect(m_changeConnection, &QAbstractButton::clicked, this, [this] {
        showPart(m_connectionPart);
        m_options->show(m_account.settings());
        m_options->setFocus();
    });
    connect(m_archive, &QAbstractButton::clicked, this, [this] {
        showPart(m_archivePart);
        m_archivePart->refresh();
    });
    connect(m_picture, &QAbstractButton::clicked, this,
            [this] { (new AvatarDialog(m_profile, m_account, window()))->open(); });
    connect(m_remove, &QAbstractButton::clicked, this, [this] {
        showPart(m_removePart);
        m_reallyRemove->setFocus();
    });
    connect(&account, &chat::Account::stateChanged, this, &AccountCard::follow);
    showPart(nullptr);
    applyTheme();
    follow();
}

AccountCard::~AccountCard()
{
    m_scope.cancel();
}

void AccountCard::build()
{
    m_password = new PasswordEdit(m_passwordPart);
    m_password->setPlaceholderText(tr("New password"));
    m_password->setAccessibleName(tr("New password for %1").arg(m_jid.toString()));
    m_usePassword = new QPushButton(tr("Use password"), m_passwordPart);
    auto *noPassword = new QPushButton(tr("Cancel"), m_passwordPart);
    auto *line = new QHBoxLayout(m_passwordPart);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_password, 1);
    line->addWidget(m_password->eye());
    line->addWidget(m_usePassword);
    line->addWidget(noPassword);

    auto *question = new PlainLabel(
        tr("Remove the account from this computer? Its chats go for good, with the search, Balcony's copies, the files in "
           "Balcony's folder, drafts, and what waits to be sent. The account on the server, the messages there, and what "
           "others have, stay."),
        m_removePart);
    question->setWordWrap(true);
    m_reallyRemove = new QPushButton(tr("Remove account and chats"), m_removePart);
    m_reallyRemove->setProperty("danger", true);
    m_reallyRemove->setAccessibleDescription(question->text());
    auto *keep = new QPushButton(tr("Keep"), m_removePart);
    auto *box = new QGridLayout(m_removePart);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(question, 0, 0, 1, 3);
    box->addWidget(m_reallyRemove, 1, 0);
    box->addWidget(keep, 1, 1);
    box->setColumnStretch(2, 1);

    buildConnection();
    auto *grid = new QGridLayout(this);
    grid->addWidget(m_avatar, 0, 0, 2, 1, Qt::AlignTop);
    grid->addWidget(m_name, 0, 1, 1, 4);
    grid->addWidget(m_state, 1, 1, 1, 4);
    grid->addWidget(m_enabled, 2, 1, 1, 3);
    grid->addWidget(m_picture, 2, 4);
    grid->addWidget(m_markers, 3, 1, 1, 4);
    grid->addWidget(m_archive, 4, 1, Qt::AlignRight);
    grid->addWidget(m_changeConnection, 4, 2);
    grid->addWidget(m_changePassword, 4, 3);
    grid->addWidget(m_remove, 4, 4);
    grid->addWidget(m_passwordPart, 5, 1, 1, 4);
    grid->addWidget(m_connectionPart, 6, 1, 1, 4);
    grid->addWidget(m_archivePart, 7, 1, 1, 4);
    grid->addWidget(m_removePart, 8, 1, 1, 4);
    grid->addWidget(m_note, 9, 1, 1, 4);
    grid->setColumnStretch(1, 1);

    for (QPushButton *button : {m_usePassword, noPassword, m_reallyRemove, keep})
        button->setAutoDefault(false);
    connect(m_password, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_usePassword->setEnabled(!text.isEmpty()); });
    connect(m_password, &QLineEdit::returnPressed, this, &AccountCard::usePassword);
    connect(m_usePassword, &QAbstractButton::clicked, this, &AccountCard::usePassword);
    connect(noPassword, &QAbstractButton::clicked, this, [this] { showPart(nullptr); });
    connect(keep, &QAbstractButton::clicked, this, [this] { showPart(nullptr); });
    connect(m_reallyRemove, &QAbstractButton::clicked, this, [this] {
        m_reallyRemove->setEnabled(false);
        chat::Accounts *accounts = &m_profile.accounts();
        Errand::run(accounts, removeAccount(accounts, m_jid, this));
    });
}

void AccountCard::buildConnection()
{
    auto *details = new ConnectionDetails(m_account, m_connectionPart);
    m_options = new ConnectionOptions(m_connectionPart);
    auto *use = new QPushButton(tr("Use connection"), m_connectionPart);
    auto *cancel = new QPushButton(tr("Cancel"), m_connectionPart);
    auto *box = new QGridLayout(m_connectionPart);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(details, 0, 0, 1, 3);
    box->addWidget(m_options, 1, 0, 1, 3);
    box->addWidget(use, 2, 0);
    box->addWidget(cancel, 2, 1);
    box->setColumnStretch(2, 1);
    for (QPushButton *button : {use, cancel})
        button->setAutoDefault(false);
    connect(use, &QAbstractButton::clicked, this, &AccountCard::useConnection);
    connect(cancel, &QAbstractButton::clicked, this, [this] { showPart(nullptr); });
}

void AccountCard::useConnection()
{
    if (!m_options->check())
        return;
    chat::AccountSettings settings = m_account.settings();
    m_options->fill(settings);
    m_scope.run(changeConnection(settings, m_options->certificate()->passphrase()));
}

Task<void> AccountCard::changeConnection(chat::AccountSettings settings, std::optional<SecretBytes> passphrase)
{
    auto changing = m_profile.accounts().change(std::move(settings), std::move(passphrase));
    const auto changed = co_await std::move(changing);
    if (!changed) {
        m_note->tell(changed.error());
        co_return;
    }
    showPart(nullptr);
    m_changeConnection->setFocus();
}

Task<void> AccountCard::changeMarkers(chat::AccountSettings settings)
{
    m_note->clear();
    auto changing = m_profile.accounts().change(std::move(settings), {});
    const auto changed = co_await std::move(changing);
    if (!changed)
        m_note->tell(changed.error());
    follow();
}

void AccountCard::showPart(QWidget *part)
{
    m_password->clear();
    m_password->setShown(false);
    m_usePassword->setEnabled(false);
    m_note->clear();
    m_passwordPart->setVisible(part == m_passwordPart);
    m_connectionPart->setVisible(part == m_connectionPart);
    m_archivePart->setVisible(part == m_archivePart);
    m_removePart->setVisible(part == m_removePart);
}

void AccountCard::follow()
{
    m_enabled->setChecked(m_account.settings().enabled);
    m_markers->setChecked(m_account.settings().displayedMarkers);
    m_state->setText(accountStateText(m_account));
    m_avatar->setPresence(accountDot(m_account));
    setAccessibleDescription(m_state->text());
}

void AccountCard::enable(bool enabled)
{
    m_note->clear();
    m_scope.run(setEnabled(m_jid, enabled));
}

Task<void> AccountCard::setEnabled(Jid jid, bool enabled)
{
    auto setting = m_profile.accounts().setEnabled(jid, enabled);
    const auto set = co_await std::move(setting);
    if (!set) {
        m_note->tell(set.error());
        follow();
        co_return;
    }
    if (enabled)
        m_account.goOnline();
    else
        m_account.goOffline();
    follow();
}

void AccountCard::usePassword()
{
    if (m_password->text().isEmpty())
        return;
    QString text = m_password->text();
    m_scope.run(setPassword(m_jid, SecretBytes::take(text)));
}

/// Kept where the account keeps its password, and tried now where the old one did not get it online.
Task<void> AccountCard::setPassword(Jid jid, SecretBytes password)
{
    auto keeping = m_profile.accounts().setPassword(jid, password.copy());
    const auto kept = co_await std::move(keeping);
    if (!kept) {
        m_note->tell(kept.error());
        co_return;
    }
    showPart(nullptr);
    m_changePassword->setFocus();
    if (m_account.settings().enabled && m_account.state() != chat::Account::State::Online)
        m_account.goOnline(std::move(password));
}

/// Not in the card's own scope: the card goes with the account in the middle of this.
Task<void> AccountCard::removeAccount(chat::Accounts *accounts, Jid jid, QPointer<AccountCard> card)
{
    auto removing = accounts->remove(jid);
    const auto removed = co_await std::move(removing);
    if (!card)
        co_return;
    card->m_reallyRemove->setEnabled(true);
    if (!removed)
        card->m_note->tell(removed.error());
}

void AccountCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.highContrast ? theme.colors.borderStrong : theme.colors.border, 1));
    painter.setBrush(theme.colors.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius.control, theme.radius.control);
}

void AccountCard::applyTheme()
{
    const Theme &theme = Theme::of(this);
    auto *grid = static_cast<QGridLayout *>(layout());
    grid->setContentsMargins(theme.space.l, theme.space.l, theme.space.l, theme.space.l);
    grid->setHorizontalSpacing(theme.space.m);
    grid->setVerticalSpacing(theme.space.s);
}

void AccountCard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
