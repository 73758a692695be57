// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/chatexport.h"
#include "chat/profile.h"

#include <QDialog>

class QButtonGroup;
class QProgressBar;
class QPushButton;

namespace ui {

class PlainLabel;

/// Asks in which form a chat is to be exported and whereto, and shows how far it is. Closing it before the end leaves no
/// file. Deletes itself when closed.
class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    /// `name` is how the other side is called. `profile` outlives the dialog.
    ExportDialog(chat::Profile &profile, qint64 conversation, const QString &name, QWidget *parent);
    ~ExportDialog() override;

    /// Writes to this file, in the form that is chosen.
    void exportTo(const QString &path);

private:
    void build();
    void choosePath();
    chat::exportformats::Format format() const;
    chat::exportformats::Request requestFor(const store::Conversation &chat, const QString &path) const;
    chat::exportformats::Words words() const;
    Task<void> write(QString path);
    void setWriting(bool writing);

    chat::Profile &m_profile;
    qint64 m_conversation;
    QString m_name;
    QWidget *m_choices;
    QButtonGroup *m_formats;
    QProgressBar *m_bar;
    PlainLabel *m_note;
    QPushButton *m_save;
    QPushButton *m_cancel;
    chat::ChatExport m_export;
    Scope m_scope;
};

} // namespace ui
