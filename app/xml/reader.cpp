// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/reader.h"

#include <expat.h>

#include <algorithm>
#include <cstring>

namespace xml {

using detail::Attribute;
using detail::Bytes;
using detail::Draft;
using detail::Node;
using detail::none;
using detail::Word;

namespace {

constexpr std::string_view xmlnsNamespace = "http://www.w3.org/2000/xmlns/";

// expat remembers each name of element and attribute that it ever met, and the peers of our peers choose those: a new
// parser after so many bytes keeps a stream of days from growing.
constexpr qint64 parserLifetime = 4 * 1024 * 1024;
// What the arrays that serve all stanzas may keep between two of them.
constexpr size_t keptScratch = 64 * 1024;
constexpr size_t keptNodes = 4 * 1024;
// What the guard and the parser get in one piece: as much more is held of what the parser need not see.
constexpr size_t mostAtOnce = 64 * 1024;

/// Letters that only go on with a name, and begin none (XML 1.0, fourth edition, appendix B: Extender).
bool isExtender(char16_t c)
{
    constexpr std::u16string_view extenders = u"\u02D0\u02D1\u0640\u0E46\u0EC6\u3005\u3031\u3032\u3033\u3034\u3035"
                                              u"\u309D\u309E\u30FC\u30FD\u30FE";
    return extenders.find(c) != extenders.npos;
}

/// Of a piece of a name that the parser took for good after its colon: true where it could stand alone (Namespaces in
/// XML 1.0, 3: NCName). The parser knows no namespaces, and would take `a:1`.
bool beginsName(std::string_view piece)
{
    const char c = piece.empty() ? '1' : piece.front();
    if (static_cast<unsigned char>(c) < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const QChar letter = fromUtf8(piece).front();
    return (letter.isLetter() || letter.category() == QChar::Number_Letter) && !isExtender(letter.unicode());
}

/// True where two attributes, from `first` on, have one name in one namespace. The parser has seen to equal prefixed
/// names; two prefixes may still name one attribute. Sorted, as a peer chooses how many there are.
bool hasTwins(const Draft &draft, size_t first)
{
    std::vector<std::pair<std::string_view, std::string_view>> names;
    const auto begin = draft.attributes.begin() + qptrdiff(first);
    const auto hasSpace = [](const Attribute &attribute) { return attribute.ns != 0; };
    if (std::count_if(begin, draft.attributes.end(), hasSpace) < 2)
        return false;
    for (auto attribute = begin; attribute != draft.attributes.end(); ++attribute) {
        if (hasSpace(*attribute))
            names.emplace_back(draft.word(attribute->ns), draft.word(attribute->name));
    }
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
}

/// True for `xmlns` and `xmlns:...`.
bool isDeclaration(const char *attribute)
{
    return attribute[0] == 'x' && attribute[1] == 'm' && attribute[2] == 'l' && attribute[3] == 'n'
        && attribute[4] == 's' && (attribute[5] == '\0' || attribute[5] == ':');
}

} // namespace

/// The C callbacks, which may see the reader's inside.
struct Reader::Handlers {
    static Reader *self(void *user) { return static_cast<Reader *>(user); }
    static void start(void *user, const char *name, const char **attributes)
    {
        self(user)->startElement(name, attributes);
    }
    static void end(void *user, const char *) { self(user)->endElement(); }
    static void characters(void *user, const char *text, int size) { self(user)->characters({text, size_t(size)}); }
    static void declaration(void *user, const char *version, const char *encoding, int)
    {
        // RFC 6120 11 is about XML 1.0; another version has other characters and other line ends.
        if (version && qstrcmp(version, "1.0") != 0)
            self(user)->refuse(
                "not-well-formed",
                QStringLiteral("The stream claims to be XML %1; only 1.0 is allowed.").arg(QString::fromUtf8(version)));
        if (encoding && qstricmp(encoding, "UTF-8") != 0)
            self(user)->refuse("unsupported-encoding",
                               QStringLiteral("The stream claims the encoding %1; only UTF-8 is allowed.")
                                   .arg(QString::fromUtf8(encoding)));
    }
    // The byte guard stops these before they get here; this is the second lock.
    static void doctype(void *user, const char *, const char *, const char *, int) { restricted(user); }
    static void comment(void *user, const char *) { restricted(user); }
    static void instruction(void *user, const char *, const char *) { restricted(user); }
    static void restricted(void *user)
    {
        self(user)->refuse("restricted-xml",
                           QStringLiteral("A comment, DTD or processing instruction is not allowed."));
    }
};

Reader::Reader(const Limits &limits) : m_guard(limits), m_limits(limits)
{
    startParser();
    bind("xml", xmlNamespace);
    newTree();
}

Reader::~Reader()
{
    XML_ParserFree(m_parser);
}

void Reader::startParser()
{
    m_parser = XML_ParserCreate("UTF-8");
    m_parserBytes = 0;
#if XML_MAJOR_VERSION > 2 || (XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION >= 6)
    // A whole stanza must come out at once. The parser gets whole tags and references: there is nothing to read again.
    XML_SetReparseDeferralEnabled(m_parser, XML_FALSE);
#endif
    if (!m_root.empty()) { // inside the stream already
        const std::string opening = '<' + m_root + '>';
        XML_Parse(m_parser, opening.data(), int(opening.size()), XML_FALSE);
    }
    XML_SetUserData(m_parser, this);
    XML_SetElementHandler(m_parser, Handlers::start, Handlers::end);
    XML_SetCharacterDataHandler(m_parser, Handlers::characters);
    XML_SetXmlDeclHandler(m_parser, Handlers::declaration);
    XML_SetStartDoctypeDeclHandler(m_parser, Handlers::doctype);
    XML_SetCommentHandler(m_parser, Handlers::comment);
    XML_SetProcessingInstructionHandler(m_parser, Handlers::instruction);
}

void Reader::renewParser()
{
    XML_ParserFree(m_parser);
    startParser();
}

bool Reader::feedMore(QByteArrayView bytes)
{
    if (m_failed)
        return true;
    if (bytes.isEmpty())
        return m_isDue;
    m_input.append({bytes.data(), size_t(bytes.size())});
    const bool waits = bytes.size() <= m_mayGather
        && (bytes.size() == 1 ? !mayEndHere() : bytes.size() < smallRead && !bytes.contains('>'));
    m_mayGather = waits ? m_mayGather - bytes.size() : 0;
    m_isDue = m_isDue || !waits;
    return m_isDue;
}

/// Whether a top-level element may end with the byte that was added last. Tags are counted as they look: where that is
/// not certain the answer is yes, so that no end is passed over.
bool Reader::mayEndHere()
{
    if (m_input.view().back() != '>')
        return false;
    if (m_gatherLevel <= 0)
        return true;
    const std::string_view piece = m_input.view(m_gatherMark, m_input.size() - m_gatherMark - 1);
    m_gatherMark = m_input.size();
    const bool endsWithSlash = !piece.empty() && piece.back() == '/';
    const size_t tag = piece.find('<');
    if (tag == piece.npos)
        return endsWithSlash; // in a text or a value; or a value of this tag held a '>' before
    const char first = tag + 1 < piece.size() ? piece[tag + 1] : '>';
    if (first == '!' || first == '?' || first == '>' || piece.find('<', tag + 1) != piece.npos)
        return true; // CDATA, and what is not allowed
    if (first == '/')
        return --m_gatherLevel <= 0;
    if (!endsWithSlash)
        ++m_gatherLevel;
    return false;
}

Result<Reader::Event> Reader::nextDue()
{
    m_mayGather = 0;
    for (;;) {
        if (m_nextEvent < m_events.size()) {
            Event event = std::move(m_events[m_nextEvent++]);
            if (m_parsed > keptScratch && m_parsed > m_input.size() / 2)
                dropParsed(); // a long block is let go bit by bit
            return event;
        }
        m_events.clear();
        m_nextEvent = 0;
        if (m_failed)
            return fail(m_error);
        if (m_guard.hasFailed()) {
            m_failed = true;
            m_error = m_guard.error();
        } else if (m_guarded == m_input.size()) {
            dropParsed();
            m_isDue = false;
            m_mayGather = m_guard.isInElement() ? mostGathered : 0;
            m_gatherLevel = m_guard.isInText() ? m_depth - 1 : 0;
            m_gatherMark = m_input.size();
            return Event{};
        } else {
            readSome();
        }
    }
}

/// What was parsed goes before more bytes come; what waits moves at most once.
void Reader::dropParsed()
{
    if (m_parsed == 0)
        return;
    m_input.drop(m_parsed);
    m_guarded -= m_parsed;
    m_parsed = 0;
    if (m_input.size() == 0 && m_input.capacity() > keptScratch)
        m_input = Bytes();
}

/// At most one top-level element: what follows it is neither checked nor parsed before that one is taken.
void Reader::readSome()
{
    m_guarded += m_guard.pass(m_input.view(m_guarded, std::min(m_input.size() - m_guarded, mostAtOnce)));
    // An unfinished tag or reference waits here: the parser would read it from its first byte again with each piece
    // (CVE-2023-52425), or, where it has been taught to put that off, keep a stanza back that is complete.
    size_t end = m_guarded - size_t(m_guard.unfinished());
    // So does a plain text before it, which is taken when the tag is.
    const auto &plain = m_guard.plain();
    const char *const held = m_input.data() + end;
    auto last = plain.rbegin();
    while (last != plain.rend() && viewOf(*last).data() >= held)
        ++last;
    if (last != plain.rend() && last->attribute < 0 && viewOf(*last).data() + last->size == held)
        end -= last->size;
    if (end > m_parsed)
        parse(end);
    if (m_guard.isAtEnd() && m_depth == 1 && m_parserBytes > parserLifetime && !m_failed)
        renewParser();
}

bool Reader::hasUnread() const
{
    return m_nextEvent < m_events.size() || m_parsed < m_input.size() || !m_open.empty();
}

void Reader::setLimits(const Limits &limits)
{
    m_limits = limits;
    m_guard.setLimits(limits);
}

/// Gives the parser what it has not had, up to `end`.
void Reader::parse(size_t end)
{
    char *const buffer = static_cast<char *>(XML_GetBuffer(m_parser, int(end - m_parsed)));
    const size_t size = buffer ? copyWithoutPlain(buffer, end) : 0;
    m_parserBytes += qint64(size);
    const bool isGood = buffer && XML_ParseBuffer(m_parser, int(size), XML_FALSE) != XML_STATUS_ERROR;
    m_parsed = end;
    m_guard.clearPlain(m_nextPlain);
    m_nextPlain = 0;
    // Whatever was left out has its place in the tree by now. Where it has not, guard and parser do not read the same.
    const bool isWhole = m_guard.plain().empty() || viewOf(m_guard.plain().front()).data() >= m_input.data() + end;
    if ((isGood && isWhole) || m_failed)
        return;
    if (!isWhole)
        m_events.clear();
    m_failed = true;
    m_error = Error{Error::Kind::Protocol, QStringLiteral("not-well-formed"),
                    QStringLiteral("The stream is not well-formed XML: %1.")
                        .arg(QString::fromLatin1(XML_ErrorString(XML_GetErrorCode(m_parser))))};
}

/// Copies what was not parsed, up to `end`; gives how much that is. Of plain values the quotes are left, of plain texts
/// nothing: the parser judges the markup, and the rest comes straight from the bytes (takeText(), takeValues()).
size_t Reader::copyWithoutPlain(char *to, size_t end)
{
    const char *from = m_input.data() + m_parsed;
    char *at = to;
    const auto copy = [&](const char *until) {
        std::memcpy(at, from, size_t(until - from));
        at += until - from;
    };
    for (const Plain &plain : m_guard.plain()) {
        const std::string_view piece = viewOf(plain);
        if (piece.data() >= m_input.data() + end)
            break;
        copy(piece.data());
        from = piece.data() + piece.size();
    }
    copy(m_input.data() + end);
    return size_t(at - to);
}

std::string_view Reader::viewOf(const Plain &plain) const
{
    return m_input.view(m_guarded - size_t(m_guard.total() - plain.at), plain.size);
}

/// The next plain piece that belongs to the event at hand, or null.
const Plain *Reader::takePlain()
{
    const auto &plain = m_guard.plain();
    return m_nextPlain < plain.size() && plain[m_nextPlain].event == m_event ? &plain[m_nextPlain] : nullptr;
}

/// Adds the plain text before the tag at hand, if there is one.
void Reader::takeText()
{
    const Plain *const plain = takePlain();
    if (!plain || plain->attribute >= 0)
        return;
    ++m_nextPlain;
    characters(viewOf(*plain));
}

/// The values of the tag at hand: plain ones as they stand in the bytes, the others as the parser read them.
void Reader::takeValues(const char **attributes)
{
    m_values.clear();
    for (qint32 i = 0; attributes[2 * i]; ++i) {
        const Plain *const plain = takePlain();
        if (plain && plain->attribute == i) {
            m_values.push_back(viewOf(*plain));
            ++m_nextPlain;
        } else {
            m_values.emplace_back(attributes[2 * i + 1]);
        }
    }
}

void Reader::refuse(const char *condition, const QString &detail)
{
    if (m_failed)
        return;
    m_failed = true;
    m_error = Error{Error::Kind::Protocol, QString::fromLatin1(condition), detail};
    XML_StopParser(m_parser, XML_FALSE);
}

void Reader::newTree()
{
    m_draft.clear();
    ++m_treeNumber;
    m_open.clear();
    m_elements = 0;
    m_declarations = 0;
}

void Reader::emitTree(Kind kind)
{
    m_events.push_back({kind, Element(m_draft.finished(), 0)});
    if (m_draft.text.capacity() > keptScratch || m_draft.nodes.capacity() + m_draft.attributes.capacity() > keptNodes)
        m_draft = Draft();
    newTree();
}

void Reader::bind(std::string_view prefix, std::string_view uri)
{
    Binding binding;
    binding.at = quint32(m_bindingText.size());
    binding.prefixSize = quint32(prefix.size());
    binding.uriSize = quint32(uri.size());
    binding.depth = m_depth;
    binding.word = vocabulary::find(uri);
    m_bindingText.append(prefix);
    m_bindingText.append(uri);
    m_bindings.push_back(binding);
}

std::string_view Reader::prefixOf(const Binding &binding) const
{
    return m_bindingText.view(binding.at, binding.prefixSize);
}

std::string_view Reader::uriOf(const Binding &binding) const
{
    return m_bindingText.view(binding.at + binding.prefixSize, binding.uriSize);
}

/// The declaration in force; null where there is none.
Reader::Binding *Reader::find(std::string_view prefix)
{
    const auto found = std::find_if(m_bindings.rbegin(), m_bindings.rend(), [&](const Binding &binding) {
        return binding.prefixSize == prefix.size() && prefixOf(binding) == prefix;
    });
    return found == m_bindings.rend() ? nullptr : &*found;
}

Word Reader::wordFor(Binding &binding)
{
    if (binding.word >= vocabulary::count && binding.wordIn != m_treeNumber) {
        binding.word = m_draft.addUnknown(uriOf(binding));
        binding.wordIn = m_treeNumber;
    }
    return binding.word;
}

// Namespaces in XML 1.0, 3 and 4.
bool Reader::declareNamespaces(const char **attributes)
{
    for (size_t i = 0; i < m_values.size(); ++i) {
        const char *const name = attributes[2 * i];
        if (!isDeclaration(name))
            continue;
        const bool isPrefixed = name[5] == ':';
        const std::string_view prefix = isPrefixed ? std::string_view(name + 6) : std::string_view();
        const std::string_view uri = m_values[i];
        if ((isPrefixed && (!beginsName(prefix) || uri.empty() || prefix == "xmlns" || prefix.find(':') != prefix.npos))
            || uri == xmlnsNamespace || ((prefix == "xml") != (uri == xmlNamespace))) {
            refuse("bad-namespace-prefix",
                   QStringLiteral("The namespace declaration \"%1\" is not legal.").arg(QString::fromUtf8(name)));
            return false;
        }
        if (++m_declarations > m_limits.namespaces) {
            refuse("policy-violation",
                   QStringLiteral("More than %1 namespace declarations in force at once.").arg(m_limits.namespaces));
            return false;
        }
        bind(prefix, uri);
    }
    return true;
}

bool Reader::resolve(const char *qualified, bool isAttribute, Word &name, Word &ns)
{
    const std::string_view whole(qualified);
    name = vocabulary::find(whole);
    if (!vocabulary::isName(name)) { // else it has no colon
        if (const size_t colon = whole.find(':'); colon != whole.npos)
            return resolvePrefixed(whole, colon, name, ns);
        if (name == vocabulary::count)
            name = m_draft.addUnknown(whole);
    }
    if (isAttribute)
        return true; // an attribute without prefix has no namespace
    if (Binding *binding = find({}))
        ns = wordFor(*binding);
    return true;
}

bool Reader::resolvePrefixed(std::string_view qualified, size_t colon, Word &name, Word &ns)
{
    const std::string_view prefix = qualified.substr(0, colon);
    const std::string_view local = qualified.substr(colon + 1);
    const auto asText = [](std::string_view bytes) { return QString::fromUtf8(bytes.data(), qsizetype(bytes.size())); };
    if (prefix.empty() || !beginsName(local) || local.find(':') != local.npos) {
        refuse("bad-namespace-prefix", QStringLiteral("The name \"%1\" is not legal.").arg(asText(qualified)));
        return false;
    }
    Binding *const binding = find(prefix);
    if (!binding) {
        refuse("bad-namespace-prefix",
               QStringLiteral("The prefix \"%1\" is not bound to a namespace.").arg(asText(prefix)));
        return false;
    }
    name = m_draft.addWord(local);
    ns = wordFor(*binding);
    return true;
}

bool Reader::addAttributes(Node &node, const char **attributes)
{
    node.firstAttribute = quint32(m_draft.attributes.size());
    for (size_t k = 0; k < m_values.size(); ++k) {
        if (isDeclaration(attributes[2 * k]))
            continue;
        Attribute attribute;
        if (!resolve(attributes[2 * k], true, attribute.name, attribute.ns))
            return false;
        attribute.value = m_draft.add(m_values[k]);
        m_draft.attributes.push_back(attribute);
    }
    node.attributeCount = quint32(m_draft.attributes.size()) - node.firstAttribute;
    if (!hasTwins(m_draft, node.firstAttribute))
        return true;
    refuse("not-well-formed", QStringLiteral("An attribute stands twice in an element."));
    return false;
}

quint32 Reader::append(const Node &node)
{
    const auto index = quint32(m_draft.nodes.size());
    m_draft.nodes.push_back(node);
    if (!m_open.empty()) {
        Open &parent = m_open.back();
        if (parent.lastChild == none)
            m_draft.nodes[parent.node].hasChildren = 1;
        else
            m_draft.nodes[parent.lastChild].nextSibling = index;
        parent.lastChild = index;
    }
    return index;
}

void Reader::startElement(const char *name, const char **attributes)
{
    if (m_failed)
        return;
    takeText();
    takeValues(attributes);
    ++m_event;
    ++m_depth;
    if (m_depth - 1 > m_limits.depth) {
        refuse("policy-violation", QStringLiteral("Elements are nested deeper than %1.").arg(m_limits.depth));
        return;
    }
    if (++m_elements > m_limits.elements) {
        refuse("policy-violation",
               QStringLiteral("An element has more than %1 children in all.").arg(m_limits.elements));
        return;
    }
    Node node;
    if (!declareNamespaces(attributes) || !resolve(name, false, node.name, node.ns) || !addAttributes(node, attributes))
        return;
    // RFC 6120 4.2: one header a stream. A second one would swallow all that follows, for it never ends.
    if (m_depth == 2 && m_draft.word(node.name) == "stream"
        && m_draft.word(node.ns) == "http://etherx.jabber.org/streams") {
        refuse("bad-format", QStringLiteral("A second stream header came inside the stream."));
        return;
    }
    const quint32 index = append(node);
    if (m_depth > 1) {
        m_open.push_back({index, none});
        return;
    }
    m_root = name;
    emitTree(Kind::Opened);
}

void Reader::endElement()
{
    if (m_failed)
        return;
    takeText();
    ++m_event;
    while (m_bindings.back().depth == m_depth) {
        m_bindingText.truncate(m_bindings.back().at);
        m_bindings.pop_back();
        --m_declarations;
    }
    --m_depth;
    if (m_depth == 0) {
        m_events.push_back({Kind::Closed, {}});
        return;
    }
    m_open.pop_back();
    if (m_open.empty())
        emitTree(Kind::Element);
}

void Reader::characters(std::string_view text)
{
    if (m_failed || m_open.empty())
        return; // between stanzas: white space keep-alive (RFC 6120 4.6.1), or what RFC 6120 11.4 lets us ignore
    // The parser cuts runs at references and lines.
    const quint32 last = m_open.back().lastChild;
    if (last == none || !m_draft.lengthen(m_draft.nodes[last], text))
        append(Node::ofText(m_draft.add(text)));
}

} // namespace xml
