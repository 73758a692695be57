// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0115_caps.h"

#include "xml/reader.h"
#include "xml/writer.h"

#include <QCryptographicHash>

#include <algorithm>

namespace xep {
namespace {

/// Names this program among all (XEP-0115 4). A name that needs no domain.
constexpr const char *ownNode = "urn:uuid:dae7e67a-ef36-46f4-ba68-be43b2a352d3";
constexpr std::chrono::hours askingWindow{1};
constexpr qsizetype longestNode = 1023;
constexpr qsizetype longestVer = 128;
constexpr int mostCandidates = 5;

bool isVerifiable(const Caps::Claim &claim)
{
    return claim.hash == u"sha-1";
}

/// What asks once: a hash for all who have it, or, where it proves nothing, one address for itself.
QString questionKey(const Jid &who, const Caps::Claim &claim)
{
    return isVerifiable(claim) ? claim.ver : claim.ver + u' ' + who.toString();
}

/// Sorts as i;octet does and appends each part with its '<'. False where two parts are equal.
bool appendSorted(std::string &s, std::vector<std::string> parts, bool mayRepeat = false)
{
    std::sort(parts.begin(), parts.end());
    if (!mayRepeat && std::adjacent_find(parts.begin(), parts.end()) != parts.end())
        return false;
    for (const std::string &part : parts)
        s.append(part).push_back('<');
    return true;
}

/// XEP-0115 5.1, step 7, for one form. Nothing where the form is to be passed over, empty where it is ill-formed.
std::optional<std::string> formString(const DataForm &form, std::string &type)
{
    std::vector<const FormField *> fields;
    for (const FormField &field : form.fields) {
        if (field.var != u"FORM_TYPE") {
            fields.push_back(&field);
            continue;
        }
        if (field.kind() != FormField::Kind::Hidden || field.values.empty())
            return {};
        for (const FormValue &value : field.values) {
            if (!type.empty() && type != value.text.toStdString())
                return std::string();
            type = value.text.toStdString();
        }
    }
    if (type.empty())
        return {};
    const auto byName = [](const FormField *a, const FormField *b) {
        return a->var.toStdString() < b->var.toStdString();
    };
    std::stable_sort(fields.begin(), fields.end(), byName);
    std::string s = type + '<';
    for (const FormField *field : fields) {
        s.append(field->var.toStdString()).push_back('<');
        std::vector<std::string> values;
        for (const FormValue &value : field->values)
            values.push_back(value.text.toStdString());
        appendSorted(s, std::move(values), true);
    }
    return s;
}

/// True where a part holds the separator itself, so that the same hash could stand for other parts (XEP-0115 9.3).
bool isAmbiguous(const DiscoInfo &info)
{
    const auto bad = [](const QString &text) { return text.contains(u'<'); };
    for (const DiscoIdentity &each : info.identities) {
        if (bad(each.category) || bad(each.type) || bad(each.language) || bad(each.name))
            return true;
    }
    for (const DiscoFeature &each : info.features) {
        if (bad(each.var))
            return true;
    }
    for (const DataForm &form : info.forms) {
        for (const FormField &field : form.fields) {
            if (bad(field.var) || std::any_of(field.values.begin(), field.values.end(), [&](const FormValue &value) {
                    return bad(value.text);
                }))
                return true;
        }
    }
    return false;
}

std::optional<std::string> identitiesString(const DiscoInfo &info)
{
    // The language sorts before the name and after the type, each by itself: a joined text would sort '/' too.
    std::vector<std::array<std::string, 4>> parts;
    for (const DiscoIdentity &each : info.identities)
        parts.push_back({each.category.toStdString(), each.type.toStdString(), each.language.toStdString(),
                         each.name.toStdString()});
    std::sort(parts.begin(), parts.end());
    if (parts.empty() || std::adjacent_find(parts.begin(), parts.end()) != parts.end())
        return {};
    std::string s;
    for (const auto &[category, type, language, name] : parts)
        s.append(category)
            .append(1, '/')
            .append(type)
            .append(1, '/')
            .append(language)
            .append(1, '/')
            .append(name)
            .append(1, '<');
    return s;
}

} // namespace

Caps::Caps(xmpp::Client &client, Disco &disco, const Audience &audience)
    : m_client(client), m_disco(disco), m_audience(audience), m_askedSince(client.clock().monotonic())
{
    disco.setAlias([this] { return QString::fromLatin1(ownNode) + u'#' + ownVerification(); });
    connect(&client, &xmpp::Client::presence, this, &Caps::take);
    connect(&client, &xmpp::Client::offline, this, &Caps::clear);
}

Caps::~Caps() = default;

std::optional<QString> Caps::verification(const DiscoInfo &info)
{
    if (isAmbiguous(info))
        return {};
    auto s = identitiesString(info);
    std::vector<std::string> features;
    for (const DiscoFeature &each : info.features)
        features.push_back(each.var.toStdString());
    if (!s || !appendSorted(*s, std::move(features)))
        return {};
    std::vector<std::pair<std::string, std::string>> forms;
    for (const DataForm &form : info.forms) {
        std::string type;
        const auto text = formString(form, type);
        if (!text)
            continue;
        if (text->empty())
            return {};
        forms.emplace_back(type, *text);
    }
    std::sort(forms.begin(), forms.end());
    for (size_t i = 0; i < forms.size(); ++i) {
        if (i > 0 && forms[i].first == forms[i - 1].first)
            return {};
        *s += forms[i].second;
    }
    const QByteArray bytes = QByteArray::fromStdString(*s);
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toBase64());
}

