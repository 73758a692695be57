// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/fast.h"

#include "xmpp/ns.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace xmpp {
namespace {

struct Name {
    net::ChannelBinding binding;
    const char *mechanism;
};
/// From the best binding to none.
constexpr Name names[] = {
    {net::ChannelBinding::TlsExporter, "HT-SHA-256-EXPR"},
    {net::ChannelBinding::TlsUnique, "HT-SHA-256-UNIQ"},
    {net::ChannelBinding::TlsServerEndPoint, "HT-SHA-256-ENDP"},
    {net::ChannelBinding::None, "HT-SHA-256-NONE"},
};

QByteArray mac(const SecretBytes &token, const QByteArray &message)
{
    QByteArray result(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int size = 0;
    HMAC(EVP_sha256(), token.data(), int(token.size()), reinterpret_cast<const unsigned char *>(message.constData()),
         size_t(message.size()), reinterpret_cast<unsigned char *>(result.data()), &size);
    result.truncate(size);
    return result;
}

bool isNoLess(net::ChannelBinding binding, const Pin &than)
{
    // Pin judges; the mechanism is left out of it.
    return Pin{{}, than.binding}.check(Mechanism{{}, {}, {}, binding, {}, {}, {}}).has_value();
}

} // namespace

InlineOffer InlineOffer::of(const xml::Element &authentication)
{
    InlineOffer offer;
    const xml::Element inlined = authentication.child("inline", ns::sasl2);
    const xml::Element bind = inlined.child("bind", ns::bind2);
    offer.bind = bool(bind);
    offer.resumes = inlined.hasChild("sm", ns::streamManagement);
    for (const xml::Element &feature : bind.child("inline", ns::bind2).children()) {
        offer.carbons = offer.carbons || feature.attributeView("var") == ns::carbons;
        offer.clientState = offer.clientState || feature.attributeView("var") == ns::clientState;
        offer.manages = offer.manages || feature.attributeView("var") == ns::streamManagement;
    }
    return offer;
}

net::ChannelBinding FastToken::binding() const
{
    for (const auto &[binding, name] : names) {
        if (mechanism == QLatin1String(name))
            return binding;
    }
    return net::ChannelBinding::None;
}

QString FastToken::choose(const QStringList &offered, const net::Transport &transport, const Pin &used, const Pin &pin)
{
    for (const auto &[binding, name] : names) {
        if (offered.contains(QLatin1String(name)) && transport.channelBinding(binding) && isNoLess(binding, used)
            && isNoLess(binding, pin))
            return QString::fromLatin1(name);
    }
    return {};
}

bool FastToken::fits(const net::Transport &transport, const Pin &pin, const QDateTime &now) const
{
    return !token.isEmpty() && (!expiry.isValid() || now < expiry) && isNoLess(binding(), pin)
        && transport.channelBinding(binding());
}

QByteArray FastToken::initial(const QString &user, const QByteArray &bindingData) const
{
    return user.toUtf8() + '\0' + mac(token, "Initiator" + bindingData);
}

bool FastToken::isProven(const QByteArray &answer, const QByteArray &bindingData) const
{
    const QByteArray expected = mac(token, "Responder" + bindingData);
    return base::constantTimeEquals({answer.constData(), size_t(answer.size())},
                                    {expected.constData(), size_t(expected.size())});
}

SecretBytes FastToken::toBytes() const
{
    QByteArray bytes = mechanism.toLatin1();
    for (const auto &[word, offered] :
         {std::pair(" bind", offer.bind), std::pair(" carbons", offer.carbons), std::pair(" csi", offer.clientState),
          std::pair(" sm", offer.manages), std::pair(" resume", offer.resumes)}) {
        if (offered)
            bytes += word;
    }
    bytes += '\n' + expiry.toUTC().toString(Qt::ISODateWithMs).toLatin1() + '\n';
    bytes.append(token.data(), qsizetype(token.size()));
    return SecretBytes::take(bytes);
}

std::shared_ptr<const FastToken> FastToken::fromBytes(const SecretBytes &bytes)
{
    const std::string_view all = bytes.view();
    const size_t first = all.find('\n');
    const size_t second = first == all.npos ? all.npos : all.find('\n', first + 1);
    if (second == all.npos || second + 1 == all.size())
        return nullptr;
    auto result = std::make_shared<FastToken>();
    // Versions before wrote the mechanism alone; of those nothing is known.
    const QStringList words = QString::fromLatin1(all.data(), qsizetype(first)).split(u' ');
    result->mechanism = words.front();
    result->offer = {words.contains(u"bind"), words.contains(u"carbons"), words.contains(u"csi"), words.contains(u"sm"),
                     words.contains(u"resume")};
    const auto date = all.substr(first + 1, second - first - 1);
    result->expiry = QDateTime::fromString(QString::fromLatin1(date.data(), qsizetype(date.size())), Qt::ISODateWithMs);
    result->token = SecretBytes(all.substr(second + 1));
    return result;
}

} // namespace xmpp
