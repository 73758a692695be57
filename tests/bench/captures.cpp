// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/captures.h"

#include <array>

namespace bench {
namespace {

constexpr const char *commonWords[] = {
    "the",   "and",  "you",    "that",  "was",   "for",    "are",  "with",  "his",   "they", "this", "have",   "from",
    "one",   "had",  "word",   "but",   "not",   "what",   "all",  "were",  "when",  "your", "can",  "said",   "there",
    "use",   "each", "which",  "she",   "how",   "their",  "will", "other", "about", "out",  "many", "then",   "them",
    "these", "some", "her",    "would", "make",  "like",   "him",  "into",  "time",  "has",  "look", "two",    "more",
    "write", "see",  "number", "way",   "could", "people", "than", "first", "water", "been", "call", "who",    "its",
    "now",   "find", "long",   "down",  "day",   "did",    "get",  "come",  "made",  "may",  "part", "garden",
};
constexpr quint32 vocabulary = 30000;

constexpr const char16_t *chineseWords[] = {
    u"我们", u"今天", u"明天", u"天气", u"朋友", u"时间", u"工作",   u"学习",   u"问题", u"知道", u"可以", u"没有",
    u"什么", u"现在", u"怎么", u"大家", u"中国", u"北京", u"上海",   u"吃饭",   u"喝茶", u"晚上", u"早上", u"下午",
    u"电影", u"音乐", u"手机", u"电脑", u"网络", u"消息", u"服务器", u"客户端", u"加密", u"密码", u"安全", u"文件",
    u"图片", u"视频", u"照片", u"旅行", u"飞机", u"火车", u"公司",   u"会议",   u"老师", u"学生", u"孩子", u"妈妈",
    u"爸爸", u"家里", u"一起", u"非常", u"高兴", u"谢谢", u"再见",   u"月亮",
};

/// The word of this rank: the commonest are real, the others are made of syllables.
QString wordOfRank(quint32 rank)
{
    if (rank < std::size(commonWords))
        return QString::fromLatin1(commonWords[rank]);
    static constexpr const char *syllables[] = {"ba",  "con", "der", "ful", "gra", "hi",  "jo",  "ket",
                                                "lin", "mor", "nes", "pol", "qua", "rin", "sto", "ter",
                                                "un",  "ver", "wil", "yar", "zen", "cha", "the", "ing"};
    QString word;
    for (quint32 left = rank; left > 0; left /= quint32(std::size(syllables)))
        word += QLatin1String(syllables[left % std::size(syllables)]);
    return word;
}

} // namespace

QString Speech::word()
{
    // The rank of a word grows with a power: some twentieth of all words are "the".
    const double place = fraction();
    return wordOfRank(quint32(double(vocabulary) * place * place * place * place));
}

QString Speech::english(int words)
{
    QStringList list;
    for (int i = 0; i < words; ++i)
        list.append(word());
    return list.join(u' ');
}

QString Speech::chinese(int words)
{
    QString text;
    for (int i = 0; i < words; ++i) {
        const double place = fraction();
        if (below(4) == 0)
            text += QChar(0x4E00 + below(6000));
        else
            text += QString::fromUtf16(chineseWords[size_t(double(std::size(chineseWords)) * place * place)]);
        if (i % 5 == 4)
            text += u'\uFF0C';
    }
    return text + u'\u3002';
}

QString Speech::message()
{
    return below(5) == 0 ? chinese(6 + int(below(10))) : english(5 + int(below(18)));
}

QString Speech::base64(int bytes)
{
    QByteArray raw(bytes, Qt::Uninitialized);
    for (char &byte : raw)
        byte = char(m_random());
    return QString::fromLatin1(raw.toBase64());
}

QString nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Presence: return QStringLiteral("presence");
    case Kind::Muc: return QStringLiteral("muc");
    case Kind::Mam: return QStringLiteral("mam");
    }
    Q_UNREACHABLE();
}

QByteArray streamHeader()
{
    return "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
           "id='5f2a' from='capulet.example' version='1.0'>";
}

