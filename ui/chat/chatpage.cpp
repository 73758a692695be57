// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatpage.h"

#include "chat/outbox.h"
#include "ui/chat/chatheader.h"
#include "ui/chat/composer.h"
#include "ui/chat/composertools.h"
#include "ui/chat/datejump.h"
#include "ui/chat/fileactions.h"
#include "ui/chat/findbar.h"
#include "ui/chat/rowreactions.h"
#include "ui/chat/timelineview.h"
#include "ui/errortext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/panels.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/textprompt.h"

#include <QDesktopServices>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

ChatPage::ChatPage(chat::Profile &profile, Pictures &pictures, qint64 conversation, QWidget *parent)
    : QWidget(parent), m_profile(profile), m_pictures(pictures), m_conversation(conversation),
      m_header(new ChatHeader(profile, conversation, this)), m_find(new FindBar(profile, conversation, this)),
      m_dates(new DateJump(profile, conversation, this)), m_problem(new Banner(this)), m_view(new TimelineView(this)),
      m_composer(new Composer(this)), m_files(new FileActions(this))
{
    setObjectName(QStringLiteral("chatPage"));
    m_view->setObjectName(QStringLiteral("timeline"));
    m_composer->setObjectName(QStringLiteral("composer"));
    m_composer->edit()->setObjectName(QStringLiteral("composerEdit"));
    m_problem->setObjectName(QStringLiteral("chatProblem"));
    m_problem->setClosable(true);
    m_view->setShowAuthors(false);
    m_view->setPictures(&pictures);
    m_view->setChangesEnabled(true);
    m_view->setErrorText([](const Error &error) { return errorText(error); });
    m_view->setFrameShape(QFrame::NoFrame);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_find);
    column->addWidget(m_view, 1);
    column->addWidget(m_problem);
    column->addWidget(m_composer);
    if (const store::Conversation *row = chat())
        m_composer->setText(row->draft);
    connectAll();
    connectFiles();
    prepare();
}

ChatPage::~ChatPage()
{
    m_view->setTimeline(nullptr);
}

void ChatPage::connectAll()
{
    connect(m_header, &ChatHeader::backRequested, this, &ChatPage::backRequested);
    connect(m_header, &ChatHeader::menuRequested, this, &ChatPage::menuRequested);
    connect(m_header, &ChatHeader::findRequested, this, &ChatPage::openFind);
    connect(m_find, &FindBar::moved, m_view, &TimelineView::showMessage);
    connect(m_find, &FindBar::phrasesChanged, m_view, &TimelineView::setMarked);
    connect(m_find, &FindBar::dateRequested, this, &ChatPage::askForDate);
    connect(m_dates, &DateJump::found, this, &ChatPage::showMessage);
    connect(m_find, &FindBar::closed, this, &ChatPage::focusComposer);
    connect(m_composer, &Composer::sendRequested, this, [this](const QString &text) {
        if (const qint64 edited = m_composer->editKey()) {
            m_scope.run(correct(edited, text));
            return;
        }
        if (m_composer->forwardKey() != 0) {
            m_scope.run(forward(text));
            return;
        }
        const std::optional<QString> toSend = m_tools ? m_tools->textToSend(text) : text;
        if (toSend)
            m_scope.run(send(*toSend));
    });
    connect(m_composer, &Composer::draftChanged, this, [this](const QString &text) {
        if (!m_abandoned)
            m_scope.run(keepDraft(text));
    });
    connect(m_composer, &Composer::typing, this, &ChatPage::tellTyping);
    connect(m_composer, &Composer::scrollKeyPressed, m_view, &TimelineView::scrollByKey);
    connect(m_composer, &Composer::escapePressed, this, &ChatPage::goBack);
    connect(m_composer, &Composer::editLastRequested, m_view, &TimelineView::editLast);
    connect(m_view, &TimelineView::replyRequested, this, &ChatPage::startReply);
    connect(m_view, &TimelineView::editRequested, this, &ChatPage::startEdit);
    connect(m_view, &TimelineView::forwardRequested, this, &ChatPage::startForward);
    connect(m_view, &TimelineView::retractRequested, this, [this](qint64 key) { m_scope.run(retract(key)); });
    connect(m_view, &TimelineView::reactionToggled, this,
            [this](qint64 key, const QString &sign) { m_scope.run(react(key, sign)); });
    connect(m_view, &TimelineView::retryRequested, this, [this](qint64 key) { m_scope.run(retry(key)); });
    connect(m_view, &TimelineView::deleteRequested, this, [this](qint64 key) { m_scope.run(discard(key)); });
    connect(m_view, &TimelineView::eraseRequested, this, [this](qint64 key) { m_scope.run(erase(key)); });
    connect(&m_profile.conversations(), &chat::Conversations::cleared, this, [this](qint64 id) {
        if (id != m_conversation || m_abandoned)
            return;
        m_composer->leave();
        m_composer->setText({}); // the draft goes with the rest
    });
    connect(m_view, &TimelineView::linkActivated, this, &ChatPage::openLink);
    connect(m_view, &TimelineView::shownChanged, this, [this](qint64, qint64 newest) {
        m_newestShown = newest;
        markSeenRead();
    });
}

