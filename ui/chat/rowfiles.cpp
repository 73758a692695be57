// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/rowfiles.h"

#include "ui/chat/filewords.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui {

namespace {

using model::FilePlace;

constexpr int widestPicture = 360; // at 100 % text, as all here
constexpr int highestPicture = 320;
constexpr QSize unknownPicture{240, 180};
constexpr int smallestPicture = 72;
constexpr int widestCard = 320;

int cardHeight(const Theme &theme)
{
    const int lines =
        QFontMetrics(theme.font(TextRole::Strong)).height() + QFontMetrics(theme.font(TextRole::Caption)).height();
    return lines + 2 * theme.space.s;
}

Icon buttonIcon(const model::RowFile &file)
{
    switch (file.place) {
    case FilePlace::Remote: return Icon::Download;
    case FilePlace::Failed: return Icon::Retry;
    case FilePlace::Loading:
    case FilePlace::Waiting:
    case FilePlace::Here: break;
    }
    return Icon::Close;
}

/// The middle of a picture that fills a room, or all of a picture that fits into it.
QRectF sourceOf(const QSizeF &picture, const QSizeF &room, bool isCut)
{
    if (!isCut)
        return {QPointF(), picture};
    const QSizeF part = room.scaled(picture, Qt::KeepAspectRatio);
    return {QPointF((picture.width() - part.width()) / 2, (picture.height() - part.height()) / 2), part};
}

/// A round button that is seen on any picture, with a ring for what is done.
void paintRound(QPainter &painter, const QRect &rect, const model::RowFile &file, double progress, const QRect &hovered,
                const Theme &theme)
{
    const Theme::Colors &c = theme.colors;
    painter.setPen(QPen(c.borderStrong, 1));
    painter.setBrush(hovered == rect ? c.hover : c.raised);
    painter.drawEllipse(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5));
    const int inset = rect.width() / 4;
    paintIcon(painter, buttonIcon(file), rect.adjusted(inset, inset, -inset, -inset), c.accentText);
    if (progress <= 0)
        return;
    painter.setPen(QPen(c.accent, 3));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(rect).adjusted(2, 2, -2, -2), 90 * 16, -int(progress * 360 * 16));
}

/// Words on a ground of their own, over a picture's lower edge.
void paintOverPicture(QPainter &painter, const QRect &rect, const QString &text, const Theme &theme)
{
    painter.setFont(theme.font(TextRole::Caption));
    const QFontMetrics metrics = painter.fontMetrics();
    const int most = rect.width() - 2 * theme.space.s;
    const QString shown = metrics.elidedText(text, Qt::ElideRight, most - 2 * theme.space.s);
    const QSize size(metrics.horizontalAdvance(shown) + 2 * theme.space.s, metrics.height() + theme.space.xs);
    if (size.height() > rect.height() / 2)
        return;
    const QRect place(QPoint(rect.center().x() - size.width() / 2, rect.bottom() - size.height() - theme.space.xs),
                      size);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colors.raised);
    painter.drawRoundedRect(place, theme.radius.small, theme.radius.small);
    painter.setPen(theme.colors.text);
    painter.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, shown);
}

} // namespace

RowFiles::RowFiles(const QList<model::RowFile> &files, const QList<QSize> &sizes) : m_files(files), m_sizes(sizes) { }

/// Several pictures and nothing else.
bool RowFiles::isMosaic() const
{
    return m_files.size() > 1
        && std::all_of(m_files.cbegin(), m_files.cend(), [](const model::RowFile &file) { return file.isPicture; });
}

QSize RowFiles::pictureSize(int index, int most, const Theme &theme) const
{
    QSize size = m_sizes.value(index);
    if (size.isEmpty())
        size = m_files.at(index).pixels;
    if (size.isEmpty())
        size = QSize(theme.scaled(unknownPicture.width()), theme.scaled(unknownPicture.height()));
    const QSize room(std::min(most, theme.scaled(widestPicture)), theme.scaled(highestPicture));
    if (size.width() > room.width() || size.height() > room.height())
        size.scale(room, Qt::KeepAspectRatio);
    const int least = std::min(most, theme.scaled(smallestPicture));
    return size.expandedTo(QSize(least, least));
}

