// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/byteguard.h"
#include "xml/element.h"
#include "xml/limits.h"

#include <deque>
#include <memory>

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

    explicit Reader(const Limits &limits = {});
    ~Reader();
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    /// Adds bytes from the peer.
    void feed(QByteArray bytes);
    /// The next event. Error: Protocol, with the stream error to send as its condition (RFC 6120 4.9.3):
    /// `not-well-formed`, `restricted-xml`, `unsupported-encoding`, `bad-namespace-prefix`, `policy-violation`.
    /// After an error the reader gives that error for ever.
    Result<Event> next();
    /// True where bytes were fed that belong to no event given yet: what must not be there at a stream restart.
    bool hasUnread() const;

    void setLimits(const Limits &limits);

private:
    struct Handlers;
    struct Binding {
        std::string prefix;
        std::string uri;
        int depth;
        quint64 cachedIn = 0; ///< The tree whose text holds `uri` at `cached`.
        detail::Ref cached;
    };

    void startElement(const char *name, const char **attributes);
    void endElement();
    void characters(const char *text, int size);
    void refuse(const char *condition, const QString &detail);
    bool declareNamespaces(const char **attributes);
    /// Splits prefix:name and adds both to the tree; false where the prefix is unbound.
    bool resolve(const char *qualified, bool isAttribute, detail::Ref &name, detail::Ref &ns);
    detail::Ref refFor(Binding &binding);
    bool addAttributes(detail::Node &node, const char **attributes);
    quint32 append(const detail::Node &node);
    void newTree();
    void emitTree(Kind kind);
    void parse(const char *data, size_t size);
    void takeStatus(int status);

    XML_ParserStruct *m_parser = nullptr;
    ByteGuard m_guard;
    Limits m_limits;
    QByteArray m_input;
    qsizetype m_inputAt = 0;
    qint64 m_parsed = 0;
    bool m_suspended = false;
    bool m_failed = false;
    Error m_error;

    std::deque<Event> m_events;
    std::shared_ptr<detail::Tree> m_tree;
    quint64 m_treeNumber = 0;
    struct Open {
        quint32 node;
        quint32 lastChild;
    };
    std::vector<Open> m_open;
    int m_depth = 0;
    int m_elements = 0;
    int m_declarations = 0;
    std::vector<Binding> m_bindings;
};

} // namespace xml
