// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/emoji/emojigrid.h"

#include "ui/emoji/tonemenu.h"
#include "ui/roster/rowpaint.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace ui {

namespace {

constexpr int longPress = 500; // ms

/// Draws headings and signs.
class EmojiDelegate : public QStyledItemDelegate
{
public:
    explicit EmojiDelegate(EmojiGrid *grid) : QStyledItemDelegate(grid), m_grid(grid) { }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.widget);
        if (const QString heading = m_grid->table()->heading(index.row()); !heading.isEmpty())
            return index.column() == 0 ? paintHeading(*painter, option, heading, {}, {}, theme) : void();
        const QString sign = m_grid->table()->sign(index);
        if (sign.isEmpty())
            return;
        painter->save();
        paintGround(*painter, option, theme);
        const QPixmap drawing = m_grid->drawingFor(sign);
        if (!drawing.isNull()) {
            QRect place(QPoint(), drawing.deviceIndependentSize().toSize());
            place.moveCenter(option.rect.center());
            painter->drawPixmap(place.topLeft(), drawing);
        }
        painter->restore();
    }

private:
    static void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const Theme &theme)
    {
        const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
        if (!isCurrent && !option.state.testFlag(QStyle::State_MouseOver))
            return;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(isCurrent ? QPen(theme.colors.focus, 2) : QPen(Qt::NoPen));
        painter.setBrush(isCurrent ? theme.colors.selected : theme.colors.hover);
        painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), theme.radius.control, theme.radius.control);
    }

    EmojiGrid *m_grid;
};

} // namespace

bool EmojiGrid::isToneKey(const QKeyEvent &event)
{
    return event.key() == Qt::Key_Down && (event.modifiers() & ~Qt::KeypadModifier) == Qt::AltModifier;
}

EmojiGrid::EmojiGrid(EmojiBook &book, QWidget *parent)
    : QTableView(parent), m_book(book), m_table(new EmojiModel(book, this))
{
    setObjectName(QStringLiteral("emojiGrid"));
    setAccessibleName(tr("Emoji"));
    setModel(m_table);
    setItemDelegate(new EmojiDelegate(this));
    horizontalHeader()->hide();
    verticalHeader()->hide();
    for (QHeaderView *header : {horizontalHeader(), verticalHeader()}) {
        header->setMinimumSectionSize(1);
        header->setSectionResizeMode(QHeaderView::Fixed);
    }
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_press.setSingleShot(true);
    m_press.setInterval(longPress);
    connect(&m_press, &QTimer::timeout, this, &EmojiGrid::showTones);
    connect(m_table, &QAbstractItemModel::modelReset, this, &EmojiGrid::layOut);
}

int EmojiGrid::cellSize() const
{
    return Theme::of(this).scaled(40);
}

/// Heights of rows and the headings across them, after each change of the table.
void EmojiGrid::layOut()
{
    const Theme &theme = Theme::of(this);
    setPalette([&] {
        QPalette palette = this->palette();
        palette.setColor(QPalette::Base, theme.colors.sidebar);
        return palette;
    }());
    m_drawn = false;
    clearSpans();
    horizontalHeader()->setDefaultSectionSize(cellSize());
    verticalHeader()->setDefaultSectionSize(cellSize());
    for (const int row : m_table->headings()) {
        setSpan(row, 0, 1, m_table->columnCount());
        verticalHeader()->resizeSection(row, headingHeight(theme));
    }
    verticalScrollBar()->setSingleStep(cellSize() / 2);
    goFirst();
}

void EmojiGrid::goFirst()
{
    const QModelIndex first = m_table->first();
    if (first.isValid())
        setCurrentIndex(first);
    scrollToTop();
    Q_EMIT moved();
}

void EmojiGrid::goToHeading(int row)
{
    const QModelIndex first = m_table->movedRow(m_table->index(row, 0), 1);
    setCurrentIndex(first);
    scrollTo(m_table->index(row, 0), PositionAtTop);
}

void EmojiGrid::goGroup(int headings)
{
    const std::vector<int> rows = m_table->headings();
    if (rows.empty())
        return;
    const auto behind = std::upper_bound(rows.begin(), rows.end(), currentIndex().row());
    const int own = std::max(0, int(behind - rows.begin()) - 1);
    goToHeading(rows[size_t(std::clamp(own + headings, 0, int(rows.size()) - 1))]);
}

