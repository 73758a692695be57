// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "media/decoder.h"

#include <QCache>
#include <QHash>
#include <QPixmap>
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <QWidget>

namespace ui {

/// The pictures of persons as they are drawn: fetched when they are seen first (chat::Avatars), decoded elsewhere
/// (media::Decoder), cut to a disc and kept while there is room. One for each window with what belongs to it.
class AvatarPictures : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostKilobytes = 16 * 1024; ///< Of pictures that are kept.
    static constexpr size_t mostAtOnce = 8; ///< On their way; how many of them are asked for is chat::Avatars' matter.
    static constexpr size_t mostWaiting = 256; ///< What was asked for before that was scrolled away long ago.
    static constexpr int mostPersons = 5000;   ///< Of whom it is known what was drawn last.
    static constexpr int calm = 50;            ///< Milliseconds in which those that come are drawn together.

    /// `profile` outlives this; `window` owns it. `decoderProgram`: as media::Decoder.
    AvatarPictures(chat::Profile &profile, QWidget *window, const QString &decoderProgram = {});
    ~AvatarPictures() override;

    /// Those of the window that `widget` belongs to; null: there are none, and everybody has initials.
    static AvatarPictures *of(const QWidget *widget);

    /// The picture of `who`, a contact of `account` or that itself, as a disc of `side` device pixels, or of another size
    /// until that one is there; null: none, or none yet. `asker` is painted again when that changes.
    QPixmap find(const Jid &account, const Jid &who, int side, const QWidget *asker);
    media::Decoder &decoder() { return m_decoder; }

private:
    struct Wish {
        Jid account;
        Jid who;
        QString id;
        int side = 0;
        QString key() const { return id + u'/' + QString::number(side); }
    };
    void follow(chat::Account *account);
    void want(Wish wish);
    void startNext();
    Task<void> load(Wish wish);
    Task<QPixmap> decode(QByteArray bytes, int side);
    void remember(const QWidget *asker);
    void draw();

    chat::Profile &m_profile;
    media::Decoder m_decoder;
    QCache<QString, QPixmap> m_discs;           ///< By id and side.
    QHash<std::pair<Jid, Jid>, QString> m_last; ///< By account and person: the key of what was drawn last.
    QSet<QString> m_failed;                     ///< Ids of what is not to be had, or cannot be decoded.
    std::vector<Wish> m_wishes;                 ///< The last is the next.
    QSet<QString> m_running;                    ///< Keys.
    std::vector<QPointer<QWidget>> m_askers;
    QTimer m_drawing;
    Scope m_scope;
};

/// `picture` cut to a disc of `side` pixels; what is beyond a square is left out on both sides.
QPixmap discOf(const QImage &picture, int side);

} // namespace ui
