// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a message offers: its menu, its tooltips, and what can be done about it.
#include "ui/chat/filewords.h"
#include "ui/chat/messagedetails.h"
#include "ui/chat/timelineview.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/textprompt.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QMetaMethod>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace ui {

namespace {

const QKeySequence detailsKey(Qt::ALT | Qt::Key_Return);
const QKeySequence replyKeys(Qt::CTRL | Qt::Key_R);
const QKeySequence forwardKeys(Qt::CTRL | Qt::SHIFT | Qt::Key_R);
const QKeySequence eraseKeys(Qt::SHIFT | Qt::Key_Delete);

/// Reactions of others that the menu offers beside the common ones.
constexpr int mostOffered = 12;

/// The reactions that the menu always has, with their names.
struct CommonReaction {
    const char16_t *sign;
    const char *name;
};
constexpr std::array<CommonReaction, 6> commonReactions{{
    {u"\U0001F44D", QT_TRANSLATE_NOOP("ui::TimelineView", "Thumbs Up")},
    {u"\u2764\uFE0F", QT_TRANSLATE_NOOP("ui::TimelineView", "Heart")},
    {u"\U0001F602", QT_TRANSLATE_NOOP("ui::TimelineView", "Laughing")},
    {u"\U0001F62E", QT_TRANSLATE_NOOP("ui::TimelineView", "Surprised")},
    {u"\U0001F622", QT_TRANSLATE_NOOP("ui::TimelineView", "Sad")},
    {u"\U0001F64F", QT_TRANSLATE_NOOP("ui::TimelineView", "Folded Hands")},
}};

QString reactionTip(const model::RowReaction &reaction)
{
    //: Who reacted to a message: %1 is the reaction, %2 a list of names, as in "👍: Juliet and you".
    return TimelineView::tr("%1: %2", "reaction and names")
        .arg(isolated(singleLine(reaction.text.left(64))), reactionNames(reaction));
}

/// The name of a file and what is known of it; nothing where `index` is none of the row's.
QString fileTip(const model::TimelineRow &row, int index)
{
    if (index < 0 || index >= row.files.size())
        return {};
    const model::RowFile &file = row.files.at(index);
    return fileNameText(file) + u'\n' + fileNote(file, -1, {});
}

/// A message that somebody could want to answer or react to.
bool isOpenToOthers(const model::TimelineRow &row)
{
    return !row.retracted && row.delivery != model::Delivery::Failed;
}

bool isOpenToChange(const model::TimelineRow &row)
{
    return row.outgoing && row.canChange && !row.retracted;
}

/// A correction replaces all that a message was (XEP-0308 3), so a file would be gone.
bool isOpenToEdit(const model::TimelineRow &row)
{
    return isOpenToChange(row) && row.files.isEmpty();
}

} // namespace

void TimelineView::setChangesEnabled(bool enabled)
{
    m_changesEnabled = enabled;
}

void TimelineView::replyToCurrent()
{
    if (!m_timeline || !m_changesEnabled)
        return;
    // Whoever writes answers what was said last; a row is meant where the keyboard is on it.
    int index = rowRect(m_current).isNull() || !hasFocus() ? -1 : m_timeline->indexOf(m_current);
    if (index < 0) {
        index = m_timeline->rowsAfter() == 0 ? m_timeline->rowCount() - 1
            : m_shown.isEmpty()              ? -1
                                             : m_shown.constLast().index;
        while (index >= 0 && (m_timeline->row(index).outgoing || !isOpenToOthers(m_timeline->row(index))))
            --index;
    }
    if (index >= 0 && isOpenToOthers(m_timeline->row(index)))
        Q_EMIT replyRequested(m_timeline->row(index).key);
}

void TimelineView::editLast()
{
    if (!m_timeline || !m_changesEnabled)
        return;
    // The last one is at the end of the conversation, and not of what is here of it.
    if (m_timeline->rowsAfter() > 0) {
        m_editLastWanted = true;
        return showLatest();
    }
    m_editLastWanted = false;
    for (int i = m_timeline->rowCount() - 1; i >= 0; --i) {
        if (isOpenToEdit(m_timeline->row(i))) {
            Q_EMIT editRequested(m_timeline->row(i).key);
            return;
        }
    }
}

void TimelineView::askToRetract(qint64 key)
{
    const int index = m_timeline ? m_timeline->indexOf(key) : -1;
    if (index < 0 || !m_changesEnabled || !isOpenToChange(m_timeline->row(index)))
        return;
    auto *question = new Confirmation(
        tr("Delete this message for everyone?"),
        tr("The others are asked to delete it, too. Who has read it may remember it, and some programs keep it."),
        tr("Delete for Everyone"), true, window());
    question->setObjectName(QStringLiteral("retractQuestion"));
    connect(question, &Confirmation::confirmed, this, [this, key] { Q_EMIT retractRequested(key); });
    question->open();
}

