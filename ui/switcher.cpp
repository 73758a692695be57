// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/switcher.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/panels.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

namespace ui {

Switcher::Switcher(model::ConversationModel &chats, model::RosterModel &roster, QWidget *window)
    : QWidget(window), m_field(new SearchField(this)), m_list(new RowList(this)), m_hint(new PlainLabel({}, this)),
      m_matches(new MatchModel(chats, roster, this)), m_actions(new ActionModel(this)),
      m_matchLook(new MatchDelegate(this)), m_actionLook(new ActionDelegate(this))
{
    setObjectName(QStringLiteral("switcher"));
    setAccessibleName(tr("Go to a chat"));
    m_field->setObjectName(QStringLiteral("switcherField"));
    m_field->setPlaceholderText(tr("Name or address, or > for actions"));
    m_field->setAccessibleName(tr("Name or address of a chat or contact"));
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("switcherList"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setMuted(true);
    setFindsActions(false);
    connect(m_field, &QLineEdit::textChanged, this, &Switcher::take);
    connect(m_field, &SearchField::escapePressed, this, &Switcher::close);
    connect(m_list, &RowList::chosen, this, &Switcher::choose);
    window->installEventFilter(this);
    hide();
    applyTheme();
}

void Switcher::setPurpose(const QString &name, const QString &placeholder)
{
    setAccessibleName(name);
    m_field->setPlaceholderText(placeholder);
    m_field->setAccessibleName(placeholder);
}

void Switcher::open()
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_field->clear();
    m_matches->setQuery({}, true);
    place();
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void Switcher::openActions()
{
    open();
    m_field->setText(QStringLiteral(">"));
}

void Switcher::take(const QString &text)
{
    const bool actions = text.startsWith(u'>') && m_listActions;
    if (actions != (m_list->model() == m_actions))
        setFindsActions(actions);
    if (actions)
        m_actions->setQuery(text.mid(1));
    else
        m_matches->setQuery(text, true);
}

void Switcher::setFindsActions(bool actions)
{
    if (actions)
        m_actions->setActions(m_listActions());
    m_list->setModel(actions ? static_cast<QAbstractItemModel *>(m_actions) : m_matches);
    // Behind the list's own connection: that one forgets the current row.
    for (const QAbstractItemModel *model :
         {static_cast<QAbstractItemModel *>(m_actions), static_cast<QAbstractItemModel *>(m_matches)})
        disconnect(model, &QAbstractItemModel::modelReset, this, &Switcher::refresh);
    connect(m_list->model(), &QAbstractItemModel::modelReset, this, &Switcher::refresh);
    m_list->setItemDelegate(actions ? static_cast<QAbstractItemDelegate *>(m_actionLook) : m_matchLook);
    m_list->setAccessibleName(actions ? tr("Actions found") : tr("Chats and contacts found"));
    m_hint->setText(
        actions
            ? tr("There is no such action.")
            : tr("Nothing found. Type a whole address, such as name@example.org, to start a chat with somebody new."));
}

void Switcher::close()
{
    if (!isVisible())
        return;
    hide();
    for (RowList *list : window()->findChildren<RowList *>())
        list->uncover();
    m_matches->setQuery({}, false);
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

QRect Switcher::panel() const
{
    const Theme &theme = Theme::of(this);
    const int wide = std::min(width() - 2 * theme.space.l, theme.scaled(460));
    const int high = std::min(height() - 2 * theme.space.xl, theme.scaled(440));
    return {(width() - wide) / 2, std::min(theme.scaled(72), (height() - high) / 2), wide, high};
}

void Switcher::place()
{
    setGeometry(parentWidget()->rect());
    const Theme &theme = Theme::of(this);
    const QRect inner = panel().adjusted(theme.space.m, theme.space.m, -theme.space.m, -theme.space.m);
    m_field->setGeometry(inner.left(), inner.top(), inner.width(), m_field->sizeHint().height());
    const QRect rest(panel().left() + 2, m_field->geometry().bottom() + theme.space.s, panel().width() - 4,
                     inner.bottom() - m_field->geometry().bottom() - theme.space.s + theme.space.s);
    m_list->setGeometry(rest);
    m_hint->setGeometry(rest.adjusted(theme.space.xl, 0, -theme.space.xl, -rest.height() / 3));
}

void Switcher::refresh()
{
    const bool actions = m_list->model() == m_actions;
    const int first = actions ? m_actions->firstAnswer() : m_matches->firstAnswer();
    m_list->setVisible(first >= 0);
    m_hint->setVisible(first < 0);
    if (first >= 0) {
        m_list->selectionModel()->setCurrentIndex(m_list->model()->index(first, 0),
                                                  QItemSelectionModel::ClearAndSelect);
        m_list->scrollToTop();
    }
}

void Switcher::move(int rows)
{
    const QAbstractItemModel &found = *m_list->model();
    const int count = found.rowCount();
    const int step = rows > 0 ? 1 : -1;
    int at = m_list->currentIndex().row();
    int last = at;
    for (int left = std::abs(rows); left > 0; --left) {
        do
            at += step;
        while (at >= 0 && at < count && !(found.flags(found.index(at, 0)) & Qt::ItemIsEnabled));
        if (at < 0 || at >= count)
            break;
        last = at;
    }
    m_list->selectionModel()->setCurrentIndex(found.index(last, 0), QItemSelectionModel::ClearAndSelect);
    m_list->scrollTo(found.index(last, 0));
}

void Switcher::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    if (index.model() == m_actions)
        return chooseAction(index);
    const auto match = index.data(MatchModel::MatchRole).value<Match>();
    close();
    switch (match.kind) {
    case Match::Kind::Heading:
    case Match::Kind::Messages: return;
    case Match::Kind::Chat: Q_EMIT chatChosen(match.chat.id); return;
    case Match::Kind::Contact: Q_EMIT contactChosen(match.contact.account, match.contact.jid); return;
    case Match::Kind::Address: Q_EMIT addressChosen(match.address); return;
    }
}

void Switcher::chooseAction(const QModelIndex &index)
{
    const QPointer<QAction> action = m_actions->action(index.row());
    if (!action || !action->isEnabled())
        return;
    // It may want the keyboard for itself.
    close();
    action->trigger();
}

bool Switcher::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        constexpr int page = 6;
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Up: move(-1); return true;
        case Qt::Key_Down: move(1); return true;
        case Qt::Key_PageUp: move(-page); return true;
        case Qt::Key_PageDown: move(page); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: choose(m_list->currentIndex()); return true;
        case Qt::Key_Tab:
        case Qt::Key_Backtab: return true;
        default: break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void Switcher::mousePressEvent(QMouseEvent *event)
{
    if (!panel().contains(event->pos()))
        close();
}

void Switcher::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor scrim = theme.colors.shadow;
    scrim.setAlpha(110);
    painter.fillRect(rect(), scrim);
    painter.setPen(QPen(theme.colors.border, 1));
    painter.setBrush(theme.colors.sidebar);
    painter.drawRoundedRect(QRectF(panel()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius.bubble, theme.radius.bubble);
}

void Switcher::applyTheme()
{
    if (isVisible())
        place();
}

void Switcher::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
