// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace ui {

/// A label for text that may come from outside: always plain text, in one of the theme's sizes.
class PlainLabel : public QLabel
{
    Q_OBJECT
public:
    explicit PlainLabel(const QString &text = {}, QWidget *parent = nullptr);

    /// One of the theme's sizes; Body at first.
    void setTextRole(TextRole role);
    /// In the quieter text colour.
    void setMuted(bool muted);
    /// A name or other text from outside: bidi-isolated and on one line.
    void setIsolatedText(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();

    TextRole m_role = TextRole::Body;
    bool m_muted = false;
    bool m_applying = false;
};

/// A label of one line that ends in "…" where there is no room; the whole text is its tooltip then.
class ElidedLabel : public PlainLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);

    void setElideMode(Qt::TextElideMode mode);
    bool isElided() const;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

/// A small round count, as on an unread chat. Hidden at 0; above 999 it says "999+".
class Badge : public QWidget
{
    Q_OBJECT
public:
    explicit Badge(QWidget *parent = nullptr);

    void setCount(int count);
    int count() const { return m_count; }
    /// Quiet: a muted chat. A mention has an "@", and so differs from other news not by colour alone.
    void setQuiet(bool quiet);
    void setMention(bool mention);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    /// Paints a badge at the end of `line`, centred in height, and returns its rectangle: for item delegates.
    static QRect paint(QPainter &painter, const QRect &line, int count, bool mention, bool quiet, const Theme &theme,
                       Qt::LayoutDirection direction);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void changed();

    int m_count = 0;
    bool m_quiet = false;
    bool m_mention = false;
};

} // namespace ui
