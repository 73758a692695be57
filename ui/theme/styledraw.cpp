// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How Style draws each kind of control.
#include "ui/theme/namecolor.h"
#include "ui/theme/style.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QWidget>

namespace ui {

namespace {

/// A painter's state and smooth edges for the time of one drawing.
class Smooth
{
public:
    explicit Smooth(QPainter &painter) : m_painter(painter)
    {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Smooth() { m_painter.restore(); }
    Smooth(const Smooth &) = delete;
    Smooth &operator=(const Smooth &) = delete;

private:
    QPainter &m_painter;
};

void chevron(QPainter &painter, const QPointF &center, double size, Qt::ArrowType towards, const QColor &color)
{
    painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    QPolygonF line{QPointF(-size, -size / 2), QPointF(0, size / 2), QPointF(size, -size / 2)};
    QTransform turn;
    turn.translate(center.x(), center.y());
    turn.rotate(towards == Qt::RightArrow ? -90 : towards == Qt::LeftArrow ? 90 : 0);
    painter.drawPolyline(turn.map(line));
}

} // namespace

void Style::drawButton(const QStyleOption &option, QPainter &painter, const QWidget *widget) const
{
    const Theme::Colors &c = m_theme.colors;
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool down = option.state.testFlag(State_Sunken) || option.state.testFlag(State_On);
    const bool over = enabled && option.state.testFlag(State_MouseOver);
    const bool danger = widget && widget->property("danger").toBool();
    const bool filled = enabled && (danger || (button && button->features.testFlag(QStyleOptionButton::DefaultButton)));
    const bool flat = button && button->features.testFlag(QStyleOptionButton::Flat);
    QColor ground = down ? c.pressed : over ? c.hover : c.raised;
    if (filled) {
        ground = danger ? c.danger : c.accent;
        if (over || down)
            ground =
                danger ? mixed(c.danger, c.onDanger == QColor(Qt::white) ? Qt::black : Qt::white, 0.12) : c.accentHover;
    }
    const Smooth smooth(painter);
    painter.setPen(filled || flat ? QPen(Qt::NoPen) : QPen(enabled ? c.borderStrong : c.border, 1));
    painter.setBrush(flat && !over && !down && !filled ? QBrush(Qt::NoBrush) : QBrush(ground));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.radius.control,
                            m_theme.radius.control);
    if (option.state.testFlag(State_HasFocus) && option.state.testFlag(State_KeyboardFocusChange))
        drawFocus(option, painter);
}

void Style::drawToolButton(const QStyleOption &option, QPainter &painter) const
{
    const Theme::Colors &c = m_theme.colors;
    const Smooth smooth(painter);
    const bool down = option.state.testFlag(State_Sunken) || option.state.testFlag(State_On);
    const bool over = option.state.testFlag(State_Enabled) && option.state.testFlag(State_MouseOver);
    if (down || over) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(down ? c.pressed : c.hover);
        painter.drawRoundedRect(option.rect, m_theme.radius.control, m_theme.radius.control);
    }
    if (option.state.testFlag(State_HasFocus))
        drawFocus(option, painter);
}

void Style::drawField(const QStyleOption &option, QPainter &painter) const
{
    const Theme::Colors &c = m_theme.colors;
    const bool focus = option.state.testFlag(State_HasFocus);
    const bool enabled = option.state.testFlag(State_Enabled);
    const double width = focus ? 2 : 1;
    const Smooth smooth(painter);
    painter.setPen(QPen(focus ? c.focus : enabled ? c.borderStrong : c.border, width));
    painter.setBrush(enabled ? c.surface : c.window);
    const double inset = width / 2;
    painter.drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), m_theme.radius.control,
                            m_theme.radius.control);
}

