// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/completionpopup.h"
#include "xmpp/presence.h"

#include <QStringList>

#include <optional>

namespace ui {

/// What was typed into the composer, read as a command where it is one.
struct Command {
    enum class Kind {
        Text,    ///< No command: `text` is sent.
        Status,  ///< The presence becomes `show`, and its words `text`, as far as they are given.
        Search,  ///< `text` is searched for in all messages.
        Help,    ///< Tells which commands there are.
        Unknown, ///< It looks like one, and is none: `name`.
        Missing, ///< Nothing stands behind `name`, which needs something.
    };

    Kind kind = Kind::Text;
    QString name; ///< Without the slash, in lower case.
    QString text;
    std::optional<xmpp::Presence::Show> show;
};

/// Reads a text to send: `/name words`; `//` is a literal slash; `/me` is text (XEP-0245), and so is what only begins with a
/// slash, as a path does.
Command readCommand(const QString &text);

/// One line of the help.
struct CommandHelp {
    QString usage; ///< As it is typed: "/search words".
    QString text;  ///< What it does, as a sentence.
};
QList<CommandHelp> commandHelp();

/// Commands for what is being typed at the beginning of the text, for a CompletionPopup.
Completions commandCompletions(const QTextCursor &cursor);

} // namespace ui
