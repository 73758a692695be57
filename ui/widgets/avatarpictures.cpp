// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/avatarpictures.h"

#include "chat/avatars.h"
#include "ui/chat/pictures.h"

#include <QAbstractScrollArea>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int mostFailed = 5000;
constexpr size_t mostAskers = 100;
constexpr int mostDecoded = 1024; // pixels a side, of one that is long and thin

/// What a picture of `size` has to fit into so that its shorter edge has `side` pixels.
QSize roomFor(const QSize &size, int side)
{
    const QSize whole = size.scaled(side, side, Qt::KeepAspectRatioByExpanding);
    return whole.boundedTo({mostDecoded, mostDecoded}).expandedTo({1, 1});
}

} // namespace

QPixmap discOf(const QImage &picture, int side)
{
    QPixmap disc(side, side);
    disc.fill(Qt::transparent);
    if (picture.isNull())
        return disc;
    QImage square = picture;
    const QSize wanted = picture.size().scaled(side, side, Qt::KeepAspectRatioByExpanding);
    if (square.size() != wanted)
        square = square.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QBrush brush(square);
    brush.setTransform(QTransform::fromTranslate((side - wanted.width()) / 2.0, (side - wanted.height()) / 2.0));
    QPainter painter(&disc);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(brush);
    painter.drawEllipse(QRectF(0, 0, side, side));
    return disc;
}

AvatarPictures::AvatarPictures(chat::Profile &profile, QWidget *window, const QString &decoderProgram)
    : QObject(window), m_profile(profile), m_decoder(profile.services().clock, decoderProgram), m_discs(mostKilobytes)
{
    m_drawing.setSingleShot(true);
    m_drawing.setInterval(calm);
    connect(&m_drawing, &QTimer::timeout, this, &AvatarPictures::draw);
    connect(&profile.accounts(), &chat::Accounts::added, this, &AvatarPictures::follow);
    for (chat::Account *account : profile.accounts().all())
        follow(account);
}

AvatarPictures::~AvatarPictures()
{
    m_scope.cancel();
}

AvatarPictures *AvatarPictures::of(const QWidget *widget)
{
    if (!widget)
        return nullptr;
    while (widget->parentWidget())
        widget = widget->parentWidget();
    return widget->findChild<AvatarPictures *>(QString(), Qt::FindDirectChildrenOnly);
}

void AvatarPictures::follow(chat::Account *account)
{
    const auto look = [this, account](const Jid &who) {
        m_failed.remove(account->avatars().idOf(who));
        if (!m_drawing.isActive())
            m_drawing.start();
    };
    connect(&account->avatars(), &chat::Avatars::changed, this, look);
    connect(&account->avatars(), &chat::Avatars::offered, this, look);
}

QPixmap AvatarPictures::find(const Jid &account, const Jid &who, int side, const QWidget *asker)
{
    const chat::Account *found = m_profile.accounts().find(account);
    if (!found || side <= 0)
        return {};
    remember(asker);
    const std::pair person(account, who);
    const Wish wish{account, who, found->avatars().idOf(who), side};
    if (wish.id.isNull()) {
        m_last.remove(person);
        return {};
    }
    if (const QPixmap *disc = m_discs.object(wish.key())) {
        if (m_last.size() >= mostPersons)
            m_last.clear();
        m_last.insert(person, wish.key());
        return *disc;
    }
    if (m_failed.contains(wish.id)) {
        m_last.remove(person);
        return {};
    }
    want(wish);
    // Until it is there: the one that they had before, or the same of another size.
    const QPixmap *before = m_discs.object(m_last.value(person));
    return before ? *before : QPixmap();
}

void AvatarPictures::remember(const QWidget *asker)
{
    const auto isSame = [asker](const QPointer<QWidget> &each) { return each == asker; };
    if (!asker || std::any_of(m_askers.cbegin(), m_askers.cend(), isSame))
        return;
    m_askers.erase(std::remove_if(m_askers.begin(), m_askers.end(), [](const auto &each) { return each.isNull(); }),
                   m_askers.end());
    if (m_askers.size() < mostAskers)
        m_askers.emplace_back(const_cast<QWidget *>(asker));
}

void AvatarPictures::want(Wish wish)
{
    const QString key = wish.key();
    if (m_running.contains(key))
        return;
    m_wishes.erase(
        std::remove_if(m_wishes.begin(), m_wishes.end(), [&](const Wish &each) { return each.key() == key; }),
        m_wishes.end());
    if (m_wishes.size() == mostWaiting)
        m_wishes.erase(m_wishes.begin());
    m_wishes.push_back(std::move(wish));
    // From the event loop: this is called while a view paints.
    QMetaObject::invokeMethod(this, &AvatarPictures::startNext, Qt::QueuedConnection);
}

void AvatarPictures::startNext()
{
    while (!m_wishes.empty() && size_t(m_running.size()) < mostAtOnce) {
        Wish wish = std::move(m_wishes.back());
        m_wishes.pop_back();
        m_running.insert(wish.key());
        m_scope.run(load(std::move(wish)));
    }
}

Task<void> AvatarPictures::load(Wish wish)
{
    QPixmap disc;
    // An account that is removed stays as long as the profile. Who has another picture by now wants that one.
    chat::Account *account = m_profile.accounts().find(wish.account);
    if (account && account->avatars().idOf(wish.who) == wish.id) {
        auto getting = account->avatars().picture(wish.who);
        auto bytes = co_await std::move(getting);
        if (bytes) {
            auto decoding = decode(std::move(*bytes), wish.side);
            disc = co_await std::move(decoding);
        }
    }
    m_running.remove(wish.key());
    if (disc.isNull()) {
        if (m_failed.size() >= mostFailed)
            m_failed.clear();
        m_failed.insert(wish.id);
    } else {
        m_discs.insert(wish.key(), new QPixmap(disc), 1 + wish.side * wish.side * 4 / 1024);
        if (!m_drawing.isActive())
            m_drawing.start();
    }
    startNext();
}

/// Null where it is no picture that can be shown.
Task<QPixmap> AvatarPictures::decode(QByteArray bytes, int side)
{
    const auto header = media::readImageHeader(bytes, media::mostAvatarPixels);
    if (!header)
        co_return QPixmap();
    auto decoding = m_decoder.picture(bytes, roomFor(header->size, side), media::mostAvatarPixels);
    const auto picture = co_await std::move(decoding);
    co_return picture ? discOf(imageOf(*picture), side) : QPixmap();
}

void AvatarPictures::draw()
{
    for (const QPointer<QWidget> &each : m_askers) {
        if (auto *area = qobject_cast<QAbstractScrollArea *>(each.data()))
            area->viewport()->update();
        else if (each)
            each->update();
    }
}

} // namespace ui
