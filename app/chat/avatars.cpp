// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/avatars.h"

#include "media/imageheader.h"

#include <algorithm>

namespace chat {
namespace {

using store::AvatarOwner;
using store::AvatarSource;

struct OwnersOf {
    Jid account;
    Result<std::vector<AvatarOwner>> operator()(store::Reader &reader) const
    {
        return reader.avatars().owners(account);
    }
};

struct PictureNamed {
    QString id;
    Result<std::optional<QByteArray>> operator()(store::Reader &reader) const { return reader.avatars().picture(id); }
};

struct KeepPicture {
    QString id;
    QByteArray picture;
    QDateTime now;
    Result<> operator()(store::Transaction &transaction) const { return transaction.avatars().keep(id, picture, now); }
};

struct PutOwner {
    Jid account;
    AvatarOwner owner; ///< Without an id: there is none.
    Result<> operator()(store::Transaction &transaction) const
    {
        return owner.id.isEmpty() ? transaction.avatars().removeOwner(account, owner.jid)
                                  : transaction.avatars().setOwner(account, owner);
    }
};

Error noAvatar(const Jid &who)
{
    return {Error::Kind::Input, QStringLiteral("no-avatar"), QStringLiteral("%1 has no picture.").arg(who.toString())};
}

Error tooMany()
{
    return {Error::Kind::Unsupported, QStringLiteral("avatar-busy"),
            QStringLiteral("Too many pictures were asked for; try again later.")};
}

Error noConnection()
{
    return {Error::Kind::Network, QStringLiteral("offline"), QStringLiteral("The account is not connected.")};
}

} // namespace

Avatars::Avatars(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, const Jid &account)
    : m_client(client), m_extensions(extensions), m_store(store), m_account(account),
      m_askedSince(client.clock().monotonic())
{
    connect(&client, &xmpp::Client::offline, this, &Avatars::takeEnd);
    connect(&client, &xmpp::Client::resumed, this, &Avatars::offerAgain);
    connect(&extensions.avatars, &xep::Avatars::told, this, &Avatars::takeMetadata);
    connect(&extensions.vcardAvatars, &xep::VCardAvatars::told, this, &Avatars::takeUpdate);
}

Avatars::~Avatars()
{
    m_stream.cancel();
    m_scope.cancel();
}

Task<Result<>> Avatars::load()
{
    OwnersOf job{m_account};
    auto reading = m_store.read(std::move(job));
    const auto owners = co_await std::move(reading);
    if (!owners)
        co_return fail(owners.error());
    for (const AvatarOwner &owner : *owners)
        m_owners.insert(owner.jid, owner);
    co_return Result<>{};
}

void Avatars::begin()
{
    const AvatarOwner own = m_owners.value(m_account);
    if (!own.id.isEmpty() && own.source != AvatarSource::Published)
        m_stream.run(checkOwn());
    offerAgain();
}

void Avatars::offerAgain()
{
    const std::set<Jid> missed = std::exchange(m_missed, {});
    for (const Jid &each : missed)
        Q_EMIT offered(each);
}

void Avatars::takeEnd()
{
    m_stream.cancel();
    m_server.reset();
    m_checks = 0;
    m_told.clear();
    const std::list<Wish> wishes = std::exchange(m_wishes, {});
    for (const Wish &wish : wishes) {
        m_missed.insert(wish.who);
        for (const auto &later : wish.waiting)
            later.set(fail(noConnection()));
    }
}

bool Avatars::isKnown(const Jid &bare) const
{
    return bare == m_account || (m_known && m_known(bare));
}

QString Avatars::idOf(const Jid &bare) const
{
    const auto found = m_owners.constFind(bare);
    return found == m_owners.constEnd() ? QString() : found->id;
}

void Avatars::takeMetadata(const Jid &owner, const xep::AvatarMetadata &metadata)
{
    if (!isKnown(owner))
        return;
    if (metadata.forms.empty())
        return setOwner({owner, {}, 0, AvatarSource::Published});
    const xep::AvatarInfo *form = metadata.inNode();
    if (!form)
        return;
    AvatarOwner now{owner, xep::avatarIdOf(form->id), form->bytes, AvatarSource::Published};
    const AvatarOwner before = m_owners.value(owner);
    if (before.id == now.id && before.source == AvatarSource::Both)
        now.source = AvatarSource::Both;
    setOwner(now);
}

void Avatars::takeUpdate(const Jid &who, const xep::VCardUpdate &update)
{
    const Jid bare = who.bare();
    const QString id = update.id();
    if (!isKnown(bare))
        return;
    // XEP-0153 4.3: another device of ours changed the vCard, and knows better than we do.
    if (bare == m_account && !m_told.isNull() && who != m_client.self() && id != m_told && !update.photo.isNull()) {
        tell({});
        m_stream.run(checkOwn());
    }
    const AvatarOwner before = m_owners.value(bare);
    if (!before.id.isEmpty() && before.source != AvatarSource::VCard)
        return; // what is published is nearer to the truth
    if (update.isWithout())
        setOwner({bare, {}, 0, AvatarSource::VCard});
    else if (!id.isNull())
        setOwner({bare, id, 0, AvatarSource::VCard});
}

void Avatars::forget(const Jid &bare)
{
    setOwner({bare, {}, 0, AvatarSource::Published});
    m_missed.erase(bare);
}

void Avatars::setOwner(const AvatarOwner &owner)
{
    const AvatarOwner before = m_owners.value(owner.jid);
    if (owner.id.isEmpty() ? before.id.isEmpty() : before == owner)
        return;
    if (owner.id.isEmpty())
        m_owners.remove(owner.jid);
    else
        m_owners.insert(owner.jid, owner);
    m_scope.run(keepOwner(owner));
    if (before.id == owner.id)
        return;
    m_troubles.erase(owner.jid);
    Q_EMIT changed(owner.jid);
}

/// What is not kept is told again at the next sign-in.
Task<void> Avatars::keepOwner(AvatarOwner owner)
{
    PutOwner job{m_account, owner};
    auto writing = m_store.write(std::move(job));
    (void)co_await std::move(writing);
}

Task<Result<QByteArray>> Avatars::picture(Jid who)
{
    const Jid bare = who.bare();
    const QString id = idOf(bare);
    if (id.isNull())
        co_return fail(noAvatar(bare));
    PictureNamed job{id};
    auto reading = m_store.read(std::move(job));
    auto stored = co_await std::move(reading);
    if (!stored)
        co_return fail(stored.error());
    if (*stored)
        co_return std::move(**stored);
    const base::Later<Answer> later;
    const auto refused = enter(bare, id, later);
    if (refused)
        co_return fail(*refused);
    co_return co_await later;
}

/// Whether it may be fetched now, and is not on its way already.
std::optional<Error> Avatars::mayAsk(const Jid &bare, const QString &id)
{
    if (!isKnown(bare))
        return Error{Error::Kind::Input, QStringLiteral("contact-unknown"),
                     QStringLiteral("%1 is no contact.").arg(bare.toString())};
    if (!m_client.isOnline()) {
        m_missed.insert(bare);
        return noConnection();
    }
    const auto trouble = m_troubles.find(bare);
    if (trouble != m_troubles.end() && trouble->second.id == id
        && (trouble->second.tries >= mostTries || m_client.clock().monotonic() < trouble->second.until))
        return trouble->second.error;
    if (m_wishes.size() < mostWaiting && countAsking(bare))
        return {};
    Trouble &now = m_troubles[bare];
    now.id = id;
    now.error = tooMany();
    now.until = m_askedSince + askingWindow;
    now.isOver = false;
    schedule();
    return now.error;
}

bool Avatars::countAsking(const Jid &bare)
{
    const auto now = m_client.clock().monotonic();
    if (now - m_askedSince >= askingWindow) {
        m_asked.clear();
        m_askedSince = now;
    }
    return ++m_asked[bare] <= mostAskedPerContact;
}

std::optional<Error> Avatars::enter(const Jid &bare, const QString &id, const base::Later<Answer> &later)
{
    const auto same = std::find_if(m_wishes.begin(), m_wishes.end(),
                                   [&](const Wish &each) { return each.who == bare && each.id == id; });
    if (same != m_wishes.end()) {
        same->waiting.push_back(later);
        return {};
    }
    if (auto refused = mayAsk(bare, id))
        return refused;
    m_wishes.push_back({bare, id, {later}, false});
    pump();
    return {};
}

void Avatars::pump()
{
    const auto isRunning = [](const Wish &each) { return each.isRunning; };
    while (size_t(std::count_if(m_wishes.begin(), m_wishes.end(), isRunning)) < mostAtOnce) {
        const auto next = std::find_if_not(m_wishes.begin(), m_wishes.end(), isRunning);
        if (next == m_wishes.end())
            return;
        next->isRunning = true;
        m_stream.run(fetch(next->who, next->id));
    }
}

Task<void> Avatars::fetch(Jid who, QString id)
{
    const AvatarOwner owner = m_owners.value(who);
    if (owner.id != id) { // they have another one by now, which is asked for by itself
        finish(who, id, fail(noAvatar(who)));
        co_return;
    }
    auto asking = ask(owner);
    auto answer = co_await std::move(asking);
    if (answer) {
        auto keeping = keep(id, *answer);
        (void)co_await std::move(keeping); // else it is fetched again
    }
    finish(who, id, answer);
}

Task<Result<>> Avatars::keep(QString id, QByteArray picture)
{
    KeepPicture job{id, picture, m_client.clock().now()};
    auto writing = m_store.write(std::move(job));
    co_return co_await std::move(writing);
}

/// Only what is a picture, and not too large to be decoded, is kept.
Task<Result<QByteArray>> Avatars::ask(AvatarOwner owner)
{
    xep::AvatarInfo info;
    info.id = owner.id;
    info.bytes = owner.bytes;
    auto asking = owner.source == AvatarSource::VCard ? m_extensions.vcardAvatars.picture(owner.jid, owner.id)
                                                      : m_extensions.avatars.picture(owner.jid, info);
    auto picture = co_await std::move(asking);
    if (!picture)
        co_return picture;
    const auto header = media::readImageHeader(*picture, media::mostAvatarPixels);
    if (!header)
        co_return fail(header.error());
    co_return picture;
}

void Avatars::finish(const Jid &who, const QString &id, const Answer &answer)
{
    if (answer)
        m_troubles.erase(who);
    else if (idOf(who) == id)
        note(who, id, answer.error());
    const auto found = std::find_if(m_wishes.begin(), m_wishes.end(),
                                    [&](const Wish &each) { return each.who == who && each.id == id; });
    if (found == m_wishes.end())
        return;
    const Wish wish = std::move(*found);
    m_wishes.erase(found);
    pump();
    for (const auto &later : wish.waiting)
        later.set(answer);
}

void Avatars::note(const Jid &who, const QString &id, const Error &error)
{
    if (error.kind == Error::Kind::Network || error.kind == Error::Kind::Cancelled) {
        m_missed.insert(who);
        return;
    }
    Trouble &trouble = m_troubles[who];
    if (trouble.id != id)
        trouble = {};
    trouble.id = id;
    trouble.error = error;
    trouble.isOver = false;
    trouble.until = m_client.clock().monotonic() + retryAfter * (1 << trouble.tries);
    ++trouble.tries;
    schedule();
}

void Avatars::schedule()
{
    std::optional<std::chrono::milliseconds> first;
    for (const auto &[who, trouble] : m_troubles) {
        if (!trouble.isOver && trouble.tries < mostTries && (!first || trouble.until < *first))
            first = trouble.until;
    }
    if (!first)
        return m_retrying.stop();
    const auto wait = std::max(std::chrono::milliseconds(1), *first - m_client.clock().monotonic());
    m_retrying = m_client.clock().after(wait, [this] { retry(); });
}

/// Whoever still wants to see them asks again.
void Avatars::retry()
{
    const auto now = m_client.clock().monotonic();
    std::vector<Jid> due;
    for (auto &[who, trouble] : m_troubles) {
        if (trouble.isOver || trouble.tries >= mostTries || now < trouble.until)
            continue;
        trouble.isOver = true;
        due.push_back(who);
    }
    schedule();
    for (const Jid &each : due)
        Q_EMIT offered(each);
}

} // namespace chat
