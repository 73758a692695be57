// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/reader.h"

#include <QList>
#include <QRandomGenerator>
#include <QString>
#include <QStringList>

class QDomElement;

namespace tests {

/// `element` in a form that shows names, namespaces, attributes (sorted), text and order, and no prefixes:
/// `{ns}name @{ns}a=v ( "text" {ns}child () )`.
QString dump(const xml::Element &element);
/// The same of Qt's tree.
QString dump(const QDomElement &element);

/// What a reader made of a document.
struct Outcome {
    QStringList events; ///< "open ...", "element ...", "close"
    QString error;      ///< The condition, or null.
    bool hasUnread = false;

    friend bool operator==(const Outcome &, const Outcome &) = default;
};
/// Feeds `document` in pieces of `chunk` bytes (0: whole) and takes all events after each piece.
Outcome readAll(const QByteArray &document, int chunk, const xml::Limits &limits = {});
/// The same with pieces of any size.
Outcome readPieces(const QList<QByteArray> &pieces, const xml::Limits &limits = {});
char *toString(const Outcome &outcome);

/// A tree of about `size` nodes with every kind of content: namespaces, prefixed attributes, text that needs escaping.
/// Without `whiteSpace` no text is blank alone: Qt's tree drops such text.
xml::Element randomTree(QRandomGenerator &random, int size, bool whiteSpace = true);

} // namespace tests
