// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/labels.h"

#include "ui/widgets/plaintext.h"

#include <QEvent>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

namespace ui {

namespace {

QString badgeText(int count, bool mention)
{
    const QString number = count > 999 ? QLocale().toString(999) + u'+' : QLocale().toString(count);
    return mention ? u'@' + number : number;
}

QSize badgeSize(int count, bool mention, const Theme &theme)
{
    const QFontMetrics metrics(theme.font(TextRole::Caption));
    const int height = metrics.height() + 2;
    return {std::max(height, metrics.horizontalAdvance(badgeText(count, mention)) + 2 * theme.space.xs + 4), height};
}

} // namespace

PlainLabel::PlainLabel(const QString &text, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    applyTheme();
}

void PlainLabel::setTextRole(TextRole role)
{
    m_role = role;
    applyTheme();
}

void PlainLabel::setMuted(bool muted)
{
    m_muted = muted;
    applyTheme();
}

void PlainLabel::setIsolatedText(const QString &text)
{
    setText(isolated(singleLine(text)));
    setAccessibleName(singleLine(text));
}

void PlainLabel::applyTheme()
{
    if (m_applying)
        return;
    m_applying = true;
    const Theme &theme = Theme::of(this);
    setFont(theme.font(m_role));
    QPalette palette;
    if (m_muted)
        palette.setColor(QPalette::WindowText, theme.colors.textMuted);
    setPalette(palette);
    m_applying = false;
}

void PlainLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent) : PlainLabel(text, parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

bool ElidedLabel::isElided() const
{
    return fontMetrics().horizontalAdvance(text()) > contentsRect().width();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 3, PlainLabel::minimumSizeHint().height()};
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && isElided() && toolTip().isEmpty()) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), text().toHtmlEscaped(), this);
        return true;
    }
    return PlainLabel::event(event);
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, foregroundRole()));
    const QString shown = fontMetrics().elidedText(text(), m_mode, contentsRect().width());
    const Qt::Alignment side = QStyle::visualAlignment(layoutDirection(), alignment());
    painter.drawText(contentsRect(), int(side | Qt::AlignAbsolute) | Qt::TextSingleLine, shown);
}

Badge::Badge(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    changed();
}

void Badge::setCount(int count)
{
    m_count = std::max(0, count);
    changed();
}

void Badge::setQuiet(bool quiet)
{
    m_quiet = quiet;
    changed();
}

void Badge::setMention(bool mention)
{
    m_mention = mention;
    changed();
}

void Badge::changed()
{
    setAccessibleName(tr("%n unread", nullptr, m_count));
    setVisible(m_count > 0);
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return badgeSize(m_count, m_mention, Theme::of(this));
}

QRect Badge::paint(QPainter &painter, const QRect &line, int count, bool mention, bool quiet, const Theme &theme,
                   Qt::LayoutDirection direction)
{
    const QSize size = badgeSize(count, mention, theme);
    const QRect rect = QStyle::alignedRect(direction, Qt::AlignRight | Qt::AlignVCenter, size, line);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(quiet ? QPen(theme.colors.borderStrong, 1) : QPen(Qt::NoPen));
    painter.setBrush(quiet ? theme.colors.surface : theme.colors.accent);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2.0, rect.height() / 2.0);
    painter.setFont(theme.font(TextRole::Caption));
    painter.setPen(quiet ? theme.colors.textMuted : theme.colors.onAccent);
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, badgeText(count, mention));
    painter.restore();
    return rect;
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect(), m_count, m_mention, m_quiet, Theme::of(this), layoutDirection());
}

} // namespace ui
