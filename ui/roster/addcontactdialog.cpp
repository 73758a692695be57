// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/addcontactdialog.h"

#include "ui/account/addressinput.h"
#include "ui/account/formfield.h"
#include "ui/account/note.h"
#include "ui/account/spinner.h"
#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <set>

namespace ui {
namespace {

constexpr int longestName = 200;

} // namespace

AddContactDialog::AddContactDialog(chat::Profile &profile, chat::Account *preselected, QWidget *parent)
    : QDialog(parent), m_profile(profile), m_accounts(new QComboBox(this)), m_address(new QLineEdit(this)),
      m_name(new QLineEdit(this)), m_group(new QComboBox(this)),
      m_accountField(new FormField(tr("A&ccount"), m_accounts, this)),
      m_addressField(new FormField(tr("&Address"), m_address, this)),
      m_nameField(new FormField(tr("&Name"), m_name, this)), m_groupField(new FormField(tr("&Group"), m_group, this)),
      m_note(new Note(this)), m_spinner(new Spinner(this)), m_add(new QPushButton(tr("A&dd contact"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this))
{
    setWindowTitle(tr("Add a contact"));
    build();
    watch();
    fillAccounts(preselected);
    applyTheme();
    setBusy(false);
    m_address->setFocus();
}

AddContactDialog::~AddContactDialog()
{
    // The field that has the focus loses it while the base class takes the window apart.
    m_address->disconnect(this);
    m_scope.cancel();
}

void AddContactDialog::build()
{
    m_address->setPlaceholderText(tr("name@example.org"));
    m_address->setInputMethodHints(Qt::ImhEmailCharactersOnly | Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    m_addressField->setHint(tr("They are asked whether you may see when they are online."));
    m_name->setMaxLength(longestName);
    m_name->setPlaceholderText(tr("As you want to call them"));
    m_group->setEditable(true);
    m_group->setInsertPolicy(QComboBox::NoInsert);
    m_group->lineEdit()->setMaxLength(longestName);
    m_group->lineEdit()->setAccessibleName(m_group->accessibleName());
    m_group->lineEdit()->setPlaceholderText(tr("None"));
    auto *column = new QVBoxLayout(this);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_accountField, m_addressField, m_nameField, m_groupField, m_note})
        column->addWidget(widget);
    column->addStretch(1);
    auto *row = new QHBoxLayout;
    row->addWidget(m_spinner);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_add);
    column->addLayout(row);
    m_add->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_spinner->setAccessibleName(tr("Adding the contact"));
}

