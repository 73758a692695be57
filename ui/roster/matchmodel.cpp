// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/matchmodel.h"

#include "ui/roster/rowpaint.h"
#include "ui/widgets/plaintext.h"

#include <algorithm>

namespace ui {

using model::ContactRow;
using model::ConversationModel;
using model::ConversationRow;
using model::RosterModel;

namespace {

constexpr int refreshDelay = 50; // presences come in bursts

QString textOf(const Match &match)
{
    switch (match.kind) {
    case Match::Kind::Heading: return match.text;
    case Match::Kind::Chat: return spokenChat(match.chat);
    case Match::Kind::Contact: return spokenContact(match.contact);
    case Match::Kind::Address: return MatchModel::tr("Start a chat with %1").arg(isolated(match.address.toString()));
    case Match::Kind::Messages: return MatchModel::tr("Search for “%1” in messages").arg(isolated(match.text));
    }
    Q_UNREACHABLE();
}

} // namespace

MatchModel::MatchModel(ConversationModel &chats, RosterModel &roster, QObject *parent)
    : QAbstractListModel(parent), m_chats(chats), m_roster(roster)
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshDelay);
    connect(&m_refresh, &QTimer::timeout, this, &MatchModel::find);
    const auto later = [this] {
        if (m_all || !m_words.isEmpty())
            m_refresh.start();
    };
    for (QAbstractItemModel *source : std::initializer_list<QAbstractItemModel *>{&chats, &roster}) {
        connect(source, &QAbstractItemModel::dataChanged, this, later);
        connect(source, &QAbstractItemModel::rowsInserted, this, later);
        connect(source, &QAbstractItemModel::rowsRemoved, this, later);
        connect(source, &QAbstractItemModel::modelReset, this, later);
    }
}

void MatchModel::setQuery(const QString &query, bool all)
{
    m_query = query.trimmed();
    m_all = all;
    m_words = m_query.split(u' ', Qt::SkipEmptyParts);
    find();
}

int MatchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_matches.size());
}

QVariant MatchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Match &match = m_matches[size_t(index.row())];
    if (role == MatchRole)
        return QVariant::fromValue(match);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return textOf(match);
    return {};
}

Qt::ItemFlags MatchModel::flags(const QModelIndex &index) const
{
    const bool heading = index.isValid() && m_matches[size_t(index.row())].kind == Match::Kind::Heading;
    return heading ? Qt::ItemNeverHasChildren : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

int MatchModel::firstAnswer() const
{
    const auto found = std::find_if(m_matches.begin(), m_matches.end(),
                                    [](const Match &match) { return match.kind != Match::Kind::Heading; });
    return found == m_matches.end() ? -1 : int(found - m_matches.begin());
}

/// Every word stands somewhere in the name or the address.
bool MatchModel::matches(const QString &title, const Jid &jid) const
{
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        return title.contains(word, Qt::CaseInsensitive) || jid.toString().contains(word, Qt::CaseInsensitive);
    });
}

void MatchModel::find()
{
    m_refresh.stop();
    beginResetModel();
    m_matches.clear();
    if (m_all || !m_words.isEmpty()) {
        addChats();
        addContacts();
        addAddress();
        addMessages();
    }
    endResetModel();
}

void MatchModel::addChats()
{
    const size_t heading = m_matches.size();
    m_matches.push_back({Match::Kind::Heading, tr("Chats"), {}, {}, {}});
    for (int i = 0; i < m_chats.rowCount() && int(m_matches.size() - heading) <= mostOfAKind; ++i) {
        const ConversationRow &row = m_chats.row(i);
        if (matches(row.title, row.peer))
            m_matches.push_back({Match::Kind::Chat, {}, row, {}, {}});
    }
    if (m_matches.size() == heading + 1)
        m_matches.pop_back();
}

void MatchModel::addContacts()
{
    QSet<std::pair<Jid, Jid>> known;
    for (int i = 0; i < m_chats.rowCount(); ++i)
        known.insert({m_chats.row(i).account, m_chats.row(i).peer});
    const size_t heading = m_matches.size();
    m_matches.push_back({Match::Kind::Heading, tr("Contacts"), {}, {}, {}});
    for (int g = 0; g < m_roster.rowCount(); ++g) {
        const QModelIndex group = m_roster.index(g, 0);
        for (int i = 0; i < m_roster.rowCount(group) && int(m_matches.size() - heading) <= mostOfAKind; ++i) {
            const auto row = m_roster.index(i, 0, group).data(RosterModel::RowRole).value<ContactRow>();
            if (!matches(row.title, row.jid) || known.contains({row.account, row.jid}))
                continue;
            known.insert({row.account, row.jid}); // it may stand in several groups
            m_matches.push_back({Match::Kind::Contact, {}, {}, row, {}});
        }
    }
    if (m_matches.size() == heading + 1)
        m_matches.pop_back();
}

void MatchModel::addAddress()
{
    if (!m_query.contains(u'@'))
        return;
    const auto jid = Jid::parse(m_query);
    if (!jid || jid->local().isEmpty())
        return;
    const Jid bare = jid->bare();
    const auto isKnown = [&](const Match &match) {
        return (match.kind == Match::Kind::Chat && match.chat.peer == bare)
            || (match.kind == Match::Kind::Contact && match.contact.jid == bare);
    };
    if (std::none_of(m_matches.begin(), m_matches.end(), isKnown))
        m_matches.push_back({Match::Kind::Address, {}, {}, {}, bare});
}

/// Only beside other answers: a search without any says so itself. Not in a list of everything, which is to go somewhere.
void MatchModel::addMessages()
{
    if (!m_all && !m_matches.empty())
        m_matches.push_back({Match::Kind::Messages, m_query, {}, {}, {}});
}

void MatchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const auto match = index.data(MatchModel::MatchRole).value<Match>();
    switch (match.kind) {
    case Match::Kind::Heading: return paintHeading(*painter, option, match.text, {}, {}, theme);
    case Match::Kind::Chat: return paintChatRow(*painter, option, match.chat, theme);
    case Match::Kind::Contact: return paintContactRow(*painter, option, match.contact, theme);
    case Match::Kind::Address: return paintActionRow(*painter, option, Icon::Bubble, textOf(match), theme);
    case Match::Kind::Messages: return paintActionRow(*painter, option, Icon::Search, textOf(match), theme);
    }
}

QSize MatchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const auto match = index.data(MatchModel::MatchRole).value<Match>();
    switch (match.kind) {
    case Match::Kind::Heading: return {0, headingHeight(theme)};
    case Match::Kind::Chat: return {0, chatRowHeight(theme)};
    case Match::Kind::Contact:
    case Match::Kind::Address:
    case Match::Kind::Messages: break;
    }
    return {0, contactRowHeight(theme)};
}

} // namespace ui