void TimelineView::forward(qint64 key)
{
    const int index = m_timeline ? m_timeline->indexOf(key) : -1;
    if (index >= 0 && m_changesEnabled && !m_timeline->row(index).retracted)
        Q_EMIT forwardRequested(key);
}

void TimelineView::askToErase(qint64 key)
{
    const int index = m_timeline ? m_timeline->indexOf(key) : -1;
    if (index < 0 || !m_changesEnabled)
        return;
    const model::TimelineRow &row = m_timeline->row(index);
    const bool isWaiting = row.outgoing && row.delivery == model::Delivery::Queued;
    const QStringList words{
        tr("It is deleted from this computer: from the chat, the search, and the copies that Balcony keeps, with the files "
           "in Balcony's folder."),
        isWaiting ? tr("It waits to be sent, and will not be sent.")
                  : tr("The other side, your server and your other devices keep theirs. It is not fetched again.")};
    auto *question = new Confirmation(tr("Delete this message here only?"), words.join(QStringLiteral("\n\n")),
                                      tr("Delete Here"), true, window());
    question->setObjectName(QStringLiteral("eraseQuestion"));
    connect(question, &Confirmation::confirmed, this, [this, key] { Q_EMIT eraseRequested(key); });
    question->open();
}

void TimelineView::addLinkActions(QMenu *menu, const QUrl &url)
{
    menu->addAction(themedIcon(Icon::Link), tr("Open Link"), this, [this, url] { Q_EMIT linkActivated(url); });
    menu->addAction(tr("Copy Link"), this, [url] { QGuiApplication::clipboard()->setText(url.toString()); });
    menu->addSeparator();
}

/// To answer, react, change and take back, as far as the message is open to it.
void TimelineView::addChangeActions(QMenu *menu, const model::TimelineRow &row)
{
    const qint64 key = row.key;
    if (m_changesEnabled && isOpenToOthers(row)) {
        menu->addAction(themedIcon(Icon::Reply), tr("Reply"), replyKeys, this,
                        [this, key] { Q_EMIT replyRequested(key); })
            ->setObjectName(QStringLiteral("replyAction"));
        addReactMenu(menu, row);
    }
    if (m_changesEnabled && !row.retracted) {
        menu->addAction(themedIcon(Icon::Forward), tr("Forward…"), forwardKeys, this, [this, key] { forward(key); })
            ->setObjectName(QStringLiteral("forwardAction"));
    }
    if (row.reply && row.reply->key != 0 && !row.retracted) {
        const qint64 source = row.reply->key;
        menu->addAction(tr("Go to the Quoted Message"), this, [this, source] { showMessage(source); })
            ->setObjectName(QStringLiteral("quotedAction"));
    }
    if (m_changesEnabled && isOpenToEdit(row)) {
        menu->addAction(themedIcon(Icon::Edit), tr("Edit"), this, [this, key] { Q_EMIT editRequested(key); })
            ->setObjectName(QStringLiteral("editAction"));
    }
    if (m_changesEnabled && isOpenToChange(row)) {
        menu->addAction(themedIcon(Icon::Trash), tr("Delete for Everyone…"), QKeySequence(Qt::Key_Delete), this,
                        [this, key] { askToRetract(key); })
            ->setObjectName(QStringLiteral("retractAction"));
    }
    if (m_changesEnabled) {
        menu->addAction(themedIcon(Icon::Trash), tr("Delete Here…"), eraseKeys, this, [this, key] { askToErase(key); })
            ->setObjectName(QStringLiteral("eraseAction"));
    }
    if (!menu->isEmpty())
        menu->addSeparator();
}

