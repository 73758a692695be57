// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/ownpresence.h"

#include "ui/viewstate.h"
#include "ui/widgets/plaintext.h"

#include <QJsonArray>

namespace ui {

namespace {

const QString showKey = QStringLiteral("presence.show");
const QString statusKey = QStringLiteral("presence.status");
const QString historyKey = QStringLiteral("presence.history");
constexpr int longestStatus = 500;

} // namespace

OwnPresence::OwnPresence(chat::Profile &profile, ViewState &state) : m_profile(profile), m_state(state)
{
    const QByteArray word = state.value(showKey).toString().toUtf8();
    m_show = xml::fromWord<Show>(std::string_view(word.data(), size_t(word.size()))).value_or(Show::Online);
    m_status = state.value(statusKey).toString();
    for (const QJsonValue &text : state.value(historyKey).toArray())
        m_history.append(text.toString());
    connect(&profile.accounts(), &chat::Accounts::added, this, &OwnPresence::take);
    connect(&profile.accounts(), &chat::Accounts::removing, this, &OwnPresence::changed, Qt::QueuedConnection);
    for (chat::Account *account : profile.accounts().all())
        take(account);
}

void OwnPresence::take(chat::Account *account)
{
    connect(account, &chat::Account::stateChanged, this, &OwnPresence::changed);
    account->setPresence(m_show, m_status);
    Q_EMIT changed();
}

QStringList OwnPresence::history() const
{
    QStringList others = m_history;
    others.removeAll(m_status);
    return others;
}

std::optional<OwnPresence::Show> OwnPresence::seen() const
{
    for (const chat::Account *account : m_profile.accounts().all()) {
        if (account->state() == chat::Account::State::Online)
            return m_show;
    }
    return {};
}

bool OwnPresence::isWanted() const
{
    for (const chat::Account *account : m_profile.accounts().all()) {
        if (account->state() != chat::Account::State::Offline)
            return true;
    }
    return false;
}

void OwnPresence::setShow(Show show)
{
    m_show = show;
    const std::string_view word = xml::word(show);
    m_state.setValue(showKey, QString::fromLatin1(word.data(), qsizetype(word.size())));
    tell();
    if (!isWanted())
        m_profile.accounts().goOnline();
}

void OwnPresence::setStatus(const QString &status)
{
    m_status = singleLine(sendable(status)).trimmed().left(longestStatus);
    if (!m_status.isEmpty()) {
        m_history.removeAll(m_status);
        m_history.prepend(m_status);
        m_history = m_history.mid(0, historyLength);
    }
    m_state.setValue(statusKey, m_status);
    m_state.setValue(historyKey, QJsonArray::fromStringList(m_history));
    tell();
}

void OwnPresence::goOffline()
{
    for (chat::Account *account : m_profile.accounts().all())
        account->goOffline();
    Q_EMIT changed();
}

void OwnPresence::tell()
{
    for (chat::Account *account : m_profile.accounts().all())
        account->setPresence(m_show, m_status);
    Q_EMIT changed();
}

} // namespace ui
