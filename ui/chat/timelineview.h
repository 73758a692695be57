// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/timeline.h"
#include "store/searchwords.h"
#include "ui/chat/timelinelayout.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QCache>
#include <QPointer>
#include <QSet>

#include <compare>
#include <functional>
#include <memory>

class QMenu;

namespace ui {

class JumpButton;
class Pictures;

/// What a person may do with a file of a message.
enum class FileAction {
    Default, ///< What a click does: fetch it, stop that, or look at it.
    Open,
    Save,
    ShowInFolder,
    Fetch,
    Stop,
    CopyAddress,
};

/// A place in the text of a conversation.
struct TextPlace {
    qint64 key = 0; ///< Of the message; 0: nowhere.
    int offset = 0; ///< In UTF-16 units of its body.

    // The comparison with 0 in what the compiler makes of it. NOLINTNEXTLINE(modernize-use-nullptr)
    friend auto operator<=>(const TextPlace &, const TextPlace &) = default;
};

/// The messages of one conversation, of any length. It lays out and paints only what shows, and is anchored on a message
/// and its distance from the upper edge: what is being read stays put while rows come, go and change around it.
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    /// A row that shows, and where: `top` in viewport coordinates.
    struct Shown {
        int index = 0;
        qint64 key = 0;
        int top = 0;
        std::shared_ptr<const RowLayout> layout;

        int bottom() const { return top + layout->height(); }
    };

    explicit TimelineView(QWidget *parent = nullptr);
    ~TimelineView() override;

    /// The conversation, not owned; nullptr shows nothing. The view starts at its newest row, or at the first unread.
    void setTimeline(model::Timeline *timeline);
    model::Timeline *timeline() const { return m_timeline; }

    void setDensity(Density density);
    Density density() const { return m_density; }
    /// Whether others' names and avatars stand beside their messages: on in rooms, off with one other person.
    void setShowAuthors(bool show);
    /// Shown where the conversation has no message.
    void setEmptyText(const QString &text);
    /// Turns an error into a sentence; without it a plain "Not sent" stands there.
    void setErrorText(std::function<QString(const Error &)> text);
    /// Whether messages can be answered, reacted to, changed and taken back; not at first.
    void setChangesEnabled(bool enabled);

    /// Where the pictures in messages come from; not owned, nullptr: they are not shown.
    void setPictures(Pictures *pictures);

    /// Asks to answer the current message where it shows, or else the newest one.
    void replyToCurrent();
    /// Asks to change the last message of our own that can be changed.
    void editLast();

    /// True while the newest message shows and new ones will, too.
    bool isAtLatest() const { return m_stuck; }
    /// Messages that came since the reader left the end.
    int newCount() const { return m_newCount; }
    /// Goes to the newest message.
    void showLatest();
    /// Goes to one message, puts the keyboard on it, and lights it up for a moment.
    void showMessage(qint64 key);
    /// What is marked in the texts, as what was looked for; nothing: no marks.
    void setMarked(const QList<store::SearchPhrase> &phrases);
    /// Where it stands: a message, and how far below the top of the view its body begins; key 0: at the latest.
    struct Place {
        qint64 key = 0;
        int y = 0;
    };
    Place place() const;
    /// Goes there, or to the latest.
    void setPlace(const Place &place);
    /// Moves as the key does: Page Up/Down, Home, End. For the composer. False for other keys.
    bool scrollByKey(int key);
    /// Moves by pixels; positive goes to newer messages.
    void scrollByPixels(int pixels);

    bool hasSelection() const { return m_selectionFrom != m_selectionTo; }
    /// The selected text; with `annotated` each message has its time and name before it.
    QString selectedText(bool annotated = false) const;
    void selectAll();
    void clearSelection();
    /// Selected text, or else the current message, to the clipboard.
    void copy(bool annotated = false);

    /// The message the keyboard stands on, 0: none.
    qint64 currentKey() const { return m_current; }
    void setCurrentKey(qint64 key);

