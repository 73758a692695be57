// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/avatar.h"

#include "ui/theme/icons.h"
#include "ui/theme/namecolor.h"
#include "ui/widgets/avatarpictures.h"
#include "ui/widgets/plaintext.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHash>
#include <QPainter>
#include <QPixmapCache>
#include <QTextBoundaryFinder>

namespace ui {

namespace {

QString firstCluster(const QString &word)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    return word.left(std::max<qsizetype>(0, finder.toNextBoundary()));
}

/// Disc and letters: a soft ground of the name's colour, with the colour itself made to read on it.
struct Disc {
    QColor ground;
    QColor ink;
};

Disc discFor(const QString &key, const Theme &theme)
{
    if (theme.highContrast)
        return {theme.colors.text, theme.colors.surface};
    const QColor pure(fromHsluv(nameAngle(key), 100, 50).rgb());
    const bool dark = theme.scheme == Scheme::Dark;
    const QColor ground = mixed(theme.colors.surface, pure, dark ? 0.38 : 0.20);
    return {ground, nameColor(key, ground)};
}

} // namespace

QString initials(const QString &name)
{
    QStringList words;
    for (const QString &word : singleLine(name).split(u' ', Qt::SkipEmptyParts)) {
        if (word.at(0).isLetterOrNumber() || word.at(0).isHighSurrogate())
            words.append(word);
    }
    if (words.isEmpty())
        return QStringLiteral("?");
    QString first = firstCluster(words.first()).toUpper();
    const bool ideograph = words.first().at(0).unicode() >= 0x2e80;
    if (words.size() == 1 || ideograph)
        return first;
    return first + firstCluster(words.last()).toUpper();
}

void paintAvatar(QPainter &painter, const QRect &rect, const QString &name, const QString &colorKey, const Theme &theme)
{
    // A list draws the same ones again and again.
    const qreal ratio = painter.device()->devicePixelRatio();
    const QString key = QStringLiteral("balcony/avatar/%1/%2/%3/%4/%5/%6/%7")
                            .arg(rect.width())
                            .arg(ratio)
                            .arg(theme.colors.surface.rgba())
                            .arg(theme.highContrast)
                            .arg(theme.font(TextRole::Strong).family(), colorKey, name);
    QPixmap picture;
    if (!QPixmapCache::find(key, &picture)) {
        picture = QPixmap(rect.size() * ratio);
        picture.setDevicePixelRatio(ratio);
        picture.fill(Qt::transparent);
        QPainter own(&picture);
        const QRect place(QPoint(), rect.size());
        const Disc disc = discFor(colorKey.isEmpty() ? name : colorKey, theme);
        own.setRenderHint(QPainter::Antialiasing);
        own.setPen(Qt::NoPen);
        own.setBrush(disc.ground);
        own.drawEllipse(QRectF(place));
        QFont font = theme.font(TextRole::Strong);
        font.setPixelSize(std::max(8, rect.height() * 40 / 100));
        own.setFont(font);
        own.setPen(disc.ink);
        own.drawText(place, Qt::AlignCenter | Qt::TextSingleLine, initials(name));
        own.end();
        QPixmapCache::insert(key, picture);
    }
    painter.drawPixmap(rect.topLeft(), picture);
}

void paintPerson(QPainter &painter, const QRect &rect, const Person &person, const QWidget *widget)
{
    AvatarPictures *pictures = person.account.isNull() ? nullptr : AvatarPictures::of(widget);
    const int side = qRound(rect.width() * painter.device()->devicePixelRatio());
    const QPixmap picture = pictures ? pictures->find(person.account, person.jid, side, widget) : QPixmap();
    if (picture.isNull())
        return paintAvatar(painter, rect, person.name, person.jid.toString(), Theme::of(widget));
    if (picture.width() == side)
        return painter.drawPixmap(rect, picture);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(rect, picture);
    painter.restore();
}

void paintPresenceDot(QPainter &painter, const QRect &rect, PresenceDot dot, const QColor &ground, const Theme &theme,
                      Qt::LayoutDirection direction)
{
    if (dot == PresenceDot::None)
        return;
    const int side = std::max(10, rect.height() * 34 / 100);
    const int x = direction == Qt::RightToLeft ? rect.left() - 1 : rect.right() + 2 - side;
    const QRect spot(x, rect.bottom() + 2 - side, side, side);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawEllipse(spot);
    painter.restore();
    const auto [icon, role] = [dot]() -> std::pair<Icon, IconRole> {
        switch (dot) {
        case PresenceDot::Online: return {Icon::PresenceOnline, IconRole::Online};
        case PresenceDot::Away: return {Icon::PresenceAway, IconRole::Away};
        case PresenceDot::Busy: return {Icon::PresenceBusy, IconRole::Busy};
        case PresenceDot::None:
        case PresenceDot::Offline: break;
        }
        return {Icon::PresenceOffline, IconRole::Offline};
    }();
    paintIcon(painter, icon, spot, iconColor(theme, role));
}

QString presenceWord(PresenceDot dot)
{
    switch (dot) {
    case PresenceDot::None: return {};
    case PresenceDot::Online: return QCoreApplication::translate("ui::Avatar", "available");
    case PresenceDot::Away: return QCoreApplication::translate("ui::Avatar", "away");
    case PresenceDot::Busy: return QCoreApplication::translate("ui::Avatar", "do not disturb");
    case PresenceDot::Offline: return QCoreApplication::translate("ui::Avatar", "offline");
    }
    Q_UNREACHABLE();
}

Avatar::Avatar(int size, QWidget *parent) : QWidget(parent), m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    describe();
}

void Avatar::setPerson(const QString &name, const QString &colorKey)
{
    m_name = name;
    m_colorKey = colorKey;
    describe();
    update();
}

void Avatar::setPerson(const Person &person)
{
    m_person = person;
    setPerson(person.name, person.jid.toString());
}

void Avatar::setPresence(PresenceDot dot)
{
    m_dot = dot;
    describe();
    update();
}

void Avatar::describe()
{
    const QString word = presenceWord(m_dot);
    const QString name = isolated(singleLine(m_name));
    //: %1 is a person's name, %2 a presence such as "away".
    setAccessibleName(word.isEmpty() ? name : tr("%1, %2").arg(name, word));
}

QSize Avatar::sizeHint() const
{
    const int side = Theme::of(this).scaled(m_size);
    return {side, side};
}

void Avatar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const int side = std::min(width(), height());
    const QRect disc((width() - side) / 2, (height() - side) / 2, side, side);
    if (m_person.account.isNull())
        paintAvatar(painter, disc, m_name, m_colorKey, theme);
    else
        paintPerson(painter, disc, m_person, this);
    paintPresenceDot(painter, disc.adjusted(0, 0, -1, -1), m_dot, palette().color(backgroundRole()), theme,
                     layoutDirection());
}

void Avatar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        updateGeometry();
    if (event->type() == QEvent::LanguageChange)
        describe();
    QWidget::changeEvent(event);
}

} // namespace ui
