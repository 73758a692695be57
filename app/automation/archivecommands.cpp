// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/json.h"
#include "automation/port.h"
#include "chat/archive.h"

#include <QJsonArray>

namespace automation {
namespace {

using Prefs = xep::ArchivePrefs::Prefs;

QString word(chat::Archive::Support support)
{
    switch (support) {
    case chat::Archive::Support::Unknown: return QStringLiteral("unknown");
    case chat::Archive::Support::None: return QStringLiteral("none");
    case chat::Archive::Support::Available: return QStringLiteral("available");
    }
    Q_UNREACHABLE();
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonArray toJson(const std::vector<xep::ArchivePrefsJid> &jids)
{
    QJsonArray list;
    for (const xep::ArchivePrefsJid &each : jids)
        list.append(each.jid.toString());
    return list;
}

QJsonObject toJson(const Prefs &prefs)
{
    return {{QStringLiteral("default"), xml::Value<xep::ArchivePrefs::Default>::text(prefs.standard)},
            {QStringLiteral("always"), toJson(prefs.always.value_or(xep::ArchivePrefsAlways()).jids)},
            {QStringLiteral("never"), toJson(prefs.never.value_or(xep::ArchivePrefsNever()).jids)}};
}

Result<std::vector<xep::ArchivePrefsJid>> jidsOf(const QJsonValue &value)
{
    std::vector<xep::ArchivePrefsJid> jids;
    for (const QJsonValue &each : value.toArray()) {
        const auto jid = Jid::parse(each.toString());
        if (!jid)
            return fail(jid.error());
        jids.push_back({*jid});
    }
    return jids;
}

struct ReadGaps {
    Jid account;
    Result<std::vector<store::ArchiveGap>> operator()(store::Reader &reader) const
    {
        return reader.archives().gaps(account, account);
    }
};

} // namespace

void Port::addArchiveCommands()
{
    add("archive.state", std::bind_front(&Port::archiveState, this));
    add("archive.fetch", std::bind_front(&Port::archiveFetch, this));
    add("archive.pause", std::bind_front(&Port::archivePause, this));
    add("archive.prefs", std::bind_front(&Port::archivePrefs, this));
}

QJsonObject Port::archiveProgress(chat::Account *account)
{
    const chat::Archive::Progress &progress = account->archive().progress();
    return {{QStringLiteral("account"), account->jid().toString()},
            {QStringLiteral("archive"), word(account->archive().support())},
            {QStringLiteral("running"), progress.running},
            {QStringLiteral("paused"), progress.paused},
            {QStringLiteral("fetched"), progress.fetched},
            {QStringLiteral("added"), progress.added},
            {QStringLiteral("reached"), orNull(json::time(progress.reached))}};
}

Task<Result<QJsonObject>> Port::archiveState(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    QJsonObject answer = archiveProgress(*account);
    ReadGaps job{(*account)->jid()};
    auto reading = m_profile.store().read(std::move(job));
    const auto gaps = co_await std::move(reading);
    if (!gaps)
        co_return fail(gaps.error());
    QJsonArray list;
    for (const store::ArchiveGap &gap : *gaps)
        list.append(QJsonObject{{QStringLiteral("after"), orNull(gap.after)},
                                {QStringLiteral("before"), orNull(gap.before)},
                                {QStringLiteral("history"), gap.isHistory()},
                                {QStringLiteral("stuck"), gap.stuck}});
    answer[QStringLiteral("gaps")] = list;
    co_return answer;
}

Task<Result<QJsonObject>> Port::archiveFetch(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    chat::Archive &archive = (*account)->archive();
    const QString name = (*account)->jid().toString();
    if (!arguments.contains(QStringLiteral("chat"))) {
        archive.fetchAll();
        co_return QJsonObject{{QStringLiteral("account"), name}};
    }
    const auto peer = Jid::parse(arguments.value(QStringLiteral("chat")).toString());
    if (!peer)
        co_return fail(peer.error());
    auto opening = m_profile.conversations().open((*account)->jid(), peer->bare());
    const auto chat = co_await std::move(opening);
    if (!chat)
        co_return fail(chat.error());
    auto retrying = archive.retry(*chat);
    const auto done = co_await std::move(retrying);
    if (!done)
        co_return fail(done.error());
    co_return QJsonObject{{QStringLiteral("account"), name}, {QStringLiteral("chat"), peer->bare().toString()}};
}

Task<Result<QJsonObject>> Port::archivePause(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    const QJsonValue paused = arguments.value(QStringLiteral("paused"));
    (*account)->archive().setPaused(paused.isUndefined() || paused.toVariant().toBool());
    co_return archiveProgress(*account);
}

/// Reads them; with any of the fields, writes them first.
Task<Result<QJsonObject>> Port::archivePrefs(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    xep::ArchivePrefs &prefs = (*account)->extensions().archivePrefs;
    auto reading = prefs.read();
    auto now = co_await std::move(reading);
    if (!now)
        co_return fail(now.error());
    const auto standard =
        xml::Value<xep::ArchivePrefs::Default>::parse(arguments.value(QStringLiteral("default")).toString());
    if (arguments.contains(QStringLiteral("default")) && !standard)
        co_return fail(Error::Kind::Input, QStringLiteral("bad-field"),
                       QStringLiteral("The field \"default\" must be \"always\", \"never\" or \"roster\"."));
    const auto always = jidsOf(arguments.value(QStringLiteral("always")));
    const auto never = jidsOf(arguments.value(QStringLiteral("never")));
    if (!always || !never)
        co_return fail(always ? never.error() : always.error());
    bool isChange = standard.has_value();
    now->standard = standard.value_or(now->standard);
    if (arguments.contains(QStringLiteral("always"))) {
        now->always = xep::ArchivePrefsAlways{*always};
        isChange = true;
    }
    if (arguments.contains(QStringLiteral("never"))) {
        now->never = xep::ArchivePrefsNever{*never};
        isChange = true;
    }
    if (isChange) {
        auto writing = prefs.write(*now);
        now = co_await std::move(writing);
        if (!now)
            co_return fail(now.error());
    }
    co_return toJson(*now);
}

} // namespace automation
