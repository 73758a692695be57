// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/writer.h"

#include <algorithm>

namespace xml {

using detail::Attribute;
using detail::Node;
using detail::none;
using detail::Tree;

namespace {

constexpr std::string_view streamNamespace = "http://etherx.jabber.org/streams";

// XML 1.0 2.4; white space in attributes as references, or the reader would turn it into blanks (3.3.3).
void escape(QByteArray &out, std::string_view text, bool isAttribute)
{
    size_t from = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const char *replacement = nullptr;
        switch (text[i]) {
        case '&': replacement = "&amp;"; break;
        case '<': replacement = "&lt;"; break;
        case '>': replacement = "&gt;"; break;
        case '\'': replacement = isAttribute ? "&apos;" : nullptr; break;
        case '"': replacement = isAttribute ? "&quot;" : nullptr; break;
        case '\r': replacement = "&#13;"; break;
        case '\n': replacement = isAttribute ? "&#10;" : nullptr; break;
        case '\t': replacement = isAttribute ? "&#9;" : nullptr; break;
        default: break;
        }
        if (!replacement)
            continue;
        out.append(text.data() + from, qsizetype(i - from));
        out.append(replacement);
        from = i + 1;
    }
    out.append(text.data() + from, qsizetype(text.size() - from));
}

void append(QByteArray &out, std::string_view text)
{
    out.append(text.data(), qsizetype(text.size()));
}

void writeAttribute(QByteArray &out, std::string_view name, std::string_view value)
{
    out.append(' ');
    append(out, name);
    out.append("='");
    escape(out, value, true);
    out.append('\'');
}

/// The prefix for elements of the two namespaces that have a fixed one: the stream's, which its header declares, and
/// xml, which may not be made a default namespace (Namespaces in XML 1.0, 3).
std::string_view fixedPrefix(std::string_view ns)
{
    return ns == streamNamespace ? "stream:" : ns == xmlNamespace ? "xml:" : "";
}

/// Prefixes a0, a1 ... for the namespaces of one element's attributes.
void writeAttributes(QByteArray &out, const Tree &tree, const Node &node)
{
    std::vector<std::string_view> declared;
    for (const Attribute &a : tree.attributes(node)) {
        const auto ns = tree.word(a.ns);
        if (ns.empty()) {
            writeAttribute(out, tree.word(a.name), tree.view(a.value));
        } else if (ns == xmlNamespace) {
            writeAttribute(out, "xml:" + std::string(tree.word(a.name)), tree.view(a.value));
        } else {
            const auto found = std::find(declared.begin(), declared.end(), ns);
            const std::string prefix = "a" + std::to_string(found - declared.begin());
            if (found == declared.end()) {
                declared.push_back(ns);
                writeAttribute(out, "xmlns:" + prefix, ns);
            }
            writeAttribute(out, prefix + ":" + std::string(tree.word(a.name)), tree.view(a.value));
        }
    }
}

/// The tag up to but without '>' or '/>'.
void openTag(QByteArray &out, const Tree &tree, const Node &node, std::string_view parentNs)
{
    const auto ns = tree.word(node.ns);
    const auto prefix = fixedPrefix(ns);
    out.append('<');
    append(out, prefix);
    append(out, tree.word(node.name));
    if (ns != parentNs && prefix.empty())
        writeAttribute(out, "xmlns", ns);
    writeAttributes(out, tree, node);
}

void closeTag(QByteArray &out, const Tree &tree, const Node &node)
{
    out.append("</");
    append(out, fixedPrefix(tree.word(node.ns)));
    append(out, tree.word(node.name));
    out.append('>');
}

} // namespace

QByteArray Writer::write(const Element &element, std::string_view defaultNamespace)
{
    QByteArray out;
    if (element.isNull())
        return out;
    const Tree &tree = *element.tree();
    struct Open {
        quint32 node;
        quint32 next;
        std::string_view ns; // the default namespace inside
    };
    std::vector<Open> open;
    quint32 at = element.node();
    for (;;) { // iterative: a deep tree must not exhaust the stack
        const Node &node = tree.node(at);
        const auto outer = open.empty() ? defaultNamespace : open.back().ns;
        const quint32 following = open.empty() ? none : node.nextSibling;
        if (node.isText) {
            escape(out, tree.view(node.text()), false);
            at = following;
        } else {
            openTag(out, tree, node, outer);
            if (node.hasChildren) {
                out.append('>');
                const auto ns = tree.word(node.ns);
                open.push_back({at, following, fixedPrefix(ns).empty() ? ns : outer});
                at = tree.firstChild(at);
                continue;
            }
            out.append("/>");
            at = following;
        }
        while (at == none && !open.empty()) {
            closeTag(out, tree, tree.node(open.back().node));
            at = open.back().next;
            open.pop_back();
        }
        if (at == none)
            return out;
    }
}

QByteArray Writer::openStream(const StreamHeader &header)
{
    QByteArray out("<?xml version='1.0'?><stream:stream");
    if (!header.to.isNull())
        writeAttribute(out, "to", cleanUtf8(header.to));
    if (!header.from.isNull())
        writeAttribute(out, "from", cleanUtf8(header.from));
    writeAttribute(out, "version", "1.0");
    if (!header.language.isNull())
        writeAttribute(out, "xml:lang", cleanUtf8(header.language));
    writeAttribute(out, "xmlns", "jabber:client");
    writeAttribute(out, "xmlns:stream", streamNamespace);
    out.append('>');
    return out;
}

QByteArray Writer::closeStream()
{
    return QByteArrayLiteral("</stream:stream>");
}

} // namespace xml
