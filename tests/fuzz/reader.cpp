// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/reader.h"
#include "fuzz/fuzz.h"

#include <QStringList>
#include <QXmlStreamReader>

namespace {

QString nameOf(const QString &ns, const QString &local)
{
    return u'{' + ns + u'}' + local;
}

QString start(const QString &name, QStringList attributes)
{
    attributes.sort();
    return u'<' + name + u' ' + attributes.join(u' ') + u'>';
}

QString dump(const xml::detail::Tree &tree, quint32 index)
{
    const auto &node = tree.node(index);
    const auto text = [&](xml::detail::Word word) { return xml::fromUtf8(tree.word(word)); };
    if (node.isText)
        return xml::fromUtf8(tree.view(node.text()));
    QStringList attributes;
    for (const auto &a : tree.attributes(node)) {
        attributes << nameOf(text(a.ns), text(a.name)) + u'=' + xml::fromUtf8(tree.view(a.value));
    }
    QString result = start(nameOf(text(node.ns), text(node.name)), attributes);
    for (quint32 i = tree.firstChild(index); i != xml::detail::none; i = tree.node(i).nextSibling)
        result += dump(tree, i);
    return result + u'>';
}

struct Outcome {
    QStringList events;
    QString error;
    friend bool operator==(const Outcome &, const Outcome &) = default;
};

/// What our reader makes of `document`, cut where the bits of `cuts` say, again and again. The end is in one piece: what
/// is wrong in a few bytes comes out when more follow.
Outcome ours(const QByteArray &document, quint32 cuts)
{
    xml::Limits limits;
    limits.elementBytes = 4096; // within the fuzzer's reach
    xml::Reader reader(limits);
    Outcome outcome;
    qsizetype at = 0;
    int bit = 0;
    while (at < document.size()) {
        qsizetype size = cuts == 0 ? document.size() : 1;
        while (cuts != 0 && size < 32 && !(cuts >> (bit++ % 32) & 1))
            ++size;
        if (at + size > document.size() - xml::Reader::smallRead)
            size = document.size() - at;
        reader.feed(document.mid(at, size));
        at += size;
        for (;;) {
            const auto event = reader.next();
            if (!event) {
                outcome.error = event.error().condition;
                return outcome;
            }
            if (event->kind == xml::Reader::Kind::Nothing)
                break;
            outcome.events << (event->kind == xml::Reader::Kind::Closed
                                   ? QStringLiteral("closed")
                                   : dump(*event->element.tree(), event->element.node()));
        }
    }
    return outcome;
}

/// What Qt's reader makes of a document that ours takes.
Outcome theirs(const QByteArray &document)
{
    QXmlStreamReader reader(document);
    Outcome outcome;
    QString element;
    int depth = 0;
    while (!reader.atEnd()) {
        const auto token = reader.readNext();
        if (token == QXmlStreamReader::StartElement) {
            QStringList attributes;
            for (const QXmlStreamAttribute &a : reader.attributes())
                attributes << nameOf(a.namespaceUri().toString(), a.name().toString()) + u'=' + a.value().toString();
            element += start(nameOf(reader.namespaceUri().toString(), reader.name().toString()), attributes);
            if (++depth == 1)
                outcome.events << std::exchange(element, QString()) + u'>';
        } else if (token == QXmlStreamReader::EndElement) {
            element += u'>';
            if (--depth == 1)
                outcome.events << std::exchange(element, QString());
            else if (depth == 0)
                outcome.events << QStringLiteral("closed");
        } else if (token == QXmlStreamReader::Characters && depth > 1) {
            element += reader.text();
        }
    }
    const bool isOpen = reader.error() == QXmlStreamReader::PrematureEndOfDocumentError;
    if (reader.hasError() && !isOpen)
        outcome.error = reader.errorString();
    return outcome;
}

/// A tag is looked at when it is whole, so a reader that looks at each byte may know before ours that it is broken. True
/// where ours takes nothing more, and says so once the tag ends.
bool findsOutAtTheEnd(const QByteArray &document, const Outcome &sofar)
{
    bool isRefused = false;
    for (const char *end : {">", "'>", "\">", ";"}) {
        const Outcome outcome = ours(document + end, 0);
        if (outcome.events != sofar.events)
            return false;
        isRefused = isRefused || !outcome.error.isNull();
    }
    return isRefused;
}

} // namespace

/// Z01: the guard, the parser and the tree. The first four bytes say where the rest is cut.
FUZZ_TARGET(reader)
{
    quint32 cuts = 0;
    for (int i = 0; i < 4 && i < input.size(); ++i)
        cuts = cuts << 8 | quint8(input[i]);
    const QByteArray document = input.mid(4);
    const Outcome whole = ours(document, 0);
    FUZZ_CHECK(whole == ours(document, cuts));
    FUZZ_CHECK(whole == ours(document, ~0U));
    // Qt's reader looks at nothing before the fourth byte came.
    if (whole.error.isNull() && !whole.events.isEmpty() && document.size() >= 4) {
        const Outcome oracle = theirs(document);
        FUZZ_CHECK(oracle.events == whole.events);
        FUZZ_CHECK(oracle.error.isNull() || findsOutAtTheEnd(document, whole));
    }
}
