// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QLineEdit>
#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class IconButton;
class PlainLabel;

/// A thin bar over a pane that says what is the matter, with an icon, words, and at most one thing to do.
class Banner : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { Info, Warning, Problem };
    Q_ENUM(Kind)

    explicit Banner(QWidget *parent = nullptr);

    /// Shows the bar. `text` may quote the outside; an empty `action` means no button.
    void tell(Kind kind, Icon icon, const QString &text, const QString &action = {});
    /// Whether the person can close it; not at first.
    void setClosable(bool closable);
    QString text() const;

Q_SIGNALS:
    void actionTriggered();
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();

    Kind m_kind = Kind::Info;
    Icon m_icon = Icon::Info;
    QWidget *m_picture;
    PlainLabel *m_text;
    QPushButton *m_action;
    IconButton *m_close;
};

/// A line edit to search with: a glass in front, a cross behind to clear it; Escape clears, too.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(QWidget *parent = nullptr);

Q_SIGNALS:
    /// Down was pressed: to the first result.
    void leaveDownPressed();
    /// Escape was pressed on an empty field.
    void escapePressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QAction *m_clear;
};

/// What stands where nothing is: a drawing, a headline, an explanation, and what to do about it.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    EmptyState(Icon icon, const QString &headline, const QString &text, QWidget *parent = nullptr);

    void setState(Icon icon, const QString &headline, const QString &text);
    /// Headline and explanation.
    QString text() const;
    /// A button under the words; an empty text takes it away.
    void setAction(const QString &text);

Q_SIGNALS:
    void actionTriggered();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();

    Icon m_icon;
    QLabel *m_picture;
    PlainLabel *m_headline;
    PlainLabel *m_text;
    QPushButton *m_action;
};

} // namespace ui