void AddContactDialog::watch()
{
    connect(m_address, &QLineEdit::textEdited, this, [this] { checkAddress(false); });
    connect(m_address, &QLineEdit::editingFinished, this, [this] { checkAddress(true); });
    connect(m_accounts, &QComboBox::currentIndexChanged, this, &AddContactDialog::followAccount);
    connect(m_add, &QAbstractButton::clicked, this, &AddContactDialog::submit);
    connect(m_cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(&m_profile.accounts(), &chat::Accounts::removing, this, [this](chat::Account *gone) {
        if (const int row = m_accounts->findData(gone->jid().toString()); row >= 0)
            m_accounts->removeItem(row);
    });
    for (chat::Account *one : m_profile.accounts().all())
        connect(one, &chat::Account::stateChanged, this, &AddContactDialog::followAccount);
}

void AddContactDialog::fillAccounts(chat::Account *preselected)
{
    for (const chat::Account *one : m_profile.accounts().all())
        m_accounts->addItem(isolated(one->jid().toString()), one->jid().toString());
    // Where none is preferred: one that can do it now.
    for (chat::Account *one : m_profile.accounts().all()) {
        if (!preselected && one->state() == chat::Account::State::Online)
            preselected = one;
    }
    if (preselected)
        m_accounts->setCurrentIndex(m_accounts->findData(preselected->jid().toString()));
    m_accountField->setVisible(m_accounts->count() > 1);
    followAccount();
}

chat::Account *AddContactDialog::account() const
{
    return m_profile.accounts().find(Jid::fromWire(m_accounts->currentData().toString()));
}

void AddContactDialog::followAccount()
{
    const chat::Account *chosen = account();
    const bool isOnline = chosen && chosen->state() == chat::Account::State::Online;
    m_add->setEnabled(isOnline && !m_busy);
    if (!isOnline && !m_busy) {
        m_note->tell(Note::Kind::Info, Icon::NetworkOff,
                     chosen ? tr("%1 is not connected; contacts can be added while it is online.")
                                  .arg(isolated(chosen->jid().toString()))
                            : tr("There is no account; sign in first."));
        m_saysOffline = true;
    } else if (m_saysOffline) {
        m_note->clear();
        m_saysOffline = false;
    }
    const QString group = m_group->currentText();
    std::set<QString> groups;
    if (chosen) {
        for (const auto &[jid, contact] : chosen->contacts().all())
            groups.insert(contact.groups.begin(), contact.groups.end());
    }
    m_group->clear();
    for (const QString &name : groups)
        m_group->addItem(name);
    m_group->setCurrentIndex(-1);
    m_group->setEditText(group);
    checkAddress(false);
}

void AddContactDialog::setAddress(const QString &address)
{
    m_address->setText(address);
    checkAddress(true);
}

bool AddContactDialog::checkAddress(bool finished)
{
    const AddressInput input = AddressInput::read(m_address->text());
    using State = AddressInput::State;
    const chat::Account *chosen = account();
    QString problem;
    if (input.state == State::Wrong || (finished && input.state == State::Unfinished))
        problem = input.problem;
    else if (input.state == State::Good && chosen && input.jid == chosen->jid())
        problem = tr("This is your own address.");
    else if (const chat::Contact *known = chosen ? chosen->contacts().find(input.jid) : nullptr; known && !m_busy)
        problem = tr("%1 is in your contact list already.").arg(isolated(singleLine(known->title())));
    m_addressField->setProblem(problem);
    return input.state == State::Good && problem.isEmpty();
}

void AddContactDialog::submit()
{
    const chat::Account *chosen = account();
    if (m_busy || !chosen)
        return;
    if (!checkAddress(true)) {
        if (m_address->text().trimmed().isEmpty())
            m_addressField->setProblem(tr("Enter the address of the person."));
        m_address->setFocus();
        return;
    }
    const QString group = m_group->currentText().trimmed();
    const Jid contact = AddressInput::read(m_address->text()).jid;
    m_note->clear();
    m_saysOffline = false;
    setBusy(true);
    m_scope.run(add(chosen->jid(), contact, sendable(m_name->text().trimmed()),
                    group.isEmpty() ? QStringList() : QStringList{sendable(group)}));
}

Task<void> AddContactDialog::add(Jid accountJid, Jid contact, QString name, QStringList groups)
{
    auto adding = m_profile.accounts().find(accountJid)->contacts().add(contact, name, groups);
    const auto added = co_await std::move(adding);
    setBusy(false);
    if (!added) {
        m_note->tell(added.error(), contact.toString());
        m_address->setFocus();
        co_return;
    }
    Q_EMIT contactAdded(accountJid, contact);
    accept();
}

void AddContactDialog::setBusy(bool busy)
{
    m_busy = busy;
    m_spinner->setVisible(busy);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_accountField, m_addressField, m_nameField, m_groupField})
        widget->setEnabled(!busy);
    if (busy)
        m_add->setEnabled(false);
    else
        followAccount();
}

void AddContactDialog::applyTheme()
{
    const Theme &theme = Theme::of(this);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->setContentsMargins(theme.space.xl, theme.space.xl, theme.space.xl, theme.space.xl);
    column->setSpacing(theme.space.l);
    setMinimumWidth(theme.scaled(400));
}

void AddContactDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
