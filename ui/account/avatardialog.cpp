// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/avatardialog.h"

#include "chat/avatars.h"
#include "ui/account/avatarcrop.h"
#include "ui/account/note.h"
#include "ui/chat/pictures.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QBuffer>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMimeData>
#include <QPushButton>
#include <QShortcut>
#include <QUrl>
#include <QVBoxLayout>

namespace ui {

namespace {

/// A picture as a file's bytes. For a worker.
QByteArray pngOf(const QImage &picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return bytes;
}

} // namespace

AvatarDialog::AvatarDialog(chat::Profile &profile, chat::Account &account, QWidget *parent)
    : QDialog(parent), m_account(account), m_decoder(profile.services().clock), m_work(QStringLiteral("avatar")),
      m_crop(new AvatarCrop(this)), m_choose(new QPushButton(tr("Choose a &File…"), this)),
      m_paste(new QPushButton(tr("&Paste"), this)), m_remove(new QPushButton(tr("&Remove Picture"), this)),
      m_use(new QPushButton(tr("&Use Picture"), this)), m_note(new Note(this))
{
    setObjectName(QStringLiteral("avatarDialog"));
    setWindowTitle(tr("Your Picture"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    build();
    connect(m_choose, &QAbstractButton::clicked, this, &AvatarDialog::browse);
    connect(m_paste, &QAbstractButton::clicked, this, &AvatarDialog::paste);
    connect(m_use, &QAbstractButton::clicked, this, &AvatarDialog::use);
    connect(m_remove, &QAbstractButton::clicked, this, [this] { m_scope.run(removeOwn()); });
    connect(new QShortcut(QKeySequence::Paste, this), &QShortcut::activated, this, &AvatarDialog::paste);
    connect(&account.avatars(), &chat::Avatars::changed, this, &AvatarDialog::refresh);
    m_crop->setPicture({}, tr("You have no picture yet."));
    m_scope.run(showCurrent());
    refresh();
}

AvatarDialog::~AvatarDialog()
{
    m_scope.cancel();
}

void AvatarDialog::build()
{
    const Theme &theme = Theme::of(this);
    setMinimumWidth(theme.scaled(400));
    auto *name = new ElidedLabel({}, this);
    name->setTextRole(TextRole::Title);
    name->setIsolatedText(m_account.jid().toString());
    auto *hint =
        new PlainLabel(tr("Contacts see what is inside the circle. Move the picture with the mouse or the arrow "
                          "keys; zoom with the wheel, or with + and −."),
                       this);
    hint->setWordWrap(true);
    hint->setMuted(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(theme.space.s);
    for (QPushButton *button : {m_choose, m_paste, m_remove}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    m_choose->setObjectName(QStringLiteral("chooseAvatar"));
    m_paste->setObjectName(QStringLiteral("pasteAvatar"));
    m_remove->setObjectName(QStringLiteral("removeAvatar"));
    m_use->setObjectName(QStringLiteral("useAvatar"));
    m_use->setDefault(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_use, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.space.xl, theme.space.xl, theme.space.xl, theme.space.l);
    column->setSpacing(theme.space.m);
    column->addWidget(name);
    column->addWidget(m_crop);
    column->addWidget(hint);
    column->addLayout(row);
    column->addWidget(m_note);
    column->addWidget(buttons);
    m_note->clear();
}

void AvatarDialog::refresh()
{
    m_use->setEnabled(m_isNew && !m_isBusy);
    m_choose->setEnabled(!m_isBusy);
    m_paste->setEnabled(!m_isBusy);
    m_remove->setEnabled(!m_isBusy && !m_account.avatars().idOf(m_account.jid()).isNull());
}

/// What is published now, until another one is chosen.
Task<void> AvatarDialog::showCurrent()
{
    auto getting = m_account.avatars().picture(m_account.jid());
    auto bytes = co_await std::move(getting);
    if (!bytes)
        co_return;
    auto decoding = m_decoder.picture(std::move(*bytes), QSize(editEdge, editEdge), media::mostAvatarPixels);
    const auto picture = co_await std::move(decoding);
    if (picture && !m_isNew)
        m_crop->setPicture(imageOf(*picture));
}

void AvatarDialog::browse()
{
    auto *dialog = new QFileDialog(
        this, tr("Choose a Picture"), {},
        QStringLiteral("%1 (*.png *.jpg *.jpeg *.webp *.gif);;%2 (*)").arg(tr("Pictures"), tr("All files")));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &AvatarDialog::takeFile);
    dialog->open();
}

void AvatarDialog::takeFile(const QString &path)
{
    m_scope.run(load(path));
}

void AvatarDialog::paste()
{
    if (const QMimeData *data = QGuiApplication::clipboard()->mimeData(); data && !m_isBusy)
        take(*data);
}

void AvatarDialog::take(const QMimeData &data)
{
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile())
            return takeFile(url.toLocalFile());
    }
    const QImage image = data.hasImage() ? qvariant_cast<QImage>(data.imageData()) : QImage();
    if (image.isNull()) {
        m_note->tell(Note::Kind::Info, Icon::Info, tr("There is no picture to paste; copy one first."));
    } else {
        m_note->clear();
        const bool isLarge = std::max(image.width(), image.height()) > editEdge;
        m_crop->setPicture(isLarge ? image.scaled(editEdge, editEdge, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                                   : image);
        m_isNew = true;
        m_crop->setFocus();
    }
    refresh();
    Q_EMIT ready();
}

Task<void> AvatarDialog::load(QString path)
{
    m_note->clear();
    m_isBusy = true;
    refresh();
    auto decoding = m_decoder.picture(path, QSize(editEdge, editEdge));
    const auto picture = co_await std::move(decoding);
    m_isBusy = false;
    if (picture) {
        m_crop->setPicture(imageOf(*picture));
        m_isNew = true;
        m_crop->setFocus();
    } else {
        m_note->tell(picture.error());
    }
    refresh();
    Q_EMIT ready();
}

void AvatarDialog::use()
{
    if (m_isNew && !m_isBusy)
        m_scope.run(publish(m_crop->cropped(edge)));
}

Task<void> AvatarDialog::publish(QImage picture)
{
    m_note->clear();
    m_isBusy = true;
    refresh();
    const auto job = [picture] { return pngOf(picture); };
    auto writing = m_work.run(job);
    const QByteArray bytes = co_await std::move(writing);
    // PNG, which all have to know (XEP-0084 4.1).
    media::EncodeOptions options;
    options.format = media::EncodeOptions::Format::Png;
    auto encoding = m_decoder.encode(bytes, QSize(edge, edge), options);
    auto encoded = co_await std::move(encoding);
    if (encoded && encoded->bytes.size() > goodBytes) {
        auto again = m_decoder.encode(bytes, QSize(smallEdge, smallEdge), options);
        encoded = co_await std::move(again);
    }
    if (!encoded) {
        finish(fail(encoded.error()));
        co_return;
    }
    auto publishing = m_account.avatars().publish(encoded->bytes);
    const auto done = co_await std::move(publishing);
    finish(done);
}

Task<void> AvatarDialog::removeOwn()
{
    m_note->clear();
    m_isBusy = true;
    refresh();
    auto removing = m_account.avatars().remove();
    const auto done = co_await std::move(removing);
    finish(done);
}

void AvatarDialog::finish(const Result<> &done)
{
    m_isBusy = false;
    refresh();
    if (done)
        accept();
    else
        m_note->tell(done.error(), m_account.jid().toString());
}

void AvatarDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!m_isBusy && (event->mimeData()->hasImage() || event->mimeData()->hasUrls()))
        event->acceptProposedAction();
}

void AvatarDialog::dropEvent(QDropEvent *event)
{
    if (m_isBusy)
        return;
    event->acceptProposedAction();
    take(*event->mimeData());
}

} // namespace ui
