// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QPainter>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>

namespace ui {

Style::Style(const Theme &theme) : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), m_theme(theme) { }

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QScrollBar *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *view = qobject_cast<QAbstractItemView *>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return m_theme.scaled(12);
    case PM_ScrollBarSliderMin: return m_theme.scaled(36);
    case PM_SplitterWidth: return 5;
    case PM_ButtonMargin: return m_theme.scaled(2 * m_theme.space.m);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_MenuHMargin:
    case PM_MenuVMargin: return m_theme.space.xs;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_LineEditIconSize: return m_theme.scaled(18);
    case PM_ToolBarIconSize: return m_theme.iconSize();
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return m_theme.scaled(18);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return m_theme.space.s;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return m_theme.space.m;
    case PM_ToolTipLabelFrameWidth: return m_theme.space.s;
    case PM_TreeViewIndentation: return m_theme.scaled(18);
    case PM_TabBarTabHSpace: return m_theme.scaled(28);
    case PM_TabBarTabVSpace: return m_theme.scaled(16);
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseOverlap: return 0;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons: return 0; // the desktop's icons are not of our set
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_ItemView_ActivateItemOnSingleClick: return 0;
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration: return m_theme.motionMs;
    case SH_ScrollView_FrameOnlyAroundContents: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        // Fusion's margin is meant for the sides; as high as the fields beside it.
        result.setHeight(std::max(size.height() + m_theme.scaled(m_theme.space.m), m_theme.controlHeight()));
        break;
    case CT_LineEdit:
    case CT_SpinBox:
    case CT_ComboBox: result.setHeight(std::max(result.height(), m_theme.controlHeight())); break;
    case CT_ItemViewItem: result.setHeight(std::max(result.height() + m_theme.space.xs, m_theme.scaled(28))); break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType == QStyleOptionMenuItem::Separator) {
            result.setHeight(2 * m_theme.space.xs + 1);
        } else {
            result.setHeight(std::max(result.height(), m_theme.scaled(30)));
            result.rwidth() += 2 * m_theme.space.l;
        }
        break;
    default: break;
    }
    return result;
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents)
        return rect.adjusted(m_theme.space.xs, 0, -m_theme.space.xs, 0);
    return rect;
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const Theme::Colors &c = m_theme.colors;
    switch (element) {
    case PE_PanelButtonCommand: return drawButton(*option, *painter, widget);
    case PE_PanelButtonTool: return drawToolButton(*option, *painter);
    case PE_FrameDefaultButton:
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
    case PE_PanelMenuBar: return;
    case PE_FrameFocusRect: return drawFocus(*option, *painter);
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); !frame || frame->lineWidth > 0)
            drawField(*option, *painter);
        return;
    case PE_FrameLineEdit: return;
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameTabWidget:
    case PE_FrameMenu:
        painter->setPen(c.border);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelMenu: painter->fillRect(option->rect, c.raised); return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, c.tooltip);
        painter->setPen(m_theme.highContrast ? c.text : c.tooltip);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: return drawCheck(*option, *painter, false);
    case PE_IndicatorRadioButton: return drawCheck(*option, *painter, true);
    case PE_PanelItemViewRow: return;
    case PE_PanelItemViewItem: return drawItem(*option, *painter);
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    switch (element) {
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            drawMenuItem(*item, *painter);
        return;
    case CE_MenuEmptyArea: return;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            drawTab(*tab, *painter);
        return;
    case CE_Splitter: {
        const QPoint middle = option->rect.center();
        const bool upright = option->state.testFlag(State_Horizontal);
        const QColor color = option->state.testFlag(State_MouseOver) ? m_theme.colors.accent : m_theme.colors.border;
        painter->fillRect(upright ? QRect(middle.x(), option->rect.top(), 1, option->rect.height())
                                  : QRect(option->rect.left(), middle.y(), option->rect.width(), 1),
                          color);
        return;
    }
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton copy = *button;
            const bool danger = widget && widget->property("danger").toBool();
            const bool filled = danger || button->features.testFlag(QStyleOptionButton::DefaultButton);
            if (filled && button->state.testFlag(State_Enabled))
                copy.palette.setColor(QPalette::ButtonText, danger ? m_theme.colors.onDanger : m_theme.colors.onAccent);
            QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        return;
    default: QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    switch (control) {
    case CC_ScrollBar: return drawScrollBar(*option, *painter, widget);
    case CC_ComboBox: return drawComboBox(*option, *painter, widget);
    default: QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

/// Scroll bars have no arrows: the groove is the whole length.
QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                            const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, part, widget);
    const bool upright = bar->orientation == Qt::Vertical;
    const int length = upright ? bar->rect.height() : bar->rect.width();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    const int least = pixelMetric(PM_ScrollBarSliderMin, option, widget);
    const int thumb = range > 0
        ? std::min(length, std::max(least, int(length * qint64(bar->pageStep) / (range + bar->pageStep))))
        : length;
    const int start = QStyle::sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - thumb,
                                                      bar->upsideDown);
    const auto cut = [&](int from, int size) {
        return upright ? QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), size)
                       : QRect(bar->rect.x() + from, bar->rect.y(), size, bar->rect.height());
    };
    switch (part) {
    case SC_ScrollBarGroove: return bar->rect;
    case SC_ScrollBarSlider: return visualRect(bar->direction, bar->rect, cut(start, thumb));
    case SC_ScrollBarSubPage: return visualRect(bar->direction, bar->rect, cut(0, start));
    case SC_ScrollBarAddPage: return visualRect(bar->direction, bar->rect, cut(start + thumb, length - start - thumb));
    default: return {};
    }
}

} // namespace ui
