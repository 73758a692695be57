// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/exportdialog.h"

#include "chat/filenames.h"
#include "ui/errortext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using chat::exportformats::Format;

namespace {

constexpr int wholeBar = 1000;

QString endingOf(Format format)
{
    switch (format) {
    case Format::Html: return QStringLiteral("html");
    case Format::Text: return QStringLiteral("txt");
    case Format::Json: return QStringLiteral("json");
    }
    Q_UNREACHABLE();
}

} // namespace

ExportDialog::ExportDialog(chat::Profile &profile, qint64 conversation, const QString &name, QWidget *parent)
    : QDialog(parent), m_profile(profile), m_conversation(conversation), m_name(name), m_choices(new QWidget(this)),
      m_formats(new QButtonGroup(this)), m_bar(new QProgressBar(this)), m_note(new PlainLabel({}, this)),
      m_save(new QPushButton(tr("Save…"), this)), m_cancel(new QPushButton(tr("Cancel"), this)),
      m_export(profile.store())
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export a chat"));
    build();
    connect(m_save, &QAbstractButton::clicked, this, &ExportDialog::choosePath);
    connect(m_cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(&m_export, &chat::ChatExport::progress, this,
            [this](qint64 done, qint64 total) { m_bar->setValue(int(done * wholeBar / std::max<qint64>(total, 1))); });
    setWriting(false);
}

ExportDialog::~ExportDialog()
{
    m_scope.cancel();
}

void ExportDialog::build()
{
    const Theme &theme = Theme::of(this);
    setMinimumWidth(theme.scaled(400));
    auto *headline = new PlainLabel(tr("Export the chat with %1").arg(isolated(singleLine(m_name))), this);
    headline->setTextRole(TextRole::Title);
    headline->setWordWrap(true);
    auto *choices = new QVBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString &text, Format format, const char *name) {
        auto *button = new QRadioButton(text, m_choices);
        button->setObjectName(QString::fromLatin1(name));
        m_formats->addButton(button, int(format));
        choices->addWidget(button);
    };
    add(tr("A &page to read in a browser (HTML)"), Format::Html, "exportHtml");
    add(tr("Plain &text"), Format::Text, "exportText");
    add(tr("All that is known, for &other programs (JSON)"), Format::Json, "exportJson");
    m_formats->button(int(Format::Html))->setChecked(true);
    auto *warning =
        new PlainLabel(tr("The file is not protected: whoever can open it can read the chat. Files of the chat "
                          "are named in it, and not part of it."),
                       m_choices);
    warning->setWordWrap(true);
    warning->setMuted(true);
    choices->addWidget(warning);
    m_note->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("exportNote"));
    m_bar->setRange(0, wholeBar);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("How much of the chat is written"));
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(m_save, QDialogButtonBox::AcceptRole);
    buttons->addButton(m_cancel, QDialogButtonBox::RejectRole);
    m_save->setDefault(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.space.xl, theme.space.xl, theme.space.xl, theme.space.l);
    column->setSpacing(theme.space.m);
    for (QWidget *each : std::initializer_list<QWidget *>{headline, m_choices, m_bar, m_note, buttons})
        column->addWidget(each);
}

Format ExportDialog::format() const
{
    return Format(m_formats->checkedId());
}

void ExportDialog::choosePath()
{
    const QString ending = endingOf(format());
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(this, tr("Export a chat"), folder);
    dialog->setObjectName(QStringLiteral("exportFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    //: The name of a file: %1 is a name, %2 a date as in 2026-11-30.
    const QString name = tr("Chat with %1, %2").arg(m_name, QDate::currentDate().toString(Qt::ISODate));
    dialog->selectFile(chat::filenames::safe(name + u'.' + ending));
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::exportTo);
    dialog->open();
}

void ExportDialog::exportTo(const QString &path)
{
    m_scope.cancel();
    m_scope.run(write(path));
}

void ExportDialog::setWriting(bool writing)
{
    m_choices->setEnabled(!writing);
    m_save->setEnabled(!writing);
    m_bar->setVisible(writing);
    if (writing)
        m_bar->setValue(0);
}

Task<void> ExportDialog::write(QString path)
{
    const store::Conversation *chat = m_profile.conversations().find(m_conversation);
    if (!chat) {
        reject();
        co_return;
    }
    setWriting(true);
    m_note->setText(tr("Writing…"));
    chat::exportformats::Request request = requestFor(*chat, path);
    auto writing = m_export.run(std::move(request));
    const auto written = co_await std::move(writing);
    setWriting(false);
    if (!written) {
        m_note->setText(errorText(written.error()));
        co_return;
    }
    //: %1 is the path of a file.
    m_note->setText(tr("%n message(s) were written to %1.", nullptr, int(*written)).arg(isolated(path)));
    m_cancel->setText(tr("Close"));
    m_cancel->setFocus();
}

chat::exportformats::Request ExportDialog::requestFor(const store::Conversation &chat, const QString &path) const
{
    chat::exportformats::Request request;
    request.chat = chat;
    request.format = format();
    request.path = path;
    request.ownName = chat.account.local().isEmpty() ? chat.account.toString() : chat.account.local();
    request.otherName = m_name;
    request.now = m_profile.services().clock.now();
    request.words = words();
    return request;
}

/// The export's own words, in the language of the program.
chat::exportformats::Words ExportDialog::words() const
{
    chat::exportformats::Words words;
    words.locale = QLocale();
    words.isRightToLeft = isRightToLeft();
    words.title = tr("Chat with %1").arg(isolated(singleLine(m_name)));
    const QDateTime now = m_profile.services().clock.now().toLocalTime();
    words.exported = tr("Exported on %1").arg(words.locale.toString(now, QLocale::LongFormat));
    //: Beside a message in an exported chat.
    words.edited = tr("edited");
    //: An earlier text of an edited message: %1 is a time, %2 the text.
    words.before = tr("Before, since %1: %2");
    words.deleted = tr("This message was deleted.");
    //: %1 is a name, %2 the beginning of the message that is answered.
    words.answer = tr("In reply to %1: %2");
    words.answerToUnknown = tr("In reply to a message that is not here");
    //: %1 is a list, as in "👍 Juliet; 😂 Romeo".
    words.reactions = tr("Reactions: %1");
    //: %1 is the name of a file.
    words.file = tr("File: %1");
    //: Beside a message in an exported chat.
    words.encrypted = tr("encrypted");
    //: Beside a message in an exported chat.
    words.notSent = tr("not sent");
    return words;
}

} // namespace ui
