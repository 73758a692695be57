// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/composerbar.h"

#include "ui/chat/timelinetext.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace ui {

namespace {

/// UTF-16 units of a message that the bar repeats at most.
constexpr int longestRepeated = 300;

} // namespace

ComposerBar::ComposerBar(QWidget *parent)
    : QWidget(parent), m_title(new ElidedLabel({}, this)), m_body(new ElidedLabel({}, this)),
      m_close(new IconButton(Icon::Close, tr("Cancel"), this))
{
    setObjectName(QStringLiteral("composerBar"));
    m_title->setTextRole(TextRole::Strong);
    m_body->setMuted(true);
    m_close->setObjectName(QStringLiteral("composerBarClose"));
    auto *words = new QVBoxLayout;
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_body);
    auto *row = new QHBoxLayout(this);
    row->addLayout(words, 1);
    row->addWidget(m_close, 0, Qt::AlignVCenter);
    connect(m_close, &QAbstractButton::clicked, this, &ComposerBar::closed);
    applyTheme();
    hide();
}

void ComposerBar::showReply(const QString &author, const QString &body)
{
    m_close->setWords(tr("Do not reply"), QKeySequence(Qt::Key_Escape));
    tell(Icon::Reply, tr("Reply to %1").arg(isolated(singleLine(author))), body);
}

void ComposerBar::showForward(const QString &head, const QString &body)
{
    m_close->setWords(tr("Do not forward"), QKeySequence(Qt::Key_Escape));
    tell(Icon::Forward, isolated(singleLine(head)), body);
}

void ComposerBar::showEdit(const QString &body)
{
    m_close->setWords(tr("Leave the message as it is"), QKeySequence(Qt::Key_Escape));
    tell(Icon::Edit, tr("Edit message"), body);
}

void ComposerBar::tell(Icon icon, const QString &title, const QString &body)
{
    m_icon = icon;
    const QString line = singleLine(cutText(body, longestRepeated, longestRepeated)).trimmed();
    m_title->setText(title);
    m_body->setIsolatedText(line);
    //: What a screen reader says of the bar over the text field: what is being written, and the message it is about.
    setAccessibleName(tr("%1: %2", "what is written, and for which message").arg(title, isolated(line)));
    show();
    update();
}

void ComposerBar::applyTheme()
{
    const Theme &theme = Theme::of(this);
    const int start = theme.space.m + theme.iconSize() + 2 * theme.space.s + theme.scaled(3);
    const int end = theme.space.m;
    const bool isMirrored = isRightToLeft();
    layout()->setContentsMargins(isMirrored ? end : start, theme.space.s, isMirrored ? start : end, 0);
    static_cast<QHBoxLayout *>(layout())->setSpacing(theme.space.s);
    update();
}

void ComposerBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::LayoutDirectionChange)
        applyTheme();
}

void ComposerBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape)
        return QWidget::keyPressEvent(event);
    Q_EMIT closed();
}

/// The drawing at the start, with a bar behind it as quotes have one.
void ComposerBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const int side = theme.iconSize();
    const int top = theme.space.s;
    const int middle = top + (height() - top) / 2;
    const bool isMirrored = isRightToLeft();
    const int x = isMirrored ? width() - theme.space.m - side : theme.space.m;
    paintIcon(painter, m_icon, QRect(x, middle - side / 2, side, side), theme.colors.accentText);
    const int wide = theme.scaled(3);
    const int bar = isMirrored ? x - theme.space.s - wide : x + side + theme.space.s;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colors.accent);
    painter.drawRoundedRect(QRectF(bar, top, wide, height() - top), wide / 2.0, wide / 2.0);
}

} // namespace ui
