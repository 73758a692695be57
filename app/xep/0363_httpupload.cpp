// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0363_httpupload.h"

#include "xmpp/stanzaerror.h"

#include <algorithm>

namespace xep {
namespace {

constexpr std::string_view uploadNs = "urn:xmpp:http:upload:0";

/// The header's name as we write it, or null for one that must not be sent (XEP-0363 4).
QByteArray allowedName(const QString &name)
{
    for (const char *allowed : {"Authorization", "Cookie", "Expires"}) {
        if (name.compare(QLatin1String(allowed), Qt::CaseInsensitive) == 0)
            return QByteArray(allowed);
    }
    return {};
}

/// XEP-0363 11.2: without line breaks, with which one header would become two.
QString withoutBreaks(QString text)
{
    return text.remove(u'\r').remove(u'\n');
}

auto refused(const QString &condition, const QString &detail)
{
    return fail(Error::Kind::Protocol, condition, detail);
}

} // namespace

std::optional<HttpUpload::Service> HttpUpload::Service::of(const DiscoInfo &info)
{
    const QString feature = xml::fromUtf8(uploadNs);
    if (!info.has(feature))
        return {};
    Service service;
    for (const DataForm &form : info.forms) {
        const FormField *field = form.formType() == feature ? form.field(u"max-file-size") : nullptr;
        if (!field)
            continue;
        service.largestFile = xml::Value<qint64>::parse(field->value());
        if (service.largestFile && *service.largestFile <= 0)
            service.largestFile.reset();
        break;
    }
    return service;
}

Result<HttpUpload::Slot> HttpUpload::slotOf(const xml::Element &slot)
{
    const xml::Element put = slot.is("slot", uploadNs) ? slot.child("put", uploadNs) : xml::Element();
    const xml::Element get = put ? slot.child("get", uploadNs) : xml::Element();
    const auto putAddress = webAddress(put.attribute("url"), WebSchemes::Https);
    const auto getAddress = webAddress(get.attribute("url"), WebSchemes::Https);
    if (!putAddress || !getAddress)
        return refused(QStringLiteral("bad-request"),
                       QStringLiteral("The upload service gave no https address to put the file to and get it from."));
    Slot result{*putAddress, *getAddress, {}};
    for (xml::Element each = put.child("header", uploadNs); each; each = each.nextSibling("header", uploadNs)) {
        const QByteArray name = allowedName(withoutBreaks(each.attribute("name")).trimmed());
        if (name.isNull())
            continue;
        const QByteArray value = withoutBreaks(each.text()).trimmed().toUtf8();
        const bool isClean = std::none_of(value.begin(), value.end(),
                                          [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; });
        if (!isClean || value.size() > longestHeader || qsizetype(result.headers.size()) >= mostHeaders)
            return refused(QStringLiteral("policy-violation"),
                           QStringLiteral("The upload service wants headers that are too many, too long or no text."));
        result.headers.push_back({name, value});
    }
    return result;
}

HttpUpload::Answer HttpUpload::answerOf(const xml::Element &iq)
{
    if (iq.attributeView("type") == "result")
        return {slotOf(iq.firstChild())};
    const auto error = xmpp::StanzaError::of(iq);
    Answer answer{fail(error.toError())};
    if (error.application.is("file-too-large", uploadNs)) {
        const auto most = xml::Value<qint64>::parse(error.application.child("max-file-size", uploadNs).text());
        answer.largestFile = most.value_or(0);
    } else if (error.application.is("retry", uploadNs)) {
        answer.retry = xml::Value<QDateTime>::parse(error.application.attribute("stamp")).value_or(QDateTime());
    }
    return answer;
}

Task<HttpUpload::Answer> HttpUpload::request(Jid service, QString name, qint64 size, QString type)
{
    if (service.isNull() || name.isEmpty() || name.size() > longestName || size <= 0)
        co_return Answer{
            fail(Error::Kind::Input, QStringLiteral("bad-request"),
                 QStringLiteral("A file to upload needs a service, a name of at most %1 characters and a size.")
                     .arg(longestName))};
    const xml::Element payload = xml::encode(Request{name, size, type.isEmpty() ? QString() : type});
    auto asking = m_client.exchange(service, payload, answerLimit);
    const auto answer = co_await std::move(asking);
    if (!answer)
        co_return Answer{fail(answer.error())};
    co_return answerOf(*answer);
}

} // namespace xep
