// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/signinpage.h"

#include "ui/account/certificatechoice.h"
#include "ui/account/connectionoptions.h"
#include "ui/account/formfield.h"
#include "ui/account/note.h"
#include "ui/account/passwordedit.h"
#include "ui/account/passwordkeeping.h"
#include "ui/account/spinner.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QAccessible>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int cardWidth = 420; // at 100 % text
constexpr int markSize = 84;

/// The sheet that the form stands on.
class Card : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.highContrast ? theme.colors.borderStrong : theme.colors.border, 1));
        painter.setBrush(theme.colors.surface);
        const double round = 2.0 * theme.radius.control;
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), round, round);
    }
};

} // namespace

SignInPage::SignInPage(chat::Profile &profile, QWidget *parent) : QWidget(parent), m_profile(profile)
{
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);

    auto *ground = new QWidget;
    ground->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(ground);
    m_card = new Card(ground);
    // In a row, and not just aligned: only so is the card's height made for its own width.
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_card);
    row->addStretch(1);
    column->addStretch(1);
    column->addLayout(row);
    column->addStretch(1);
    area->setWidget(ground);
    ground->setAutoFillBackground(false); // setWidget() turned it on

    new QVBoxLayout(m_card);
    buildForm(m_card);
    buildEnd(m_card);
    watch();
    showOptions(false);
    setBusy(false);
    setFocusProxy(m_address);
}

SignInPage::~SignInPage()
{
    // The field that has the focus loses it while the base class takes the window apart.
    m_address->disconnect(this);
    if (m_attempt) {
        m_attempt->disconnect(this);
        m_attempt->giveUp();
    }
}

void SignInPage::buildForm(QWidget *card)
{
    const bool isFirst = m_profile.accounts().all().empty();
    m_mark = new QLabel(card);
    m_headline = new PlainLabel(isFirst ? tr("Welcome to Balcony") : tr("Add an account"), card);
    m_headline->setTextRole(TextRole::Heading);
    m_welcome = new PlainLabel(
        isFirst ? tr(
            "Talk with anyone on XMPP, the open chat network: you choose the server, and your messages stay yours.")
                : tr("Sign in with another XMPP address; all your accounts share one window."),
        card);
    m_welcome->setMuted(true);
    for (PlainLabel *label : {m_headline, m_welcome}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
    }
    m_address = new QLineEdit(card);
    m_address->setPlaceholderText(tr("name@example.org"));
    m_address->setInputMethodHints(Qt::ImhEmailCharactersOnly | Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    m_addressField = new FormField(tr("&Address"), m_address, card);
    m_password = new PasswordEdit(card);
    m_passwordField = new FormField(tr("&Password"), m_password, card);
    m_passwordField->addBeside(m_password->eye());
    m_keeping = new PasswordKeeping(m_profile, card);
    m_more = new QPushButton(card);
    m_more->setFlat(true);
    m_options = new ConnectionOptions(card);
    m_options->offerGuest();
    m_options->hide();
    auto *column = static_cast<QVBoxLayout *>(card->layout());
    column->addWidget(m_mark, 0, Qt::AlignHCenter);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_headline, m_welcome, m_addressField, m_passwordField, m_keeping})
        column->addWidget(widget);
    column->addWidget(m_more, 0, Qt::AlignLeft);
    column->addWidget(m_options);
}

void SignInPage::buildEnd(QWidget *card)
{
    m_note = new Note(card);
    m_progress = new QWidget(card);
    m_spinner = new Spinner(m_progress);
    m_progressText = new PlainLabel({}, m_progress);
    m_progressText->setWordWrap(true);
    auto *row = new QHBoxLayout(m_progress);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_spinner);
    row->addWidget(m_progressText, 1);
    m_signIn = new QPushButton(tr("&Sign in"), card);
    m_signIn->setDefault(true);
    m_cancel = new QPushButton(tr("Cancel"), card);
    auto *column = static_cast<QVBoxLayout *>(card->layout());
    for (QWidget *widget : std::initializer_list<QWidget *>{m_note, m_progress, m_signIn, m_cancel})
        column->addWidget(widget);
}

void SignInPage::watch()
{
    connect(m_address, &QLineEdit::textEdited, this, [this] { checkAddress(false); });
    connect(m_address, &QLineEdit::editingFinished, this, [this] { checkAddress(true); });
    connect(m_password, &QLineEdit::textEdited, this, [this] {
        m_passwordField->setProblem({});
        m_keeping->probe();
    });
    for (QLineEdit *edit : findChildren<QLineEdit *>())
        connect(edit, &QLineEdit::returnPressed, this, &SignInPage::submit);
    for (QPushButton *button : {m_more, m_signIn, m_cancel})
        button->setAutoDefault(true); // Enter presses the one that has the focus
    connect(m_options, &ConnectionOptions::proofChanged, this, &SignInPage::followProof);
    connect(m_more, &QAbstractButton::clicked, this, [this] { showOptions(m_options->isHidden()); });
    connect(m_signIn, &QAbstractButton::clicked, this, &SignInPage::submit);
    connect(m_cancel, &QAbstractButton::clicked, this, &SignInPage::cancel);
}

