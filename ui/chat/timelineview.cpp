// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The view and its model. timelinearrange.cpp places the rows, timelinescroll.cpp moves them, timelineinput.cpp listens to
// the person.
#include "ui/chat/timelineview.h"

#include "ui/chat/pictures.h"
#include "ui/chat/timelineaccessible.h"
#include "ui/chat/timelinejump.h"
#include "ui/chat/timelinepainter.h"

#include <QAccessible>
#include <QEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace ui {

namespace {

constexpr int groupSeconds = 5 * 60;

bool sameRun(const model::TimelineRow &a, const model::TimelineRow &b)
{
    return a.outgoing == b.outgoing && a.author == b.author && a.authorName == b.authorName
        && std::abs(a.time.secsTo(b.time)) < groupSeconds && !b.firstUnread && b.missing == model::Missing::Nothing
        && a.time.toLocalTime().date() == b.time.toLocalTime().date();
}

} // namespace

TimelineView::TimelineView(QWidget *parent) : QAbstractScrollArea(parent), m_jump(new JumpButton(viewport()))
{
    installTimelineAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Messages"));
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    m_emptyText = tr("No messages yet. Say hello!");
    m_jump->hide();
    connect(m_jump, &QAbstractButton::clicked, this, &TimelineView::showLatest);
    connect(verticalScrollBar(), &QScrollBar::sliderReleased, this, &TimelineView::syncScrollBar);
}

TimelineView::~TimelineView() = default;

void TimelineView::setTimeline(model::Timeline *timeline)
{
    if (m_timeline)
        m_timeline->disconnect(this);
    m_timeline = timeline;
    m_target = Target::None;
    m_anchorKey = 0;
    m_stuck = true;
    m_newCount = 0;
    m_current = m_flashKey = 0;
    m_editLastWanted = false;
    m_flashTimer.stop();
    m_selectionFrom = m_selectionTo = {};
    m_showAll.clear();
    m_settled = timeline && timeline->rowCount() > 0;
    connectTimeline();
    if (const int unread = firstUnread(); unread >= 0) {
        m_target = Target::Key;
        m_targetKey = m_timeline->row(unread).key;
    }
    reset();
    if (m_settled)
        m_target = Target::None;
}

void TimelineView::connectTimeline()
{
    if (!m_timeline)
        return;
    using Index = const QModelIndex &;
    connect(m_timeline, &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this] { m_windowAtEnd = m_timeline->rowsAfter() == 0; });
    connect(m_timeline, &QAbstractItemModel::rowsInserted, this,
            [this](Index, int first, int last) { rowsInserted(first, last); });
    connect(m_timeline, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](Index, int first, int last) { rowsAboutToBeRemoved(first, last); });
    connect(m_timeline, &QAbstractItemModel::rowsRemoved, this,
            [this](Index, int first, int last) { rowsRemoved(first, last); });
    connect(m_timeline, &QAbstractItemModel::dataChanged, this,
            [this](Index first, Index last) { rowsChanged(first.row(), last.row()); });
    connect(m_timeline, &QAbstractItemModel::modelReset, this, &TimelineView::reset);
    connect(m_timeline, &QAbstractItemModel::layoutChanged, this, &TimelineView::reset);
    connect(m_timeline, &model::Timeline::settled, this, &TimelineView::settled);
    connect(m_timeline, &model::Timeline::fileProgress, this, &TimelineView::updateRow);
}

int TimelineView::firstUnread() const
{
    for (int i = 0; m_timeline && i < m_timeline->rowCount(); ++i) {
        if (m_timeline->row(i).firstUnread)
            return i;
    }
    return -1;
}

void TimelineView::rowsInserted(int first, int last)
{
    const int added = last - first + 1;
    const bool appended = first == m_heights.size() && m_windowAtEnd && m_timeline->rowsAfter() == 0;
    m_heights.insert(first, added, {});
    for (int i = first; i <= last; ++i)
        m_heights[i] = {RowLayout::estimate(m_timeline->row(i), contextFor(i), Theme::of(this)), false};
    if (appended && first > 0) {
        bool own = false;
        for (int i = first; i <= last; ++i) {
            const model::TimelineRow &row = m_timeline->row(i);
            own = own || row.delivery == model::Delivery::Queued;
            if (!row.outgoing && !m_stuck)
                ++m_newCount;
        }
        // What the person just sent is to be seen.
        if (own)
            setStuck(true);
    }
    rearrange();
    if (appended && m_settled)
        announce(first, last);
}

void TimelineView::rowsAboutToBeRemoved(int first, int last)
{
    const int anchor = m_timeline->indexOf(m_anchorKey);
    for (int i = first; i <= last; ++i) {
        const qint64 key = m_timeline->row(i).key;
        m_layouts.remove(key);
        if (key == m_current)
            m_current = 0;
    }
    if (anchor < first || anchor > last)
        return;
    // The nearest row that stays takes over, preferably one that shows.
    for (const Shown &row : std::as_const(m_shown)) {
        const int index = m_timeline->indexOf(row.key);
        if (index >= 0 && (index < first || index > last)) {
            m_anchorKey = row.key;
            m_anchorY = row.top + row.layout->bodyTop();
            return;
        }
    }
    const int next = last + 1 < m_timeline->rowCount() ? last + 1 : first - 1;
    m_anchorKey = next >= 0 ? m_timeline->row(next).key : 0;
}