int RowFiles::wishedWidth(int most, const Theme &theme) const
{
    if (isMosaic())
        return std::min(most, theme.scaled(widestPicture));
    int width = 0;
    for (int i = 0; i < m_files.size(); ++i) {
        const int wish = m_files.at(i).isPicture ? pictureSize(i, most, theme).width() : theme.scaled(widestCard);
        width = std::max(width, std::min(most, wish));
    }
    return width;
}

int RowFiles::placeMosaic(const QRect &room, const Theme &theme)
{
    const int gap = theme.space.xs;
    const int count = int(m_files.size());
    const int columns = count == 2 || count == 4 ? 2 : 3;
    const int side = (room.width() - (columns - 1) * gap) / columns;
    for (int i = 0; i < count; ++i) {
        Item item;
        item.index = i;
        item.isPicture = item.isTile = true;
        item.rect =
            QRect(room.left() + i % columns * (side + gap), room.top() + i / columns * (side + gap), side, side);
        m_items.append(item);
    }
    const int lines = (count + columns - 1) / columns;
    return lines * side + (lines - 1) * gap;
}

int RowFiles::place(const QRect &room, const Theme &theme)
{
    m_items.clear();
    int height = 0;
    if (isMosaic()) {
        height = placeMosaic(room, theme);
    } else {
        for (int i = 0; i < m_files.size(); ++i) {
            Item item;
            item.index = i;
            item.isPicture = m_files.at(i).isPicture;
            const QSize size = item.isPicture
                ? pictureSize(i, room.width(), theme)
                : QSize(std::min(room.width(), theme.scaled(widestCard)), cardHeight(theme));
            item.rect = QRect(QPoint(room.left(), room.top() + height), size);
            height += size.height() + theme.space.xs;
            m_items.append(item);
        }
        height -= theme.space.xs;
    }
    for (Item &item : m_items) {
        if (fileButtonWords(m_files.at(item.index)).isEmpty())
            continue;
        const int side = std::min(theme.controlHeight(), item.rect.height());
        item.button = QRect(0, 0, side, side);
        item.button.moveCenter(item.rect.center());
        if (!item.isPicture)
            item.button.moveRight(item.rect.right() - theme.space.s);
    }
    return std::max(0, height);
}

void RowFiles::mirror(int width)
{
    for (Item &item : m_items) {
        item.rect.moveLeft(width - item.rect.x() - item.rect.width());
        if (!item.button.isEmpty())
            item.button.moveLeft(width - item.button.x() - item.button.width());
    }
}

const RowFiles::Item *RowFiles::itemAt(const QPoint &point) const
{
    const auto found =
        std::find_if(m_items.cbegin(), m_items.cend(), [&](const Item &item) { return item.rect.contains(point); });
    return found == m_items.cend() ? nullptr : &*found;
}

QRect RowFiles::targetAt(const QPoint &point) const
{
    const Item *item = itemAt(point);
    if (!item)
        return {};
    const FilePlace place = m_files.at(item->index).place;
    const bool isMoving = place == FilePlace::Loading || place == FilePlace::Waiting;
    if (isMoving && !item->button.contains(point))
        return {};
    // One of ours that failed has its ways out under the message.
    if (place == FilePlace::Failed && item->button.isEmpty())
        return {};
    return item->button.contains(point) ? item->button : item->rect;
}

double RowFiles::progressOf(const model::RowFile &file, const Look &look) const
{
    const bool isMoving = file.place == FilePlace::Loading || file.place == FilePlace::Waiting;
    return isMoving && look.progress ? look.progress(file.id) : -1;
}

