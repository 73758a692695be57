// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/namecolor.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QLocale>
#include <QWidget>

#include <algorithm>

namespace ui {

namespace {

// Colours that do not follow the accent. In the order of the struct; the rest is derived in applyAccent().
Theme::Colors lightColors()
{
    Theme::Colors c;
    c.window = 0xf7f8fa;
    c.sidebar = 0xf2f4f6;
    c.surface = 0xffffff;
    c.raised = 0xffffff;
    c.hover = 0xe9edf0;
    c.pressed = 0xdde2e7;
    c.border = 0xe1e5ea;
    c.borderStrong = 0x848e99;
    c.text = 0x1a1e23;
    c.textMuted = 0x55606c;
    c.textDisabled = 0x9aa3ad;
    c.accent = 0x0b7a75;
    c.bubbleIn = 0xf0f2f5;
    c.link = 0x0a5cad;
    c.danger = 0xc62f2f;
    c.dangerText = 0xb3261e;
    c.dangerGround = 0xfdeceb;
    c.warningText = 0x6b4a00;
    c.warningGround = 0xfff3d6;
    c.online = 0x1f9d55;
    c.away = 0xb97a00;
    c.busy = 0xd13438;
    c.offline = 0x848e99;
    c.tooltip = 0x2a2f36;
    c.onTooltip = 0xf7f8fa;
    c.scrollThumb = 0xc3cad2;
    c.scrollThumbHover = 0x98a2ad;
    c.shadow = QColor(0, 0, 0, 40);
    return c;
}

Theme::Colors darkColors()
{
    Theme::Colors c;
    c.window = 0x1c1f23;
    c.sidebar = 0x191c1f;
    c.surface = 0x141619;
    c.raised = 0x24282d;
    c.hover = 0x272c31;
    c.pressed = 0x31373d;
    c.border = 0x2b3036;
    c.borderStrong = 0x727c87;
    c.text = 0xe7eaee;
    c.textMuted = 0xa7b0ba;
    c.textDisabled = 0x69727c;
    c.accent = 0x3fb8ae;
    c.bubbleIn = 0x24282d;
    c.link = 0x7cc0ff;
    c.danger = 0xd64545;
    c.dangerText = 0xff9a92;
    c.dangerGround = 0x3a2020;
    c.warningText = 0xffd479;
    c.warningGround = 0x3a2f14;
    c.online = 0x3ccb7f;
    c.away = 0xf0b23e;
    c.busy = 0xff6b6b;
    c.offline = 0x7d8792;
    c.tooltip = 0x3a4048;
    c.onTooltip = 0xf1f3f5;
    c.scrollThumb = 0x3e454d;
    c.scrollThumbHover = 0x5a636d;
    c.shadow = QColor(0, 0, 0, 120);
    return c;
}

/// High contrast: no greys but for what is disabled, and outlines that are seen.
void sharpen(Theme::Colors &c, bool dark)
{
    const QColor ground = dark ? Qt::black : Qt::white;
    const QColor ink = dark ? Qt::white : Qt::black;
    for (QColor *color : {&c.window, &c.sidebar, &c.surface, &c.raised, &c.bubbleIn, &c.dangerGround, &c.warningGround})
        *color = ground;
    for (QColor *color : {&c.border, &c.borderStrong, &c.text, &c.textMuted, &c.warningText, &c.offline})
        *color = ink;
    c.hover = mixed(ground, ink, 0.16);
    c.pressed = mixed(ground, ink, 0.26);
    c.tooltip = ground;
    c.onTooltip = ink;
    c.scrollThumb = c.scrollThumbHover = ink;
    c.accent = withContrast(c.accent, ground, 8);
    c.link = withContrast(c.link, ground, 8);
    c.dangerText = withContrast(c.dangerText, c.hover, 7);
    c.danger = dark ? c.dangerText : c.danger;
}

/// The better of black and white.
QColor inkOn(const QColor &ground)
{
    return contrast(Qt::white, ground) >= 4.5 ? QColor(Qt::white) : QColor(Qt::black);
}

void applyAccent(Theme::Colors &c, bool dark, bool highContrast)
{
    c.accentHover = mixed(c.accent, dark ? Qt::white : Qt::black, 0.12);
    c.onAccent = inkOn(c.accent);
    if (contrast(c.onAccent, c.accentHover) < 4.5)
        c.accentHover = mixed(c.accent, c.onAccent == QColor(Qt::white) ? Qt::black : Qt::white, 0.12);
    c.selected = highContrast ? c.hover : mixed(c.sidebar, c.accent, dark ? 0.24 : 0.15);
    c.bubbleOut = highContrast ? c.surface : mixed(c.surface, c.accent, dark ? 0.30 : 0.16);
    c.quietIn = highContrast ? c.surface : mixed(c.bubbleIn, c.text, 0.06);
    c.quietOut = highContrast ? c.surface : mixed(c.bubbleOut, c.text, 0.06);
    c.infoGround = highContrast ? c.surface : mixed(c.surface, c.accent, dark ? 0.20 : 0.10);
    c.highlight = highContrast ? c.text : mixed(c.surface, c.accent, dark ? 0.62 : 0.42);
    c.onHighlight = inkOn(c.highlight);
    c.onDanger = inkOn(c.danger);
    c.focus = c.accent;
    for (const QColor &ground : {c.window, c.sidebar, c.surface, c.raised, c.hover, c.selected, c.bubbleIn, c.bubbleOut,
                                 c.quietIn, c.quietOut})
        c.focus = withContrast(c.focus, ground, 3);
    for (QColor *text : {&c.textMuted, &c.accentText, &c.link, &c.dangerText}) {
        if (!text->isValid())
            *text = c.accent;
        for (const QColor &ground : {c.surface, c.hover, c.selected, c.bubbleIn, c.bubbleOut, c.quietIn, c.quietOut})
            *text = withContrast(*text, ground);
    }
}

/// Fonts that hold Han for the person's language, so that Chinese does not come in Japanese shapes.
QStringList hanFamilies()
{
    const QLocale locale;
    if (locale.language() == QLocale::Japanese)
        return {QStringLiteral("Noto Sans CJK JP"), QStringLiteral("Yu Gothic UI"), QStringLiteral("Hiragino Sans")};
    if (locale.language() == QLocale::Korean)
        return {QStringLiteral("Noto Sans CJK KR"), QStringLiteral("Malgun Gothic"),
                QStringLiteral("Apple SD Gothic Neo")};
    if (locale.script() == QLocale::TraditionalHanScript)
        return {QStringLiteral("Noto Sans CJK TC"), QStringLiteral("Microsoft JhengHei UI"),
                QStringLiteral("PingFang TC")};
    return {QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Microsoft YaHei UI"), QStringLiteral("PingFang SC")};
}

QStringList emojiFamilies()
{
    return {QStringLiteral("Noto Color Emoji"), QStringLiteral("Segoe UI Emoji"), QStringLiteral("Apple Color Emoji")};
}

/// Fonts with letters of one width: the system's, and where it names none, what is usual.
QStringList fixedFamilies()
{
    QStringList families{QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono"),
                         QStringLiteral("Consolas"), QStringLiteral("Menlo"), QStringLiteral("Monospace")};
    const QFontInfo system(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    if (system.fixedPitch())
        families.prepend(system.family());
    return families;
}

} // namespace

Theme Theme::make(const Wish &wish)
{
    const bool dark = wish.scheme == Scheme::Dark;
    Theme theme;
    theme.scheme = wish.scheme;
    theme.highContrast = wish.highContrast;
    theme.textScale = std::clamp(wish.textScale, 0.8, 2.0);
    theme.motionMs = wish.motion ? 150 : 0;
    theme.colors = dark ? darkColors() : lightColors();
    if (wish.accent.isValid())
        theme.colors.accent = withContrast(wish.accent, theme.colors.surface, 3.5);
    if (wish.highContrast)
        sharpen(theme.colors, dark);
    applyAccent(theme.colors, dark, wish.highContrast);
    theme.m_font = wish.font;
    QStringList families = wish.font.families();
    families.removeAll(QString());
    if (families.isEmpty())
        families.append(QFontInfo(wish.font).family());
    for (const QString &family : hanFamilies()) {
        if (!families.contains(family))
            families.append(family);
    }
    theme.m_font.setFamilies(families);
    theme.m_fixed = fixedFamilies() + families;
    return theme;
}

const Theme &Theme::of(const QWidget *widget)
{
    const QStyle *style = widget ? widget->style() : QApplication::style();
    if (const auto *ours = dynamic_cast<const Style *>(style))
        return ours->theme();
    static const Theme plain = make({});
    return plain;
}

QFont Theme::font(TextRole role) const
{
    const auto factor = [role] {
        switch (role) {
        case TextRole::Caption: return 0.84;
        case TextRole::Body:
        case TextRole::Strong:
        case TextRole::Fixed: return 1.0;
        case TextRole::Title: return 1.12;
        case TextRole::Heading: return 1.5;
        case TextRole::BigEmoji: return 2.6;
        }
        Q_UNREACHABLE();
    }();
    QFont font = m_font;
    const double points = m_font.pointSizeF() > 0 ? m_font.pointSizeF() : QFontInfo(m_font).pointSizeF();
    font.setPointSizeF(points * factor * textScale);
    if (role == TextRole::BigEmoji)
        font.setFamilies(emojiFamilies() + m_font.families());
    if (role == TextRole::Fixed) {
        font.setFamilies(m_fixed);
        font.setStyleHint(QFont::Monospace);
    }
    if (role == TextRole::Strong || role == TextRole::Title || role == TextRole::Heading)
        font.setWeight(QFont::DemiBold);
    return font;
}

QPalette Theme::palette() const
{
    const Colors &c = colors;
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.surface);
    p.setColor(QPalette::AlternateBase, c.window);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.textMuted);
    p.setColor(QPalette::Button, c.raised);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.dangerText);
    p.setColor(QPalette::ToolTipBase, c.tooltip);
    p.setColor(QPalette::ToolTipText, c.onTooltip);
    p.setColor(QPalette::Highlight, c.highlight);
    p.setColor(QPalette::HighlightedText, c.onHighlight);
    p.setColor(QPalette::Link, c.link);
    p.setColor(QPalette::LinkVisited, c.link);
    p.setColor(QPalette::Light, c.raised);
    p.setColor(QPalette::Midlight, c.hover);
    p.setColor(QPalette::Mid, c.border);
    p.setColor(QPalette::Dark, c.borderStrong);
    p.setColor(QPalette::Shadow, c.borderStrong);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText})
        p.setColor(QPalette::Disabled, role, c.textDisabled);
    p.setColor(QPalette::Disabled, QPalette::Highlight, c.pressed);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, c.textDisabled);
    return p;
}

} // namespace ui