QModelIndex EmojiGrid::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const QModelIndex at = currentIndex();
    if (m_table->sign(at).isEmpty())
        return m_table->first();
    const int forward = isRightToLeft() ? -1 : 1;
    const int page = std::max(1, viewport()->height() / cellSize() - 1);
    QModelIndex to = at;
    switch (action) {
    case MoveLeft: return m_table->moved(at, -forward);
    case MoveRight: return m_table->moved(at, forward);
    case MovePrevious: return m_table->moved(at, -1);
    case MoveNext: return m_table->moved(at, 1);
    case MoveUp: return m_table->movedRow(at, -1);
    case MoveDown: return m_table->movedRow(at, 1);
    case MoveHome: return m_table->first();
    case MoveEnd: return m_table->last();
    case MovePageUp:
    case MovePageDown:
        for (int i = 0; i < page; ++i)
            to = m_table->movedRow(to, action == MovePageUp ? -1 : 1);
        return to;
    }
    return at;
}

void EmojiGrid::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    // The heading of the first row shows with it.
    if (current.isValid() && m_table->movedRow(current, -1) == current)
        scrollToTop();
    Q_EMIT moved();
}

void EmojiGrid::choose(const QModelIndex &index, bool stay)
{
    if (const QString sign = m_table->sign(index); !sign.isEmpty())
        Q_EMIT chosen(sign, stay);
}

bool EmojiGrid::event(QEvent *event)
{
    // The window has Alt+Down, too: for another chat.
    if (event->type() == QEvent::ShortcutOverride && isToneKey(*static_cast<QKeyEvent *>(event)))
        event->accept();
    return QTableView::event(event);
}

void EmojiGrid::keyPressEvent(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: return choose(currentIndex(), modifiers == Qt::ShiftModifier);
    case Qt::Key_Menu: return showTones();
    case Qt::Key_Down:
        if (isToneKey(*event))
            return showTones();
        break;
    case Qt::Key_Up:
        if (m_table->movedRow(currentIndex(), -1) == currentIndex()) {
            Q_EMIT leaveUpPressed();
            return;
        }
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (modifiers == Qt::ControlModifier)
            return goGroup(event->key() == Qt::Key_PageUp ? -1 : 1);
        break;
    default: break;
    }
    const QString text = event->text();
    const bool isEditing = event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete;
    if (isEditing || (!text.isEmpty() && text.at(0).isPrint() && !(modifiers & Qt::ControlModifier))) {
        Q_EMIT written(event);
        return;
    }
    QTableView::keyPressEvent(event);
}

void EmojiGrid::mousePressEvent(QMouseEvent *event)
{
    QTableView::mousePressEvent(event);
    if (event->button() == Qt::LeftButton && m_table->emoji(indexAt(event->position().toPoint())) >= 0)
        m_press.start();
}

void EmojiGrid::mouseReleaseEvent(QMouseEvent *event)
{
    const bool wasShort = m_press.isActive();
    m_press.stop();
    QTableView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && wasShort && index == currentIndex())
        choose(index, event->modifiers().testFlag(Qt::ShiftModifier));
}

void EmojiGrid::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse) {
        const QModelIndex index = indexAt(event->pos());
        if (m_table->emoji(index) < 0)
            return;
        setCurrentIndex(index);
    }
    showTones();
}

void EmojiGrid::showTones()
{
    const int index = m_table->emoji(currentIndex());
    if (index < 0 || !m_book.set().takesTone(index))
        return;
    auto *menu = new ToneMenu(m_book, index, this);
    connect(menu, &ToneMenu::chosen, this, [this, index](int tone) {
        const QString sign = m_book.set().sign(index, tone);
        Q_EMIT toneChosen(tone);
        Q_EMIT chosen(sign, false);
    });
    menu->popup(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
}

QPixmap EmojiGrid::drawingFor(const QString &sign)
{
    const int side = Theme::of(this).scaled(28);
    if (const auto ready = m_book.drawn(sign, side, devicePixelRatioF()))
        return *ready;
    if (m_painting.isValid() && m_painting.elapsed() >= budget) {
        m_drawn = false;
        return {};
    }
    return m_book.drawing(sign, side, devicePixelRatioF(), Theme::of(this));
}

void EmojiGrid::paintEvent(QPaintEvent *event)
{
    m_painting.start();
    m_drawn = true;
    QTableView::paintEvent(event);
    m_longest = std::max(m_longest, double(m_painting.nsecsElapsed()) / 1e6);
    m_painting.invalidate();
    if (!m_drawn)
        QTimer::singleShot(0, viewport(), qOverload<>(&QWidget::update));
}

void EmojiGrid::resizeEvent(QResizeEvent *event)
{
    m_table->setColumns(std::max(1, viewport()->width() / cellSize()));
    QTableView::resizeEvent(event);
}

void EmojiGrid::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        layOut();
}

} // namespace ui