void TimelineView::rowsRemoved(int first, int last)
{
    m_heights.remove(first, last - first + 1);
    rearrange();
}

void TimelineView::rowsChanged(int first, int last)
{
    for (int i = std::max(0, first); i <= last && i < m_heights.size(); ++i) {
        m_layouts.remove(m_timeline->row(i).key);
        m_heights[i].known = false;
    }
    rearrange();
}

void TimelineView::reset()
{
    m_layouts.clear();
    m_heights.clear();
    m_shown.clear();
    m_hovered = {};
    const int rows = m_timeline ? m_timeline->rowCount() : 0;
    m_heights.reserve(rows);
    for (int i = 0; i < rows; ++i)
        m_heights.append({RowLayout::estimate(m_timeline->row(i), contextFor(i), Theme::of(this)), false});
    if (rows > 0)
        applyTarget();
    if (m_timeline && rows > 0 && !m_stuck && m_timeline->indexOf(m_anchorKey) < 0)
        setStuck(m_timeline->rowsAfter() == 0);
    rearrange();
}

void TimelineView::settled()
{
    const bool first = !m_settled;
    const bool isLed = m_target == Target::Key && m_targetKey == m_current;
    m_settled = true;
    if (first && m_target == Target::None) {
        if (const int unread = firstUnread(); unread >= 0) {
            m_target = Target::Key;
            m_targetKey = m_timeline->row(unread).key;
        }
    }
    applyTarget();
    m_target = Target::None;
    if (const double next = std::exchange(m_nextFraction, -1); next >= 0)
        showPlace(next);
    rearrange();
    if (isLed)
        tellCurrent();
    if (m_editLastWanted && m_timeline->rowsAfter() == 0)
        editLast();
}

/// Puts the anchor where the last order asked for, if the window holds it now.
void TimelineView::applyTarget()
{
    if (!m_timeline || m_timeline->rowCount() == 0)
        return;
    const int height = viewport()->height();
    switch (m_target) {
    case Target::None: return;
    case Target::Latest: setStuck(m_timeline->rowsAfter() == 0); break;
    case Target::Key:
        if (m_timeline->indexOf(m_targetKey) < 0)
            return;
        startFlash(m_targetKey);
        m_anchorKey = m_targetKey;
        m_anchorY = m_targetY.value_or(height / 4);
        setStuck(false);
        break;
    case Target::Fraction: {
        const double all = double(m_timeline->rowsBefore()) + m_timeline->rowCount() + double(m_timeline->rowsAfter());
        const double index = m_targetFraction * all - double(m_timeline->rowsBefore());
        m_anchorKey = m_timeline->row(int(std::clamp(index, 0.0, m_timeline->rowCount() - 1.0))).key;
        // At the very beginning the day above the first message is to be seen, too.
        m_anchorY = m_targetFraction <= 0 ? height : int(height * m_targetFraction);
        setStuck(false);
        break;
    }
    }
}

RowContext TimelineView::contextFor(int index) const
{
    const model::TimelineRow &row = m_timeline->row(index);
    const model::TimelineRow *before = index > 0 ? &m_timeline->row(index - 1) : nullptr;
    const model::TimelineRow *after = index + 1 < m_timeline->rowCount() ? &m_timeline->row(index + 1) : nullptr;
    RowContext context;
    context.width = viewport()->width();
    context.density = m_density;
    context.mirrored = isRightToLeft();
    context.showAuthors = m_showAuthors;
    context.groupStart = !before || !sameRun(*before, row);
    context.groupEnd = !after || !sameRun(row, *after);
    const QDate day = row.time.toLocalTime().date();
    // Above the window's first row may stand one of the same day.
    if (before ? before->time.toLocalTime().date() != day : m_timeline->rowsBefore() == 0) {
        context.separator = day;
        context.today = QDate::currentDate();
    }
    context.firstUnread = row.firstUnread;
    context.missing = row.missing;
    context.showAll = m_showAll.contains(row.key);
    if (row.delivery == model::Delivery::Failed)
        context.failure = failureText(row);
    for (int i = 0; m_pictures && i < row.files.size(); ++i)
        context.pictures.append(m_pictures->sizeOf(row.files.at(i).id));
    return context;
}

std::shared_ptr<const RowLayout> TimelineView::layoutFor(int index)
{
    const model::TimelineRow &row = m_timeline->row(index);
    const RowContext context = contextFor(index);
    std::shared_ptr<const RowLayout> layout;
    if (const auto *cached = m_layouts.object(row.key); cached && (*cached)->context() == context) {
        layout = *cached;
    } else {
        layout = std::make_shared<const RowLayout>(row, context, Theme::of(this));
        m_layouts.insert(row.key, new std::shared_ptr<const RowLayout>(layout));
        ++m_layoutsMade;
    }
    m_heights[index] = {layout->height(), true};
    return layout;
}

