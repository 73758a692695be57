// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0030_disco.h"
#include "xep/webaddress.h"

namespace xep {

/// Asks an upload service for a place to put a file (XEP-0363). Putting it there is for others.
class HttpUpload : public xmpp::Extension
{
    Q_OBJECT
public:
    static constexpr qsizetype mostHeaders = 16;           ///< Of a slot; with more it is refused.
    static constexpr qsizetype longestHeader = 16 * 1024;  ///< Bytes of one value; with a longer one it is refused.
    static constexpr qsizetype longestName = 255;          ///< UTF-16 units of a file's name, as file systems have it.
    static constexpr std::chrono::seconds answerLimit{60}; ///< Some services ask another one first.

    /// What is asked for.
    struct Request {
        QString fileName;
        qint64 size = 0; ///< Bytes.
        QString type;    ///< Media type; null: not said.
    };
    /// A line of HTTP for the upload.
    struct Header {
        QByteArray name; ///< Authorization, Cookie or Expires.
        QByteArray value;
    };
    /// Where the file goes by PUT, with these headers in their order, and where it is from then on.
    struct Slot {
        QUrl put;
        QUrl get;
        std::vector<Header> headers;
    };
    /// What a service answers. Where it gives no slot it may say more than its error (XEP-0363 5).
    struct Answer {
        Result<Slot> slot;
        std::optional<qint64> largestFile{}; ///< Bytes: this file is too large.
        QDateTime retry{};                   ///< From then on there may be room again; invalid: not said.
    };
    /// What a service says of itself.
    struct Service {
        std::optional<qint64> largestFile; ///< Bytes; nothing: not said.

        /// Nothing where it is none.
        static std::optional<Service> of(const DiscoInfo &info);
    };

    explicit HttpUpload(xmpp::Client &client) : m_client(client) { }

    /// A slot of `service` for a file of `size` bytes. `name` is what others see of the file. Errors: as
    /// xmpp::Client::get() (`not-acceptable`: the file is too large; `resource-constraint`: too much for now;
    /// `forbidden`); Input `bad-request` for a name or a size that no file has; Protocol `bad-request` and
    /// `policy-violation` for a slot that is none: not https, or headers that nobody may send.
    Task<Answer> request(Jid service, QString name, qint64 size, QString type = {});

    /// Reads a slot. Errors: as request().
    static Result<Slot> slotOf(const xml::Element &slot);
    /// Reads the iq of an answer.
    static Answer answerOf(const xml::Element &iq);

private:
    xmpp::Client &m_client;
};
constexpr auto describe(xml::Type<HttpUpload::Request>)
{
    return xml::element("request", "urn:xmpp:http:upload:0",
                        xml::required(xml::attribute("filename", &HttpUpload::Request::fileName)),
                        xml::required(xml::attribute("size", &HttpUpload::Request::size)),
                        xml::attribute("content-type", &HttpUpload::Request::type));
}

} // namespace xep
