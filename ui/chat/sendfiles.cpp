// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/sendfiles.h"

#include "media/decoder.h"
#include "ui/chat/captionedit.h"
#include "ui/chat/filewords.h"
#include "ui/chat/pictures.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QMimeDatabase>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace ui {

namespace {

constexpr int previewEdge = 48; // at 100 % text

/// What a path leads to; nothing where that is no file. For a worker.
struct Looked {
    std::vector<Outgoing> files;
    int folders = 0;
    int unreadable = 0;
};

Looked lookAt(const QStringList &paths)
{
    Looked looked;
    for (const QString &path : paths) {
        const QFileInfo info(path);
        if (info.isDir()) {
            ++looked.folders;
            continue;
        }
        if (!info.isFile() || !info.isReadable()) {
            ++looked.unreadable;
            continue;
        }
        const QString type = QMimeDatabase().mimeTypeForFile(info).name();
        const bool isPicture = type == u"image/jpeg" || type == u"image/png" || type == u"image/webp";
        looked.files.push_back({info.absoluteFilePath(), {}, info.fileName(), info.size(), isPicture});
    }
    return looked;
}

QString noteOf(const Outgoing &file)
{
    if (!file.picture.isNull())
        //: How large a picture is: width and height in pixels.
        return SendFilesDialog::tr("%1 × %2 pixels")
            .arg(QLocale().toString(file.picture.width()), QLocale().toString(file.picture.height()));
    return QLocale().formattedDataSize(file.size, 1, QLocale::DataSizeSIFormat);
}

} // namespace

