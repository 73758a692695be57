// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/xmltools.h"

#include <QDomElement>
#include <QTest>

namespace tests {
namespace {

QString format(const QString &ns, const QString &name, QStringList attributes, const QStringList &content)
{
    attributes.sort();
    QString result = QStringLiteral("{%1}%2").arg(ns, name);
    for (const QString &attribute : std::as_const(attributes))
        result += QStringLiteral(" @") + attribute;
    return result + QStringLiteral(" (") + content.join(u' ') + QStringLiteral(")");
}

QString dumpNode(const xml::detail::Tree &tree, quint32 index)
{
    const auto &node = tree.node(index);
    if (node.isText)
        return u'"' + xml::fromUtf8(tree.view(node.text())) + u'"';
    QStringList attributes;
    for (const auto &a : tree.attributes(node)) {
        attributes << QStringLiteral("{%1}%2=%3")
                          .arg(xml::fromUtf8(tree.word(a.ns)), xml::fromUtf8(tree.word(a.name)),
                               xml::fromUtf8(tree.view(a.value)));
    }
    QStringList content;
    for (quint32 i = tree.firstChild(index); i != xml::detail::none; i = tree.node(i).nextSibling)
        content << dumpNode(tree, i);
    return format(xml::fromUtf8(tree.word(node.ns)), xml::fromUtf8(tree.word(node.name)), attributes, content);
}

} // namespace

QString dump(const xml::Element &element)
{
    return element.isNull() ? QStringLiteral("null") : dumpNode(*element.tree(), element.node());
}

QString dump(const QDomElement &element)
{
    QStringList attributes;
    const auto map = element.attributes();
    for (int i = 0; i < map.count(); ++i) {
        const QDomAttr a = map.item(i).toAttr();
        if (a.name() == u"xmlns" || a.name().startsWith(u"xmlns:"))
            continue;
        const QString name = a.localName().isEmpty() ? a.name() : a.localName();
        attributes << QStringLiteral("{%1}%2=%3").arg(a.namespaceURI(), name, a.value());
    }
    QStringList content;
    for (QDomNode child = element.firstChild(); !child.isNull(); child = child.nextSibling()) {
        if (child.isElement())
            content << dump(child.toElement());
        else
            content << u'"' + child.nodeValue() + u'"';
    }
    return format(element.namespaceURI(), element.localName(), attributes, content);
}

Outcome readAll(const QByteArray &document, int chunk, const xml::Limits &limits)
{
    QList<QByteArray> pieces;
    const qsizetype step = chunk > 0 ? chunk : std::max<qsizetype>(1, document.size());
    for (qsizetype at = 0; at < document.size(); at += step)
        pieces << document.mid(at, step);
    return readPieces(pieces, limits);
}

Outcome readPieces(const QList<QByteArray> &pieces, const xml::Limits &limits)
{
    xml::Reader reader(limits);
    Outcome outcome;
    for (const QByteArray &piece : pieces) {
        reader.feed(piece);
        for (;;) {
            const auto event = reader.next();
            if (!event) {
                outcome.error = event.error().condition;
                if (event.error().kind != Error::Kind::Protocol)
                    outcome.error += QStringLiteral(" of the wrong kind");
                return outcome;
            }
            if (event->kind == xml::Reader::Kind::Nothing)
                break;
            if (event->kind == xml::Reader::Kind::Opened)
                outcome.events << QStringLiteral("open ") + dump(event->element);
            else if (event->kind == xml::Reader::Kind::Element)
                outcome.events << QStringLiteral("element ") + dump(event->element);
            else
                outcome.events << QStringLiteral("close");
        }
    }
    outcome.hasUnread = reader.hasUnread();
    return outcome;
}

char *toString(const Outcome &outcome)
{
    const QString all = outcome.events.join(u'\n') + QStringLiteral("\nerror: ") + outcome.error
        + (outcome.hasUnread ? QStringLiteral(" (unread)") : QString());
    return QTest::toString(all);
}

xml::Element randomTree(QRandomGenerator &random, int size, bool whiteSpace)
{
    static const std::string_view names[] = {"a", "body", "x-y", "under_score", "d.ot", "\xC3\xA9t\xC3\xA9"};
    static const std::string_view spaces[] = {"", "jabber:client", "urn:one", "urn:two&<'\"",
                                              "http://etherx.jabber.org/streams"};
    static const QString texts[] = {
        QStringLiteral("plain"),
        QStringLiteral("<&>'\""),
        QStringLiteral("]]>"),
        QStringLiteral("a\tb\nc\rd\r\ne"),
        QString::fromUtf8("\xE4\xBD\xA0\xE5\xA5\xBD \xF0\x9F\x98\x80"),
        QStringLiteral("&amp;"),
        QStringLiteral("  ends  "),
        QString(QChar(0x1)) + QChar(0xD800) + QChar(0xFFFE),
        QStringLiteral(" \n "),
    };
    const int textCount = whiteSpace ? 9 : 8;
    xml::Builder builder(names[random.bounded(6)], spaces[random.bounded(5)]);
    int depth = 0;
    bool afterText = false;
    for (int i = 0; i < size; ++i) {
        switch (random.bounded(6)) {
        case 0:
        case 1: {
            builder.start(names[random.bounded(6)], spaces[random.bounded(5)]);
            ++depth;
            afterText = false;
            const int first = random.bounded(3);
            for (int k = 0; k < first; ++k)
                builder.attribute(names[k], texts[random.bounded(8)],
                                  random.bounded(2) ? spaces[2 + random.bounded(2)] : "");
            if (random.bounded(4) == 0)
                builder.attribute("lang", QStringLiteral("zh"), "http://www.w3.org/XML/1998/namespace");
            break;
        }
        case 2:
            if (depth > 0) {
                builder.end();
                --depth;
                afterText = false;
            }
            break;
        case 3:
            builder.child(xml::Builder("leaf", "urn:leaf").attribute("n", QString::number(i)).text(texts[0]).build());
            afterText = false;
            break;
        default:
            if (!afterText) // Qt's tree keeps runs apart that we join
                builder.text(texts[random.bounded(textCount)]);
            afterText = true;
            break;
        }
    }
    return builder.build();
}

} // namespace tests