void RowFiles::paintPicture(QPainter &painter, const Item &item, const Look &look, const Theme &theme) const
{
    const model::RowFile &file = m_files.at(item.index);
    QPainterPath shape;
    shape.addRoundedRect(item.rect, theme.radius.control, theme.radius.control);
    painter.fillPath(shape, look.ground);
    const qreal ratio = painter.device()->devicePixelRatioF();
    QPixmap picture;
    QSize wanted = (QSizeF(item.rect.size()) * ratio).toSize();
    if (item.isTile) {
        const QSize all = m_sizes.value(item.index).isEmpty() ? file.pixels : m_sizes.value(item.index);
        wanted = all.isEmpty() ? wanted * 3 / 2 : all.scaled(wanted, Qt::KeepAspectRatioByExpanding);
    }
    if (look.picture)
        picture = look.picture(file, wanted);
    if (!picture.isNull()) {
        QSizeF size = QSizeF(picture.size()) / ratio;
        const QSizeF room = item.rect.size();
        // A small one keeps its size, a preview of a large one grows into it.
        if (item.isTile)
            size = room;
        else if (size.width() > room.width() || size.height() > room.height() || file.place != FilePlace::Here)
            size.scale(room, Qt::KeepAspectRatio);
        QRectF target(QPointF(), size);
        target.moveCenter(QRectF(item.rect).center());
        painter.save();
        painter.setClipPath(shape, Qt::IntersectClip);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(target, picture, sourceOf(picture.size(), size, item.isTile));
        painter.restore();
    } else if (item.button.isEmpty()) {
        const int side = std::min(theme.scaled(32), item.rect.height());
        QRect icon(0, 0, side, side);
        icon.moveCenter(item.rect.center());
        paintIcon(painter, Icon::Picture, icon, theme.colors.textMuted);
    }
    if (look.hovered == item.rect || theme.highContrast) {
        painter.setPen(QPen(look.hovered == item.rect ? theme.colors.focus : theme.colors.border, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(shape);
    }
    const double progress = progressOf(file, look);
    if (!item.button.isEmpty())
        paintRound(painter, item.button, file, progress, look.hovered, theme);
    if (file.place != FilePlace::Here && item.button.top() - item.rect.top() > theme.scaled(28)) {
        const QString failure = look.failure ? look.failure(file.failure) : QString();
        paintOverPicture(painter, item.rect, fileNote(file, progress, failure), theme);
    }
}

void RowFiles::paintCard(QPainter &painter, const Item &item, const Look &look, const Theme &theme) const
{
    const Theme::Colors &c = theme.colors;
    const model::RowFile &file = m_files.at(item.index);
    painter.setPen(theme.highContrast ? QPen(c.border, 1) : QPen(Qt::NoPen));
    painter.setBrush(look.hovered == item.rect ? c.hover : look.ground);
    painter.drawRoundedRect(QRectF(item.rect).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius.control,
                            theme.radius.control);
    const int icon = theme.iconSize();
    const int top = item.rect.center().y() - icon / 2 + 1;
    const int left = look.isMirrored ? item.rect.right() + 1 - theme.space.m - icon : item.rect.left() + theme.space.m;
    paintIcon(painter, fileIcon(file), QRect(left, top, icon, icon), c.accentText);
    const int before = theme.space.m + icon + theme.space.m;
    const int behind = item.button.isEmpty() ? theme.space.m : item.button.width() + 2 * theme.space.s;
    const QRect words = look.isMirrored ? item.rect.adjusted(behind, theme.space.s, -before, -theme.space.s)
                                        : item.rect.adjusted(before, theme.space.s, -behind, -theme.space.s);
    const int side = int(look.isMirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::TextSingleLine;
    painter.setFont(theme.font(TextRole::Strong));
    painter.setPen(c.text);
    painter.drawText(words, side | Qt::AlignTop,
                     painter.fontMetrics().elidedText(fileNameText(file), Qt::ElideMiddle, words.width()));
    painter.setFont(theme.font(TextRole::Caption));
    painter.setPen(file.place == FilePlace::Failed ? c.dangerText : c.textMuted);
    const double progress = progressOf(file, look);
    const QString note = fileNote(file, progress, look.failure ? look.failure(file.failure) : QString());
    painter.drawText(words, side | Qt::AlignBottom,
                     painter.fontMetrics().elidedText(note, Qt::ElideRight, words.width()));
    if (!item.button.isEmpty())
        paintRound(painter, item.button, file, progress, look.hovered, theme);
}

void RowFiles::paint(QPainter &painter, const Look &look, const Theme &theme) const
{
    if (m_items.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Item &item : m_items) {
        if (item.isPicture)
            paintPicture(painter, item, look, theme);
        else
            paintCard(painter, item, look, theme);
    }
    painter.restore();
}

int filesHeight(const QList<model::RowFile> &files, int most, const Theme &theme)
{
    RowFiles all(files, {});
    return all.place(QRect(0, 0, all.wishedWidth(most, theme), 0), theme);
}

} // namespace ui
