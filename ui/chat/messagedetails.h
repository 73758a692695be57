// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/timeline.h"

#include <QDialog>
#include <QPointer>

#include <functional>

class QFormLayout;
class QScrollArea;
class QVBoxLayout;

namespace ui {

/// Who wrote a message, since when it is where it is, and what it said before it was corrected; follows the message while it is open, and closes where it goes.
class MessageDetails : public QDialog
{
    Q_OBJECT
public:
    /// `errorText` gives the sentence for a failure; may be empty.
    MessageDetails(model::Timeline *timeline, qint64 key, std::function<QString(const Error &)> errorText,
                   QWidget *parent);

private:
    void fill();
    void addLine(const QString &label, const QString &text);
    void showVersions(qint64 key, const QList<model::RowVersion> &versions);

    QPointer<model::Timeline> m_timeline;
    qint64 m_key;
    model::TimelineRow m_row; ///< As it is shown.
    std::function<QString(const Error &)> m_errorText;
    QFormLayout *m_form;
    QScrollArea *m_versions; ///< Hidden where the message was not corrected.
    QVBoxLayout *m_versionLines;
};

} // namespace ui
