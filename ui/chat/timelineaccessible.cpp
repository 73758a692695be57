// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/timelineaccessible.h"

#include "ui/chat/timelineview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>

namespace ui {

namespace {

/// One message: it speaks as a sentence. Told by its key, so that it survives while rows move.
class AccessibleRow : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessibleRow(TimelineView *view, qint64 key) : m_view(view), m_key(key) { }

    qint64 key() const { return m_key; }

    bool isValid() const override { return m_view && !m_view->rowRect(m_key).isNull(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override { }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text text) const override
    {
        return m_view && text == QAccessible::Name ? m_view->spoken(m_key) : QString();
    }

    QRect rect() const override
    {
        if (!m_view)
            return {};
        const QRect rect = m_view->rowRect(m_key).intersected(m_view->viewport()->rect());
        return QRect(m_view->viewport()->mapToGlobal(rect.topLeft()), rect.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.readOnly = true;
        state.invalid = !isValid();
        state.focused = m_view && m_view->hasFocus() && m_view->currentKey() == m_key;
        state.selected = state.focused;
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }

    QStringList actionNames() const override { return {showMenuAction(), setFocusAction()}; }

    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        if (name == showMenuAction())
            m_view->openMenu(m_key, rect().center());
        else if (name == setFocusAction()) {
            m_view->setFocus();
            m_view->setCurrentKey(m_key);
        }
    }

    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    QPointer<TimelineView> m_view;
    qint64 m_key;
};

/// The list. It owns the interfaces of its rows through Qt's registry and drops those that left.
class AccessibleTimeline : public QAccessibleWidget
{
public:
    explicit AccessibleTimeline(TimelineView *view) : QAccessibleWidget(view, QAccessible::List) { }

    ~AccessibleTimeline() override
    {
        for (const QAccessible::Id id : std::as_const(m_rows))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return int(view()->shown().size()); }

    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        return interfaceFor(view()->shown().at(index).key);
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *row = dynamic_cast<const AccessibleRow *>(child);
        for (int i = 0; row && i < childCount(); ++i) {
            if (view()->shown().at(i).key == row->key())
                return i;
        }
        return -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i)->rect().contains(x, y))
                return child(i);
        }
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        for (int i = 0; i < childCount() && view()->hasFocus(); ++i) {
            if (view()->shown().at(i).key == view()->currentKey())
                return child(i);
        }
        return QAccessibleWidget::focusChild();
    }

private:
    TimelineView *view() const { return static_cast<TimelineView *>(object()); }

    QAccessibleInterface *interfaceFor(qint64 key) const
    {
        if (const auto known = m_rows.constFind(key); known != m_rows.constEnd())
            return QAccessible::accessibleInterface(*known);
        dropGone();
        auto *row = new AccessibleRow(view(), key);
        m_rows.insert(key, QAccessible::registerAccessibleInterface(row));
        return row;
    }

    /// Keeps the registry small while a reader scrolls on.
    void dropGone() const
    {
        if (m_rows.size() < 256)
            return;
        m_rows.removeIf([this](const std::pair<const qint64 &, QAccessible::Id &> &entry) {
            const bool gone = view()->rowRect(entry.first).isNull();
            if (gone)
                QAccessible::deleteAccessibleInterface(entry.second);
            return gone;
        });
    }

    mutable QHash<qint64, QAccessible::Id> m_rows;
};

QAccessibleInterface *makeTimeline(const QString &, QObject *object)
{
    // By the object and not by the name: a subclass is a timeline, too.
    auto *view = qobject_cast<TimelineView *>(object);
    return view ? new AccessibleTimeline(view) : nullptr;
}

} // namespace

void installTimelineAccessibility()
{
    QAccessible::installFactory(makeTimeline); // Qt keeps each function once
}

void TimelineView::announce(int first, int last)
{
    // A flood is not read out. Whether anybody listens is the platform's to know.
    if (last - first >= 5)
        return;
    for (int i = first; i <= last; ++i) {
        if (m_timeline->row(i).outgoing)
            continue;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        QAccessibleAnnouncementEvent spokenEvent(this, spoken(m_timeline->row(i).key));
        QAccessible::updateAccessibility(&spokenEvent);
#else
        for (int shown = 0; shown < m_shown.size(); ++shown) {
            if (m_shown.at(shown).index != i)
                continue;
            QAccessibleEvent event(this, QAccessible::Alert);
            event.setChild(shown);
            QAccessible::updateAccessibility(&event);
        }
#endif
    }
}

} // namespace ui
