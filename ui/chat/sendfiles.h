// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "base/worker.h"

#include <QDialog>
#include <QImage>

#include <vector>

class QComboBox;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace media {
class Decoder;
}

namespace ui {

class CaptionEdit;
class PlainLabel;

/// One thing that is to be sent: a file, or a picture that is in none yet.
struct Outgoing {
    QString path;
    QImage picture; ///< Where there is no path.
    QString name;   ///< For the label.
    qint64 size = 0;
    bool isPicture = false; ///< One that can be made smaller.
};

/// Asks what to do with files that were chosen, pasted or dropped: shows them, takes a caption, and how large pictures are
/// to be. It stays open until the owner says that all are stored, or why one was not: nothing typed is lost. Deletes itself.
class SendFilesDialog : public QDialog
{
    Q_OBJECT
public:
    static constexpr int mostFiles = 50; ///< Of what is given at once, the rest is left out, and that is said.

    /// What pictures are to be made of: at most so many pixels a side; 0: they stay as they are.
    static constexpr std::array<int, 4> edges{0, 2560, 1600, 800};

    /// `edge` is the choice to begin with. The decoder outlives this.
    SendFilesDialog(media::Decoder &decoder, int edge, QWidget *parent);
    ~SendFilesDialog() override;

    /// Files of this computer; folders are left out, and that is said. They are looked at on another thread.
    void addFiles(const QStringList &paths);
    /// A picture from the clipboard.
    void addPicture(const QImage &picture);

    /// The first was sent, and goes away; the last one closes the dialog.
    void sent();
    /// It was not: why, as a sentence. All that is left can be sent again.
    void refuse(const QString &why);

    const std::vector<Outgoing> &files() const { return m_files; }
    QString caption() const;
    int edge() const;
    bool isReady() const { return m_looking == 0; }

Q_SIGNALS:
    /// All of files(), the first first, the caption beside the first. Answer with sent() for each, or refuse().
    void sendRequested();
    /// Files were looked at.
    void ready();

private:
    Task<void> look(QStringList paths, bool isCut);
    Task<void> showPreview(QWidget *row, Outgoing file);
    void add(Outgoing file);
    void removeAt(QWidget *row);
    void send();
    void refresh();
    void complain(const QString &text);

    media::Decoder &m_decoder;
    Worker m_disk;
    std::vector<Outgoing> m_files;
    std::vector<QWidget *> m_rows; ///< As m_files.
    PlainLabel *m_title;
    QScrollArea *m_list;
    QVBoxLayout *m_column;
    QComboBox *m_edge;
    PlainLabel *m_edgeLabel;
    CaptionEdit *m_caption;
    PlainLabel *m_problem;
    QPushButton *m_send;
    int m_looking = 0;
    bool m_busy = false;
    Scope m_scope;
};

} // namespace ui