void ChatPage::setEmoji(EmojiBook &book)
{
    m_tools = new ComposerTools(*m_composer, book);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->insertWidget(column->indexOf(m_composer), m_tools->note());
    connect(m_tools, &ComposerTools::commandGiven, this, &ChatPage::commandGiven);
    connect(m_tools, &ComposerTools::reactionPicked, this, &ChatPage::reactWith);
    connect(m_view, &TimelineView::moreReactionsRequested, m_tools, &ComposerTools::pickReaction);
}

void ChatPage::toggleEmoji()
{
    if (m_tools)
        m_tools->toggleEmoji();
}

const store::Conversation *ChatPage::chat() const
{
    return m_profile.conversations().find(m_conversation);
}

chat::Account *ChatPage::account() const
{
    const store::Conversation *row = m_abandoned ? nullptr : chat();
    return row ? m_profile.accounts().find(row->account) : nullptr;
}

void ChatPage::abandon()
{
    m_abandoned = true;
    m_scope.cancel();
    m_view->setTimeline(nullptr);
    m_timeline.reset();
}

void ChatPage::prepare()
{
    const store::Conversation *row = chat();
    if (!row || (m_timeline && row->unread == 0))
        return;
    m_view->setTimeline(nullptr);
    m_newestShown = 0;
    m_timeline = std::make_unique<model::TimelineModel>(m_profile, m_conversation);
    connect(m_timeline.get(), &model::TimelineModel::failed, this,
            [this](const Error &error) { complain(errorText(error)); });
    m_view->setEmptyText(tr("No messages yet. Say hello!"));
    m_view->setTimeline(m_timeline.get());
}

void ChatPage::focusComposer()
{
    m_composer->focusText();
}

void ChatPage::showMessage(qint64 key)
{
    m_view->setFocus(Qt::OtherFocusReason);
    m_view->showMessage(key);
}

void ChatPage::openFind()
{
    // From what is seen backwards, unless that is the end.
    const auto &shown = m_view->shown();
    m_find->open(m_view->isAtLatest() || shown.isEmpty() ? 0 : shown.constLast().key);
}

void ChatPage::findNext(bool older)
{
    if (!m_find->isOpen())
        openFind();
    else if (older)
        m_find->goOlder();
    else
        m_find->goNewer();
}

void ChatPage::askForDate()
{
    m_dates->ask();
}

void ChatPage::setSeen(bool seen)
{
    m_seen = seen;
    if (seen)
        markSeenRead();
}

void ChatPage::markSeenRead()
{
    const store::Conversation *row = chat();
    if (!m_seen || m_abandoned || !row || row->unread == 0 || m_newestShown <= std::max(row->readKey, m_markedRead))
        return;
    m_markedRead = m_newestShown;
    m_scope.run(markRead(m_newestShown));
}

Task<void> ChatPage::markRead(qint64 key)
{
    auto marking = m_profile.conversations().markRead(m_conversation, key);
    const auto done = co_await std::move(marking);
    if (!done)
        m_markedRead = 0; // tried again with the next message
}

const model::TimelineRow *ChatPage::rowOf(qint64 key) const
{
    const int index = m_timeline ? m_timeline->indexOf(key) : -1;
    return index < 0 ? nullptr : &m_timeline->row(index);
}

void ChatPage::startReply(qint64 key)
{
    if (const model::TimelineRow *source = rowOf(key))
        m_composer->startReply(key, source->authorName, source->body);
}

void ChatPage::startEdit(qint64 key)
{
    if (const model::TimelineRow *source = rowOf(key))
        m_composer->startEdit(key, source->body);
}

void ChatPage::startForward(qint64 key)
{
    const model::TimelineRow *source = rowOf(key);
    if (!source)
        return;
    const QString time = QLocale().toString(source->time.toLocalTime(), QLocale::ShortFormat);
    //: Stands above a message that is passed on to others: %1 is who wrote it, %2 when.
    const QString head = tr("Forwarded from %1, %2:").arg(singleLine(source->authorName), time);
    Q_EMIT forwardRequested(key, head, source->body);
}

/// The message of another chat goes to this one, below what was written here.
Task<void> ChatPage::forward(QString text)
{
    const store::Conversation *row = chat();
    chat::Account *from = account();
    if (!row || !from) {
        m_composer->rejected();
        co_return;
    }
    chat::Outbox::Forward what;
    what.to = row->peer;
    what.key = m_composer->forwardKey();
    what.comment = text;
    what.head = m_composer->forwardHead();
    auto forwarding = from->outbox().forward(what);
    const auto stored = co_await std::move(forwarding);
    tellStored(stored ? nullptr : &stored.error());
}

/// The composer's text is on disk, or stays where it is.
void ChatPage::tellStored(const Error *trouble)
{
    if (!trouble) {
        m_problem->hide();
        m_composer->accepted();
        m_view->showLatest();
    } else {
        m_composer->rejected();
        complain(errorText(*trouble));
    }
}

