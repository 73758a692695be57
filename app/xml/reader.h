// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/byteguard.h"
#include "xml/element.h"
#include "xml/limits.h"

#include <string>
#include <vector>

struct XML_ParserStruct;

namespace xml {

/// Turns the bytes of one XML stream (RFC 6120 4) into its header and whole top-level elements, however the bytes are
/// cut. One reader reads one stream: make a new one after STARTTLS and after SASL, as the RFC restarts the stream.
class Reader
{
public:
    enum class Kind {
        Nothing, ///< More bytes are needed.
        Opened,  ///< `element` is the stream header, without children.
        Element, ///< A top-level element.
        Closed,  ///< The stream's end tag.
    };
    struct Event {
        Kind kind = Kind::Nothing;
        xml::Element element;
    };

    /// Inside a top-level element, reads of fewer bytes than `smallRead` wait: single bytes until its end may be there,
    /// others for a '>', and all no longer than until `mostGathered` bytes are there.
    static constexpr qsizetype smallRead = 16;
    static constexpr qsizetype mostGathered = 2048;

    explicit Reader(const Limits &limits = {});
    ~Reader();
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    /// Adds bytes from the peer. They are copied. False: next() has nothing to give yet.
    bool feed(QByteArrayView bytes)
    {
        // A byte that ends nothing waits for others.
        if (bytes.size() == 1 && m_mayGather > 0 && bytes.front() != '>' && m_input.push(bytes.front())) {
            --m_mayGather;
            return false;
        }
        return feedMore(bytes);
    }
    /// The next event. Error: Protocol, with the stream error to send as its condition (RFC 6120 4.9.3):
    /// `not-well-formed`, `restricted-xml`, `unsupported-encoding`, `bad-namespace-prefix`, `policy-violation`. What is
    /// wrong in bytes that wait (smallRead) comes out when they do. After an error the reader gives that error for ever.
    Result<Event> next() { return m_isDue ? nextDue() : Event{}; }
    /// True where bytes were fed that belong to no event given yet, or events wait: what must not be there at a stream
    /// restart. White space counts until next() has gone over it.
    bool hasUnread() const;

    /// For the bytes that next() has not looked at yet.
    void setLimits(const Limits &limits);

private:
    struct Handlers;
    /// A namespace declaration in force; prefix and URI stand one after the other in m_bindingText.
    struct Binding {
        quint32 at = 0;
        quint32 prefixSize = 0;
        quint32 uriSize = 0;
        int depth = 0;
        detail::Word word = 0; ///< Where it is not in the vocabulary: in the draft with the number `wordIn` alone.
        quint64 wordIn = 0;
    };

    bool feedMore(QByteArrayView bytes);
    bool mayEndHere();
    Result<Event> nextDue();
    void startParser();
    void renewParser();
    void parse(size_t end);
    size_t copyWithoutPlain(char *to, size_t end);
    std::string_view viewOf(const Plain &plain) const;
    const Plain *takePlain();
    void takeText();
    void takeValues(const char **attributes);
    void readSome();
    void dropParsed();
    void startElement(const char *name, const char **attributes);
    void endElement();
    void characters(std::string_view text);
    void refuse(const char *condition, const QString &detail);
    void bind(std::string_view prefix, std::string_view uri);
    std::string_view prefixOf(const Binding &binding) const;
    std::string_view uriOf(const Binding &binding) const;
    bool declareNamespaces(const char **attributes);
    /// Splits prefix:name and adds both to the tree; false where the prefix is unbound.
    bool resolve(const char *qualified, bool isAttribute, detail::Word &name, detail::Word &ns);
    bool resolvePrefixed(std::string_view qualified, size_t colon, detail::Word &name, detail::Word &ns);
    Binding *find(std::string_view prefix);
    detail::Word wordFor(Binding &binding);
    bool addAttributes(detail::Node &node, const char **attributes);
    quint32 append(const detail::Node &node);
    void newTree();
    void emitTree(Kind kind);

    XML_ParserStruct *m_parser = nullptr;
    qint64 m_parserBytes = 0; ///< What this parser has read.
    std::string m_root;       ///< The stream header's name with its prefix.
    ByteGuard m_guard;
    Limits m_limits;
    detail::Bytes m_input;
    size_t m_parsed = 0;       ///< The first byte of m_input that the parser has not had.
    size_t m_guarded = 0;      ///< The first byte of m_input that the guard has not seen.
    bool m_isDue = false;      ///< next() has something to do.
    qsizetype m_mayGather = 0; ///< How many more bytes may wait before that; 0 where it is due.
    int m_gatherLevel = 0;     ///< Elements below the stream's that are open at m_gatherMark, at most; 0: not known.
    size_t m_gatherMark = 0;   ///< In m_input: behind the last '>' that was counted.
    bool m_failed = false;
    Error m_error;

    std::vector<Event> m_events;
    size_t m_nextEvent = 0;
    detail::Draft m_draft; ///< The element in hand; its arrays serve all stanzas in turn.
    quint64 m_treeNumber = 0;
    struct Open {
        quint32 node;
        quint32 lastChild;
    };
    std::vector<Open> m_open;
    quint64 m_event = 0;                    ///< As the guard counts them: the next beginning or end of an element.
    size_t m_nextPlain = 0;                 ///< In the guard's list.
    std::vector<std::string_view> m_values; ///< Of the attributes at hand.
    int m_depth = 0;
    int m_elements = 0;
    int m_declarations = 0;
    std::vector<Binding> m_bindings;
    detail::Bytes m_bindingText;
};

} // namespace xml
