// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/searchpanel.h"

#include "ui/errortext.h"
#include "ui/roster/rowlist.h"
#include "ui/search/searchrows.h"
#include "ui/search/searchtext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/panels.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

namespace ui {

namespace {

constexpr int mostSearched = 1000;

} // namespace

SearchPanel::SearchPanel(chat::Profile &profile, QWidget *parent)
    : QWidget(parent), m_model(profile), m_field(new SearchField(this)),
      m_close(new IconButton(Icon::Back, tr("Close the search"), this)), m_status(new PlainLabel({}, this)),
      m_pages(new QStackedWidget(this)), m_list(new RowList(this)),
      m_note(new EmptyState(Icon::Search, tr("Nothing found"), {}, this)), m_head(makeHead()), m_help(makeHelp())
{
    setObjectName(QStringLiteral("searchPanel"));
    setAccessibleName(tr("Search in messages"));
    m_status->setObjectName(QStringLiteral("searchStatus"));
    m_status->setTextRole(TextRole::Caption);
    m_status->setMuted(true);
    m_list->setObjectName(QStringLiteral("messageResults"));
    m_list->setAccessibleName(tr("Messages found"));
    m_list->setUniformItemSizes(true);
    auto *rows = new SearchRows(this);
    rows->setSourceModel(&m_model);
    m_list->setModel(rows);
    m_list->setItemDelegate(new SearchDelegate(m_list));
    m_note->setObjectName(QStringLiteral("searchNote"));
    for (QWidget *page : std::initializer_list<QWidget *>{m_help, m_list, m_note})
        m_pages->addWidget(page);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_pages, 1);
    connect(m_field, &QLineEdit::textChanged, &m_model, &model::SearchModel::setText);
    connect(m_field, &SearchField::leaveDownPressed, this, &SearchPanel::focusResults);
    connect(m_list, &RowList::chosen, this, &SearchPanel::choose);
    connect(m_list, &RowList::leaveUpPressed, m_field, [this] { m_field->setFocus(Qt::OtherFocusReason); });
    connect(m_list, &RowList::escapePressed, this, &SearchPanel::closed);
    connect(m_close, &QAbstractButton::clicked, this, &SearchPanel::closed);
    connect(m_note, &EmptyState::actionTriggered, &m_model, &model::SearchModel::refresh);
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, &SearchPanel::keepCurrent);
    connect(rows, &QAbstractItemModel::modelReset, this, &SearchPanel::restoreCurrent);
    connect(&m_model, &model::SearchModel::stateChanged, this, &SearchPanel::refresh);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &SearchPanel::refresh);
    m_field->installEventFilter(this);
    applyTheme();
    refresh();
}

QWidget *SearchPanel::makeHead()
{
    auto *head = new QWidget(this);
    m_field->setObjectName(QStringLiteral("messageSearchField"));
    m_field->setPlaceholderText(tr("Search in messages"));
    m_field->setAccessibleName(tr("Search in messages"));
    m_field->setMaxLength(mostSearched);
    m_close->setObjectName(QStringLiteral("searchClose"));
    m_close->setWords(tr("Close the search"), QKeySequence(Qt::Key_Escape));
    auto *column = new QVBoxLayout(head);
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(m_close);
    row->addWidget(m_field, 1);
    column->addLayout(row);
    column->addWidget(m_status);
    return head;
}

