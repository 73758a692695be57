// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/composertools.h"

#include "ui/chat/commandhelpdialog.h"
#include "ui/chat/composer.h"
#include "ui/emoji/emojipicker.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/panels.h"
#include "ui/widgets/plaintext.h"

#include <QEvent>

namespace ui {

ComposerTools::ComposerTools(Composer &composer, EmojiBook &book)
    : QObject(&composer), m_composer(composer), m_book(book), m_codes(book, *composer.edit()),
      m_button(new IconButton(Icon::Emoji, tr("Insert an emoji"), &composer)), m_note(new Banner(&composer)),
      m_completions(new CompletionPopup(composer.edit()))
{
    m_button->setObjectName(QStringLiteral("emojiButton"));
    m_button->setWords(tr("Insert an emoji"), QKeySequence(Qt::CTRL | Qt::Key_E));
    composer.addTrailing(m_button);
    m_note->setObjectName(QStringLiteral("commandNote"));
    m_note->setClosable(true);
    m_completions->addSource([this](const QTextCursor &cursor) {
        // Another text for a message is text.
        return m_composer.editKey() == 0 ? commandCompletions(cursor) : Completions{};
    });
    m_completions->addSource([this](const QTextCursor &cursor) { return m_codes.completions(cursor); });
    connect(m_completions, &CompletionPopup::taken, this, [this](const QString &inserted) {
        if (m_book.set().indexOf(inserted) >= 0)
            m_book.recent().use(inserted);
    });
    connect(m_button, &QAbstractButton::clicked, this, &ComposerTools::toggleEmoji);
    connect(m_note, &Banner::actionTriggered, this, [this] {
        m_asText = true;
        m_composer.send();
        m_asText = false;
        m_composer.focusText();
    });
    connect(m_note, &Banner::closed, &composer, &Composer::focusText);
    connect(composer.edit(), &QTextEdit::textChanged, m_note, &QWidget::hide);
    composer.installEventFilter(this);
}

ComposerTools::~ComposerTools()
{
    // They lie in the window, which lives on.
    delete m_picker;
    delete m_completions;
}

EmojiPicker *ComposerTools::picker() const
{
    return m_picker;
}

void ComposerTools::open(const QRect &anchor, const QString &purpose)
{
    // A chat may have come into another window.
    if (m_picker && m_picker->parentWidget() != m_composer.window())
        delete m_picker;
    if (!m_picker) {
        m_picker = new EmojiPicker(m_book, m_composer.window());
        connect(m_picker, &EmojiPicker::picked, this, &ComposerTools::picked);
    }
    m_picker->open(anchor, purpose);
}

void ComposerTools::toggleEmoji()
{
    if (m_picker && m_picker->isVisible())
        return m_picker->close();
    m_reactsTo = 0;
    // The keyboard comes back to the text, wherever it was.
    m_composer.focusText();
    open({m_button->mapTo(m_composer.window(), QPoint(0, 0)), m_button->size()}, tr("Insert an emoji"));
}

void ComposerTools::pickReaction(qint64 key, const QPoint &near)
{
    m_reactsTo = key;
    open({m_composer.window()->mapFromGlobal(near), QSize(1, 1)}, tr("React with an emoji"));
}

void ComposerTools::picked(const QString &sign)
{
    if (m_reactsTo != 0) {
        Q_EMIT reactionPicked(m_reactsTo, sign);
        return;
    }
    m_composer.edit()->textCursor().insertText(sign);
    m_composer.edit()->ensureCursorVisible();
}

void ComposerTools::complain(const QString &sentence, bool canBeText)
{
    m_composer.rejected();
    m_note->tell(Banner::Kind::Warning, Icon::Warning, sentence, canBeText ? tr("Send as Text") : QString());
}

std::optional<QString> ComposerTools::textToSend(const QString &text)
{
    if (m_asText)
        return text;
    const Command command = readCommand(text);
    const QString name = isolated(u'/' + command.name);
    switch (command.kind) {
    case Command::Kind::Text: return command.text;
    case Command::Kind::Unknown:
        //: %1 is what was typed, as in "/dance".
        complain(tr("There is no command %1. /help lists those that there are.").arg(name), true);
        return {};
    case Command::Kind::Missing:
        //: %1 is a command, as in "/search".
        complain(tr("Something must follow %1. /help says what.").arg(name), true);
        return {};
    case Command::Kind::Help:
        m_composer.accepted();
        (new CommandHelpDialog(m_composer.window()))->open();
        return {};
    case Command::Kind::Status:
    case Command::Kind::Search: break;
    }
    m_composer.accepted();
    Q_EMIT commandGiven(command);
    return {};
}

bool ComposerTools::eventFilter(QObject *watched, QEvent *event)
{
    // Another chat comes: what is open here was for this one.
    if (watched == &m_composer && event->type() == QEvent::Hide && m_picker)
        m_picker->close();
    return QObject::eventFilter(watched, event);
}

} // namespace ui