SendFilesDialog::SendFilesDialog(media::Decoder &decoder, int edge, QWidget *parent)
    : QDialog(parent), m_decoder(decoder), m_disk(QStringLiteral("sendfiles")), m_title(new PlainLabel({}, this)),
      m_list(new QScrollArea(this)), m_column(nullptr), m_edge(new QComboBox(this)),
      m_edgeLabel(new PlainLabel(tr("Size of pictures"), this)), m_caption(new CaptionEdit(this)),
      m_problem(new PlainLabel({}, this)), m_send(new QPushButton(tr("Send"), this))
{
    const Theme &theme = Theme::of(this);
    setObjectName(QStringLiteral("sendFilesDialog"));
    setWindowTitle(tr("Send Files"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(theme.scaled(400));
    m_title->setTextRole(TextRole::Title);
    auto *inside = new QWidget(m_list);
    m_column = new QVBoxLayout(inside);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(theme.space.xs);
    m_column->addStretch(1);
    m_list->setWidget(inside);
    m_list->setWidgetResizable(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Files to send"));
    m_edge->setObjectName(QStringLiteral("pictureSize"));
    m_edgeLabel->setBuddy(m_edge);
    m_edge->setAccessibleName(m_edgeLabel->text());
    m_edge->addItem(tr("Original"), edges[0]);
    //: How large pictures are sent: %L1 is a number of pixels.
    m_edge->addItem(tr("Large (%L1 pixels)").arg(edges[1]), edges[1]);
    m_edge->addItem(tr("Medium (%L1 pixels)").arg(edges[2]), edges[2]);
    m_edge->addItem(tr("Small (%L1 pixels)").arg(edges[3]), edges[3]);
    m_edge->setCurrentIndex(std::max(0, m_edge->findData(edge)));
    m_caption->setObjectName(QStringLiteral("captionEdit"));
    m_caption->setAccessibleName(tr("Caption"));
    m_caption->setPlaceholderText(tr("Add a caption"));
    m_problem->setObjectName(QStringLiteral("sendFilesProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_send->setObjectName(QStringLiteral("sendFilesButton"));
    m_send->setDefault(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_send, QDialogButtonBox::AcceptRole);
    auto *sizes = new QHBoxLayout;
    sizes->addWidget(m_edgeLabel);
    sizes->addWidget(m_edge, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(theme.space.xl, theme.space.xl, theme.space.xl, theme.space.l);
    column->setSpacing(theme.space.m);
    column->addWidget(m_title);
    column->addWidget(m_list, 1);
    column->addLayout(sizes);
    column->addWidget(m_caption);
    column->addWidget(m_problem);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &SendFilesDialog::send);
    connect(m_caption, &CaptionEdit::donePressed, this, &SendFilesDialog::send);
    m_caption->setFocus();
    refresh();
}

SendFilesDialog::~SendFilesDialog()
{
    m_scope.cancel();
}

QString SendFilesDialog::caption() const
{
    return m_caption->text().trimmed();
}

int SendFilesDialog::edge() const
{
    return m_edge->currentData().toInt();
}

void SendFilesDialog::addFiles(const QStringList &paths)
{
    const qsizetype room = std::max<qsizetype>(0, mostFiles - qsizetype(m_files.size()));
    m_scope.run(look(paths.mid(0, room), paths.size() > room));
}

Task<void> SendFilesDialog::look(QStringList paths, bool isCut)
{
    ++m_looking;
    refresh();
    const auto job = [paths] { return lookAt(paths); };
    auto looking = m_disk.run(job);
    Looked looked = co_await std::move(looking);
    --m_looking;
    if (isCut)
        complain(tr("At most %n file(s) can be sent at once; the rest was left out.", nullptr, mostFiles));
    else if (looked.folders > 0)
        complain(tr("Folders cannot be sent; they were left out."));
    else if (looked.unreadable > 0)
        complain(tr("%n file(s) cannot be read and were left out.", nullptr, looked.unreadable));
    for (Outgoing &each : looked.files)
        add(std::move(each));
    refresh();
    Q_EMIT ready();
}

void SendFilesDialog::addPicture(const QImage &picture)
{
    if (!picture.isNull())
        add({{}, picture, tr("Picture from the clipboard"), 0, true});
    refresh();
}

void SendFilesDialog::add(Outgoing file)
{
    const Theme &theme = Theme::of(this);
    auto *row = new QWidget(m_list->widget());
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(theme.space.m);
    auto *preview = new QLabel(row);
    const int side = theme.scaled(previewEdge);
    preview->setObjectName(QStringLiteral("preview"));
    preview->setFixedSize(side, side);
    preview->setAlignment(Qt::AlignCenter);
    model::RowFile kind;
    kind.type = QMimeDatabase().mimeTypeForFile(file.name, QMimeDatabase::MatchExtension).name();
    const Icon icon = file.isPicture ? Icon::Picture : fileIcon(kind);
    preview->setPixmap(iconPixmap(icon, theme.colors.accentText, theme.iconSize(), devicePixelRatioF()));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    auto *name = new ElidedLabel({}, row);
    name->setTextRole(TextRole::Strong);
    name->setElideMode(Qt::ElideMiddle);
    name->setIsolatedText(file.name);
    auto *note = new PlainLabel(noteOf(file), row);
    note->setTextRole(TextRole::Caption);
    note->setMuted(true);
    words->addStretch(1);
    words->addWidget(name);
    words->addWidget(note);
    words->addStretch(1);
    //: A button beside a file that is about to be sent: %1 is its name.
    auto *remove = new IconButton(Icon::Close, tr("Leave out %1").arg(isolated(singleLine(file.name))), row);
    connect(remove, &QAbstractButton::clicked, this, [this, row] { removeAt(row); });
    line->addWidget(preview);
    line->addLayout(words, 1);
    line->addWidget(remove);
    m_column->insertWidget(m_column->count() - 1, row);
    if (file.isPicture)
        m_scope.run(showPreview(row, file));
    m_files.push_back(std::move(file));
    m_rows.push_back(row);
}

Task<void> SendFilesDialog::showPreview(QWidget *row, Outgoing file)
{
    const QPointer<QLabel> label = row->findChild<QLabel *>(QStringLiteral("preview"));
    const int side = int(Theme::of(this).scaled(previewEdge) * devicePixelRatioF());
    QImage image;
    if (file.path.isEmpty()) {
        const auto job = [whole = file.picture, side] {
            return whole.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        };
        auto scaling = m_disk.run(job);
        image = co_await std::move(scaling);
    } else {
        auto decoding = m_decoder.picture(file.path, QSize(side, side));
        const auto picture = co_await std::move(decoding);
        if (picture)
            image = imageOf(*picture);
    }
    if (!label || image.isNull())
        co_return;
    image.setDevicePixelRatio(devicePixelRatioF());
    label->setPixmap(QPixmap::fromImage(image));
}

void SendFilesDialog::removeAt(QWidget *row)
{
    const auto found = std::find(m_rows.begin(), m_rows.end(), row);
    if (found == m_rows.end() || m_busy)
        return;
    m_files.erase(m_files.begin() + (found - m_rows.begin()));
    m_rows.erase(found);
    row->deleteLater();
    m_caption->setFocus();
    refresh();
    if (m_files.empty() && m_looking == 0)
        reject();
}

void SendFilesDialog::send()
{
    if (m_busy || m_looking > 0 || m_files.empty())
        return;
    m_busy = true;
    m_problem->hide();
    refresh();
    Q_EMIT sendRequested();
}

void SendFilesDialog::sent()
{
    if (m_files.empty())
        return;
    m_files.erase(m_files.begin());
    m_rows.front()->deleteLater();
    m_rows.erase(m_rows.begin());
    m_caption->clear();
    refresh();
    if (m_files.empty())
        accept();
}

void SendFilesDialog::refuse(const QString &why)
{
    m_busy = false;
    complain(why);
    refresh();
}

void SendFilesDialog::complain(const QString &text)
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, Theme::of(this).colors.dangerText);
    m_problem->setPalette(palette);
    m_problem->setText(text);
    m_problem->show();
}

void SendFilesDialog::refresh()
{
    const int count = int(m_files.size());
    m_title->setText(m_looking > 0 && count == 0 ? tr("Looking at the files…")
                                                 //: The headline of a dialog.
                                                 : tr("Send %n file(s)", nullptr, count));
    const bool hasPictures =
        std::any_of(m_files.cbegin(), m_files.cend(), [](const Outgoing &file) { return file.isPicture; });
    m_edge->setVisible(hasPictures);
    m_edgeLabel->setVisible(hasPictures);
    m_send->setEnabled(!m_busy && m_looking == 0 && count > 0);
    m_caption->setReadOnly(m_busy);
    const Theme &theme = Theme::of(this);
    const int row = theme.scaled(previewEdge) + theme.space.xs;
    m_list->setMinimumHeight(std::clamp(count, 1, 5) * row);
    adjustSize();
}

} // namespace ui