void Style::drawCheck(const QStyleOption &option, QPainter &painter, bool radio) const
{
    const Theme::Colors &c = m_theme.colors;
    const bool enabled = option.state.testFlag(State_Enabled);
    const bool on = option.state.testFlag(State_On);
    const bool partly = option.state.testFlag(State_NoChange);
    const QRectF box = QRectF(option.rect).adjusted(1, 1, -1, -1);
    const Smooth smooth(painter);
    const QColor fill = enabled ? c.accent : c.textDisabled;
    painter.setPen(QPen(on || partly ? fill : enabled ? c.borderStrong : c.border, 1.5));
    painter.setBrush(on || partly ? fill : c.surface);
    const double radius = radio ? box.width() / 2 : m_theme.radius.small;
    painter.drawRoundedRect(box, radius, radius);
    const QColor ink = enabled ? c.onAccent : c.surface;
    if (partly) {
        painter.setPen(QPen(ink, 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(box.left() + 4, box.center().y()), QPointF(box.right() - 4, box.center().y()));
    } else if (on && radio) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(box.center(), box.width() * 0.22, box.width() * 0.22);
    } else if (on) {
        painter.setPen(QPen(ink, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const auto at = [&box](double x, double y) {
            return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
        };
        painter.drawPolyline(QPolygonF{at(0.24, 0.53), at(0.43, 0.72), at(0.77, 0.32)});
    }
}

void Style::drawItem(const QStyleOption &option, QPainter &painter) const
{
    const Theme::Colors &c = m_theme.colors;
    const bool selected = option.state.testFlag(State_Selected);
    const bool over = option.state.testFlag(State_Enabled) && option.state.testFlag(State_MouseOver);
    const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(&option);
    if (item && item->backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(option.rect, item->backgroundBrush);
    if (!selected && !over)
        return;
    const Smooth smooth(painter);
    painter.setPen(m_theme.highContrast && selected ? QPen(c.focus, 2) : QPen(Qt::NoPen));
    painter.setBrush(selected ? c.selected : c.hover);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), m_theme.radius.control, m_theme.radius.control);
}

void Style::drawFocus(const QStyleOption &option, QPainter &painter) const
{
    const Smooth smooth(painter);
    painter.setPen(QPen(m_theme.colors.focus, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), m_theme.radius.control, m_theme.radius.control);
}

void Style::drawMenuItem(const QStyleOptionMenuItem &option, QPainter &painter) const
{
    const Theme::Colors &c = m_theme.colors;
    const Smooth smooth(painter);
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(option.rect.left() + m_theme.space.s, option.rect.center().y(),
                               option.rect.width() - 2 * m_theme.space.s, 1),
                         c.border);
        return;
    }
    const bool enabled = option.state.testFlag(State_Enabled);
    if (enabled && option.state.testFlag(State_Selected)) {
        painter.setPen(m_theme.highContrast ? QPen(c.focus, 2) : QPen(Qt::NoPen));
        painter.setBrush(c.hover);
        painter.drawRoundedRect(option.rect.adjusted(2, 0, -2, 0), m_theme.radius.small, m_theme.radius.small);
    }
    const int side = m_theme.scaled(18);
    const int gap = m_theme.space.s;
    const QRect mark(option.rect.left() + gap + 2, option.rect.center().y() - side / 2, side, side);
    const auto mirrored = [&](const QRect &rect) { return visualRect(option.direction, option.rect, rect); };
    if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked) {
        QStyleOption check = option;
        check.rect = mirrored(mark);
        check.state = (enabled ? State_Enabled : State_None) | State_On;
        drawCheck(check, painter, option.checkType == QStyleOptionMenuItem::Exclusive);
    } else if (!option.icon.isNull()) {
        option.icon.paint(&painter, mirrored(mark), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    QRect line = option.rect.adjusted(0, 0, -gap - m_theme.space.xs, 0);
    line.setLeft(mark.right() + gap);
    painter.setFont(option.font);
    painter.setPen(enabled ? c.text : c.textDisabled);
    const QStringList parts = option.text.split(u'\t');
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextShowMnemonic;
    painter.drawText(mirrored(line), flags | QStyle::visualAlignment(option.direction, Qt::AlignLeft), parts.first());
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const bool rtl = option.direction == Qt::RightToLeft;
        const QRect arrow = mirrored(QRect(line.right() - 10, line.top(), 10, line.height()));
        chevron(painter, QRectF(arrow).center(), 3.5, rtl ? Qt::LeftArrow : Qt::RightArrow, c.textMuted);
    } else if (parts.size() > 1) {
        painter.setPen(enabled ? c.textMuted : c.textDisabled);
        painter.drawText(mirrored(line), flags | QStyle::visualAlignment(option.direction, Qt::AlignRight),
                         parts.at(1));
    }
}

void Style::drawTab(const QStyleOptionTab &option, QPainter &painter) const
{
    const Theme::Colors &c = m_theme.colors;
    const bool selected = option.state.testFlag(State_Selected);
    const Smooth smooth(painter);
    if (!selected && option.state.testFlag(State_MouseOver)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.hover);
        painter.drawRoundedRect(option.rect.adjusted(2, 3, -2, -3), m_theme.radius.control, m_theme.radius.control);
    }
    if (selected)
        painter.fillRect(QRect(option.rect.left() + m_theme.space.m, option.rect.bottom() - 2,
                               option.rect.width() - 2 * m_theme.space.m, 3),
                         c.accent);
}

void Style::drawScrollBar(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(&option);
    // The groove is of one piece with what it scrolls.
    const QWidget *holder = widget ? widget->parentWidget() : nullptr;
    if (const auto *area = qobject_cast<const QAbstractScrollArea *>(holder ? holder->parentWidget() : nullptr)) {
        const QWidget *viewport = area->viewport();
        painter.fillRect(option.rect, viewport->palette().color(viewport->backgroundRole()));
    }
    if (!bar || bar->maximum <= bar->minimum)
        return;
    const Theme::Colors &c = m_theme.colors;
    const bool over = option.state.testFlag(State_MouseOver) || option.activeSubControls.testFlag(SC_ScrollBarSlider);
    const Smooth smooth(painter);
    const QRectF slot = subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    const double inset = over ? 2 : 3;
    const QRectF thumb = slot.adjusted(inset, inset, -inset, -inset);
    painter.setPen(Qt::NoPen);
    painter.setBrush(over ? c.scrollThumbHover : c.scrollThumb);
    const double radius = std::min(thumb.width(), thumb.height()) / 2;
    painter.drawRoundedRect(thumb, radius, radius);
}

void Style::drawComboBox(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const
{
    const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(&option);
    if (!box)
        return;
    const Smooth smooth(painter);
    drawField(option, painter);
    const QRect arrow = subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget);
    const bool enabled = option.state.testFlag(State_Enabled);
    chevron(painter, QRectF(arrow).center(), 4, Qt::DownArrow,
            enabled ? m_theme.colors.textMuted : m_theme.colors.textDisabled);
}

} // namespace ui
