// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panels.h"

#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

/// A drawing of a fixed place in a layout; it takes its colour when painted.
class Picture : public QLabel
{
public:
    explicit Picture(QWidget *parent) : QLabel(parent) { setAccessibleName(QString()); }

    void set(Icon icon, const QColor &color, int side)
    {
        setPixmap(iconPixmap(icon, color, side, devicePixelRatioF()));
        setFixedSize(side, side);
    }
};

} // namespace

Banner::Banner(QWidget *parent)
    : QWidget(parent), m_picture(new Picture(this)), m_text(new PlainLabel({}, this)), m_action(new QPushButton(this)),
      m_close(new IconButton(Icon::Close, tr("Close"), this))
{
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_picture);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    m_text->setWordWrap(true);
    m_close->hide();
    m_action->hide();
    connect(m_action, &QAbstractButton::clicked, this, &Banner::actionTriggered);
    connect(m_close, &QAbstractButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    hide();
    applyTheme();
}

void Banner::tell(Kind kind, Icon icon, const QString &text, const QString &action)
{
    m_kind = kind;
    m_icon = icon;
    m_text->setText(text);
    setAccessibleName(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    applyTheme();
    setVisible(true);
}

void Banner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::applyTheme()
{
    const Theme &theme = Theme::of(this);
    layout()->setContentsMargins(theme.space.l, theme.space.xs, theme.space.s, theme.space.xs);
    setMinimumHeight(theme.scaled(40));
    const QColor ink = m_kind == Kind::Warning ? theme.colors.warningText
        : m_kind == Kind::Problem              ? theme.colors.dangerText
                                               : theme.colors.text;
    static_cast<Picture *>(m_picture)->set(m_icon, ink, theme.iconSize());
    QPalette palette;
    palette.setColor(QPalette::WindowText, ink);
    m_text->setPalette(palette);
    update();
}

void Banner::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(),
                     m_kind == Kind::Warning       ? theme.colors.warningGround
                         : m_kind == Kind::Problem ? theme.colors.dangerGround
                                                   : theme.colors.infoGround);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colors.border);
}

void Banner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

SearchField::SearchField(QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(tr("Search"));
    setAccessibleName(tr("Search"));
    addAction(themedIcon(Icon::Search, IconRole::Muted), QLineEdit::LeadingPosition);
    m_clear = addAction(themedIcon(Icon::Close, IconRole::Muted), QLineEdit::TrailingPosition);
    m_clear->setText(tr("Clear"));
    m_clear->setToolTip(tr("Clear"));
    m_clear->setVisible(false);
    connect(m_clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, m_clear,
            [this](const QString &text) { m_clear->setVisible(!text.isEmpty()); });
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty())
            Q_EMIT escapePressed();
        else
            clear();
        return;
    case Qt::Key_Down: Q_EMIT leaveDownPressed(); return;
    default: QLineEdit::keyPressEvent(event);
    }
}

EmptyState::EmptyState(Icon icon, const QString &headline, const QString &text, QWidget *parent)
    : QWidget(parent), m_icon(icon), m_picture(new Picture(this)), m_headline(new PlainLabel(headline, this)),
      m_text(new PlainLabel(text, this)), m_action(new QPushButton(this))
{
    auto *column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addWidget(m_headline);
    column->addWidget(m_text);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(3);
    for (PlainLabel *label : {m_headline, m_text}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
    }
    m_headline->setTextRole(TextRole::Title);
    m_text->setMuted(true);
    m_action->hide();
    connect(m_action, &QAbstractButton::clicked, this, &EmptyState::actionTriggered);
    applyTheme();
}

void EmptyState::setState(Icon icon, const QString &headline, const QString &text)
{
    m_icon = icon;
    m_headline->setText(headline);
    m_text->setText(text);
    applyTheme();
}

QString EmptyState::text() const
{
    return m_headline->text() + u'\n' + m_text->text();
}

void EmptyState::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

void EmptyState::applyTheme()
{
    const Theme &theme = Theme::of(this);
    layout()->setContentsMargins(theme.space.xl, theme.space.xl, theme.space.xl, theme.space.xl);
    layout()->setSpacing(theme.space.m);
    static_cast<Picture *>(m_picture)->set(m_icon, theme.colors.textMuted, theme.scaled(48));
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
