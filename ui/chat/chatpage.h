// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/timelinemodel.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QMimeData;

namespace ui {

class Banner;
class ChatHeader;
class Composer;
class ComposerTools;
class DateJump;
class EmojiBook;
class FileActions;
class FindBar;
class Pictures;
class SendFilesDialog;
class TimelineView;
struct Command;
struct Outgoing;

/// One conversation on screen: header, timeline, composer. A message goes to the disk first, and only then the composer
/// empties.
class ChatPage : public QWidget
{
    Q_OBJECT
public:
    /// `profile` and `pictures` outlive the page.
    ChatPage(chat::Profile &profile, Pictures &pictures, qint64 conversation, QWidget *parent = nullptr);
    ~ChatPage() override;

    qint64 conversation() const { return m_conversation; }
    ChatHeader *header() const { return m_header; }
    TimelineView *timeline() const { return m_view; }
    Composer *composer() const { return m_composer; }
    FindBar *findBar() const { return m_find; }
    /// Null before setEmoji().
    ComposerTools *tools() const { return m_tools; }

    /// Gives the composer its tools: emoji and commands. Once; `book` outlives the page.
    void setEmoji(EmojiBook &book);
    /// Opens the emoji picker for the text, or closes it.
    void toggleEmoji();

    /// Whether a person looks at it now: what shows then is read.
    void setSeen(bool seen);
    /// The page comes to the front: what came meanwhile stands under the "new messages" line.
    void prepare();
    void focusComposer();
    /// Goes to a message, with the keyboard.
    void showMessage(qint64 key);
    /// Opens the bar that finds a text in this chat.
    void openFind();
    /// The next older, or newer, message that has it; opens the bar where it is closed.
    void findNext(bool older);
    /// Asks for files to send.
    void chooseFiles();
    /// Asks how to send these files of this computer.
    void offerFiles(const QStringList &paths);
    /// Asks for a day to go to.
    void askForDate();
    /// The chat is being taken away: nothing of it may be touched any more.
    void abandon();

Q_SIGNALS:
    void backRequested();
    void menuRequested(const QPoint &globalPosition);
    /// An xmpp: link was clicked.
    void addressActivated(const QString &uri);
    /// A message is to go to another chat: whose it is and what it says, as it goes there.
    void forwardRequested(qint64 key, const QString &head, const QString &body);
    /// A command that is not this chat's to do.
    void commandGiven(const Command &command);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void connectAll();
    const model::TimelineRow *rowOf(qint64 key) const;
    void startReply(qint64 key);
    void startEdit(qint64 key);
    void startForward(qint64 key);
    const store::Conversation *chat() const;
    chat::Account *account() const;
    // chatfiles.cpp
    void connectFiles();
    void takeData(const QMimeData &data);
    SendFilesDialog *askToSend();
    void viewPicture(qint64 key, qint64 file);
    Task<void> sendFiles(QPointer<SendFilesDialog> dialog);
    Task<Result<QString>> pathFor(Outgoing file, int edge);
    Task<void> send(QString text);
    void tellStored(const Error *trouble);
    Task<void> correct(qint64 key, QString text);
    Task<void> retract(qint64 key);
    Task<void> react(qint64 key, QString sign);
    void reactWith(qint64 key, const QString &sign);
    Task<void> retry(qint64 key);
    Task<void> discard(qint64 key);
    Task<void> erase(qint64 key);
    Task<void> forward(QString text);
    Task<void> keepDraft(QString text);
    Task<void> markRead(qint64 key);
    void markSeenRead();
    void tellTyping(bool active);
    void openLink(const QUrl &url);
    void goBack();
    void complain(const QString &sentence);

    chat::Profile &m_profile;
    Pictures &m_pictures;
    qint64 m_conversation;
    ChatHeader *m_header;
    FindBar *m_find;
    DateJump *m_dates;
    Banner *m_problem;
    TimelineView *m_view;
    Composer *m_composer;
    FileActions *m_files;
    std::unique_ptr<Worker> m_encoding; ///< Of pictures from the clipboard; made when it is needed.
    ComposerTools *m_tools = nullptr;
    std::unique_ptr<model::TimelineModel> m_timeline;
    bool m_seen = false;
    bool m_abandoned = false;
    qint64 m_newestShown = 0;
    qint64 m_markedRead = 0;
    Scope m_scope;
};

} // namespace ui