void ChatPage::keyPressEvent(QKeyEvent *event)
{
    // In the messages, where nothing there takes it.
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        goBack();
        return;
    }
    if (event->key() != Qt::Key_R || event->modifiers() != Qt::ControlModifier)
        return QWidget::keyPressEvent(event);
    m_view->replyToCurrent();
}

Task<void> ChatPage::send(QString text)
{
    const store::Conversation *row = chat();
    chat::Account *from = account();
    if (!row || !from) {
        m_composer->rejected();
        co_return;
    }
    chat::Outbox::Draft draft;
    draft.to = row->peer;
    draft.body = text;
    draft.replyTo = m_composer->replyKey();
    auto sending = from->outbox().send(draft);
    const auto stored = co_await std::move(sending);
    tellStored(stored ? nullptr : &stored.error());
}

Task<void> ChatPage::correct(qint64 key, QString text)
{
    chat::Account *from = account();
    if (!from) {
        m_composer->rejected();
        co_return;
    }
    auto correcting = from->outbox().correct(key, text);
    const auto done = co_await std::move(correcting);
    if (done) {
        m_problem->hide();
        m_composer->accepted();
    } else {
        m_composer->rejected();
        complain(errorText(done.error()));
    }
}

Task<void> ChatPage::retract(qint64 key)
{
    chat::Account *from = account();
    if (!from)
        co_return;
    auto retracting = from->outbox().retract(key);
    const auto done = co_await std::move(retracting);
    if (!done)
        complain(errorText(done.error()));
}

/// Gives a reaction, or takes it back where it is given.
Task<void> ChatPage::react(qint64 key, QString sign)
{
    chat::Account *from = account();
    const model::TimelineRow *row = rowOf(key);
    if (!from || !row)
        co_return;
    const bool isGiven = std::any_of(row->reactions.cbegin(), row->reactions.cend(),
                                     [&sign](const auto &reaction) { return reaction.own && reaction.text == sign; });
    auto reacting = from->outbox().react(key, sign, !isGiven);
    const auto done = co_await std::move(reacting);
    if (!done)
        complain(errorText(done.error()));
}

/// Picked from all: it may be there already in another form, with or without a variation selector.
void ChatPage::reactWith(qint64 key, const QString &sign)
{
    const model::TimelineRow *row = rowOf(key);
    if (!row)
        return;
    const auto given = std::find_if(row->reactions.cbegin(), row->reactions.cend(),
                                    [&sign](const auto &reaction) { return isSameSign(reaction.text, sign); });
    m_scope.run(react(key, given == row->reactions.cend() ? sign : given->text));
}

Task<void> ChatPage::retry(qint64 key)
{
    chat::Account *from = account();
    if (!from)
        co_return;
    auto retrying = from->outbox().retry(key);
    const auto done = co_await std::move(retrying);
    if (!done)
        complain(errorText(done.error()));
}

Task<void> ChatPage::discard(qint64 key)
{
    chat::Account *from = account();
    if (!from)
        co_return;
    auto discarding = from->outbox().discard(key);
    const auto done = co_await std::move(discarding);
    if (!done)
        complain(errorText(done.error()));
}

/// On this computer alone.
Task<void> ChatPage::erase(qint64 key)
{
    auto erasing = m_profile.eraser().eraseMessage(key);
    const auto done = co_await std::move(erasing);
    if (!done)
        complain(errorText(done.error()));
}

Task<void> ChatPage::keepDraft(QString text)
{
    auto keeping = m_profile.conversations().setDraft(m_conversation, text);
    const auto done = co_await std::move(keeping);
    if (!done)
        complain(errorText(done.error()));
}

void ChatPage::tellTyping(bool active)
{
    const store::Conversation *row = chat();
    if (chat::Account *from = account(); from && row)
        from->extensions().states.set(row->peer,
                                      active ? xep::ChatStates::State::Composing : xep::ChatStates::State::Paused);
}

void ChatPage::openLink(const QUrl &url)
{
    const QString scheme = url.scheme();
    if (scheme == u"xmpp") {
        Q_EMIT addressActivated(url.toString(QUrl::FullyEncoded));
        return;
    }
    if (scheme == u"http" || scheme == u"https") {
        QDesktopServices::openUrl(url);
        return;
    }
    auto *question = new Confirmation(tr("Open this address in another program?"), isolated(url.toDisplayString()),
                                      tr("Open"), false, window());
    connect(question, &Confirmation::confirmed, this, [url] { QDesktopServices::openUrl(url); });
    question->open();
}

/// Escape, one step: out of the search, to the newest message, then back to the list.
void ChatPage::goBack()
{
    if (m_find->isOpen())
        m_find->close();
    else if (!m_view->isAtLatest())
        m_view->showLatest();
    else
        Q_EMIT backRequested();
}

void ChatPage::complain(const QString &sentence)
{
    m_problem->tell(Banner::Kind::Problem, Icon::Alert, sentence);
}

} // namespace ui