void SignInPage::setAddress(const QString &address)
{
    m_address->setText(address);
    checkAddress(true);
    setFocusProxy(m_password);
}

/// A certificate has a passphrase in place of the password, and a guest has neither.
void SignInPage::followProof()
{
    m_passwordField->setVisible(proof() == Proof::Password);
    m_keeping->setVisible(proof() != Proof::Guest);
    m_address->setPlaceholderText(proof() == Proof::Guest ? tr("example.org") : tr("name@example.org"));
    if (m_addressField->hasProblem())
        checkAddress(false);
}

SignInPage::Proof SignInPage::proof() const
{
    return m_options->isGuest()                      ? Proof::Guest
        : m_options->certificate()->file().isEmpty() ? Proof::Password
                                                     : Proof::Certificate;
}

AddressInput SignInPage::addressInput() const
{
    return proof() == Proof::Guest ? AddressInput::readServer(m_address->text())
                                   : AddressInput::read(m_address->text());
}

bool SignInPage::checkAddress(bool finished)
{
    const AddressInput input = addressInput();
    using State = AddressInput::State;
    QString problem;
    if (input.state == State::Wrong || (finished && input.state == State::Unfinished))
        problem = input.problem;
    else if (input.state == State::Good && m_profile.accounts().find(input.jid) && !isBusy())
        problem = tr("This account has been added already.");
    m_addressField->setProblem(problem);
    return input.state == State::Good && problem.isEmpty();
}

bool SignInPage::checkAll()
{
    const bool isAddressGood = checkAddress(true);
    if (!isAddressGood && m_address->text().trimmed().isEmpty())
        m_addressField->setProblem(proof() == Proof::Guest ? tr("Enter the name of the server.")
                                                           : tr("Enter the address of your account."));
    const bool lacksPassword = proof() == Proof::Password && m_password->text().isEmpty();
    m_passwordField->setProblem(lacksPassword ? tr("Enter the password of your account.") : QString());
    if (!isAddressGood) {
        m_address->setFocus();
        return false;
    }
    if (m_passwordField->hasProblem()) {
        m_password->setFocus();
        return false;
    }
    if (m_options->check())
        return true;
    showOptions(true);
    return m_options->check(); // again: now that it shows, it can have the focus
}

void SignInPage::submit()
{
    if (m_attempt) {
        // The person is online and has chosen another place for the password.
        if (m_asksWhereToKeep) {
            m_asksWhereToKeep = false;
            m_note->clear();
            setBusy(true);
            m_attempt->keepPasswordIn(m_keeping->store());
        }
        return;
    }
    if (!checkAll())
        return;
    m_note->clear();
    m_tried = {};
    m_tried.jid = addressInput().jid;
    m_tried.passwordStore = proof() == Proof::Guest ? chat::AccountSettings::PasswordStore::None : m_keeping->store();
    m_options->fill(m_tried);
    m_attempt = new SignInAttempt(m_profile, m_tried, secret());
    connect(m_attempt, &SignInAttempt::succeeded, this, [this](chat::Account *account) {
        m_attempt = nullptr;
        setBusy(false);
        m_password->clear();
        m_password->setShown(false);
        Q_EMIT signedIn(account);
    });
    connect(m_attempt, &SignInAttempt::failed, this, &SignInPage::showFailure);
    connect(m_attempt, &SignInAttempt::passwordNotKept, this, &SignInPage::askWhereToKeep);
    setBusy(true);
    m_cancel->setFocus();
    m_attempt->start();
}

/// The password, or what opens the certificate; empty where there is none.
SecretBytes SignInPage::secret() const
{
    if (proof() == Proof::Certificate)
        return m_options->certificate()->passphrase().value_or(SecretBytes());
    QString password = proof() == Proof::Password ? m_password->text() : QString();
    return SecretBytes::take(password);
}

void SignInPage::cancel()
{
    if (!m_attempt)
        return;
    m_progressText->setText(tr("Cancelling…"));
    m_cancel->setEnabled(false);
    m_attempt->giveUp();
}

