// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/worker.h"
#include "chat/account.h"
#include "ui/chat/timelineview.h"

#include <memory>

namespace ui {

/// Does what a person asks to be done with a file of a message.
class FileActions : public QObject
{
    Q_OBJECT
public:
    /// `page` is what questions stand over, and owns this.
    explicit FileActions(QWidget *page);
    ~FileActions() override;

    /// `file` is the id of one of the row's; what does not fit its state does nothing.
    void act(chat::Account &account, const model::TimelineRow &row, qint64 file, FileAction action);
    /// Draws a file that is here out of the window, until it is dropped.
    void drag(const model::TimelineRow &row, qint64 file, const QPixmap &picture);

    /// The file of that id, of a row; nullptr where it has none.
    static const model::RowFile *find(const model::TimelineRow &row, qint64 file);

Q_SIGNALS:
    void failed(const Error &error);
    /// A picture is to be looked at.
    void pictureRequested(qint64 key, qint64 file);

private:
    void open(const model::TimelineRow &row, const model::RowFile &file);
    void launch(const QString &path);
    void save(const model::RowFile &file);
    void showInFolder(const QString &path);
    void stop(chat::Account &account, const model::TimelineRow &row, const model::RowFile &file);
    Task<void> copyTo(QString from, QString to);
    Task<void> tellFailure(Task<Result<>> doing);

    QWidget *m_page;
    std::unique_ptr<Worker> m_disk; ///< Made when it is needed.
    Scope m_scope;
};

/// Whether files of this kind are looked at or listened to, and do nothing by themselves.
bool isHarmless(const model::RowFile &file);

} // namespace ui