/// What can be typed. Each filter is a button that writes it into the field.
QWidget *SearchPanel::makeHelp()
{
    auto *area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("searchHelp"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    auto *inner = new QWidget(area);
    inner->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(inner);
    auto *words = new PlainLabel(
        tr("Type words to find the messages that have all of them, or “several words” in quotation marks for exactly these."),
        inner);
    words->setWordWrap(true);
    column->addWidget(words);
    auto *filters = new PlainLabel(tr("Narrow it down:"), inner);
    filters->setTextRole(TextRole::Strong);
    column->addWidget(filters);
    const auto add = [&](const char *filter, const QString &meaning) {
        const QString text = QString::fromLatin1(filter);
        // In no direction of the language does the colon go to the other side.
        auto *button = new QPushButton(QChar(0x2066) + text + QChar(0x2069), inner);
        button->setObjectName(QStringLiteral("searchFilter"));
        //: The name of a button: %1 is what it writes into the search, %2 what that means.
        button->setAccessibleName(tr("%1 %2", "filter and meaning").arg(text, meaning));
        connect(button, &QAbstractButton::clicked, this, [this, text] { insertFilter(text); });
        auto *label = new PlainLabel(meaning, inner);
        label->setWordWrap(true);
        label->setMuted(true);
        auto *line = new QHBoxLayout;
        line->addWidget(button, 0, Qt::AlignTop);
        line->addWidget(label, 1);
        column->addLayout(line);
        return button;
    };
    int wide = 0;
    QList<QPushButton *> buttons{
        add("from:", tr("What this person wrote; “from:me” is what you wrote")),
        add("in:", tr("Only in this chat")),
        add("on:", tr("On this day, such as 2026-11-30, in this month, such as 2026-11, today or yesterday")),
        add("after:", tr("From this day on")),
        add("before:", tr("Before this day")),
        add("has:link", tr("With a link")),
        add("has:reaction", tr("Somebody reacted to it")),
        add("has:reply", tr("Replies to other messages")),
    };
    for (const QPushButton *button : buttons)
        wide = std::max(wide, button->sizeHint().width());
    for (QPushButton *button : buttons)
        button->setMinimumWidth(wide);
    column->addStretch(1);
    area->setWidget(inner);
    return area;
}

void SearchPanel::open(const QString &text)
{
    if (!text.isEmpty())
        m_field->setText(text);
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void SearchPanel::focusResults()
{
    if (m_pages->currentWidget() != m_list || m_model.rowCount() == 0) {
        m_field->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_list->model()->index(0, 0));
    m_list->setFocus(Qt::OtherFocusReason);
}

void SearchPanel::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    // Selected is what was opened last.
    m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    const model::SearchRow row = m_model.row(index.row());
    Q_EMIT chosen(row.conversation, row.key);
}

/// Enter in the field: the row that was opened or walked to last, else the newest.
void SearchPanel::chooseCurrent()
{
    if (m_pages->currentWidget() != m_list || m_model.state() != model::SearchModel::State::Found)
        return;
    const QModelIndex current = m_list->currentIndex();
    choose(current.isValid() ? current : m_list->model()->index(0, 0));
}

void SearchPanel::insertFilter(const QString &filter)
{
    QString text = m_field->text().trimmed();
    if (!text.isEmpty())
        text += u' ';
    m_field->setText(text + filter + (filter.endsWith(u':') ? QString() : QStringLiteral(" ")));
    m_field->setFocus(Qt::OtherFocusReason);
}

QString SearchPanel::statusText() const
{
    using State = model::SearchModel::State;
    switch (m_model.state()) {
    case State::Idle:
    case State::NotUnderstood:
    case State::Nothing:
    case State::Failed: return {};
    case State::Searching: return tr("Searching…");
    case State::Found: break;
    }
    const int count = m_model.rowCount();
    return m_model.hasMore() ? tr("The newest %n message(s)", nullptr, count)
                             : tr("%n message(s) found", nullptr, count);
}

void SearchPanel::refresh()
{
    using State = model::SearchModel::State;
    const State state = m_model.state();
    QWidget *page = m_list;
    if (state == State::Idle) {
        page = m_help;
    } else if (state == State::NotUnderstood) {
        QStringList sentences;
        for (const model::SearchProblem &problem : m_model.problems())
            sentences.append(problemText(problem));
        m_note->setState(Icon::Info, tr("Not understood"), sentences.join(u'\n'));
        page = m_note;
    } else if (state == State::Nothing) {
        m_note->setState(Icon::Search, tr("Nothing found"),
                         m_model.isBehind() ? tr("Some messages are still being prepared for the search.")
                                            : tr("No message has all of this. Only what is stored here is searched."));
        page = m_note;
    } else if (state == State::Failed) {
        m_note->setState(Icon::Alert, tr("The search failed"), errorText(*m_model.error()));
        page = m_note;
    }
    m_note->setAction(state == State::Failed ? tr("Try again") : QString());
    m_pages->setCurrentWidget(page);
    m_status->setText(statusText());
    m_status->setVisible(!m_status->text().isEmpty());
    // What a screen reader says beside the field.
    m_field->setAccessibleDescription(page == m_note ? m_note->text() : m_status->text());
}

/// The list may be filled anew with what came meanwhile: whoever stands on a row stays there.
void SearchPanel::keepCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    m_current = current.isValid() ? m_model.row(current.row()).key : 0;
}

void SearchPanel::restoreCurrent()
{
    for (int i = 0; m_current != 0 && i < m_model.rowCount(); ++i) {
        if (m_model.row(i).key != m_current)
            continue;
        m_list->setCurrentIndex(m_list->model()->index(i, 0));
        break;
    }
    m_current = 0;
}

bool SearchPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape: Q_EMIT closed(); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: chooseCurrent(); return true;
        default: break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SearchPanel::applyTheme()
{
    const Theme &theme = Theme::of(this);
    m_head->layout()->setContentsMargins(theme.space.s, theme.space.s, theme.space.s, theme.space.xs);
    m_head->layout()->setSpacing(theme.space.xs);
    m_status->setContentsMargins(theme.space.s, 0, theme.space.s, 0);
    if (QWidget *inner = static_cast<QScrollArea *>(m_help)->widget()) {
        inner->layout()->setContentsMargins(theme.space.l, theme.space.s, theme.space.l, theme.space.l);
        inner->layout()->setSpacing(theme.space.s);
    }
    QPalette palette;
    palette.setColor(QPalette::Window, theme.colors.sidebar);
    m_help->setPalette(palette);
    update();
}

void SearchPanel::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(event->rect(), Theme::of(this).colors.sidebar);
}

void SearchPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
