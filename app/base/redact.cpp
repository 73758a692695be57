// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redact.h"

#include <algorithm>

namespace base {
namespace {

// No regular expressions: what is looked at is chosen by peers, and an expression that gives up on it would let the
// secret through. Each pass goes over the text once.

constexpr QLatin1String secretElements[] = {
    QLatin1String("auth"),
    QLatin1String("response"),
    QLatin1String("challenge"),
    QLatin1String("success"),
    QLatin1String("password"),
    QLatin1String("initial-response"),
    QLatin1String("additional-data"),
    QLatin1String("token"),
    QLatin1String("hash-token"),
    QLatin1String("body"),
    QLatin1String("subject"),
    QLatin1String("next"),
    QLatin1String("key"),
    QLatin1String("payload"),
    QLatin1String("rc"),
    QLatin1String("rsa"),
    QLatin1String("pubkey"),
    QLatin1String("value"),
    QLatin1String("secretkey"),
};
/// Names of attributes and fields that end with one of these hide their value.
constexpr QLatin1String secretEndings[] = {
    QLatin1String("password"), QLatin1String("passwd"),        QLatin1String("passphrase"), QLatin1String("token"),
    QLatin1String("secret"),   QLatin1String("authorization"), QLatin1String("cookie"),     QLatin1String("apikey"),
    QLatin1String("api_key"),  QLatin1String("api-key"),
};
/// These hide a value in quotes only: as plain words they are too common.
constexpr QLatin1String textNames[] = {QLatin1String("body"), QLatin1String("subject")};

QString blank()
{
    return QStringLiteral("[…]");
}

bool isNameChar(QChar c)
{
    return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.';
}

qsizetype endOfName(QStringView text, qsizetype at)
{
    while (at < text.size() && isNameChar(text[at]))
        ++at;
    return at;
}

/// The place behind the '>' of the tag whose '<' stands before `at`; the text's end where it has none.
qsizetype endOfTag(QStringView text, qsizetype at)
{
    QChar quote;
    for (; at < text.size(); ++at) {
        const QChar c = text[at];
        if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
        } else if (c == u'\'' || c == u'"') {
            quote = c;
        } else if (c == u'>') {
            return at + 1;
        }
    }
    return at;
}

/// Where the end tag of the element `name` begins whose content begins at `at`; the text's end where it is cut off.
qsizetype endOfContent(QStringView text, QStringView name, qsizetype at)
{
    int depth = 0;
    while ((at = text.indexOf(u'<', at)) >= 0) {
        const QStringView rest = text.mid(at);
        if (rest.startsWith(u"<![CDATA[")) {
            const qsizetype end = text.indexOf(u"]]>", at);
            if (end < 0)
                return text.size();
            at = end;
            continue;
        }
        const bool closes = rest.startsWith(u"</");
        const qsizetype from = at + (closes ? 2 : 1);
        const bool same = text.mid(from).startsWith(name, Qt::CaseInsensitive)
            && (from + name.size() >= text.size()
                || !(isNameChar(text[from + name.size()]) || text[from + name.size()] == u':'));
        if (same && closes && depth-- == 0)
            return at;
        if (same && !closes) {
            const qsizetype end = endOfTag(text, from);
            if (text[end - 1] != u'>' || text[end - 2] != u'/')
                ++depth;
            at = end;
        } else {
            at = from;
        }
    }
    return text.size();
}

bool isSecretElement(QStringView qualified)
{
    const QStringView local = qualified.mid(qualified.indexOf(u':') + 1);
    return std::any_of(std::begin(secretElements), std::end(secretElements), [&](QLatin1String name) {
        return local.size() == name.size() && local.compare(name, Qt::CaseInsensitive) == 0;
    });
}

QString withoutContents(const QString &text)
{
    QString result;
    qsizetype copied = 0;
    qsizetype at = 0;
    while ((at = text.indexOf(u'<', at)) >= 0) {
        const qsizetype begin = at + 1;
        at = endOfName(text, begin);
        if (at < text.size() && text[at] == u':')
            at = endOfName(text, at + 1);
        const QStringView name = QStringView(text).mid(begin, at - begin);
        if (!isSecretElement(name))
            continue;
        const qsizetype content = endOfTag(text, at);
        at = content;
        if (text[content - 1] != u'>' || text[content - 2] == u'/')
            continue; // cut off, or empty
        const qsizetype end = endOfContent(text, name, content);
        if (end == content)
            continue;
        result += QStringView(text).mid(copied, content - copied);
        result += blank();
        copied = at = end;
    }
    result += QStringView(text).mid(copied);
    return result;
}

/// Behind the value that begins at `at`. `rest`: the whole line is the value where it is not quoted.
qsizetype endOfValue(QStringView text, qsizetype at, bool rest)
{
    if (at >= text.size())
        return at;
    const QChar quote = text[at];
    if (quote == u'"' || quote == u'\'') {
        for (++at; at < text.size(); ++at) {
            if (text[at] == u'\\')
                ++at;
            else if (text[at] == quote)
                return at + 1;
        }
        return text.size();
    }
    const QStringView ends = rest ? QStringView(u"\r\n\"'") : QStringView(u" \t\r\n,;&}>\"'");
    while (at < text.size() && !ends.contains(text[at]))
        ++at;
    return at;
}

QString withoutValues(const QString &text)
{
    const auto endsWith = [](QStringView name, const auto &list) {
        return std::any_of(std::begin(list), std::end(list),
                           [&](QLatin1String word) { return name.endsWith(word, Qt::CaseInsensitive); });
    };
    QString result;
    qsizetype copied = 0;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = endOfName(text, at);
        if (end == at) {
            ++at;
            continue;
        }
        const QStringView name = QStringView(text).mid(at, end - at);
        at = end;
        const bool secret = endsWith(name, secretEndings);
        if (!secret && !endsWith(name, textNames))
            continue;
        qsizetype value = end;
        const auto skipBlanks = [&] {
            while (value < text.size() && (text[value] == u' ' || text[value] == u'\t'))
                ++value;
        };
        if (value < text.size() && (text[value] == u'"' || text[value] == u'\''))
            ++value; // the name itself is quoted, as in JSON
        skipBlanks();
        if (value >= text.size() || (text[value] != u'=' && text[value] != u':'))
            continue;
        ++value;
        skipBlanks();
        if (!secret && !(value < text.size() && (text[value] == u'"' || text[value] == u'\'')))
            continue;
        // A header's value has a scheme, or several parts: all of it goes.
        const bool header = name.endsWith(QLatin1String("authorization"), Qt::CaseInsensitive)
            || name.endsWith(QLatin1String("cookie"), Qt::CaseInsensitive);
        at = endOfValue(text, value, header);
        if (at == value)
            continue;
        result += QStringView(text).mid(copied, value - copied);
        result += blank();
        copied = at;
    }
    result += QStringView(text).mid(copied);
    return result;
}

} // namespace

QString redacted(const QString &text)
{
    return withoutValues(withoutContents(text));
}

} // namespace base
