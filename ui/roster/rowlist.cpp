// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/rowlist.h"

#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>

#include <utility>

namespace ui {

QPoint menuPlace(const QAbstractItemView &view, const QModelIndex &index, const QContextMenuEvent &event)
{
    return event.reason() == QContextMenuEvent::Mouse ? event.globalPos()
                                                      : view.viewport()->mapToGlobal(view.visualRect(index).center());
}

void applySidebarLook(QAbstractItemView &view)
{
    const QColor ground = Theme::of(&view).colors.sidebar;
    QPalette palette = view.palette();
    if (palette.color(QPalette::Base) == ground && view.frameShape() == QFrame::NoFrame)
        return;
    palette.setColor(QPalette::Base, ground);
    view.setPalette(palette);
    view.setFrameShape(QFrame::NoFrame);
}

RowList::RowList(QWidget *parent) : QListView(parent)
{
    setUniformItemSizes(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setTextElideMode(Qt::ElideNone);
    setResizeMode(Adjust);
    applySidebarLook(*this);
    m_calming.setSingleShot(true);
    m_calming.setTimerType(Qt::PreciseTimer);
    connect(&m_calming, &QTimer::timeout, this, &RowList::drawNow);
}

void RowList::setModel(QAbstractItemModel *model)
{
    for (const QMetaObject::Connection &connection : std::exchange(m_changes, {}))
        disconnect(connection);
    QListView::setModel(model);
    if (!model)
        return;
    m_changes = {connect(model, &QAbstractItemModel::dataChanged, this, &RowList::takeChange),
                 connect(model, &QAbstractItemModel::rowsMoved, this, &RowList::takeChange),
                 connect(model, &QAbstractItemModel::rowsInserted, this, &RowList::takeChange)};
}

void RowList::takeChange()
{
    if (m_due || m_calming.isActive() || !m_drawn.isValid() || m_drawn.elapsed() >= calm)
        return;
    viewport()->setUpdatesEnabled(false);
    m_calming.start(int(calm - m_drawn.elapsed()));
}

void RowList::drawNow()
{
    m_due = m_due || m_calming.isActive();
    m_calming.stop();
    viewport()->setUpdatesEnabled(true);
}

void RowList::uncover()
{
    drawNow();
    m_due = true;
    viewport()->update();
}

bool RowList::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::HoverMove:
    case QEvent::HoverLeave:
    case QEvent::Leave:
    case QEvent::Wheel:
    case QEvent::Resize: drawNow(); break;
    default: break;
    }
    return QListView::viewportEvent(event);
}

void RowList::showEvent(QShowEvent *event)
{
    drawNow();
    QListView::showEvent(event);
}

void RowList::paintEvent(QPaintEvent *event)
{
    m_due = false;
    m_drawn.start();
    QListView::paintEvent(event);
}

void RowList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    drawNow();
    QListView::currentChanged(current, previous);
}

QItemSelectionModel::SelectionFlags RowList::selectionCommand(const QModelIndex &, const QEvent *) const
{
    return QItemSelectionModel::NoUpdate;
}

void RowList::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (index.isValid())
            Q_EMIT chosen(index);
        return;
    case Qt::Key_Escape: Q_EMIT escapePressed(); return;
    case Qt::Key_Up:
        if (event->modifiers() == Qt::NoModifier && index.row() <= 0) {
            Q_EMIT leaveUpPressed();
            return;
        }
        break;
    default: break;
    }
    // Shortcuts of the window, and no search by typing: that is what the search field is for.
    if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

void RowList::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid() && index == currentIndex())
        Q_EMIT chosen(index);
}

void RowList::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = event->reason() == QContextMenuEvent::Mouse ? indexAt(event->pos()) : currentIndex();
    if (index.isValid())
        Q_EMIT menuRequested(index, menuPlace(*this, index, *event));
}

void RowList::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    drawNow();
    if (event->type() == QEvent::StyleChange) {
        applySidebarLook(*this);
        scheduleDelayedItemsLayout();
    }
}

void RowList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && model() && model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0));
}

} // namespace ui
