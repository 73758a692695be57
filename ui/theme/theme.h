// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QStringList>

class QWidget;

namespace ui {

enum class Scheme { Light, Dark };

/// The sizes of text, from small print to an emoji that stands alone; Fixed is what is written for machines.
enum class TextRole { Caption, Body, Strong, Fixed, Title, Heading, BigEmoji };

/// THE table of colours, spacings, radii and text sizes. A value; widgets read the one in use by Theme::of() each time
/// they paint, so that a change shows at once. No other file holds a literal colour.
struct Theme {
    /// What a theme is made from.
    struct Wish {
        Scheme scheme = Scheme::Light;
        bool highContrast = false;
        QColor accent;        ///< Invalid: our own.
        double textScale = 1; ///< 0.8 to 2.
        bool motion = true;   ///< False where the system asks for reduced motion.
        QFont font;           ///< The system's font at its own size.

        friend bool operator==(const Wish &, const Wish &) = default;
    };

    /// Colours by their job. Every text colour reads on each ground named beside it (WCAG AA; a test checks).
    struct Colors {
        QColor window;  ///< Behind dialogs and headers.
        QColor sidebar; ///< Behind the chat list.
        QColor surface; ///< Behind the timeline, lists, fields.
        QColor raised;  ///< Menus, cards, the jump button.
        QColor hover;   ///< A row or flat button under the pointer.
        QColor pressed;
        QColor selected;     ///< The selected row of a list.
        QColor border;       ///< Hair lines that only decorate.
        QColor borderStrong; ///< Outlines of controls: 3:1 on surface.
        QColor focus;        ///< The focus ring: 3:1 on all grounds.
        QColor text;         ///< On window, sidebar, surface, raised, hover, selected, bubbles.
        QColor textMuted;    ///< Likewise.
        QColor textDisabled; ///< Exempt by WCAG 1.4.3.
        QColor accent;       ///< Filled buttons, badges.
        QColor accentHover;
        QColor onAccent;   ///< On accent and accentHover.
        QColor accentText; ///< Accent as text on surface, window, sidebar, hover, selected.
        QColor link;       ///< On surface and both bubbles.
        QColor highlight;  ///< Behind selected text.
        QColor onHighlight;
        QColor bubbleIn;
        QColor bubbleOut;
        QColor quietIn;  ///< Behind quotes and preformatted text on bubbleIn and surface: under text and link, too.
        QColor quietOut; ///< Likewise on bubbleOut.
        QColor danger;   ///< A filled dangerous button.
        QColor onDanger;
        QColor dangerText; ///< On surface, window, dangerGround, bubbles.
        QColor dangerGround;
        QColor warningText; ///< On warningGround.
        QColor warningGround;
        QColor infoGround; ///< Under text.
        QColor online;     ///< Presence dots: 3:1 on surface and sidebar.
        QColor away;
        QColor busy;
        QColor offline;
        QColor tooltip;
        QColor onTooltip;
        QColor scrollThumb;
        QColor scrollThumbHover;
        QColor shadow; ///< With alpha.
    };

    /// Distances in device-independent pixels.
    struct Space {
        int hair = 1;
        int xs = 4;
        int s = 8;
        int m = 12;
        int l = 16;
        int xl = 24;
        int xxl = 40;
        int bubbleX = 12; ///< Between the edge of a bubble and its text.
        int bubbleY = 7;
    };

    struct Radius {
        int small = 4;
        int control = 8;
        int bubble = 14;
    };

    Scheme scheme = Scheme::Light;
    bool highContrast = false;
    double textScale = 1;
    int motionMs = 150; ///< 0 where nothing may move.
    Colors colors;
    Space space;
    Radius radius;

    /// The theme for a wish; a bad accent or scale is put right.
    static Theme make(const Wish &wish);
    /// The theme in use where `widget` is drawn (nullptr: in the application); a plain light one without our Style.
    static const Theme &of(const QWidget *widget);

    QFont font(TextRole role) const;
    QPalette palette() const;
    /// A length of the drawing scaled with the text: icons, avatars, heights of controls.
    int scaled(double length) const { return qRound(length * textScale); }
    int iconSize() const { return scaled(20); }
    int smallIconSize() const { return scaled(15); }
    int avatarSize() const { return scaled(32); }
    int controlHeight() const { return scaled(34); }

private:
    QFont m_font;
    QStringList m_fixed; ///< The system's font with letters of one width.
};

} // namespace ui