    /// The rows that show, oldest first.
    const QVector<Shown> &shown() const { return m_shown; }
    /// Where a row that shows is, in viewport coordinates; empty where it does not.
    QRect rowRect(qint64 key) const;
    /// A row as a sentence for a screen reader.
    QString spoken(qint64 key) const;
    /// Opens the menu of a message at `globalPosition`.
    void openMenu(qint64 key, const QPoint &globalPosition, const QUrl &link = {});

    /// How many rows were laid out and painted since the view was made: what tests and the benchmark hold it to.
    qint64 layoutsMade() const { return m_layoutsMade; }
    qint64 rowsPainted() const { return m_rowsPainted; }

Q_SIGNALS:
    /// A link was clicked. The view opens nothing by itself.
    void linkActivated(const QUrl &url);
    void retryRequested(qint64 key);
    void deleteRequested(qint64 key);
    void replyRequested(qint64 key);
    void editRequested(qint64 key);
    /// The person wants it taken back from everybody, and was asked whether so.
    void retractRequested(qint64 key);
    /// To another chat.
    void forwardRequested(qint64 key);
    /// On this computer alone.
    void eraseRequested(qint64 key);
    /// One reaction of our own is to be given, or taken back where it is there.
    void reactionToggled(qint64 key, const QString &emoji);
    /// Something is to be done with a file of a message; `file` is its id.
    void fileActionRequested(qint64 key, qint64 file, ui::FileAction action);
    /// A file of a message that is here is being drawn out of the window.
    void fileDragged(qint64 key, qint64 file);
    /// Any emoji is to be chosen as a reaction; the menu offers that where somebody listens. `near` is where the menu
    /// was, in global coordinates.
    void moreReactionsRequested(qint64 key, const QPoint &near);
    /// A menu for a message is about to show: add to it.
    void menuAboutToShow(QMenu *menu, qint64 key);
    /// The end was reached or left.
    void atLatestChanged(bool atLatest);
    /// Other messages show now: the oldest and the newest that are seen whole.
    void shownChanged(qint64 oldest, qint64 newest);

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    struct Height {
        int pixels = 0;
        bool known = false;
    };
    /// Where to stand after the model's next reset.
    enum class Target { None, Latest, Key, Fraction };
    /// A place in the row under the pointer.
    struct Hit {
        int shown = -1; ///< Index into m_shown.
        RowPart part = RowPart::None;
        QUrl link;
        QRect rect;        ///< Of the part, in the row's coordinates.
        int reaction = -1; ///< Index into the row's reactions.
        int file = -1;     ///< Index into the row's files.
    };

