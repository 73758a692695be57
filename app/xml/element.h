// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "xml/tree.h"

#include <QByteArray>
#include <QString>

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xml {

/// What the prefix `xml` stands for (XML Namespaces 1.0, 3).
constexpr std::string_view xmlNamespace = "http://www.w3.org/XML/1998/namespace";

/// An immutable XML element: a cheap handle that keeps its whole stanza alive. Text stays UTF-8 until it is asked for.
/// A null element answers every question with nothing.
class Element
{
public:
    Element() = default;
    Element(detail::TreePointer tree, quint32 node) : m_tree(std::move(tree)), m_node(node) { }

    bool isNull() const { return m_tree.get() == nullptr; }
    explicit operator bool() const { return !isNull(); }

    /// The local name, without prefix.
    std::string_view name() const { return isNull() ? std::string_view() : m_tree->word(data().name); }
    /// The namespace name (a URI), empty for none.
    std::string_view ns() const { return isNull() ? std::string_view() : m_tree->word(data().ns); }
    bool is(std::string_view name, std::string_view ns) const
    {
        return !isNull() && detail::isEqual(this->name(), name) && detail::isEqual(this->ns(), ns);
    }

    bool hasAttribute(std::string_view name, std::string_view ns = {}) const;
    /// Null where there is no such attribute, empty where it is empty.
    QString attribute(std::string_view name, std::string_view ns = {}) const;
    /// As attribute(), without a copy; lives as long as this element's stanza.
    std::string_view attributeView(std::string_view name, std::string_view ns = {}) const;

    /// As attributeView(), with nothing where there is no such attribute.
    std::optional<std::string_view> findAttribute(std::string_view name, std::string_view ns = {}) const;

    /// The character data directly in this element, children's left out.
    QString text() const;
    /// As text(), in UTF-8.
    std::string utf8Text() const;
    /// As utf8Text(), without a copy where it can be; else the copy is in `buffer`. Lives as long as the shorter-lived of
    /// this element's stanza and `buffer`.
    std::string_view textView(std::string &buffer) const;

    /// The first child with this name and namespace, or null.
    Element child(std::string_view name, std::string_view ns) const;
    /// The first child element, or null.
    Element firstChild() const;
    /// The next element after this one under the same parent, or null.
    Element nextSibling() const;
    /// The next of them with this name and namespace, or null.
    Element nextSibling(std::string_view name, std::string_view ns) const;
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
    const detail::TreePointer &shared() const { return m_tree; }
    quint32 node() const { return m_node; }

private:
    const detail::Node &data() const { return m_tree->node(m_node); }
    /// The first element at `node` or after it under the same parent, or none.
    quint32 elementFrom(quint32 node) const;
    /// The first element with this name and namespace at `node` or after it, or none.
    quint32 elementFrom(quint32 node, std::string_view name, std::string_view ns) const;
    Element at(quint32 node) const { return node == detail::none ? Element() : Element(m_tree, node); }
    const detail::Attribute *find(std::string_view name, std::string_view ns) const;

    detail::TreePointer m_tree;
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
        const quint32 next = m_element.elementFrom(m_element.data().nextSibling);
        if (next == detail::none)
            m_element = Element();
        else
            m_element.m_node = next; // the same tree
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
    /// Takes nodes over from another tree.
    struct Copying {
        const detail::Tree &from;
        detail::Draft &draft;
        std::vector<std::pair<detail::Word, detail::Word>> spaces;
        detail::Word word(detail::Word word);
        detail::Word space(detail::Word ns);
        detail::Node node(const detail::Node &source);
    };

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
