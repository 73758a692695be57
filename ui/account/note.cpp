// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/note.h"

#include "ui/errortext.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QAccessible>
#include <QEvent>
#include <QGridLayout>
#include <QPainter>
#include <QPushButton>

namespace ui {

Note::Note(QWidget *parent)
    : QWidget(parent), m_picture(new QLabel(this)), m_text(new PlainLabel({}, this)), m_more(new QPushButton(this)),
      m_detail(new PlainLabel({}, this))
{
    auto *grid = new QGridLayout(this);
    grid->addWidget(m_picture, 0, 0, Qt::AlignTop);
    grid->addWidget(m_text, 0, 1);
    grid->addWidget(m_more, 1, 1, Qt::AlignLeft);
    grid->addWidget(m_detail, 2, 1);
    grid->setColumnStretch(1, 1);
    m_text->setWordWrap(true);
    m_detail->setWordWrap(true);
    m_detail->setTextRole(TextRole::Caption);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_more->setFlat(true);
    m_more->setAutoDefault(false);
    connect(m_more, &QAbstractButton::clicked, this, [this] { showDetail(m_detail->isHidden()); });
    hide();
    applyTheme();
}

void Note::tell(Kind kind, Icon icon, const QString &text, const QString &detail)
{
    m_kind = kind;
    m_icon = icon;
    m_text->setText(text);
    m_detail->setText(isolated(singleLine(detail)));
    m_more->setVisible(!detail.isEmpty());
    showDetail(false);
    setAccessibleName(text);
    applyTheme();
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Note::tell(const Error &error, const QString &where)
{
    tell(Kind::Problem, Icon::Alert, errorText(error, where), error.detail);
}

void Note::clear()
{
    m_text->clear();
    hide();
}

QString Note::text() const
{
    return m_text->text();
}

void Note::showDetail(bool shown)
{
    m_detail->setVisible(shown);
    m_more->setText(shown ? tr("Hide details") : tr("Show details"));
}

void Note::applyTheme()
{
    const Theme &theme = Theme::of(this);
    auto *grid = static_cast<QGridLayout *>(layout());
    grid->setContentsMargins(theme.space.m, theme.space.m, theme.space.m, theme.space.m);
    grid->setHorizontalSpacing(theme.space.s);
    grid->setVerticalSpacing(theme.space.xs);
    const QColor ink = m_kind == Kind::Warning ? theme.colors.warningText
        : m_kind == Kind::Problem              ? theme.colors.dangerText
                                               : theme.colors.text;
    const int side = theme.iconSize();
    m_picture->setPixmap(iconPixmap(m_icon, ink, side, devicePixelRatioF()));
    m_picture->setFixedSize(side, side);
    for (PlainLabel *label : {m_text, m_detail}) {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, ink);
        label->setPalette(palette);
    }
    update();
}

void Note::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.highContrast ? QPen(theme.colors.borderStrong, 1) : QPen(Qt::NoPen));
    painter.setBrush(m_kind == Kind::Warning       ? theme.colors.warningGround
                         : m_kind == Kind::Problem ? theme.colors.dangerGround
                                                   : theme.colors.infoGround);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius.control, theme.radius.control);
}

void Note::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