void TimelineView::forgetLayouts()
{
    m_layouts.clear();
    for (Height &height : m_heights)
        height.known = false;
    rearrange();
}

TimelineView::Shown TimelineView::shownAt(int index, int top)
{
    return {index, m_timeline->row(index).key, top, layoutFor(index)};
}

/// After any change but a plain scroll.
void TimelineView::rearrange()
{
    arrange();
    viewport()->update();
    syncScrollBar();
    placeJumpButton();
    fetchIfNear();
    tellShown();
}

void TimelineView::setStuck(bool stuck)
{
    if (stuck)
        m_newCount = 0;
    m_stuck = stuck;
}

/// Tells what shows now, once all is in place.
void TimelineView::tellShown()
{
    if (std::exchange(m_toldStuck, m_stuck) != m_stuck)
        Q_EMIT atLatestChanged(m_stuck);
    QPair<qint64, qint64> seen;
    for (const Shown &row : std::as_const(m_shown)) {
        // A row taller than the viewport counts when its end is seen.
        if (row.bottom() > viewport()->height())
            continue;
        if (seen.first == 0)
            seen.first = row.key;
        seen.second = row.key;
    }
    if (seen == m_told || seen.first == 0)
        return;
    m_told = seen;
    Q_EMIT shownChanged(seen.first, seen.second);
}

void TimelineView::setDensity(Density density)
{
    m_density = density;
    forgetLayouts();
}

void TimelineView::setShowAuthors(bool show)
{
    m_showAuthors = show;
    forgetLayouts();
}

void TimelineView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void TimelineView::setErrorText(std::function<QString(const Error &)> text)
{
    m_errorText = std::move(text);
    forgetLayouts();
}

QString TimelineView::failureText(const model::TimelineRow &row) const
{
    const QString reason = m_errorText ? m_errorText(row.failure) : QString();
    return reason.isEmpty() ? tr("Not sent") : reason;
}

QString TimelineView::spoken(qint64 key) const
{
    const int index = m_timeline ? m_timeline->indexOf(key) : -1;
    if (index < 0)
        return {};
    const model::TimelineRow &row = m_timeline->row(index);
    return spokenRow(row, row.delivery == model::Delivery::Failed ? failureText(row) : QString());
}

QRect TimelineView::rowRect(qint64 key) const
{
    for (const Shown &row : m_shown) {
        if (row.key == key)
            return {0, row.top, viewport()->width(), row.layout->height()};
    }
    return {};
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    rearrange();
}

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    switch (event->type()) {
    case QEvent::StyleChange:
    case QEvent::PaletteChange:
    case QEvent::FontChange:
    case QEvent::LanguageChange:
    case QEvent::LayoutDirectionChange: forgetLayouts(); break;
    default: break;
    }
}

void TimelineView::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme.colors.surface);
    if (m_shown.isEmpty())
        return paintState(painter);
    for (const Shown &row : std::as_const(m_shown)) {
        // By region: a strip at each end must not paint all that lies between.
        if (!event->region().intersects(QRect(0, row.top, viewport()->width(), row.layout->height())))
            continue;
        RowLook look;
        std::tie(look.selectedFrom, look.selectedTo) = selectedIn(row.key, row.layout->shownLength());
        look.current = row.key == m_current && hasFocus();
        look.hovered = row.key == m_hovered.first ? m_hovered.second : QRect();
        look.flash = flashOf(row.key);
        look.marks = marksIn(row);
        if (!row.layout->files().isEmpty())
            look.files = filesLook();
        painter.save();
        painter.setClipRect(event->rect());
        painter.translate(0, row.top);
        paintRow(painter, m_timeline->row(row.index), *row.layout, look, theme);
        painter.restore();
        ++m_rowsPainted;
    }
}

void TimelineView::setMarked(const QList<store::SearchPhrase> &phrases)
{
    if (phrases == m_marked)
        return;
    m_marked = phrases;
    viewport()->update();
}

QList<std::pair<int, int>> TimelineView::marksIn(const Shown &row) const
{
    if (m_marked.isEmpty() || m_timeline->row(row.index).retracted)
        return {};
    return store::findPhrases(row.layout->text().text(), m_marked);
}

/// No message: why.
void TimelineView::paintState(QPainter &painter) const
{
    if (!m_timeline)
        return;
    const Theme &theme = Theme::of(this);
    const int side = theme.scaled(48);
    const QRect area = viewport()->rect().adjusted(theme.space.xl, 0, -theme.space.xl, 0);
    const QPoint middle = area.center();
    if (m_settled)
        paintIcon(painter, Icon::Bubble, QRect(middle.x() - side / 2, middle.y() - side - theme.space.s, side, side),
                  theme.colors.textMuted);
    painter.setFont(theme.font(TextRole::Body));
    painter.setPen(theme.colors.textMuted);
    const QRect text(area.left(), middle.y() + theme.space.s, area.width(), area.height() / 2 - theme.space.s);
    painter.drawText(text, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     m_settled ? m_emptyText : tr("Loading messages…"));
}

} // namespace ui