    // timelineview.cpp: the model. timelinearrange.cpp: the geometry.
    void connectTimeline();
    void rowsInserted(int first, int last);
    void rowsAboutToBeRemoved(int first, int last);
    void rowsRemoved(int first, int last);
    void rowsChanged(int first, int last);
    void reset();
    void settled();
    void goTo(qint64 key, std::optional<int> y);
    void applyTarget();
    int firstUnread() const;
    void forgetLayouts();
    RowContext contextFor(int index) const;
    std::shared_ptr<const RowLayout> layoutFor(int index);
    Shown shownAt(int index, int top);
    void arrange();
    void fill(int index, int top);
    void fillAbove();
    void fillBelow();
    void shift(int pixels);
    void keepAnchor();
    void rearrange();
    void setStuck(bool stuck);
    void tellShown();
    // timelinescroll.cpp: moving, the scroll bar, fetching.
    void jumpBy(qint64 pixels);
    qint64 offsetInWindow() const;
    qint64 windowHeight() const;
    void syncScrollBar();
    void showPlace(double fraction);
    void fetchIfNear();
    void placeJumpButton();
    void startFlash(qint64 key);
    void fadeFlash();
    double flashOf(qint64 key) const;
    // timelineinput.cpp, timelineselection.cpp, timelinemenu.cpp: pointer, keyboard, selection, menu.
    Hit hitAt(const QPoint &point) const;
    TextPlace placeAt(const QPoint &point) const;
    void activate(const Hit &hit);
    void select(const TextPlace &from, const TextPlace &to);
    std::pair<int, int> selectedIn(qint64 key, int length) const;
    void selectWord(const TextPlace &place);
    void moveCurrent(int steps, bool selecting);
    void hover(const QPoint &point);
    void tellCurrent();
    void addLinkActions(QMenu *menu, const QUrl &url);
    void addChangeActions(QMenu *menu, const model::TimelineRow &row);
    void addFileActions(QMenu *menu, const model::TimelineRow &row);
    void addActionsOfFile(QMenu *menu, qint64 key, const model::RowFile &file);
    RowFiles::Look filesLook() const;
    void pictureLearned(qint64 file);
    bool isDragStart(const QPoint &point) const;
    void addReactMenu(QMenu *menu, const model::TimelineRow &row);
    void askToRetract(qint64 key);
    void askToErase(qint64 key);
    void forward(qint64 key);
    /// Who wrote a message, and when it came to each step of its way. Nothing where `key` is not in the window.
    void showDetails(qint64 key);
    void showToolTip(const QPoint &point, const QPoint &globalPosition);
    void updateRow(qint64 key);
    void revealRow(int index);
    void announce(int first, int last);
    void paintState(QPainter &painter) const;
    QString failureText(const model::TimelineRow &row) const;
    QList<std::pair<int, int>> marksIn(const Shown &row) const;

    QPointer<model::Timeline> m_timeline;
    QPointer<Pictures> m_pictures;
    std::function<QString(const Error &)> m_errorText;
    QString m_emptyText;
    Density m_density = Density::Comfortable;
    bool m_showAuthors = true;

    QVector<Height> m_heights; ///< One a row of the window.
    QCache<qint64, std::shared_ptr<const RowLayout>> m_layouts{400};
    QVector<Shown> m_shown;
    qint64 m_anchorKey = 0;
    int m_anchorY = 0;   ///< Of the anchor's bodyTop, in viewport coordinates.
    bool m_stuck = true; ///< At the end, and to stay there.
    bool m_settled = false;
    bool m_windowAtEnd = true; ///< rowsAfter() was 0 before the change now told.
    Target m_target = Target::None;
    std::optional<int> m_targetY; ///< Where the target is to stand; a quarter down where not said.
    qint64 m_targetKey = 0;
    double m_targetFraction = 0;
    double m_nextFraction = -1; ///< Asked for while a move was under way.
    QSet<qint64> m_showAll;
    int m_newCount = 0;

    bool m_syncing = false;
    int m_barValue = 0;
    double m_barScale = 1; ///< Pixels per unit of the scroll bar.

    QList<store::SearchPhrase> m_marked;
    TextPlace m_selectionFrom; ///< Where it began; the other end moves.
    TextPlace m_selectionTo;
    bool m_selecting = false;
    QBasicTimer m_autoScroll;
    QPoint m_lastPoint;
    QPoint m_pressPoint;
    Hit m_pressed;
    QPair<qint64, QRect> m_hovered; ///< Row and button.
    qint64 m_current = 0;
    bool m_changesEnabled = false;
    bool m_editLastWanted = false; ///< As soon as the end of the conversation is here.
    qint64 m_flashKey = 0;         ///< Lights up, or will when it shows; 0: none.
    int m_flashSteps = 0;          ///< Left until it is over.
    QBasicTimer m_flashTimer;
    QPair<qint64, qint64> m_told; ///< What shownChanged said last.
    bool m_toldStuck = true;      ///< What atLatestChanged said last.
    JumpButton *m_jump;
    qint64 m_layoutsMade = 0;
    qint64 m_rowsPainted = 0;
};

} // namespace ui