QString Caps::ownVerification() const
{
    return verification(m_disco.own()).value_or(QString());
}

void Caps::stamp(xmpp::Presence &presence) const
{
    if (presence.type == xmpp::Presence::Type::Available)
        presence.add(Claim{QStringLiteral("sha-1"), QString::fromLatin1(ownNode), ownVerification()});
}

const Caps::Seen *Caps::seen(const Jid &who) const
{
    const auto contact = m_seen.constFind(who.bare());
    if (contact == m_seen.constEnd())
        return nullptr;
    const auto found = contact->constFind(who);
    return found == contact->constEnd() ? nullptr : &*found;
}

std::optional<QStringList> Caps::features(const Jid &who) const
{
    const Seen *found = seen(who);
    if (!found)
        return {};
    if (found->own)
        return found->own;
    const auto known = isVerifiable(found->claim) ? m_known.constFind(found->claim.ver) : m_known.constEnd();
    if (known == m_known.constEnd())
        return {};
    return known->features;
}

bool Caps::supports(const Jid &who, QStringView feature) const
{
    if (!who.isBare())
        return features(who).value_or(QStringList()).contains(feature);
    const auto contact = m_seen.value(who);
    return std::any_of(contact.keyBegin(), contact.keyEnd(),
                       [&](const Jid &each) { return features(each).value_or(QStringList()).contains(feature); });
}

bool Caps::preload(const QString &ver, const QByteArray &bytes)
{
    xml::Reader reader;
    reader.feed("<cache>" + bytes);
    const auto opened = reader.next();
    const auto element = reader.next();
    if (!opened || !element || element->kind != xml::Reader::Kind::Element)
        return false;
    const auto info = DiscoInfo::of(element->element);
    if (!info || verification(*info) != ver)
        return false;
    remember(ver, {info->featureNames(), {}, 0});
    return true;
}

void Caps::take(const xmpp::Incoming &incoming)
{
    using Type = xmpp::Presence::Type;
    const auto presence = xmpp::Presence::of(incoming.element());
    const Jid &who = incoming.author();
    if (!presence || who == m_client.self())
        return;
    if (presence->type == Type::Unavailable)
        forget(who);
    // Asking somebody tells that we are here: only those who may know it are asked.
    if (presence->type != Type::Available || !m_audience.allows(who))
        return;
    const auto claim = incoming.get<Claim>();
    if (!claim) // XEP-0115 8.4: a server may leave out what it told before
        return;
    // Without `hash` it is of the time before version 1.4 and proves nothing (XEP-0115 12).
    if (claim->hash.isEmpty() || claim->ver.isEmpty() || claim->ver.size() > longestVer
        || claim->node.size() > longestNode)
        forget(who);
    else
        note(who, *claim);
}

void Caps::note(const Jid &who, const Claim &claim)
{
    const auto known = isVerifiable(claim) ? m_known.find(claim.ver) : m_known.end();
    if (known != m_known.end())
        known->used = ++m_uses;
    const Seen *before = seen(who);
    if (before && before->claim == claim && features(who))
        return;
    if (!before) {
        if (m_seenCount >= mostSeen)
            return;
        ++m_seenCount;
    }
    m_seen[who.bare()].insert(who, Seen{claim, {}});
    if (known == m_known.end())
        ask(who, claim);
    else
        Q_EMIT changed(who);
}

