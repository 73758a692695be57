// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace ui {

class PlainLabel;

/// One question of a form: a label over its editor, and under it a hint, or what is wrong with the answer. Label and
/// message are the editor's name and description for screen readers.
class FormField : public QWidget
{
    Q_OBJECT
public:
    /// Takes `editor` over. `label` may have a mnemonic.
    FormField(const QString &label, QWidget *editor, QWidget *parent);

    QWidget *editor() const { return m_editor; }
    /// A small control at the end of the editor's line.
    void addBeside(QWidget *widget);
    /// What helps to answer; shown while nothing is wrong.
    void setHint(const QString &hint);
    /// What is wrong; empty: nothing.
    void setProblem(const QString &problem);
    bool hasProblem() const { return !m_problem.isEmpty(); }
    QString problem() const { return m_problem; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();
    void showMessage();

    QWidget *m_editor;
    PlainLabel *m_label;
    PlainLabel *m_message;
    QHBoxLayout *m_line;
    QString m_hint;
    QString m_problem;
};

} // namespace ui
