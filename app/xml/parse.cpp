// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/parse.h"

#include "xml/reader.h"

namespace xml {

namespace {

tl::unexpected<Error> notOneElement()
{
    return fail(Error::Kind::Protocol, QStringLiteral("not-well-formed"),
                QStringLiteral("The text is not one whole XML element."));
}

} // namespace

Result<Element> parse(const QByteArray &text, std::string_view defaultNamespace)
{
    const QByteArray element = text.trimmed();
    if (!element.startsWith('<')) // the reader passes over text between stanzas
        return notOneElement();
    Reader reader;
    // The prefix that Writer uses for the stream's own elements.
    reader.feed("<stream xmlns='" + QByteArray(defaultNamespace.data(), qsizetype(defaultNamespace.size()))
                + "' xmlns:stream='http://etherx.jabber.org/streams'>" + element);
    const auto opened = reader.next();
    if (!opened)
        return fail(opened.error());
    const auto event = reader.next();
    if (!event)
        return fail(event.error());
    if (event->kind != Reader::Kind::Element || reader.hasUnread())
        return notOneElement();
    return event->element;
}

} // namespace xml
