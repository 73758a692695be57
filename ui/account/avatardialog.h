// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/worker.h"
#include "chat/profile.h"
#include "media/decoder.h"

#include <QDialog>

class QMimeData;
class QPushButton;

namespace ui {

class AvatarCrop;
class Note;

/// One's own picture in an account: choose or paste one, move it into the disc, publish it; or take it away. What goes out
/// is a small PNG with nothing in it but the picture. Deletes itself when closed.
class AvatarDialog : public QDialog
{
    Q_OBJECT
public:
    static constexpr int editEdge = 1024; ///< Pixels of a picture that is being cropped, at most.
    static constexpr int edge = 256;      ///< Of what goes out, where that is small enough,
    static constexpr int smallEdge = 192; ///< and where it is not.
    static constexpr qsizetype goodBytes = 96 * 1024;

    /// `profile` and `account` outlive it.
    AvatarDialog(chat::Profile &profile, chat::Account &account, QWidget *parent);
    ~AvatarDialog() override;

    /// Shows the picture in this file, to be cropped.
    void takeFile(const QString &path);
    /// The same for the first picture, or file, in `data`; says so where there is none.
    void take(const QMimeData &data);

Q_SIGNALS:
    /// A picture can be cropped, or it is said why not.
    void ready();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void browse();
    void paste();
    void use();
    void refresh();
    Task<void> showCurrent();
    Task<void> load(QString path);
    Task<void> publish(QImage picture);
    Task<void> removeOwn();
    void finish(const Result<> &done);

    chat::Account &m_account;
    media::Decoder m_decoder;
    Worker m_work;
    AvatarCrop *m_crop;
    QPushButton *m_choose;
    QPushButton *m_paste;
    QPushButton *m_remove;
    QPushButton *m_use;
    Note *m_note;
    bool m_isNew = false; ///< What is shown is not published yet.
    bool m_isBusy = false;
    Scope m_scope;
};

} // namespace ui