namespace {

QString time(int i)
{
    return QDateTime::fromSecsSinceEpoch(1700000000 + qint64(i) * 41, Qt::UTC)
        .toString(QStringLiteral("yyyy-MM-ddThh:mm:ss.zzzZ"));
}

QString presence(Speech &speech, int i)
{
    const bool isRoom = speech.below(100) < 65;
    const QString from = isRoom
        ? QStringLiteral("garden%1@rooms.capulet.example/nick%2").arg(i % 20).arg(speech.below(2000))
        : QStringLiteral("contact%1@capulet.example/phone.%2").arg(speech.below(2000)).arg(speech.below(9));
    QString text = QStringLiteral("<presence from='%1' to='juliet@capulet.example/balcony' id='p%2'>").arg(from).arg(i);
    if (speech.below(3) == 0)
        text += QStringLiteral("<show>%1</show><status>%2</status>")
                    .arg(QLatin1String(i % 2 ? "away" : "dnd"), speech.message());
    text += QStringLiteral("<priority>5</priority><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' "
                           "node='https://client.example/%1' ver='%2'/>")
                .arg(i % 7)
                .arg(speech.base64(20));
    text += QStringLiteral("<x xmlns='vcard-temp:x:update'><photo>%1%2</photo></x>")
                .arg(i, 20, 16, QLatin1Char('a'))
                .arg(speech.below(0xFFFFF), 20, 16, QLatin1Char('0'));
    if (isRoom)
        text +=
            QStringLiteral(
                "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='%1'/><x xmlns='http://jabber.org/protocol/muc#user'>"
                "<item affiliation='member' role='participant'/></x>")
                .arg(speech.base64(32));
    else
        text += QStringLiteral("<idle xmlns='urn:xmpp:idle:1' since='%1'/>").arg(time(i));
    return text + QStringLiteral("</presence>");
}

QString roomContent(Speech &speech, int i)
{
    const quint32 kind = speech.below(100);
    if (kind < 60)
        return QStringLiteral("<body>%1 &amp; %2</body>").arg(speech.message(), speech.message());
    const QString earlier = QStringLiteral("m%1").arg(qMax(0, i - 5));
    if (kind < 80)
        return QStringLiteral("<body>&gt; %1\n%2</body><reply xmlns='urn:xmpp:reply:0' id='%3' "
                              "to='garden@rooms.capulet.example/nurse'/><fallback xmlns='urn:xmpp:fallback:0' "
                              "for='urn:xmpp:reply:0'>"
                              "<body start='0' end='24'/></fallback>")
            .arg(speech.message(), speech.message(), earlier);
    if (kind < 95)
        return QStringLiteral(
                   "<reactions xmlns='urn:xmpp:reactions:0' id='%1'><reaction>\u2764</reaction><reaction>\U0001F44D"
                   "</reaction></reactions><store xmlns='urn:xmpp:hints'/>")
            .arg(earlier);
    return QStringLiteral("<composing xmlns='http://jabber.org/protocol/chatstates'/>");
}

QString roomMessage(Speech &speech, int i)
{
    const QString room = QStringLiteral("garden%1@rooms.capulet.example").arg(i % 20);
    return QStringLiteral(
               "<message from='%1/nick%2' to='juliet@capulet.example/balcony' type='groupchat' id='m%3' xml:lang='en'>"
               "%4<origin-id xmlns='urn:xmpp:sid:0' id='m%3'/><stanza-id xmlns='urn:xmpp:sid:0' id='%5' by='%1'/>"
               "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='%6'/><active "
               "xmlns='http://jabber.org/protocol/chatstates'/>"
               "</message>")
        .arg(room)
        .arg(speech.below(2000))
        .arg(i)
        .arg(roomContent(speech, i), speech.base64(15), speech.base64(32));
}

QString archived(Speech &speech, int i)
{
    QString keys;
    for (int device = 0; device < 8; ++device)
        keys += QStringLiteral("<key rid='%1'%2>%3</key>")
                    .arg(100000 + device * 731)
                    .arg(QLatin1String(device == 3 ? " prekey='true'" : ""), speech.base64(112));
    return QStringLiteral(
               "<message from='juliet@capulet.example' to='juliet@capulet.example/balcony'>"
               "<result xmlns='urn:xmpp:mam:2' queryid='q1' id='%1'><forwarded xmlns='urn:xmpp:forward:0'>"
               "<delay xmlns='urn:xmpp:delay' stamp='%2'/><message xmlns='jabber:client' "
               "from='romeo@montague.example/orchard' "
               "to='juliet@capulet.example' type='chat' id='a%3'><encrypted xmlns='eu.siacs.conversations.axolotl'>"
               "<header sid='27183'>%4<iv>%5</iv></header><payload>%6</payload></encrypted>"
               "<encryption xmlns='urn:xmpp:eme:0' namespace='eu.siacs.conversations.axolotl' name='OMEMO'/>"
               "<store xmlns='urn:xmpp:hints'/><origin-id xmlns='urn:xmpp:sid:0' "
               "id='a%3'/></message></forwarded></result>"
               "</message>")
        .arg(speech.base64(12), time(i))
        .arg(i)
        .arg(keys, speech.base64(12), speech.base64(60));
}

} // namespace

QByteArray capture(Kind kind, int count)
{
    Speech speech(20261127);
    QByteArray bytes;
    for (int i = 0; i < count; ++i) {
        const QString stanza = kind == Kind::Presence ? presence(speech, i)
            : kind == Kind::Muc                       ? roomMessage(speech, i)
                                                      : archived(speech, i);
        bytes += stanza.toUtf8();
    }
    return bytes;
}

QByteArray rosterAnswer(int items)
{
    Speech speech(20261128);
    QByteArray bytes =
        "<iq to='juliet@capulet.example/balcony' type='result' id='r1'><query xmlns='jabber:iq:roster' ver='v27'>";
    for (int i = 0; i < items; ++i)
        bytes +=
            QStringLiteral(
                "<item jid='contact%1@capulet.example' name='%2' subscription='both'><group>Group %3</group></item>")
                .arg(i)
                .arg(speech.english(2))
                .arg(speech.below(12))
                .toUtf8();
    return bytes + "</query></iq>";
}

} // namespace bench
