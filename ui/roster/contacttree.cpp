// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/contacttree.h"

#include "ui/roster/rowlist.h"
#include "ui/roster/rowpaint.h"
#include "ui/widgets/plaintext.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLocale>

namespace ui {

using model::ContactRow;
using model::RosterModel;

namespace {

QString groupTitle(const QModelIndex &index)
{
    const QString name = index.data(RosterModel::GroupRole).toString();
    return name.isEmpty() ? ContactTree::tr("Other contacts") : name;
}

/// "3 of 7": who is there, and all.
QString groupCount(const QModelIndex &index)
{
    const QAbstractItemModel *model = index.model();
    const QLocale locale;
    //: Beside the name of a group of contacts: %1 of %2 are online.
    return isolated(ContactTree::tr("%1 of %2")
                        .arg(locale.toString(index.data(RosterModel::OnlineRole).toInt()),
                             locale.toString(model->rowCount(index))));
}

} // namespace

ContactFilter::ContactFilter(RosterModel &roster, QObject *parent) : QSortFilterProxyModel(parent)
{
    setSourceModel(&roster);
}

void ContactFilter::setHideOffline(bool hide)
{
    m_hideOffline = hide;
    invalidateFilter();
}

bool ContactFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!m_hideOffline)
        return true;
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (!parent.isValid())
        return index.data(RosterModel::OnlineRole).toInt() > 0;
    return index.data(RosterModel::RowRole).value<ContactRow>().show.has_value();
}

QVariant ContactFilter::data(const QModelIndex &index, int role) const
{
    if (role != Qt::AccessibleTextRole)
        return QSortFilterProxyModel::data(index, role);
    if (index.parent().isValid())
        return spokenContact(index.data(RosterModel::RowRole).value<ContactRow>());
    //: Spoken: %1 is a group of contacts, %2 "3 of 7", how many are online.
    return ContactTree::tr("Group %1, %2 online").arg(groupTitle(index), groupCount(index));
}

void ContactDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    if (index.parent().isValid())
        return paintContactRow(*painter, option, index.data(RosterModel::RowRole).value<ContactRow>(), theme);
    const bool open = option.state.testFlag(QStyle::State_Open);
    paintHeading(*painter, option, groupTitle(index), groupCount(index), open, theme);
}

QSize ContactDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    return {0, index.parent().isValid() ? contactRowHeight(theme) : headingHeight(theme)};
}

ContactTree::ContactTree(RosterModel &roster, QWidget *parent)
    : QTreeView(parent), m_filter(new ContactFilter(roster, this))
{
    setObjectName(QStringLiteral("contactTree"));
    setAccessibleName(tr("Contacts"));
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setExpandsOnDoubleClick(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setAnimated(false);
    setModel(m_filter);
    setItemDelegate(new ContactDelegate(this));
    connect(m_filter, &QAbstractItemModel::modelReset, this, [this] { expandNew(0, m_filter->rowCount() - 1); });
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &group, int first, int last) {
        if (group.isValid())
            expandNew(group.row(), group.row()); // a group that was empty could not be open
        else
            expandNew(first, last);
    });
    const auto remember = [this](const QModelIndex &index, bool open) {
        if (m_expanding)
            return;
        const QString name = index.data(RosterModel::GroupRole).toString();
        if (open)
            m_closed.remove(name);
        else
            m_closed.insert(name);
        Q_EMIT closedGroupsChanged();
    };
    connect(this, &QTreeView::expanded, this, [remember](const QModelIndex &index) { remember(index, true); });
    connect(this, &QTreeView::collapsed, this, [remember](const QModelIndex &index) { remember(index, false); });
    expandNew(0, m_filter->rowCount() - 1);
    applySidebarLook(*this);
}

QStringList ContactTree::closedGroups() const
{
    return {m_closed.begin(), m_closed.end()};
}

void ContactTree::setClosedGroups(const QStringList &groups)
{
    m_closed = {groups.begin(), groups.end()};
    expandNew(0, m_filter->rowCount() - 1);
}

void ContactTree::expandNew(int first, int last)
{
    m_expanding = true;
    for (int row = first; row <= last; ++row) {
        const QModelIndex group = m_filter->index(row, 0);
        setExpanded(group, !m_closed.contains(group.data(RosterModel::GroupRole).toString()));
    }
    m_expanding = false;
}

void ContactTree::open(const QModelIndex &index)
{
    if (!index.parent().isValid())
        setExpanded(index, !isExpanded(index));
    else
        Q_EMIT chosen(index.data(RosterModel::RowRole).value<ContactRow>());
}

QItemSelectionModel::SelectionFlags ContactTree::selectionCommand(const QModelIndex &, const QEvent *) const
{
    return QItemSelectionModel::NoUpdate;
}

void ContactTree::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (index.isValid())
            open(index);
        return;
    case Qt::Key_Escape: Q_EMIT escapePressed(); return;
    case Qt::Key_Up:
        if (event->modifiers() == Qt::NoModifier && !index.parent().isValid() && index.row() <= 0) {
            Q_EMIT leaveUpPressed();
            return;
        }
        break;
    default: break;
    }
    if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void ContactTree::mouseReleaseEvent(QMouseEvent *event)
{
    QTreeView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid() && index == currentIndex())
        open(index);
}

void ContactTree::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex index = event->reason() == QContextMenuEvent::Mouse ? indexAt(event->pos()) : currentIndex();
    if (index.isValid() && index.parent().isValid())
        Q_EMIT menuRequested(index.data(RosterModel::RowRole).value<ContactRow>(), menuPlace(*this, index, *event));
}

void ContactTree::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        applySidebarLook(*this);
        scheduleDelayedItemsLayout();
    }
}

void ContactTree::focusInEvent(QFocusEvent *event)
{
    QTreeView::focusInEvent(event);
    if (!currentIndex().isValid() && m_filter->rowCount() > 0)
        setCurrentIndex(m_filter->index(0, 0));
}

} // namespace ui
