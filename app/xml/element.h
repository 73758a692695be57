// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xml {

namespace detail {

/// A piece of the tree's text block.
struct Ref {
    quint32 at = 0;
    quint32 size = 0;
};

struct Attribute {
    Ref name;
    Ref ns;
    Ref value;
};

constexpr quint32 none = 0xFFFFFFFF;

/// An element, or, where `isText`, a run of character data in `name`.
struct Node {
    Ref name;
    Ref ns;
    quint32 firstAttribute = 0;
    quint32 attributeCount : 31 = 0;
    quint32 isText : 1 = 0;
    quint32 firstChild = none;
    quint32 nextSibling = none;
};

/// One stanza: all its text, its nodes and its attributes, in document order. All stands in one block of memory, this
/// among it: made by Draft::finished().
struct Tree {
    std::string_view text;
    std::span<const Node> nodes;
    std::span<const Attribute> attributes;

    std::string_view view(Ref ref) const { return text.substr(ref.at, ref.size); }
};

/// A tree in the making.
struct Draft {
    std::string text;
    std::vector<Node> nodes;
    std::vector<Attribute> attributes;

    std::string_view view(Ref ref) const { return std::string_view(text).substr(ref.at, ref.size); }
    Ref add(std::string_view bytes);
    void clear();
    /// A copy that takes what it needs and no more: stanzas may be kept for long.
    std::shared_ptr<const Tree> finished() const;
};

} // namespace detail

/// An immutable XML element: a cheap handle that keeps its whole stanza alive. Text stays UTF-8 until it is asked for.
/// A null element answers every question with nothing.
class Element
{
public:
    Element() = default;
    Element(std::shared_ptr<const detail::Tree> tree, quint32 node) : m_tree(std::move(tree)), m_node(node) { }

    bool isNull() const { return m_tree == nullptr; }
    explicit operator bool() const { return !isNull(); }

    /// The local name, without prefix.
    std::string_view name() const;
    /// The namespace name (a URI), empty for none.
    std::string_view ns() const;
    bool is(std::string_view name, std::string_view ns) const
    {
        return !isNull() && this->name() == name && this->ns() == ns;
    }

    bool hasAttribute(std::string_view name, std::string_view ns = {}) const;
    /// Null where there is no such attribute, empty where it is empty.
    QString attribute(std::string_view name, std::string_view ns = {}) const;
    /// As attribute(), without a copy; lives as long as this element's stanza.
    std::string_view attributeView(std::string_view name, std::string_view ns = {}) const;

    /// The character data directly in this element, children's left out.
    QString text() const;
    /// As text(), in UTF-8.
    std::string utf8Text() const;

    /// The first child with this name and namespace, or null.
    Element child(std::string_view name, std::string_view ns) const;
    /// The first child element, or null.
    Element firstChild() const;
    /// The next element after this one under the same parent, or null.
    Element nextSibling() const;
    int childCount() const;
    bool hasChild(std::string_view name, std::string_view ns) const { return !child(name, ns).isNull(); }

    /// Goes over the child elements; text is passed over.
    class Iterator;
    struct Children;
    Children children() const;

    /// Same names, namespaces, attributes (in any order), children and text in the same order. White space between
    /// elements counts.
    friend bool operator==(const Element &a, const Element &b);

    /// For the writer and the builder: all attributes and all nodes of the stanza.
    const detail::Tree *tree() const { return m_tree.get(); }
    const std::shared_ptr<const detail::Tree> &shared() const { return m_tree; }
    quint32 node() const { return m_node; }

private:
    const detail::Node &data() const { return m_tree->nodes[m_node]; }
    Element elementFrom(quint32 node) const;
    const detail::Attribute *find(std::string_view name, std::string_view ns) const;

    std::shared_ptr<const detail::Tree> m_tree;
    quint32 m_node = 0;
};

class Element::Iterator
{
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Element;
    using difference_type = std::ptrdiff_t;
    using pointer = const Element *;
    using reference = const Element &;

    explicit Iterator(Element element) : m_element(std::move(element)) { }
    const Element &operator*() const { return m_element; }
    const Element *operator->() const { return &m_element; }
    Iterator &operator++()
    {
        m_element = m_element.nextSibling();
        return *this;
    }
    bool operator!=(const Iterator &other) const { return !(*this == other); }
    bool operator==(const Iterator &other) const
    {
        return m_element.tree() == other.m_element.tree() && (!m_element || m_element.node() == other.m_element.node());
    }

private:
    Element m_element;
};

struct Element::Children {
    Element first;
    Iterator begin() const { return Iterator(first); }
    Iterator end() const { return Iterator(Element()); }
};

/// Makes elements: `Builder("iq", ns).attribute("type", u"get").child(query).build()`. What XML cannot carry is replaced
/// by U+FFFD here already, so that an element and its written form are the same. Names and namespaces are taken as they
/// are: they must be legal, and no attribute may be given twice.
class Builder
{
public:
    Builder(std::string_view name, std::string_view ns);
    /// A copy of `element`, still open at its end: for one more child.
    static Builder extend(const Element &element);

    /// Of the element opened last and not ended. Null values are left out; empty ones are kept.
    Builder &attribute(std::string_view name, const QString &value, std::string_view ns = {});
    Builder &text(const QString &text);
    /// A copy of `element` as the next child; null adds nothing.
    Builder &child(const Element &element);
    /// Opens a child; the same namespace where `ns` is empty.
    Builder &start(std::string_view name, std::string_view ns = {});
    Builder &end();
    /// A child with text alone.
    Builder &textChild(std::string_view name, const QString &text, std::string_view ns = {});
    /// Closes all that is open. The builder is spent.
    Element build();

private:
    quint32 append(const detail::Node &node);

    detail::Draft m_draft;
    struct Open {
        quint32 node;
        quint32 lastChild;
    };
    std::vector<Open> m_open;
};

/// `text` in UTF-8 with each code point that XML 1.0 cannot carry (2.2 Char), and each lone surrogate, as U+FFFD.
std::string cleanUtf8(QStringView text);
/// Well-formed UTF-8 as a string. A U+FEFF in front stays: QString::fromUtf8() takes it for a byte order mark, and makes
/// two different texts equal.
QString fromUtf8(std::string_view bytes);
/// As cleanUtf8(), as a string: for text where it enters the program.
QString cleanText(const QString &text);

} // namespace xml

Q_DECLARE_METATYPE(xml::Element)
