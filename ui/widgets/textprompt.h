// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QDialogButtonBox;
class QLineEdit;
class QPushButton;

namespace ui {

class PlainLabel;

/// Asks for one line of text. It stays open until the owner says that the text was taken, by accept(), or why it was
/// not, by refuse(): so nothing typed is lost. Deletes itself when closed.
class TextPrompt : public QDialog
{
    Q_OBJECT
public:
    /// `label` says what is asked for, `action` what the button does.
    TextPrompt(const QString &title, const QString &label, const QString &text, const QString &action, QWidget *parent);

    void setEmptyAllowed(bool allowed);
    /// Why the text could not be taken, as a sentence.
    void refuse(const QString &why);

Q_SIGNALS:
    void given(const QString &text);

private:
    void refresh();

    QLineEdit *m_edit;
    PlainLabel *m_problem;
    QPushButton *m_action;
    bool m_emptyAllowed = false;
    bool m_busy = false;
};

/// Asks whether to do something that cannot be undone. Deletes itself; `confirmed` comes at most once.
class Confirmation : public QDialog
{
    Q_OBJECT
public:
    Confirmation(const QString &question, const QString &explanation, const QString &action, bool danger,
                 QWidget *parent);

    /// A second thing that can be chosen; otherChosen() then comes at most once.
    void setOther(const QString &action);

Q_SIGNALS:
    void confirmed();
    void otherChosen();

private:
    QDialogButtonBox *m_buttons;
};

} // namespace ui