/// The common reactions, and those that others gave; each says who gave it, and our own are checked.
void TimelineView::addReactMenu(QMenu *menu, const model::TimelineRow &row)
{
    QMenu *react = menu->addMenu(themedIcon(Icon::Emoji), tr("React"));
    react->setObjectName(QStringLiteral("reactMenu"));
    const auto add = [this, react, key = row.key](const QString &sign, const QString &words, bool own) {
        // A single ampersand would be a mark for a key.
        QAction *action = react->addAction(QString(words).replace(u'&', QStringLiteral("&&")), this,
                                           [this, key, sign] { Q_EMIT reactionToggled(key, sign); });
        action->setData(sign);
        action->setCheckable(true);
        action->setChecked(own);
        return action;
    };
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, react);
    QList<model::RowReaction> others = row.reactions;
    for (const CommonReaction &common : commonReactions) {
        QString sign = QString::fromUtf16(common.sign);
        QString words = tr(common.name);
        bool own = false;
        const auto given = std::find_if(others.begin(), others.end(), [&sign](const model::RowReaction &reaction) {
            return isSameSign(reaction.text, sign);
        });
        const QIcon icon(signPixmap(sign, side, devicePixelRatioF(), Theme::of(this)));
        if (given != others.end()) {
            words = tr("%1: %2", "reaction and names").arg(words, reactionNames(*given));
            sign = given->text;
            own = given->own;
            others.erase(given);
        }
        add(sign, words, own)->setIcon(icon);
    }
    if (!others.isEmpty())
        react->addSeparator();
    for (const model::RowReaction &reaction : others.mid(0, mostOffered))
        add(reaction.text, reactionTip(reaction), reaction.own);
    if (!isSignalConnected(QMetaMethod::fromSignal(&TimelineView::moreReactionsRequested)))
        return;
    react->addSeparator();
    react
        ->addAction(tr("More…"), this,
                    [this, react, key = row.key] { Q_EMIT moreReactionsRequested(key, react->pos()); })
        ->setObjectName(QStringLiteral("moreReactionsAction"));
}

void TimelineView::openMenu(qint64 key, const QPoint &globalPosition, const QUrl &link)
{
    const int index = m_timeline ? m_timeline->indexOf(key) : -1;
    if (index < 0)
        return;
    setCurrentKey(key);
    const model::TimelineRow row = m_timeline->row(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QVector<TextLink> links = findLinks(row.body.left(RowLayout::longBody));
    if (!link.isEmpty() || !links.isEmpty())
        addLinkActions(menu, link.isEmpty() ? links.constFirst().url : link);
    addFileActions(menu, row);
    addChangeActions(menu, row);
    menu->addAction(themedIcon(Icon::Copy), tr("Copy"), QKeySequence(QKeySequence::Copy), this, [this] { copy(); });
    menu->addAction(tr("Copy with Names and Times"), this, [this] { copy(true); });
    menu->addAction(tr("Select All"), QKeySequence(QKeySequence::SelectAll), this, &TimelineView::selectAll);
    if (row.delivery == model::Delivery::Failed) {
        menu->addSeparator();
        menu->addAction(themedIcon(Icon::Retry), tr("Retry"), this, [this, key] { Q_EMIT retryRequested(key); });
        menu->addAction(themedIcon(Icon::Trash), removeWords(row), this, [this, key] { Q_EMIT deleteRequested(key); });
    }
    if (row.missing == model::Missing::Stuck) {
        menu->addSeparator();
        menu->addAction(themedIcon(Icon::Retry), tr("Fetch What Is Missing Here"), this, [this] {
            if (m_timeline)
                m_timeline->retryMissing();
        });
    }
    menu->addSeparator();
    menu->addAction(themedIcon(Icon::Info), tr("Details…"), detailsKey, this, [this, key] { showDetails(key); });
    Q_EMIT menuAboutToShow(menu, key);
    menu->popup(globalPosition);
}

void TimelineView::showDetails(qint64 key)
{
    if (m_timeline && m_timeline->indexOf(key) >= 0)
        (new MessageDetails(m_timeline, key, m_errorText, window()))->open();
}

void TimelineView::showToolTip(const QPoint &point, const QPoint &globalPosition)
{
    const Hit hit = hitAt(point);
    if (hit.shown < 0)
        return QToolTip::hideText();
    const Shown &shown = m_shown.at(hit.shown);
    const model::TimelineRow &row = m_timeline->row(shown.index);
    QString text;
    if (hit.part == RowPart::State)
        text = row.delivery == model::Delivery::Failed ? failureText(row) : stateWords(row);
    else if (hit.part == RowPart::Time)
        text = QLocale().toString(row.time.toLocalTime(), QLocale::LongFormat);
    else if (hit.part == RowPart::File)
        text = fileTip(row, hit.file);
    else if (hit.part == RowPart::Edited)
        text = tr("Edited. A click shows what it said before.");
    else if (hit.part == RowPart::Reaction)
        text = hit.reaction < 0 || hit.reaction >= row.reactions.size() ? reactionWords(row.reactions)
                                                                        : reactionTip(row.reactions.at(hit.reaction));
    if (!text.isEmpty() && hit.part != RowPart::Reaction && hit.part != RowPart::File)
        text[0] = text.at(0).toUpper();
    if (hit.part == RowPart::State) {
        for (const QString &line : wayWords(row, QDate::currentDate()))
            text += u'\n' + line;
    }
    // A tooltip takes what looks like HTML for HTML, and a reason may quote the server: so it is HTML in any case.
    if (!text.isEmpty())
        text = QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
    QToolTip::showText(globalPosition, text, viewport(), hit.rect.translated(0, shown.top));
}

} // namespace ui