void Caps::forget(const Jid &who)
{
    const auto contact = m_seen.find(who.bare());
    if (contact == m_seen.end() || !contact->remove(who))
        return;
    --m_seenCount;
    if (contact->isEmpty())
        m_seen.erase(contact);
}

void Caps::clear()
{
    m_scope.cancel();
    m_seen.clear();
    m_seenCount = 0;
    m_questions.clear();
    m_waiting.clear();
    m_running = 0;
}

void Caps::ask(const Jid &who, const Claim &claim)
{
    const QString key = questionKey(who, claim);
    const auto open = m_questions.find(key);
    if (open != m_questions.end()) {
        if (open->candidates.size() < mostCandidates && !open->candidates.contains(who))
            open->candidates.append(who);
        return;
    }
    if (m_waiting.size() >= mostWaiting || !mayAsk(who.bare()))
        return;
    m_questions.insert(key, {{who}, claim});
    m_waiting.append(key);
    pump();
}

bool Caps::mayAsk(const Jid &bare)
{
    const auto now = m_client.clock().monotonic();
    if (now - m_askedSince >= askingWindow) {
        m_asked.clear();
        m_askedSince = now;
    }
    int &count = m_asked[bare];
    if (count >= mostAskedPerContact)
        return false;
    ++count;
    return true;
}

void Caps::pump()
{
    while (m_client.isOnline() && m_running < mostRunning && !m_waiting.isEmpty()) {
        ++m_running;
        m_scope.run(answer(m_waiting.takeFirst()));
    }
}

/// Asks those who claim one hash in turn, until one proves it (XEP-0115 5.4, step 3.9).
Task<void> Caps::answer(QString key)
{
    for (qsizetype at = 0; at < m_questions.value(key).candidates.size(); ++at) {
        const Question question = m_questions.value(key);
        const Jid who = question.candidates.at(at);
        const Seen *now = seen(who);
        if (!now || now->claim.ver != question.claim.ver)
            continue; // it left, or is another by now
        const Claim claim = now->claim;
        const QString node = claim.node + u'#' + claim.ver;
        auto info = co_await m_disco.info(who, node);
        if (info && settle(who, claim, *info))
            break;
    }
    m_questions.remove(key);
    --m_running;
    pump();
}

/// Takes an answer; true where the question is settled for all.
bool Caps::settle(const Jid &who, const Claim &claim, const DiscoInfo &info)
{
    const auto ver = verification(info);
    if (isVerifiable(claim) && ver == claim.ver) {
        remember(claim.ver, {info.featureNames(), who.bare(), 0});
        QList<Jid> concerned;
        for (const auto &contact : std::as_const(m_seen)) {
            for (auto each = contact.begin(); each != contact.end(); ++each) {
                if (each->claim.hash == claim.hash && each->claim.ver == claim.ver && !each->own)
                    concerned.append(each.key());
            }
        }
        DiscoInfo bare = info;
        bare.node.clear(); // what was learned holds for every node
        Q_EMIT learned(claim.ver, xml::Writer::write(xml::encode(bare)));
        for (const Jid &each : std::as_const(concerned))
            Q_EMIT changed(each);
        return true;
    }
    const Seen *now = seen(who);
    if (ver && now && now->claim == claim) {
        m_seen[who.bare()].insert(who, Seen{claim, info.featureNames()});
        Q_EMIT changed(who);
    }
    return !isVerifiable(claim);
}

void Caps::remember(const QString &ver, Known known)
{
    if (!known.by.isNull()) {
        const auto ofContact =
            std::count_if(m_known.cbegin(), m_known.cend(), [&](const Known &each) { return each.by == known.by; });
        if (ofContact >= mostKnownPerContact)
            dropLeastUsed(known.by);
    }
    if (m_known.size() >= mostKnown)
        dropLeastUsed({});
    known.used = ++m_uses;
    m_known.insert(ver, known);
}

/// Makes room for one; among those that `by` brought, where it is not null.
void Caps::dropLeastUsed(const Jid &by)
{
    auto least = m_known.end();
    for (auto each = m_known.begin(); each != m_known.end(); ++each) {
        if ((by.isNull() || each->by == by) && (least == m_known.end() || each->used < least->used))
            least = each;
    }
    if (least != m_known.end())
        m_known.erase(least);
}

} // namespace xep