void SignInPage::setBusy(bool busy)
{
    m_progress->setVisible(busy);
    m_cancel->setVisible(busy);
    m_cancel->setEnabled(busy);
    m_signIn->setVisible(!busy);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_addressField, m_passwordField, m_keeping, m_more, m_options})
        widget->setEnabled(!busy);
    if (!busy)
        return;
    const QString text = tr("Signing in to %1…").arg(isolated(m_tried.jid.domain()));
    m_progressText->setText(text);
    m_progress->setAccessibleName(text);
    QAccessibleEvent event(m_progress, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void SignInPage::showFailure(const Error &error)
{
    m_attempt = nullptr;
    m_asksWhereToKeep = false;
    m_signIn->setText(tr("&Sign in"));
    setBusy(false);
    if (error.kind == Error::Kind::Cancelled) {
        m_note->clear();
        m_signIn->setFocus();
        return;
    }
    const bool isAboutAccount = error.kind == Error::Kind::Auth || error.kind == Error::Kind::Input;
    const bool isAboutHost = error.kind == Error::Kind::Network && !m_tried.host.isEmpty();
    m_note->tell(error, isAboutAccount ? m_tried.jid.toString() : isAboutHost ? m_tried.host : m_tried.jid.domain());
    focusWhatToMend(error);
}

void SignInPage::askWhereToKeep(const Error &error)
{
    m_asksWhereToKeep = true;
    setBusy(false);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_addressField, m_passwordField, m_more, m_options})
        widget->setEnabled(false);
    m_keeping->setKeychainAvailable(false);
    m_signIn->setText(tr("Con&tinue"));
    m_note->tell(Note::Kind::Warning, Icon::Key,
                 tr("You are signed in, but the keychain could not keep the password; choose another place for it."),
                 error.detail);
    m_signIn->setFocus();
}

void SignInPage::focusWhatToMend(const Error &error)
{
    static const QStringList aboutServer{
        QStringLiteral("host-unknown"),        QStringLiteral("connection-refused"),
        QStringLiteral("connect-timeout"),     QStringLiteral("tls-handshake"),
        QStringLiteral("service-not-offered"), QStringLiteral("certificate-name-mismatch")};
    if (error.condition == u"certificate-passphrase") {
        showOptions(true);
        m_options->certificate()->focusPassphrase();
    } else if (error.condition.contains(u"certificate") && error.kind != Error::Kind::Tls) {
        showOptions(true);
        m_options->certificate()->focusFile();
    } else if (proof() == Proof::Guest && error.kind == Error::Kind::Auth) {
        m_address->setFocus();
        m_address->selectAll();
    } else if (error.condition == u"plain-not-allowed") {
        showOptions(true);
        m_options->focusPlain();
    } else if (error.kind == Error::Kind::Auth || error.condition == u"password-not-allowed") {
        m_password->setFocus();
        m_password->selectAll();
    } else if (error.condition.startsWith(u"proxy-")) {
        showOptions(true);
        m_options->focusProxy();
    } else if (aboutServer.contains(error.condition)) {
        if (m_tried.host.isEmpty()) {
            m_address->setFocus();
            m_address->selectAll();
        } else {
            showOptions(true);
            m_options->focusHost();
        }
    } else {
        m_signIn->setFocus();
    }
}

void SignInPage::showOptions(bool shown)
{
    m_options->setVisible(shown);
    m_more->setText(shown ? tr("Hide &connection options") : tr("&Connection options"));
    applyTheme();
}

void SignInPage::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape && m_attempt && !m_asksWhereToKeep)
        cancel();
    else if (isReturn)
        event->accept(); // a field has submitted; a dialog around the page must not press its default button too
    else
        QWidget::keyPressEvent(event);
}

/// A breath of the accent over the page, so that the sheet stands in a place.
void SignInPage::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.colors.window);
    if (theme.highContrast)
        return;
    QColor tint = theme.colors.accent;
    QLinearGradient light(0, 0, 0, height());
    tint.setAlphaF(theme.scheme == Scheme::Dark ? 0.22F : 0.16F);
    light.setColorAt(0, tint);
    tint.setAlphaF(0);
    light.setColorAt(0.8, tint);
    painter.fillRect(rect(), light);
}

void SignInPage::applyTheme()
{
    const Theme &theme = Theme::of(this);
    const int side = theme.scaled(markSize);
    m_mark->setPixmap(applicationIcon().pixmap(QSize(side, side), devicePixelRatioF()));
    m_mark->setFixedSize(side, side);
    auto *column = static_cast<QVBoxLayout *>(m_card->layout());
    const int edge = theme.space.xl + theme.space.s;
    column->setContentsMargins(edge, theme.space.xl, edge, edge);
    column->setSpacing(theme.space.l);
    m_card->setFixedWidth(theme.scaled(cardWidth));
    m_more->setIcon(themedIcon(Icon::ChevronDown, IconRole::Muted));
}

void SignInPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

void SignInPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!focusWidget())
        setFocus();
}

} // namespace ui
